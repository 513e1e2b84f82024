/**
 * Where a message of a run is at home in the text: the element by its name as GStreamer counts, the link, the property, the
 * group; with the finding that explains it and, where formats did not meet, the two caps. Says nothing where nothing is sure.
 */
import { printCaps } from '../caps/algebra.ts';
import { appConfigOf } from '../model/app-config.ts';
import { templateCaps } from '../model/caps-text.ts';
import type { Element, Link, Pipeline } from '../model/pipeline.ts';
import { pipelineOf, type Reading } from '../model/read.ts';
import type { Blamed, RunClues } from '../protocol.ts';
import type { Span } from '../text/span.ts';
import type { Analysis, Placed } from './document.ts';

/** The reading that a text was run as: the same text, else the one that is left of its kind. */
export function readingOfRun({ readings }: Analysis, text: string): Reading | undefined {
  const same = readings.find(({ excerpt }) => excerpt.text === text);
  if (same) return same;
  const near = readings.filter(({ excerpt }) => excerpt.text.includes(text) || text.includes(excerpt.text));
  return near.length === 1 ? near[0] : readings.length === 1 ? readings[0] : undefined;
}

/** The place of a message; undefined where the reading has none. Spans are the document's. */
export function blame(reading: Reading, findings: readonly Placed[], clues: RunClues): Blamed<Span> | undefined {
  const own = findings.filter(({ span }) => {
    const { start, end } = reading.excerpt.span;
    return span.start >= start && span.end <= end;
  });
  const place = reading.kind === 'config' ? inConfig(reading, clues) : inPipeline(reading, clues);
  const at = place && reading.excerpt.map.toDocument(place.span);
  const finding = findingOf(own, clues.rules, at, place, reading);
  if (!place && !finding) return undefined;
  const toDocument = (span: Span): Span => reading.excerpt.map.toDocument(span);
  // Who noticed that formats do not meet is seldom who is wrong: the rule, which knows both, tells better.
  const shown = place && !(clues.unmet && finding && !place.sure) ? at! : finding!.span;
  return {
    place: shown,
    name: place?.name ?? '',
    ...(finding && { finding: { rule: finding.rule, message: finding.message, place: finding.span } }),
    related: (place?.related ?? []).map(({ span, message }) => ({ place: toDocument(span), message })),
    ...(place?.meeting && { meeting: place.meeting }),
  };
}

/** A place in the excerpt. */
interface Place {
  readonly span: Span;
  readonly name: string;
  readonly related: readonly { readonly span: Span; readonly message: string }[];
  readonly meeting?: NonNullable<Blamed<Span>['meeting']>;
  /** The message names it, and not only who noticed. */
  readonly sure: boolean;
  readonly elements: readonly Element[];
}

const placeAt = (span: Span, name: string, elements: readonly Element[] = [], sure = true): Place => ({
  span,
  name,
  related: [],
  sure,
  elements,
});

function inPipeline(reading: Reading, clues: RunClues): Place | undefined {
  const pipeline = pipelineOf(reading);
  if (!pipeline) return undefined;
  const { words, path } = clues;
  if (words.from !== undefined && words.to !== undefined) {
    const link = linkNamed(pipeline, words.from, words.to);
    if (link) return linkPlace(link, words.caps !== undefined);
    // A link that was not even tried is not in the model: one of its ends has no such pad.
    const end = named(pipeline, words.to) ?? named(pipeline, words.from);
    if (end) return placeAt(end.span, end.name, [end]);
  }
  if (words.factory !== undefined) {
    const element = [...pipeline.elements, ...pipeline.dropped].find(({ factory }) => factory === words.factory);
    if (element) return placeAt(element.span, element.name, [element]);
  }
  if (words.property !== undefined) {
    const found = propertyOf(pipeline, words);
    if (found) return found;
  }
  if (words.name !== undefined) {
    const reference = pipeline.loose.find((one) => one.element?.text === words.name);
    if (reference) return placeAt(reference.span, words.name);
    const start = ` ${reading.excerpt.text}`.search(new RegExp(`[\\s(!]${escaped(words.name)}\\.`));
    if (start >= 0) return placeAt({ start, end: start + words.name.length }, words.name);
  }
  const written = words.uri ?? words.caps;
  if (written !== undefined && clues.path.length === 0) {
    const start = reading.excerpt.text.indexOf(written);
    if (start >= 0) return placeAt({ start, end: start + written.length }, written);
  }
  const names = [words.element, ...[...path].reverse()];
  for (const name of names) {
    const found = name === undefined ? undefined : elementOrFilter(pipeline, name);
    if (!found) continue;
    if ('index' in found && 'factory' in found) return elementPlace(pipeline, found, clues);
    return linkPlace(found, true);
  }
  return undefined;
}

const escaped = (name: string): string => name.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');

const named = (pipeline: Pipeline, name: string): Element | undefined =>
  pipeline.elements.find((element) => element.name === name);

/** An element, or the link whose caps became a capsfilter of that name: those are made after all that are written out. */
function elementOrFilter(pipeline: Pipeline, name: string): Element | Link | undefined {
  const element = named(pipeline, name);
  if (element) return element;
  const number = /^capsfilter(\d+)$/.exec(name)?.[1];
  if (number === undefined) return undefined;
  const written = pipeline.elements.filter(({ factory, named: own }) => factory === 'capsfilter' && !own).length;
  return pipeline.links.filter(({ filterSpan }) => filterSpan)[Number(number) - written];
}

function elementPlace(pipeline: Pipeline, element: Element, clues: RunClues): Place {
  if (clues.refused) {
    const refused = refusedAt(pipeline, clues.refused);
    if (refused) return { ...refused, related: [{ span: element.span, message: `${element.name} told so` }] };
  }
  if (clues.unmet) {
    const link = unmetBehind(pipeline, element);
    if (link) {
      const place = linkPlace(link, link.filterSpan !== undefined);
      const related = link.to.element === element ? [] : [{ span: element.span, message: `${element.name} told so` }];
      const gives = clues.refused && shorten(clues.refused.caps);
      const meeting = place.meeting && gives !== undefined ? { ...place.meeting, gives } : place.meeting;
      return { ...place, related, ...(meeting && { meeting }), sure: link.agreed.verdict === 'broken' };
    }
  }
  // Where the message names a file or a value that was set here, that is marked.
  const value = clues.words.file ?? clues.words.uri ?? clues.words.value;
  const setting =
    value === undefined || value === '' ? undefined : element.settings.find((one) => one.value?.endsWith(value));
  return placeAt(setting?.span ?? element.span, element.name, [element], !clues.unmet);
}

/** The link at whose sink pad caps were refused. Pads of bins and of their insides carry the bin's or a child's name. */
function refusedAt(pipeline: Pipeline, { pad, caps }: NonNullable<RunClues['refused']>): Place | undefined {
  const [name = ''] = pad.split(':', 1);
  const found = elementOrFilter(pipeline, name);
  if (!found) return undefined;
  const isElement = 'factory' in found;
  const link = isElement ? pipeline.links.find(({ to }) => to.element === found) : found;
  if (!link) return undefined;
  const place = linkPlace(link, !isElement);
  const takes = isElement ? takesOf(link) : link.filter === undefined ? '' : text(link.filter);
  return { ...place, meeting: { from: link.from.element.name, to: name, gives: shorten(caps), takes } };
}

const takesOf = ({ to }: Link): string => (to.template ? text(templateCaps(to.template)) : '');

/** The first link behind an element that is known to break, else the first where what is not known meets what is demanded. */
function unmetBehind(pipeline: Pipeline, element: Element): Link | undefined {
  const seen = new Set<Element>();
  const links: Link[] = [];
  const waiting = [element];
  for (let one = waiting.shift(); one; one = waiting.shift()) {
    if (seen.has(one)) continue;
    seen.add(one);
    for (const link of pipeline.links) {
      if (link.from.element !== one) continue;
      links.push(link);
      waiting.push(link.to.element);
    }
  }
  return (
    links.find(({ agreed }) => agreed.verdict === 'broken') ??
    links.find(({ to: { template }, filterSpan }) => filterSpan || (template && templateCaps(template) !== 'any'))
  );
}

function linkNamed(pipeline: Pipeline, from: string, to: string): Link | undefined {
  const between = pipeline.links.filter((link) => link.from.element.name === from && link.to.element.name === to);
  return between.find(({ agreed }) => agreed.verdict === 'broken') ?? between[0];
}

function linkPlace(link: Link, byFilter: boolean): Place {
  const { from, to } = link;
  const atFilter = byFilter && link.filterSpan !== undefined;
  const meeting = meetingOf(link);
  return {
    span: atFilter ? link.filterSpan! : to.element.span,
    name: atFilter ? from.element.name : to.element.name,
    related: [
      { span: from.element.span, message: `${from.element.name} is the one end of the link` },
      ...(atFilter ? [{ span: to.element.span, message: `${to.element.name} is its other end` }] : []),
    ],
    ...(meeting && { meeting }),
    sure: true,
    elements: [from.element, to.element],
  };
}

/** What the one end gives and the other takes, as the text alone tells it: the two parties that do not meet where that is proved. */
function meetingOf(link: Link): Place['meeting'] {
  const { from, to, filter, agreed } = link;
  const between = agreed.conflict && 'between' in agreed.conflict ? agreed.conflict.between : undefined;
  const offer = agreed.because.find(({ at }) => at !== 'filter')?.allows;
  const gives =
    between === 'filter-taker' && filter ? filter : (offer ?? (from.template && templateCaps(from.template)));
  const own = to.template && templateCaps(to.template);
  const takes = filter && (between === 'offer-filter' || own === undefined || own === 'any') ? filter : own;
  if (gives === undefined || takes === undefined) return undefined;
  return { from: from.element.name, to: to.element.name, gives: text(gives), takes: text(takes) };
}

const LONGEST = 600;
const shorten = (caps: string): string => (caps.length > LONGEST ? `${caps.slice(0, LONGEST - 1)}…` : caps);
const text = (caps: Parameters<typeof printCaps>[0]): string => shorten(printCaps(caps));

/** A property by its name and by how the message calls its element: by its name or by its factory. */
function propertyOf(pipeline: Pipeline, { property, value, element: called }: RunClues['words']): Place | undefined {
  for (const element of pipeline.elements) {
    if (called !== undefined && element.name !== called && element.factory !== called) continue;
    const setting = element.settings.find(
      (one) =>
        [one.name, one.written].includes(property ?? '') && (value === undefined || one.value === value || !one.value),
    );
    if (setting) return placeAt(setting.span, element.name, [element]);
  }
  return undefined;
}

type ConfigReading = Extract<Reading, { kind: 'config' }>;

function inConfig(reading: ConfigReading, { words, path }: RunClues): Place | undefined {
  const { sections } = reading.config;
  // A group that is not here stands in a file that the element's group names.
  const group =
    sections.find(({ name }) => name === words.group) ??
    [words.element, ...[...path].reverse()]
      .map((name) => (name === undefined ? undefined : groupNamed(reading, name)))
      .find((found) => found !== undefined);
  const key =
    words.key === undefined
      ? undefined
      : (group ? [group] : sections).flatMap(({ keys }) => keys).find(({ name }) => name === words.key);
  if (key) return placeAt(key.span, key.name);
  if (words.file !== undefined) {
    const end = words.file.slice(words.file.lastIndexOf('/') + 1);
    const naming = sections.flatMap(({ keys }) => keys).find(({ value }) => end !== '' && value.endsWith(end));
    if (naming) return placeAt(naming.span, naming.name);
  }
  return group && placeAt(group.header, group.name);
}

/** Names that deepstream-app gives its elements (apps-common), and the group that each comes from. */
const GROUPS: readonly (readonly [RegExp, (app: App, number: number) => Section | undefined])[] = [
  [/^(?:src_sub_bin|src_elem|source_bin|rtsp_src_|depay_elem|decode)\D*(\d+)/, (app, n) => app.sources[n]?.section],
  [/^src_(?:elem|sub_bin)/, (app) => app.sources[0]?.section],
  [/^(?:src_bin_muxer|stream_muxer|streammux)/, (app) => app.mux?.section],
  [/^primary_gie|^NvDsInfer.*primary/, (app) => app.primary?.section],
  [/^secondary_gie\D*(\d*)/, (app, n) => (app.secondaries[n] ?? app.secondaries[0])?.section],
  [/^tracking_|^tracker/, (app) => app.tracker?.section],
  [/^(?:dsanalytics|analytics)_?/, (app) => app.analytics?.section],
  [/^preprocess_/, (app) => app.preprocess?.section],
  [/^tiled_display_/, (app) => app.tiler?.section],
  [/^(?:osd_|nvosd)/, (app) => app.osd?.section],
  [/^sink_sub_bin\D*(\d*)/, (app, n) => (app.sinks[n] ?? (app.sinks.length === 1 ? app.sinks[0] : undefined))?.section],
];

type App = NonNullable<ReturnType<typeof appConfigOf>>;
type Section = ConfigReading['config']['sections'][number];

function groupNamed({ config }: ConfigReading, name: string): Section | undefined {
  const app = appConfigOf(config);
  for (const [pattern, group] of app ? GROUPS : []) {
    const match = pattern.exec(name);
    const found = match && group(app!, Number(match[1] ?? 0));
    if (found) return found;
  }
  return undefined;
}

/** The finding of one of the rules that touches the place or its neighbours; where there is no place, the first. */
function findingOf(
  findings: readonly Placed[],
  rules: readonly string[],
  at: Span | undefined,
  place: Place | undefined,
  reading: Reading,
): Placed | undefined {
  const fitting = findings.filter(({ rule }) => rules.includes(rule));
  if (!at || !place) return fitting.find(({ severity }) => severity === 'error') ?? fitting[0];
  const touches = ({ span }: Placed, other: Span): boolean => span.start <= other.end && other.start <= span.end;
  const near = surroundings(reading, place.elements).map((span) => reading.excerpt.map.toDocument(span));
  return (
    fitting.find((finding) => touches(finding, at)) ??
    fitting.find((finding) => near.some((span) => touches(finding, span)))
  );
}

/** The elements, their links, and what is linked to them. */
function surroundings(reading: Reading, elements: readonly Element[]): Span[] {
  const links = (pipelineOf(reading)?.links ?? []).filter(
    ({ from, to }) => elements.includes(from.element) || elements.includes(to.element),
  );
  return [
    ...elements.map(({ span }) => span),
    ...links.map(({ span }) => span),
    ...links.flatMap(({ from, to }) => [from, to].map(({ element }) => element.span)),
    ...links.flatMap(({ from, to }) => [from.padSpan, to.padSpan].flatMap((span) => span ?? [])),
  ];
}
