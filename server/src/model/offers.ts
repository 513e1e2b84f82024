/**
 * What the pads of a pipeline offer and take, asked as GStreamer asks while it links: `gst_pad_query_caps`.
 * Every answer is what the real pad would give or more, never less: where an element's behaviour is not known, its
 * template answers. So two answers that do not meet are a proof. Knows nothing of rules, texts or links not yet made.
 */
import { intersect } from '../caps/algebra.ts';
import type { Caps, Structure, Value } from '../caps/caps.ts';
import type { PadTemplate, Passage } from '../catalog/element.ts';
import { capsOf } from '../syntax/caps/lower.ts';
import { templateCaps } from './caps-text.ts';
import type { Element } from './pipeline.ts';

/** A link that has been made: which pads it joined and the caps written in it. */
export interface Made {
  readonly from: Element;
  readonly to: Element;
  /** Undefined where the pad is not known. */
  readonly fromTemplate: PadTemplate | undefined;
  readonly toTemplate: PadTemplate | undefined;
  readonly filter: Caps;
  /** True where one end is not known, or appears only when the pipeline runs. */
  readonly open: boolean;
}

type Direction = 'src' | 'sink';

interface Said {
  readonly through: Caps;
  readonly template: PadTemplate | undefined;
  readonly caps: Caps;
}

/** More alternatives than these are not followed one by one; the template answers instead. */
const MOST_STRUCTURES = 48;

/**
 * How far behaviours are believed. `proved`: only what a real element answered when it was asked, and elements that pass
 * everything on as it is; good enough to call a link broken. `told`: also what sources and manuals say of NVIDIA's.
 */
export type Trust = 'proved' | 'told';

/** One value for each direction of each element, by the element's index. */
type ByElement<T> = Readonly<Record<Direction, (T | undefined)[]>>;

const byElement = <T>(): ByElement<T> => ({ src: [], sink: [] });

/** The pads of one pipeline while it is being linked. Elements are told apart by their index. */
export class Offers {
  /** Links by the side of the element they are at: `sink` feeds it, `src` is fed by it. */
  readonly #links = byElement<Made[]>();
  /** What comes through an element to its src pads, or back to its sink pads, before the pad's template has its say. */
  readonly #through = byElement<Caps>();
  /** The last answer of each element's pads and what it was made from: each is asked for several times. */
  readonly #said = byElement<Said>();
  readonly #passing = byElement<boolean>();

  constructor(readonly trust: Trust) {}

  /** Takes a link into account from now on. */
  make(link: Made): void {
    push(this.#links.src, link.from.index, link);
    push(this.#links.sink, link.to.index, link);
    this.#forget(link.to, 'src');
    this.#forget(link.from, 'sink');
  }

  /** What a pad of the template offers (src) or takes (sink), with all links made so far. */
  pad(element: Element, template: PadTemplate | undefined, direction: Direction): Caps {
    // What was measured went from one pad to one other; nothing is known of what comes to the rest.
    const through = isMeasured(element, template, direction) ? this.#ask(element, direction) : 'any';
    const before = this.#said[direction][element.index];
    if (before && before.through === through && before.template === template) return before.caps;
    const caps = intersect(through, own(element, template, direction));
    this.#said[direction][element.index] = { through, template, caps };
    return caps;
  }

  /** The links made so far that feed the element (`sink`), or that it feeds (`src`). */
  linked(element: Element, direction: Direction): readonly Made[] {
    return this.#links[direction][element.index] ?? NO_LINKS;
  }

  /** Answers for the element and all it depends on, without recursion: chains may have 100,000 elements. */
  #ask(element: Element, direction: Direction): Caps {
    const known = this.#through[direction];
    const answered = known[element.index];
    if (answered !== undefined) return answered;
    const stack = [element];
    const begun = new Set<Element>();
    while (stack.length > 0) {
      const current = stack.at(-1)!;
      const depth = stack.length;
      if (known[current.index] === undefined && !begun.has(current)) {
        begun.add(current);
        for (const other of this.#neighbours(current, direction)) {
          if (known[other.index] === undefined && !begun.has(other)) stack.push(other);
        }
      }
      if (stack.length > depth) continue;
      known[current.index] ??= this.#answer(current, direction);
      stack.pop();
    }
    return known[element.index]!;
  }

  *#neighbours(element: Element, direction: Direction): Generator<Element> {
    if (!this.#passes(element, direction)) return;
    if (direction === 'src') for (const link of this.linked(element, 'sink')) yield link.from;
    else for (const link of this.linked(element, 'src')) yield link.to;
  }

  #answer(element: Element, direction: Direction): Caps {
    if (!this.#passes(element, direction)) return 'any';
    const back = direction === 'src' ? 'sink' : 'src';
    const links = this.linked(element, back).filter((link) =>
      isMeasured(element, direction === 'src' ? link.toTemplate : link.fromTemplate, back),
    );
    // Forwards, an element with several inputs was never asked with more than one; its template speaks for it.
    if (links.length === 0 || (direction === 'src' && links.length > 1)) return 'any';
    let answer: Caps = 'any';
    for (const link of links) {
      const forwards = direction === 'src';
      const other = forwards ? link.from : link.to;
      const template = forwards ? link.fromTemplate : link.toTemplate;
      // A neighbour that is being asked already (a loop) says nothing.
      const known = this.#through[direction][other.index] !== undefined;
      const beyond = known ? this.pad(other, template, direction) : own(other, template, direction);
      const near = own(element, forwards ? link.toTemplate : link.fromTemplate, back);
      answer = intersect(answer, pass(element, direction, intersect(intersect(beyond, link.filter), near)));
    }
    return answer;
  }

  #passes(element: Element, direction: Direction): boolean {
    this.#passing[direction][element.index] ??=
      passage(element, direction) && (this.trust === 'told' || isProved(element, direction));
    return this.#passing[direction][element.index]!;
  }

  /** Drops the answers that a new link may change. Where none was kept, none behind it depends on it. */
  #forget(element: Element, direction: Direction): void {
    const known = this.#through[direction];
    const stack = [...this.#next(element, direction)];
    known[element.index] = undefined;
    // What was dropped is not known any more, so that a circle of links ends.
    for (let current = stack.pop(); current; current = stack.pop()) {
      if (known[current.index] === undefined) continue;
      known[current.index] = undefined;
      stack.push(...this.#next(current, direction));
    }
  }

  #next(element: Element, direction: Direction): Element[] {
    return this.linked(element, direction).map((link) => (direction === 'src' ? link.to : link.from));
  }
}

const NO_LINKS: readonly Made[] = [];

/** What the pad says by itself: its template, and the property that speaks for it. */
export function own(element: Element, template: PadTemplate | undefined, direction: Direction): Caps {
  const said = template && !template.open ? templateCaps(template) : 'any';
  const property = element.spec?.behaviour?.capsProperty;
  if (!property?.pads.includes(direction)) return said;
  const setting = element.settings.find((s) => s.name === property.name && s.path.length === 0 && !s.overridden);
  if (!setting) return said;
  // The property's caps lie within the template or the element is refused for another reason.
  return intersect(said, setting.value === undefined ? 'any' : (capsOf(setting.value) ?? 'any'));
}

/** Whether the pad is the one whose passage was measured: the only one that is always there, else the only one. */
function isMeasured(element: Element, template: PadTemplate | undefined, direction: Direction): boolean {
  if (!template || !element.spec) return true;
  const others = element.spec.pads.filter((pad) => pad.direction === direction && pad !== template);
  return template.presence === 'always'
    ? others.every((pad) => pad.presence !== 'always')
    : others.every((pad) => pad.presence === 'sometimes');
}

/** How caps go through the element, where that is known for the properties it has. */
function passage(element: Element, direction: Direction): boolean {
  const behaviour = element.spec?.behaviour;
  if (!behaviour) return false;
  // Caps and structures in other properties (capssetter's) may do anything to what passes.
  const surprising = element.settings.some(
    (s) =>
      (s.spec?.type.kind === 'caps' || s.spec?.type.kind === 'structure') && s.name !== behaviour.capsProperty?.name,
  );
  if (surprising) return false;
  const side = direction === 'src' ? 'forward' : 'backward';
  return behaviour[side] !== undefined || behaviour.foreign?.[side] !== undefined;
}

/** Whether believing what is told would change anything for the element. */
export const isToldOnly = (element: Element): boolean =>
  (passage(element, 'src') && !isProved(element, 'src')) || (passage(element, 'sink') && !isProved(element, 'sink'));

/** Stock elements were asked (scripts/probe_behaviour.py); of the others only in-place work is plain from the source. */
const isProved = (element: Element, direction: Direction): boolean =>
  element.spec!.origin.layer.startsWith('gstreamer') ||
  element.spec!.behaviour![direction === 'src' ? 'forward' : 'backward']?.whole === true;

/** The caps after they went through the element, or more. */
function pass(element: Element, direction: Direction, caps: Caps): Caps {
  if (caps === 'any') return 'any';
  if (caps.length > MOST_STRUCTURES) return 'any';
  const behaviour = element.spec!.behaviour!;
  const side = direction === 'src' ? 'forward' : 'backward';
  const changedBy = behaviour.changedBy;
  const lost = changedBy ? new Set(element.settings.flatMap((s) => changedBy[s.name] ?? [])) : NOTHING;
  const out: Structure[] = [];
  for (const structure of caps) {
    const kind = memoryKind(structure);
    const how =
      kind === 'system' ? behaviour[side] : kind === 'foreign' ? foreign(element, direction, structure) : undefined;
    if (!how) return 'any';
    const passed = throughPassage(how, structure, lost);
    if (passed === 'any') return 'any';
    out.push(...passed);
  }
  return out;
}

const memoryKind = (structure: Structure): 'system' | 'foreign' | 'unknown' =>
  structure.features === 'any'
    ? 'unknown'
    : structure.features.length === 0 ||
        (structure.features.length === 1 && structure.features[0] === 'memory:SystemMemory')
      ? 'system'
      : structure.features.length === 1 && structure.features[0] === 'memory:NVMM'
        ? 'foreign'
        : 'unknown';

/** NVMM in an element whose own templates name NVMM is as ordinary to it as system memory is to others. */
function foreign(element: Element, direction: Direction, structure: Structure): Passage | undefined {
  const behaviour = element.spec!.behaviour!;
  const side = direction === 'src' ? 'forward' : 'backward';
  const named = element.spec!.pads.some((pad) => pad.caps.includes(String(structure.features[0])));
  return named ? behaviour[side] : behaviour.foreign?.[side];
}

function throughPassage(how: Passage, structure: Structure, lost: ReadonlySet<string>): Structure[] | 'any' {
  if (how.media === 'none') return [];
  if (how.media !== 'same') return how.media === 'other' ? otherMedia(how, structure, lost) : 'any';
  if (how.whole && lost.size === 0 && !how.memory) return [structure];
  const fields = how.whole && lost.size === 0 ? structure.fields : keptFields(how, structure, lost);
  return features(how, structure).map((f) => ({ media: structure.media, features: f, fields }));
}

function otherMedia(how: Passage, structure: Structure, lost: ReadonlySet<string>): Structure[] | 'any' {
  if (!how.becomes || how.becomes.length >= MOST_BECOMES) return 'any';
  const fields = keptFields(how, structure, lost);
  return fields.size === 0 ? 'any' : how.becomes.map((media) => ({ media, features: 'any' as const, fields }));
}

function keptFields(how: Passage, structure: Structure, lost: ReadonlySet<string>): Map<string, Value> {
  const fields = new Map<string, Value>();
  for (const name of how.kept) {
    const value = structure.fields.get(name);
    if (value !== undefined && !lost.has(name)) fields.set(name, value);
  }
  return fields;
}

/** A list of media types this long was cut off when it was measured. */
const MOST_BECOMES = 24;
const NOTHING: ReadonlySet<string> = new Set();
/** Tables live as long as the program; so do the features that their passages name. */
const featureLists = new WeakMap<Passage, readonly Structure['features'][]>();

function features(how: Passage, structure: Structure): readonly Structure['features'][] {
  if (!how.memory) return [structure.features];
  let lists = featureLists.get(how);
  if (!lists) {
    lists = how.memory.map(featuresOf);
    featureLists.set(how, lists);
  }
  return lists;
}

function featuresOf(text: string): Structure['features'] {
  if (text === 'ANY') return 'any';
  return text === 'memory:SystemMemory' ? [] : text.split(',').map((feature) => feature.trim());
}

function push(lists: (Made[] | undefined)[], index: number, made: Made): void {
  const list = lists[index];
  if (list) list.push(made);
  else lists[index] = [made];
}
