/**
 * Elements for a place, the likeliest first: what people put between these neighbours, judged by whether the caps of both
 * sides meet its pads. A habit alone never hides what is possible, and nothing that is known is left out.
 */
import { canIntersect, intersect } from '../../caps/algebra.ts';
import type { Caps } from '../../caps/caps.ts';
import type { ElementHead, ElementSpec } from '../../catalog/element.ts';
import { type Counts, countsOf, type Habits, noHabits } from '../../catalog/habits.ts';
import { templateCaps } from '../../model/caps-text.ts';
import type { Cursor } from '../../model/cursor.ts';
import type { Here } from '../../model/here.ts';
import { propertyOf, templateOf } from '../../model/settings.ts';
import type { Target } from '../../model/target.ts';
import { HOLE } from '../../text/excerpt.ts';
import { type Suggestion, suits } from './suggestion.ts';

/** Tables are looked into for so many of the likeliest; the others are ordered by habit alone. */
const MOST_JUDGED = 90;
/** Longer lists are cut: typing on brings the rest. */
const MOST_OFFERED = 800;
/** How many sightings a general habit is worth beside those with the same neighbour. */
const GENERAL = 4;
/** How far what was seen of an element's kind is believed of the element, as an exponent. */
const KIND_COUNTS = 0.5;
/** How far it is believed that the chain ends where nothing follows yet. */
const TRUST_IN_END = 0.6;

export interface Elements {
  readonly suggestions: Suggestion[];
  readonly cut: boolean;
}

export function elements(
  cursor: Pick<
    Extract<Cursor, { kind: 'element-name' }>,
    'prefix' | 'linked' | 'links' | 'alone' | 'settings' | 'glued'
  >,
  here: Here | undefined,
  target: Target,
): Elements {
  const habits = target.catalog.habits?.() ?? noHabits;
  const heads = headsOf(target);
  const likely = likelihood(habits, here, cursor, heads);
  const ranked: Ranked[] = [];
  const unserved = here?.reading.excerpt.consumer === 'gst-launch' ? UNSERVED : 0;
  for (const head of heads) {
    if (!suits(cursor.prefix, head.name)) continue;
    const score = likely(head) + begins(cursor.prefix, head.name) + (FOR_PROGRAMS.has(head.name) ? unserved : 0);
    ranked.push({ head, score });
  }
  ranked.sort(byScore);
  const ends = looseEnds(here);
  const many = ends.length > 0 ? 2 * MOST_JUDGED : MOST_JUDGED;
  const judged = ranked.slice(0, many).map((one) => judge(one, cursor, here, ends, target));
  judged.sort(byScore);
  const shown = [...judged, ...ranked.slice(many, MOST_OFFERED)];
  return {
    suggestions: shown.map(({ head, why, deprecated }) => {
      const plain = suggestionOf(head);
      if (!why && !deprecated && !cursor.glued) return plain;
      return {
        ...plain,
        ...(why && { why }),
        ...(deprecated && { deprecated }),
        ...(cursor.glued && { insert: { before: ` ${head.name}` } }),
      };
    }),
    cut: ranked.length > MOST_OFFERED,
  };
}

/** Elements through which a program takes or gives buffers: gst-launch-1.0 has none that would. */
const FOR_PROGRAMS: ReadonlySet<string> = new Set(['appsink', 'appsrc']);
/** What they lose there, as a logarithm. */
const UNSERVED = -4;

const suggestions = new WeakMap<ElementHead, Suggestion>();

/** What is said of an element wherever it is offered, made once: lists have hundreds. */
function suggestionOf(head: ElementHead): Suggestion {
  let made = suggestions.get(head);
  if (!made) {
    const { name } = head;
    made = { label: name, kind: 'element', detail: head.klass.join('/'), about: { kind: 'element', element: name } };
    suggestions.set(head, made);
  }
  return made;
}

/** A link that leads to or from a name which no element has yet. */
interface LooseEnd {
  readonly name: string;
  readonly pads: readonly string[];
  readonly direction: 'src' | 'sink';
}

/** Where links wait for an element of a name, it may be the one that is to be written. */
function looseEnds(here: Here | undefined): LooseEnd[] {
  if (!here) return [];
  const { pipeline, tree } = here.reading;
  return tree.chains.flatMap(({ items }) =>
    items.flatMap((item, index): LooseEnd[] => {
      if (item.kind !== 'reference' || !item.element || items.length < 2) return [];
      const name = item.element.text;
      if (name.includes(HOLE) || pipeline.byName.has(name)) return [];
      return [{ name, pads: item.pads.map(({ text }) => text), direction: index > 0 ? 'sink' : 'src' }];
    }),
  );
}

/** How much likelier an element is that has the pads which links wait for, all those of one name. */
function waitedFor(spec: ElementSpec, ends: readonly LooseEnd[]): { readonly score: number; readonly name?: string } {
  for (const name of new Set(ends.map((end) => end.name))) {
    const own = ends.filter((end) => end.name === name);
    const fits = own.every(({ pads, direction }) =>
      pads.length > 0
        ? pads.every((pad) => templateOf(spec, pad, direction) !== undefined)
        : spec.pads.some((pad) => pad.direction === direction && pad.presence !== 'always'),
    );
    if (!fits) continue;
    // Of the names that GStreamer gives by itself.
    const byItself = name.replace(/\d+$/, '') === spec.name ? 3 : 0;
    return { name, score: byItself + (own.some(({ pads }) => pads.length > 0) ? NAMED_PAD : ANY_PAD) };
  }
  return { score: 0 };
}

const NAMED_PAD = 7;
const ANY_PAD = 4;

const listed = new WeakMap<Target['catalog'], readonly ElementHead[]>();

/** The catalog's heads as one list that stays the same. */
function headsOf({ catalog }: Target): readonly ElementHead[] {
  let heads = listed.get(catalog);
  if (!heads) {
    heads = [...catalog.heads()];
    listed.set(catalog, heads);
  }
  return heads;
}

interface Ranked {
  readonly head: ElementHead;
  readonly score: number;
  readonly why?: string;
  readonly deprecated?: boolean;
}

const byScore = (a: Ranked, b: Ranked): number => b.score - a.score || (a.head.name < b.head.name ? -1 : 1);

/** A name that goes on as typed comes before one that only holds the letters. */
const begins = (prefix: string, name: string): number => (prefix !== '' && name.startsWith(prefix) ? 20 : 0);

/** How likely an element is between its neighbours, as a logarithm. */
function likelihood(
  habits: Habits,
  here: Here | undefined,
  { linked, links, alone }: { readonly linked: boolean; readonly links: boolean; readonly alone: boolean },
  heads: readonly ElementHead[],
): (head: ElementHead) => number {
  const { total, into, classes } = totalsOf(habits, heads);
  const [before, after] = [here?.before?.factory, here?.after?.factory];
  const own = ownHabits(here);
  const forward = alone
    ? sighted(habits.alone, new Map(), classes)
    : linked && before === undefined
      ? undefined
      : sighted(countsOf(habits.follows, before ?? ''), own.follows(before ?? ''), classes);
  const backward = alone
    ? undefined
    : links && after === undefined
      ? undefined
      : sighted(into.get(after ?? '') ?? {}, own.leads(after ?? ''), classes);
  // Where nothing follows yet, more may still be written.
  const trust = links ? 1 : TRUST_IN_END;
  return (head) => {
    const general = (head.uses + 0.2) / total;
    const kind = classes.of.get(head.name) ?? '';
    const usual = (classes.uses.get(kind) ?? 0.2) / total;
    const given = (sighting: Sighting | undefined): number => {
      if (!sighting) return 0;
      // An element that was never seen here shares what was seen of its kind.
      const ofKind = ((sighting.kinds.get(kind) ?? 0) + GENERAL * usual) / (sighting.sum + GENERAL) / usual;
      const seen = sighting.counts.get(head.name) ?? 0;
      return Math.log((seen / general + GENERAL * ofKind ** KIND_COUNTS) / (sighting.sum + GENERAL));
    };
    return Math.log(general) + given(forward) + trust * given(backward);
  };
}

/** What was seen beside one neighbour. */
interface Sighting {
  readonly counts: ReadonlyMap<string, number>;
  readonly sum: number;
  /** The same by class. */
  readonly kinds: ReadonlyMap<string, number>;
}

function sighted(habit: Counts, own: ReadonlyMap<string, number>, { of }: Classes): Sighting {
  const counts = new Map(Object.entries(habit));
  for (const [name, times] of own) counts.set(name, (counts.get(name) ?? 0) + times);
  const kinds = new Map<string, number>();
  let sum = 0;
  for (const [name, times] of counts) {
    const kind = of.get(name) ?? '';
    kinds.set(kind, (kinds.get(kind) ?? 0) + times);
    sum += times;
  }
  return { counts, sum, kinds };
}

/** How many sightings elsewhere one in the same pipeline is worth: branches are alike. */
const OWN = 4;

/** What follows what in the pipeline itself. */
function ownHabits(here: Here | undefined): {
  follows(name: string): ReadonlyMap<string, number>;
  leads(name: string): ReadonlyMap<string, number>;
} {
  const links = here?.reading.pipeline.links ?? [];
  const elements = here?.reading.pipeline.elements ?? [];
  const add = (counts: Map<string, number>, name: string): void => void counts.set(name, (counts.get(name) ?? 0) + OWN);
  return {
    follows(name) {
      const counts = new Map<string, number>();
      if (name === '') {
        const led = new Set(links.map(({ to }) => to.element));
        for (const element of elements) if (!led.has(element)) add(counts, element.factory);
      } else for (const { from, to } of links) if (from.element.factory === name) add(counts, to.element.factory);
      return counts;
    },
    leads(name) {
      const counts = new Map<string, number>();
      if (name === '') {
        const leading = new Set(links.map(({ from }) => from.element));
        for (const element of elements) if (!leading.has(element)) add(counts, element.factory);
      } else for (const { from, to } of links) if (to.element.factory === name) add(counts, from.element.factory);
      return counts;
    },
  };
}

interface Classes {
  /** Element → its class; the empty name, which stands for a chain's end, has one of its own. */
  readonly of: ReadonlyMap<string, string>;
  readonly uses: ReadonlyMap<string, number>;
}

interface Totals {
  readonly total: number;
  /** What comes in front, by the element behind. */
  readonly into: ReadonlyMap<string, Counts>;
  readonly classes: Classes;
}

const kept = new WeakMap<readonly ElementHead[], Totals>();

function totalsOf(habits: Habits, heads: readonly ElementHead[]): Totals {
  const known = kept.get(heads);
  if (known) return known;
  const of = new Map<string, string>([['', 'end']]);
  const uses = new Map<string, number>();
  for (const head of heads) {
    const kind = head.klass.join('/');
    of.set(head.name, kind);
    uses.set(kind, (uses.get(kind) ?? 0) + head.uses + 0.2);
  }
  const into = new Map<string, Record<string, number>>();
  let total = 1;
  for (const [from, counts] of Object.entries(habits.follows)) {
    for (const [to, times] of Object.entries(counts)) {
      total += times;
      const inner = into.get(to);
      if (inner) inner[from] = times;
      else into.set(to, { [from]: times });
    }
  }
  const made = { total, into, classes: { of, uses } };
  kept.set(heads, made);
  return made;
}

/** The element with what its table says of the place. */
function judge(
  one: Ranked,
  {
    linked,
    links,
    settings,
  }: { readonly linked: boolean; readonly links: boolean; readonly settings: readonly string[] },
  here: Here | undefined,
  ends: readonly LooseEnd[],
  target: Target,
): Ranked {
  const spec = target.catalog.element(one.head.name);
  if (!spec) return one;
  let score = one.score;
  const because: string[] = [];
  const own = settings.filter((name) => !name.includes('::'));
  if (own.length > 0) {
    const has = own.filter((name) => propertyOf(spec, name, target.platform)).length;
    score += 3 * (has - 2 * (own.length - has));
  }
  const input = linked ? meeting(spec, 'sink', here?.offered ?? 'any') : undefined;
  const output = links ? meeting(spec, 'src', here?.taken ?? 'any') : undefined;
  score += worth(input) + worth(output);
  if (input?.meets === true && here?.before) because.push(`takes ${input.what} from ${here.before.factory}`);
  if (output?.meets === true && here?.after) because.push(`gives ${output.what} to ${here.after.factory}`);
  if (input?.meets === false) because.push(misfit(spec, 'sink', here?.before?.factory));
  if (output?.meets === false) because.push(misfit(spec, 'src', here?.after?.factory));
  // What hands everything on as it came needs both neighbours to agree with each other.
  if (here && spec.behaviour?.forward?.whole && linked && links && !canIntersect(here.offered, here.taken)) {
    score -= 4;
    because.push(`${here.after?.factory ?? 'what follows'} does not take what comes through`);
  }
  const waited = waitedFor(spec, ends);
  score += waited.score;
  if (waited.name !== undefined) because.push(`has the pads that ${waited.name}. is linked by`);
  const engine = spec.engine?.engine;
  if (engine && target.device && target.device.engines[engine] === 0) {
    score -= 6;
    because.push(`${target.device.title} has no ${engine.toUpperCase()}`);
  }
  if (spec.deprecated) score -= 3;
  if (spec.only && spec.only !== target.platform) score -= 6;
  return {
    ...one,
    score,
    ...(because.length > 0 && { why: because.join(', ') }),
    ...(spec.deprecated && { deprecated: true }),
  };
}

interface Meeting {
  /** Undefined where one side says nothing. */
  readonly meets: boolean | undefined;
  /** What they meet in, in a few words. */
  readonly what: string;
}

const worth = (meeting: Meeting | undefined): number =>
  meeting?.meets === true ? 1.2 : meeting?.meets === false ? -5 : 0;

/** Whether a pad of that direction takes or gives something of the caps. */
function meeting(spec: ElementSpec, direction: 'src' | 'sink', caps: Caps): Meeting {
  const pads = spec.pads.filter((pad) => pad.direction === direction);
  if (pads.length === 0) return { meets: spec.pads.length === 0 ? undefined : false, what: '' };
  if (caps === 'any') return { meets: undefined, what: '' };
  let unsure = false;
  for (const pad of pads) {
    const own = pad.open ? 'any' : templateCaps(pad);
    if (own === 'any' || pad.presence === 'sometimes') unsure = true;
    else if (canIntersect(own, caps)) return { meets: true, what: inWords(intersect(caps.slice(0, 4), own)) };
  }
  return { meets: unsure ? undefined : false, what: '' };
}

const misfit = (spec: ElementSpec, direction: 'src' | 'sink', other: string | undefined): string =>
  !spec.pads.some((pad) => pad.direction === direction)
    ? direction === 'sink'
      ? 'takes no input'
      : 'gives no output'
    : direction === 'sink'
      ? `does not take what ${other ?? 'the link'} gives`
      : `does not give what ${other ?? 'the link'} takes`;

/** The first alternative's media type and memory. */
export function inWords(caps: Caps): string {
  const first = caps === 'any' ? undefined : caps[0];
  if (!first) return 'what is there';
  const features = first.features === 'any' ? '' : first.features.join(',');
  return features === '' ? first.media : `${first.media}(${features})`;
}
