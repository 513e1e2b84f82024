/**
 * What a pipeline asks of its device: load of the codec engines, bytes copied between system memory and NVMM, NVMM held
 * by buffer pools. Each figure is a sum over elements; an element whose part cannot be known is named, not guessed.
 */
import type { CodecLimit, DeviceProfile, Engine } from '../catalog/device.ts';
import { codecOf, frameBytes } from './codecs.ts';
import { type Flow, flowsOf, numberOf, settingOf } from './flow.ts';
import type { Element, Link, Pipeline } from './pipeline.ts';

export interface Budget {
  readonly engines: readonly EngineLoad[];
  readonly copies: Sum;
  /** Bytes. */
  readonly nvmm: Sum;
}

/** One codec engine. */
export interface EngineLoad {
  readonly engine: Engine;
  readonly work: 'decode' | 'encode';
  /** Share of what the engine can do, 1 is all; undefined where no part is known. */
  readonly load: number | undefined;
  readonly parts: readonly LoadPart[];
  readonly unknown: readonly Unknown[];
}

export interface LoadPart {
  readonly element: Element;
  readonly codec: string;
  /** Million pixels a second. */
  readonly asks: number;
  /** The device's limit for that codec, million pixels a second. */
  readonly limit: number;
  readonly share: number;
  /** Key of the device's source for the limit. */
  readonly source: string;
}

/** Bytes, or bytes a second. */
export interface Sum {
  readonly total: number;
  readonly parts: readonly { readonly element: Element; readonly amount: number }[];
  readonly unknown: readonly Unknown[];
}

export interface Unknown {
  readonly element: Element;
  /** What is missing, in words: `the frame rate`. */
  readonly missing: string;
}

/** The budget of a pipeline on a device; without a device the engines' limits are unknown and only sums are given. */
export function budgetOf(pipeline: Pipeline, device: DeviceProfile | undefined): Budget {
  const flows = flowsOf(pipeline);
  const ends = endsOf(pipeline, flows);
  return {
    engines: device ? engines(pipeline, ends, device) : [],
    copies: copies(pipeline, ends),
    nvmm: pools(pipeline, ends),
  };
}

interface Ends {
  readonly in: Flow | undefined;
  readonly out: Flow | undefined;
}

function endsOf(pipeline: Pipeline, flows: ReadonlyMap<Link, Flow>): ReadonlyMap<Element, Ends> {
  const ends = new Map<Element, { in: Flow | undefined; out: Flow | undefined }>();
  const of = (element: Element): { in: Flow | undefined; out: Flow | undefined } => {
    let found = ends.get(element);
    if (!found) {
      found = { in: undefined, out: undefined };
      ends.set(element, found);
    }
    return found;
  };
  for (const link of pipeline.links) {
    of(link.from.element).out ??= flows.get(link);
    of(link.to.element).in ??= flows.get(link);
  }
  return ends;
}

function engines(pipeline: Pipeline, ends: ReadonlyMap<Element, Ends>, device: DeviceProfile): EngineLoad[] {
  const rows = new Map<string, { engine: Engine; work: 'decode' | 'encode'; parts: LoadPart[]; unknown: Unknown[] }>();
  for (const element of pipeline.elements) {
    const use = element.spec?.engine;
    if (!use || use.work === 'convert') continue;
    const key = `${use.engine} ${use.work}`;
    const row = rows.get(key) ?? { engine: use.engine, work: use.work, parts: [], unknown: [] };
    rows.set(key, row);
    const { in: input, out: output } = ends.get(element) ?? { in: undefined, out: undefined };
    const raw = use.work === 'decode' ? output : input;
    const coded = use.work === 'decode' ? input : output;
    const codec = use.codec ?? codecOf(coded?.media);
    const limit =
      codec === undefined ? undefined : limitOf(use.work === 'decode' ? device.decode : device.encode, codec);
    const missing = missingOf(raw, codec, limit);
    if (missing !== undefined || !raw || codec === undefined || limit === undefined) {
      row.unknown.push({ element, missing: missing ?? 'what flows through it' });
      continue;
    }
    const asks = (raw.width! * raw.height! * raw.rate! * raw.batch) / 1e6;
    row.parts.push({ element, codec, asks, limit: limit.mpix, share: asks / limit.mpix, source: limit.source });
  }
  return [...rows.values()].map((row) => ({
    ...row,
    load: row.parts.length === 0 ? undefined : row.parts.reduce((sum, part) => sum + part.share, 0),
  }));
}

function missingOf(flow: Flow | undefined, codec: string | undefined, limit: object | undefined): string | undefined {
  if (!flow) return 'what flows through it';
  const missing = [
    ...(codec === undefined ? ['the codec'] : limit === undefined ? [`the device's limit for ${codec}`] : []),
    ...(flow.width === undefined || flow.height === undefined ? ['the frame size'] : []),
    ...(flow.rate === undefined ? ['the frame rate'] : []),
  ];
  return missing.length > 0 ? missing.join(' and ') : undefined;
}

/** What an engine can do with a codec in its common profiles: the table's figure, or the best of its rows of streams. */
export function limitOf(limits: readonly CodecLimit[], codec: string): { mpix: number; source: string } | undefined {
  let best: { mpix: number; source: string } | undefined;
  for (const limit of limits) {
    if (limit.codec !== codec) continue;
    const rows = limit.maxStreams?.map((row) => (row.width * row.height * row.fps * row.streams) / 1e6) ?? [];
    const mpix = Math.max(limit.throughput ?? 0, ...rows);
    if (mpix > 0 && (!best || mpix > best.mpix)) best = { mpix, source: limit.source };
  }
  return best;
}

/** An element that takes NVMM and gives system memory, or the other way round, copies each frame that it gives. */
function copies(pipeline: Pipeline, ends: ReadonlyMap<Element, Ends>): Sum {
  return sum(pipeline, (element) => {
    const { in: input, out: output } = ends.get(element) ?? { in: undefined, out: undefined };
    if (!isRaw(input) || !isRaw(output) || !crosses(input!, output!)) return undefined;
    const system = input!.memory === 'system' ? input! : output!;
    const bytes = frameBytes(system.format ?? output!.format, system.width, system.height);
    if (bytes === undefined || system.rate === undefined) {
      const missing = [
        ...(system.format === undefined ? ['the format'] : []),
        ...(system.width === undefined || system.height === undefined ? ['the frame size'] : []),
        ...(system.rate === undefined ? ['the frame rate'] : []),
      ];
      return { missing: missing.join(' and ') || 'the size of a frame' };
    }
    return bytes * system.rate;
  });
}

const isRaw = (flow: Flow | undefined): boolean => flow?.media === 'video/x-raw';

const crosses = (a: Flow, b: Flow): boolean =>
  (a.memory === 'nvmm' && b.memory === 'system') || (a.memory === 'system' && b.memory === 'nvmm');

/** Buffers that pools hold by their elements' own properties. A decoder's own reference frames come on top and are not known. */
function pools(pipeline: Pipeline, ends: ReadonlyMap<Element, Ends>): Sum {
  return sum(pipeline, (element) => {
    const { out } = ends.get(element) ?? { out: undefined };
    const counts = element.spec?.engine?.pool;
    if (!counts || out?.memory !== 'nvmm') return undefined;
    const buffers = counts.map((name) => numberOf(settingOf(element, name)));
    const bytes = frameBytes(out.format ?? 'NV12', out.width, out.height);
    if (bytes === undefined) return { missing: 'the frame size' };
    if (buffers.some((count) => count === undefined))
      return { missing: `how many buffers ${counts.join(' and ')} ask for` };
    return buffers.reduce<number>((total, count) => total + (count ?? 0), 0) * bytes * out.batch;
  });
}

function sum(pipeline: Pipeline, of: (element: Element) => number | { missing: string } | undefined): Sum {
  const parts: { element: Element; amount: number }[] = [];
  const unknown: Unknown[] = [];
  for (const element of pipeline.elements) {
    const amount = of(element);
    if (amount === undefined) continue;
    if (typeof amount === 'number') parts.push({ element, amount });
    else unknown.push({ element, missing: amount.missing });
  }
  return { total: parts.reduce((total, part) => total + part.amount, 0), parts, unknown };
}
