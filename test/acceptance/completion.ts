/**
 * Completion put to the test of real pipelines: `npm run acceptance:completion -- FOLDER`. From each pipeline of known
 * elements one word at a time is taken out, and completion is asked at its place. Values count where they are from a
 * closed set. `--folds` counts habits without the repository that is asked about, as a pipeline of a stranger would be;
 * `--hosts` asks in the host text instead of the bare pipeline.
 */
import { existsSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { countHabits } from '../../scripts/habits.ts';
import type { Habits } from '../../server/src/catalog/habits.ts';
import { judgeValue } from '../../server/src/catalog/value.ts';
import { complete, nothingNearby, type Suggestion } from '../../server/src/features/completion.ts';
import { parsedFilter } from '../../server/src/model/filter.ts';
import { type LaunchReading, read, readText } from '../../server/src/model/read.ts';
import type { Target } from '../../server/src/model/target.ts';
import type { Chain, Item } from '../../server/src/syntax/launch/tree.ts';
import { HOLE } from '../../server/src/text/excerpt.ts';
import type { Span } from '../../server/src/text/span.ts';
import { analyze } from '../../server/src/workspace/analyze.ts';
import { bareExcerpt } from '../../server/src/workspace/bare.ts';
import { cursorPlace } from '../../server/src/workspace/cursor-place.ts';
import { documentOf, targetNamed, testWorld } from '../support/world.ts';
import { type Corpus, type Figure, LANGUAGES, reached, share } from './figures.ts';

interface Row {
  readonly id: string;
  readonly host: string;
  readonly raw: string;
  readonly pipeline: string | null;
  readonly source: string;
}

export type Kind =
  | 'element'
  | 'property'
  | 'value'
  | 'media type'
  | 'feature'
  | 'field'
  | 'format'
  | 'reference'
  | 'pad';

const KINDS: readonly Kind[] = [
  'element',
  'property',
  'value',
  'media type',
  'feature',
  'field',
  'format',
  'reference',
  'pad',
];

/** A word that is taken out, and how an answer is recognised. */
interface Removed {
  readonly kind: Kind;
  readonly span: Span;
  readonly word: string;
  is(one: Suggestion): boolean;
}

interface Tally {
  asked: number;
  offered: number;
  first: number;
  readonly missed: string[];
  readonly late: string[];
}

const FIRST = 10;

/** One figure a kind of word: offered at all, and among the first ten. */
export function completionFigures(
  corpus: Corpus,
  { folds = false, hosts = false }: { readonly folds?: boolean; readonly hosts?: boolean } = {},
): Figure[] {
  const tallies = new Map<Kind, Tally>(
    KINDS.map((kind) => [kind, { asked: 0, offered: 0, first: 0, missed: [], late: [] }]),
  );
  const rows = corpus.rows<Row>('pipelines.jsonl');
  const targets = [targetNamed(''), targetNamed('pc gstreamer-1.22')];
  for (const [group, mine] of groupsOf(rows, folds)) {
    const habits = folds ? countHabits(rows.filter((row) => foldOf(row) !== group)) : undefined;
    const those = habits ? targets.map((target) => withHabits(target, habits)) : targets;
    for (const row of mine) (hosts ? askInHost : ask)(row, those, tallies);
  }
  return KINDS.flatMap((kind) => {
    const { asked, offered, first, missed, late } = tallies.get(kind)!;
    return [
      share(`${kind} offered`, offered, asked, 0.99, missed),
      share(`${kind} among the first ${FIRST}`, first, asked, kind === 'element' ? 0.8 : 0.95, late),
    ];
  });
}

const FOLDS = 5;

const foldOf = ({ source }: Row): number => {
  const repository = source.split(':')[0]!;
  let sum = 0;
  for (let i = 0; i < repository.length; i++) sum = (sum * 31 + repository.charCodeAt(i)) % 1009;
  return sum % FOLDS;
};

function groupsOf(rows: readonly Row[], folds: boolean): Map<number, Row[]> {
  const groups = new Map<number, Row[]>();
  for (const row of rows) {
    const fold = folds ? foldOf(row) : 0;
    const group = groups.get(fold);
    if (group) group.push(row);
    else groups.set(fold, [row]);
  }
  return groups;
}

function withHabits(target: Target, habits: Habits): Target {
  const { catalog } = target;
  return { ...target, catalog: { ...catalog, habits: () => habits } };
}

function ask({ id, pipeline }: Row, targets: readonly Target[], tallies: ReadonlyMap<Kind, Tally>): void {
  if (pipeline === null) return;
  for (const target of targets) {
    const reading = read(bareExcerpt(pipeline), target);
    if (reading.kind !== 'launch' || !isKnown(reading)) continue;
    for (const removed of wordsOf(reading)) {
      const { start, end } = removed.span;
      const text = pipeline.slice(0, start) + pipeline.slice(end);
      const answer = complete(readText(text, reading), { offset: start, gap: false }, nothingNearby);
      count(removed, answer.suggestions, `${id}: ${around(text, start)}`, tallies.get(removed.kind)!);
    }
    return;
  }
}

/** The same, where the host's text still gives the pipeline that it is known for. */
function askInHost(
  { id, pipeline, host, raw }: Row,
  targets: readonly Target[],
  tallies: ReadonlyMap<Kind, Tally>,
): void {
  if (pipeline === null) return;
  const languageId = LANGUAGES[host] ?? host;
  for (const target of targets) {
    const world = { ...testWorld(), target };
    const reading = analyze(documentOf(raw, languageId), world).readings.find(
      (one) => one.kind === 'launch' && one.excerpt.text.trim() === pipeline.trim(),
    );
    if (reading?.kind !== 'launch' || !isKnown(reading)) continue;
    for (const removed of wordsOf(reading)) {
      const { start, end } = reading.excerpt.map.toDocument(removed.span);
      const text = raw.slice(0, start) + raw.slice(end);
      const place = cursorPlace(analyze(documentOf(text, languageId), world), start, world);
      const found = place ? complete(place.reading, place, nothingNearby).suggestions : [];
      count(removed, found, `${id} (${host}): ${around(text, start)}`, tallies.get(removed.kind)!);
    }
    return;
  }
}

function count(removed: Removed, suggestions: readonly Suggestion[], where: string, tally: Tally): void {
  const at = suggestions.findIndex((one) => removed.is(one));
  const shown = `${where} (${removed.word}${at < 0 ? '' : `, place ${at + 1}`})`;
  tally.asked++;
  if (at >= 0) tally.offered++;
  else tally.missed.push(shown);
  if (at >= 0 && at < FIRST) tally.first++;
  else tally.late.push(shown);
}

const around = (text: string, at: number): string =>
  `${text.slice(Math.max(0, at - 50), at)}‸${text.slice(at, at + 30)}`;

/** Pipelines that are read without a fault, of elements that the tables have. */
const isKnown = ({ pipeline, tree }: LaunchReading): boolean =>
  tree.problems.every(({ hint }) => hint) &&
  pipeline.links.length > 0 &&
  pipeline.elements.every(({ spec }) => spec !== undefined);

function* wordsOf(reading: LaunchReading): Generator<Removed> {
  const { pipeline, tree } = reading;
  for (const element of pipeline.elements) {
    if (element.node?.kind === 'element') {
      yield named('element', element.node.span, element.factory);
    }
    for (const setting of element.settings) {
      const { spec, value } = setting;
      if (!spec?.writable || setting.path.length > 0) continue;
      yield named('property', setting.span, setting.name);
      const { type } = spec;
      if (
        value === undefined ||
        value === '' ||
        (type.kind !== 'enum' && type.kind !== 'bool' && type.kind !== 'flags')
      )
        continue;
      const reads = judgeValue(type, value).reads;
      if (reads === undefined) continue;
      if (type.kind === 'flags' && /[+/]/.test(value)) continue;
      yield {
        kind: 'value',
        span: setting.valueSpan,
        word: value,
        is: ({ label, kind }) => kind === 'value' && judgeValue(type, label).reads === reads,
      };
    }
  }
  for (const chain of chainsOf(tree.chains)) {
    yield* capsWords(chain);
    for (const item of chain.items) {
      if (item.kind !== 'reference' || !item.element || item.element.text.includes(HOLE)) continue;
      const name = item.element.text;
      const known = pipeline.byName.get(name);
      if (!known) continue;
      if (known.named) yield named('reference', item.span, `${name}.`);
      const pad = item.pads.length === 1 ? item.pads[0]! : undefined;
      if (pad) yield named('pad', pad.span, pad.text);
    }
  }
}

function* capsWords({ links }: Chain): Generator<Removed> {
  for (const { filter } of links) {
    if (!filter) continue;
    const parsed = parsedFilter(filter);
    if (filter.span.end - filter.span.start !== filter.text.length || parsed.caps === undefined) continue;
    const place = ({ start, end }: Span): Span => ({ start: start + filter.span.start, end: end + filter.span.start });
    for (const { media, features, fields } of parsed.tree.structures) {
      if (media.text.includes(HOLE)) continue;
      const others = features.length > 0 || fields.length > 0;
      if (others) yield named('media type', place(media.span), media.text);
      for (const feature of features) yield named('feature', place(feature.span), feature.text);
      for (const { name, value } of fields) {
        const end = value?.span.end ?? name.span.end;
        yield named('field', place({ start: name.span.start, end }), name.text);
        if (name.text === 'format' && value?.kind === 'plain') yield named('format', place(value.span), value.text);
      }
    }
  }
}

const named = (kind: Kind, span: Span, word: string): Removed => ({
  kind,
  span,
  word,
  is: ({ label }) => label === word,
});

function* chainsOf(chains: readonly Chain[]): Generator<Chain> {
  for (const chain of chains) {
    yield chain;
    for (const item of chain.items as readonly Item[]) if (item.kind === 'bin') yield* chainsOf(item.chains);
  }
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) {
  const folder = process.argv[2];
  if (folder === undefined || !existsSync(folder)) {
    console.error('usage: npm run acceptance:completion -- FOLDER [--folds] [--hosts] [--all]');
    process.exit(2);
  }
  const corpus: Corpus = {
    folder: resolve(folder),
    rows: <R>(file: string) =>
      readFileSync(join(folder, file), 'utf8')
        .split('\n')
        .filter((line) => line !== '')
        .map((line) => JSON.parse(line) as R),
  };
  const figures = completionFigures(corpus, {
    folds: process.argv.includes('--folds'),
    hosts: process.argv.includes('--hosts'),
  });
  const shown = process.argv.includes('--all') ? Number.POSITIVE_INFINITY : 8;
  for (const figure of figures) {
    const { equal, judged } = figure.counts;
    console.log(
      `${reached(figure) ? '✓' : '✗'} ${figure.name}: ${(figure.value * 100).toFixed(2)} % (${equal} of ${judged})`,
    );
    if (!reached(figure) || process.argv.includes('--all'))
      for (const line of figure.exceptions.slice(0, shown)) console.log(`    ${line.replaceAll('\n', ' ')}`);
  }
  process.exitCode = figures.every(reached) ? 0 : 1;
}
