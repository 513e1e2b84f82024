/**
 * What is wrong with a link that is broken, in the words of a person who builds pipelines: which family of mistake it
 * is, who gives what, who takes what, and what mends it. Made once a link; the rules of the families share it.
 */
import type { Caps, Structure } from '../caps/caps.ts';
import { printCaps } from '../caps/print.ts';
import type { Finding, Fix } from './finding.ts';
import type { Element, Link, Step } from './pipeline.ts';
import type { LaunchReading } from './read.ts';
import { type Repair, repairOf } from './repair.ts';

/** The kinds of mistake that break a link; each has a rule. */
export type Family =
  | 'memory-mismatch'
  | 'missing-parser'
  | 'missing-payloader'
  | 'missing-depayloader'
  | 'missing-decoder'
  | 'missing-encoder'
  | 'missing-converter'
  | 'caps-do-not-meet'
  | 'dead-end';

interface Diagnosis {
  readonly family: Family;
  readonly finding: Finding;
}

const known = new WeakMap<Link, Diagnosis | undefined>();

/** How a person calls the element: by the name they gave it, else by what it is. */
const called = (element: Element): string => (element.named ? `${element.factory} "${element.name}"` : element.factory);

/** The findings of one family. */
export function* brokenLinks(reading: LaunchReading, family: Family): Generator<Finding> {
  for (const link of reading.pipeline.links) {
    if (link.agreed.verdict !== 'broken') continue;
    if (!known.has(link)) known.set(link, diagnose(reading, link));
    const diagnosis = known.get(link);
    if (diagnosis?.family === family) yield diagnosis.finding;
  }
}

function diagnose(reading: LaunchReading, link: Link): Diagnosis | undefined {
  const { conflict } = link.agreed;
  if (!conflict) return undefined;
  // The pad rules speak of pads that were named or are taken.
  if (conflict.kind === 'pad-taken') return undefined;
  if (conflict.kind === 'no-pad')
    return conflict.at.padSpan ? undefined : { family: 'dead-end', finding: deadEnd(link, conflict.at.element) };
  const repair = repairOf(reading, link);
  const family = familyOf(link, repair);
  const instead = otherKind(reading, link);
  return {
    family,
    finding: {
      span: link.span,
      message: `${message(link, repair)}${instead ? ` ${instead}` : ''}`,
      ...(instead && { severity: 'warning' as const }),
      related: related(link),
      fixes: fixes(repair),
      givesWay: true,
    },
  };
}

/** Elements that come in two kinds under one name, told apart by an environment variable that no text shows. */
const KINDS: readonly { readonly mark: string; readonly how: string }[] = [
  { mark: '@new', how: 'USE_NEW_NVSTREAMMUX=yes' },
];

/** How the link may be right after all: an element on its way is another one where a variable is set. */
function otherKind(reading: LaunchReading, link: Link): string | undefined {
  const elements = [
    link.from,
    link.to,
    ...link.agreed.because.flatMap((step) => (step.at === 'filter' ? [] : [step.at])),
  ];
  for (const { element } of elements) {
    const kind = KINDS.find(({ mark }) => reading.target.catalog.element(`${element.factory}${mark}`));
    if (kind) return `With ${kind.how} in the environment ${element.factory} is another element, which may take it.`;
  }
  return undefined;
}

function deadEnd(link: Link, element: Element): Finding {
  const out = element === link.from.element;
  return {
    span: link.span,
    message: out
      ? `${called(element)} has no source pad: nothing comes out of it, so GStreamer refuses the link to ${called(link.to.element)}. It can only end a chain.`
      : `${called(element)} has no sink pad: nothing goes into it, so GStreamer refuses the link from ${called(link.from.element)}. It can only begin a chain.`,
  };
}

function familyOf(link: Link, repair: Repair | undefined): Family {
  if (link.agreed.conflict?.kind === 'memory') return 'memory-mismatch';
  const klass = repair?.elements.length === 1 ? repair.elements[0]!.klass.join('/') : '';
  if (/Parser/.test(klass)) return 'missing-parser';
  if (/Depayloader/.test(klass)) return 'missing-depayloader';
  if (/Payloader/.test(klass)) return 'missing-payloader';
  if (/Decoder/.test(klass)) return 'missing-decoder';
  if (/Encoder/.test(klass)) return 'missing-encoder';
  if (/Converter|Scaler/.test(klass) || (repair?.elements.length ?? 0) > 1) return 'missing-converter';
  return 'caps-do-not-meet';
}

function fixes(repair: Repair | undefined): Fix[] {
  if (!repair) return [];
  const names = repair.elements.map((e) => e.name).join(' ! ');
  return [{ title: `Insert ${names}`, edits: repair.edits, safe: false }];
}

function related(link: Link): Finding['related'] {
  const origin = originOf(link);
  return origin && origin.element !== link.from.element
    ? [{ span: origin.element.span, message: `${called(origin.element)} is where this comes from` }]
    : undefined;
}

function message(link: Link, repair: Repair | undefined): string {
  const advice = repair ? ` Put ${repair.elements.map((e) => e.name).join(' and ')} between them.` : '';
  return `${reason(link)}, so GStreamer refuses the link.${advice}`;
}

/** Who gives what and who takes what, in one sentence without its end. */
function reason(link: Link): string {
  const conflict = link.agreed.conflict!;
  const [from, to] = [called(link.from.element), called(link.to.element)];
  switch (conflict.kind) {
    case 'memory':
      return `${giver(link, conflict.between, `${memories(conflict.left)} memory`)}, but ${taker(conflict.between, to)} ${memories(conflict.right)} memory`;
    case 'media':
      return `${giver(link, conflict.between, some(conflict.left))}, but ${taker(conflict.between, to)} ${some(conflict.right)}`;
    case 'field':
      return conflict.fields.length > 0
        ? `${from} and ${conflict.between === 'offer-filter' ? 'the filter behind it' : to} have no ${list(conflict.fields)} in common: ${fieldsText(link, conflict.between, conflict.fields)}`
        : `${from} and ${to} have no caps in common`;
    case 'nothing':
      return conflict.between === 'offer-filter' || conflict.between === 'offer-taker'
        ? `nothing can come out of ${from} with what it is fed`
        : `nothing can go into ${to} with what follows it`;
    default:
      return `${from} and ${to} do not fit`;
  }
}

function giver(link: Link, between: string, what: string): string {
  if (between === 'filter-taker') return `the filter asks for ${what}`;
  const origin = originOf(link);
  const passed = called(link.from.element);
  return origin && origin.element !== link.from.element
    ? `${passed} passes on ${what} from ${called(origin.element)}`
    : `${passed} gives ${what}`;
}

const taker = (between: string, to: string): string =>
  between === 'offer-filter' ? 'the filter asks for' : `${to} takes`;

/**
 * The element farthest upstream from which the offer comes as it is: behind it, each element passes on what it is fed.
 * Steps whose own pad says less than what leaves it (ANY, or the media type alone) only pass on.
 */
function originOf(link: Link): { element: Element } | undefined {
  const steps = link.agreed.because.filter(
    (step): step is Step & { at: Exclude<Step['at'], 'filter'> } =>
      step.at !== 'filter' && step.at.element !== link.to.element,
  );
  const last = steps.at(-1);
  if (!last) return undefined;
  const wanted = kinds(last.leaves);
  let origin = last;
  for (const step of steps.reverse()) {
    if (kinds(step.leaves) !== wanted) break;
    origin = step;
  }
  return origin.at;
}

/** Media types and memories of the caps, to tell where they first appear. */
const kinds = (caps: Caps): string =>
  caps === 'any' ? 'any' : [...new Set(caps.map((s) => `${s.media}(${s.features})`))].sort().join(' ');

const memories = (features: readonly string[]): string =>
  list(features.map((f) => (f === 'memory:SystemMemory' ? 'system' : f.replace(/^memory:/, ''))));

/** The words, the first four of them at most. */
function some(words: readonly string[]): string {
  return words.length > 4 ? `${words.slice(0, 4).join(', ')} …` : list(words);
}

const list = (words: readonly string[]): string =>
  words.length < 2 ? (words[0] ?? 'nothing') : `${words.slice(0, -1).join(', ')} or ${words.at(-1)}`;

function fieldsText(link: Link, between: string, fields: readonly string[]): string {
  const steps = link.agreed.because;
  const filter = steps.find((step) => step.at === 'filter' && step.span === link.filterSpan)?.allows ?? 'any';
  const offer =
    steps.findLast((step) => step.at !== 'filter' && step.at.element === link.from.element)?.leaves ?? 'any';
  const [left, right] =
    between === 'offer-filter'
      ? [offer, filter]
      : between === 'filter-taker'
        ? [filter, steps.at(-1)!.allows]
        : [offer, steps.at(-1)!.allows];
  return fields.map((name) => `${valueText(left, name, right)} against ${valueText(right, name, left)}`).join('; ');
}

/** The field's values over all alternatives of a media type that the other side knows, shortened for reading. */
function valueText(caps: Caps, name: string, other: Caps): string {
  if (caps === 'any') return 'any';
  const texts = new Set<string>();
  for (const structure of caps) {
    if (other !== 'any' && !other.some((one) => one.media === structure.media)) continue;
    const value = structure.fields.get(name);
    if (!value) continue;
    const only: Structure = { media: structure.media, features: [], fields: new Map([[name, value]]) };
    texts.add(printCaps([only]).replace(/^[^=]*=\s*(\([^)]*\)\s*)?/, ''));
  }
  const text = [...texts].join(' or ');
  return text.length > 60 ? `${text.slice(0, 57)}…` : text;
}
