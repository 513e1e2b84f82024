/**
 * What really flows through each link, as far as it is certain enough to count with: size, rate and format of a frame.
 * A field that an element may change stays as it came in where it can, which is how GStreamer fixates. What cannot be
 * known (a file's size, a camera without a filter) is undefined, never guessed.
 */
import type { Caps, Memory, Structure, Value } from '../caps/caps.ts';
import type { Element, Link, Pipeline } from './pipeline.ts';

/** One stream of frames. */
export interface Flow {
  readonly media: string | undefined;
  readonly memory: Memory;
  readonly format: string | undefined;
  /** Pixels. */
  readonly width: number | undefined;
  readonly height: number | undefined;
  /** Frames a second. */
  readonly rate: number | undefined;
  /** Pictures in one buffer: what nvstreammux batches; 1 elsewhere. */
  readonly batch: number;
}

/** Pipelines do not change; several rules and features ask for the same one. */
const known = new WeakMap<Pipeline, ReadonlyMap<Link, Flow>>();

/** The flow of every link of the pipeline. Follows the links once; loops end where they began. */
export function flowsOf(pipeline: Pipeline): ReadonlyMap<Link, Flow> {
  let flows = known.get(pipeline);
  if (!flows) known.set(pipeline, (flows = follow(pipeline)));
  return flows;
}

function follow(pipeline: Pipeline): ReadonlyMap<Link, Flow> {
  const into = new Map<Element, Link[]>();
  for (const link of pipeline.links) {
    const list = into.get(link.to.element);
    if (list) list.push(link);
    else into.set(link.to.element, [link]);
  }
  const flows = new Map<Link, Flow>();
  const begun = new Set<Link>();
  for (const last of pipeline.links) {
    const stack = [last];
    while (stack.length > 0) {
      const link = stack.at(-1)!;
      if (flows.has(link)) {
        stack.pop();
        continue;
      }
      const feeding = into.get(link.from.element) ?? [];
      const waiting = begun.has(link) ? [] : feeding.filter((other) => !flows.has(other) && !begun.has(other));
      begun.add(link);
      if (waiting.length > 0) {
        stack.push(...waiting);
        continue;
      }
      flows.set(link, flowOf(link, feeding, flows));
      stack.pop();
    }
  }
  return flows;
}

function flowOf(link: Link, feeding: readonly Link[], flows: ReadonlyMap<Link, Flow>): Flow {
  const { caps, memory } = link.agreed;
  const element = link.from.element;
  const incoming = feeding.length === 1 ? flows.get(feeding[0]!) : undefined;
  const first = feeding.map((one) => flows.get(one)).find((flow) => flow !== undefined);
  const through = incoming ?? (element.spec?.engine?.batch ? first : undefined);
  const number = (name: 'width' | 'height'): number | undefined =>
    fixedNumber(caps, name) ?? own(element, name) ?? staying(caps, name, through?.[name]);
  return {
    media: only(caps)?.media,
    memory,
    format: fixedText(caps, 'format') ?? stayingText(caps, through?.format),
    width: number('width'),
    height: number('height'),
    rate: fixedRate(caps) ?? staying(caps, 'framerate', through?.rate),
    batch: batchOf(element) ?? through?.batch ?? 1,
  };
}

/** A field that the element's own property decides, as `width` of nvstreammux. */
function own(element: Element, field: string): number | undefined {
  const property = element.spec?.engine?.sets?.[field];
  return property === undefined ? undefined : numberOf(settingOf(element, property));
}

function batchOf(element: Element): number | undefined {
  const property = element.spec?.engine?.batch;
  return property === undefined ? undefined : numberOf(settingOf(element, property));
}

/** What a property is set to; its default where it is not set; undefined where it is known only at run time. */
export function settingOf(element: Element, name: string): string | undefined {
  const setting = element.settings.findLast((one) => one.name === name && one.path.length === 0);
  if (setting) return setting.value;
  return element.spec?.properties.find((property) => property.name === name)?.default;
}

/** A whole number above zero, or undefined. */
export function numberOf(text: string | undefined): number | undefined {
  const value = text === undefined ? Number.NaN : Number(text);
  return Number.isSafeInteger(value) && value > 0 ? value : undefined;
}

const only = (caps: Caps): Structure | undefined =>
  caps === 'any' || caps.length === 0 || caps.some((s) => s.media !== caps[0]!.media) ? undefined : caps[0];

/** The field's value where all alternatives agree on one that is a single word or number. */
function fixed(caps: Caps, name: string): Value | undefined {
  const value = caps === 'any' ? undefined : caps[0]?.fields.get(name);
  if (value?.kind !== 'int' && value?.kind !== 'string' && value?.kind !== 'fraction') return undefined;
  return (caps as readonly Structure[]).every((s) => same(s.fields.get(name), value)) ? value : undefined;
}

function same(a: Value | undefined, b: Value): boolean {
  if (a === b) return true;
  if (a?.kind === 'fraction' && b.kind === 'fraction') return a.num === b.num && a.den === b.den;
  return (a?.kind === 'int' || a?.kind === 'string') && a.kind === b.kind && a.value === b.value;
}

function fixedNumber(caps: Caps, name: string): number | undefined {
  const value = fixed(caps, name);
  return value?.kind === 'int' && value.value > 0 ? value.value : undefined;
}

function fixedText(caps: Caps, name: string): string | undefined {
  const value = fixed(caps, name);
  return value?.kind === 'string' ? (value.value ?? undefined) : undefined;
}

function fixedRate(caps: Caps): number | undefined {
  const value = fixed(caps, 'framerate');
  return value?.kind === 'fraction' && value.num > 0 && value.den > 0 ? value.num / value.den : undefined;
}

/** The value that came in, where nothing agreed on forbids it. */
function staying(caps: Caps, name: string, incoming: number | undefined): number | undefined {
  if (incoming === undefined || caps === 'any') return incoming;
  return caps.length === 0 || caps.some((s) => takesNumber(s.fields.get(name), incoming)) ? incoming : undefined;
}

function takesNumber(value: Value | undefined, wanted: number): boolean {
  if (value === undefined) return true;
  switch (value.kind) {
    case 'int':
      return value.value === wanted;
    case 'intRange':
      return value.min <= wanted && wanted <= value.max;
    case 'fraction':
      return value.num / value.den === wanted || value.num === 0;
    case 'fractionRange':
      return value.min[0] / value.min[1] <= wanted && wanted <= value.max[0] / value.max[1];
    case 'list':
      return value.values.some((one) => takesNumber(one, wanted));
    default:
      return false;
  }
}

function stayingText(caps: Caps, incoming: string | undefined): string | undefined {
  if (incoming === undefined || caps === 'any') return incoming;
  return caps.some((s) => takesText(s.fields.get('format'), incoming)) ? incoming : undefined;
}

const takesText = (value: Value | undefined, wanted: string): boolean =>
  value?.kind === 'string'
    ? value.value === wanted
    : value?.kind === 'list'
      ? value.values.some((one) => takesText(one, wanted))
      : false;
