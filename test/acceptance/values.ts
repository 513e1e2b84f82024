/**
 * Property values against the real parser's verdict: which settings it refused, and what the others read back as.
 * `npm run acceptance -- FOLDER --only values`, or `npx tsx test/acceptance/values.ts FOLDER` for all exceptions.
 */
import { readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { PropertyType } from '../../server/src/catalog/element.ts';
import { type Judgement, judgeValue } from '../../server/src/catalog/value.ts';
import type { Element, Setting } from '../../server/src/model/pipeline.ts';
import { resolve as resolveTree } from '../../server/src/model/resolve.ts';
import { parseCaps } from '../../server/src/syntax/caps/lower.ts';
import { parseLaunch } from '../../server/src/syntax/launch/parser.ts';
import { targetNamed } from '../support/world.ts';
import { type Corpus, type Figure, share } from './figures.ts';

interface Row {
  readonly id: string;
  readonly pipeline: string | null;
  readonly truth: Truth | null;
}

interface Truth {
  readonly crash?: unknown;
  readonly errors: readonly { readonly kind: string; readonly message: string }[];
  readonly graph?: {
    readonly elements: readonly { readonly name: string; readonly props?: Readonly<Record<string, string | null>> }[];
  } | null;
}

/** Verdicts on every setting of an element that the tables have, and the values of the pipelines that were made. */
export function valueFigures(corpus: Corpus): Figure[] {
  const verdicts = { judged: 0, unjudged: 0, wrong: [] as string[] };
  const values = { judged: 0, unjudged: 0, wrong: [] as string[] };
  const target = targetNamed('pc gstreamer-1.22');
  for (const file of ['pipelines.jsonl', 'torture.jsonl']) {
    for (const row of corpus.rows<Row>(file)) {
      if (row.pipeline === null || !row.truth || row.truth.crash) continue;
      const pipeline = resolveTree(
        parseLaunch(row.pipeline, { gstreamer: target.gstreamer, arch: target.arch }),
        target,
      );
      const refused = refusals(row.truth);
      for (const element of pipeline.elements) {
        // One bad setting and the element is not made: the rest of its settings has no verdict.
        for (const setting of element.settings) {
          const verdict = verdictOn(element, setting);
          if (verdict === undefined) {
            verdicts.unjudged++;
            continue;
          }
          verdicts.judged++;
          const theirs =
            refused.has(`${element.factory} ${setting.written}`) || refused.has(`${element.factory} ${setting.name}`);
          const ours = verdict.verdict === 'refused';
          if (theirs !== ours) {
            const says = (refuses: boolean): string => (refuses ? 'refuses' : 'takes');
            verdicts.wrong.push(
              `${row.id}: GStreamer ${says(theirs)} ${element.factory} ${setting.written}=${setting.value}, we say ${verdict.verdict}`,
            );
          }
          if (theirs || ours) break;
        }
        compareValues(row, element, values);
      }
    }
  }
  return [
    share(
      'property-value verdicts equal',
      verdicts.judged - verdicts.wrong.length,
      verdicts.judged,
      0.995,
      verdicts.wrong,
      {
        unjudged: verdicts.unjudged,
      },
    ),
    share(
      'property values read back equal',
      values.judged - values.wrong.length,
      values.judged,
      undefined,
      values.wrong,
      {
        unjudged: values.unjudged,
      },
    ),
  ];
}

/** `factory property` of every setting that was refused. */
function refusals(truth: Truth): Set<string> {
  const found = new Set<string>();
  for (const { kind, message } of truth.errors) {
    const could = /^could not set property "(.*?)" in element "(.*?)" to "/s.exec(message);
    const none = /^no property "(.*?)" in element "(.*?)"/s.exec(message);
    if (kind === 'COULD_NOT_SET_PROPERTY' && could) found.add(`${could[2]} ${could[1]}`);
    if (kind === 'NO_SUCH_PROPERTY' && none) found.add(`${none[2]} ${none[1]}`);
  }
  return found;
}

/** Undefined where nothing can be said: no table, a child that exists only later, a type that is not judged. */
function verdictOn(element: Element, setting: Setting): Judgement | undefined {
  if (!element.spec || setting.value === undefined || setting.path.length > 0) return undefined;
  if (!setting.spec) return element.spec.complete ? { verdict: 'refused', reason: 'no such property' } : undefined;
  const verdict = judgeValue(setting.spec.type, setting.value, { caps: (text) => parseCaps(text).caps !== undefined });
  return verdict.verdict === 'unknown' ? undefined : verdict;
}

function compareValues(row: Row, element: Element, into: { judged: number; unjudged: number; wrong: string[] }): void {
  const props = row.truth?.graph?.elements.find(({ name }) => name === element.name)?.props;
  if (!props) return;
  for (const setting of element.settings) {
    const theirs = props[setting.written] ?? props[setting.name];
    const verdict = verdictOn(element, setting);
    if (setting.overridden || !setting.spec || typeof theirs !== 'string') continue;
    const ours = verdict?.verdict === 'accepted' ? verdict.reads : undefined;
    // Flags are printed by their full names, and those that are sentences are not in the tables.
    const spoken = setting.spec.type.kind === 'flags' && flagsOf(setting.spec.type.values, theirs) === undefined;
    if (ours === undefined || spoken || !COMPARED.has(setting.spec.type.kind)) {
      into.unjudged++;
      continue;
    }
    into.judged++;
    if (!sameValue(setting.spec.type, ours, theirs)) {
      into.wrong.push(
        `${row.id}: ${element.factory} ${setting.written}=${setting.value} is ${theirs}, we read ${ours}`,
      );
    }
  }
}

/** Kinds whose value has one way to be written. */
const COMPARED: ReadonlySet<string> = new Set([
  'bool',
  'int',
  'uint',
  'int64',
  'uint64',
  'float',
  'double',
  'string',
  'enum',
  'flags',
  'fraction',
]);

function sameValue(type: PropertyType, ours: string, theirs: string): boolean {
  if (ours === theirs) return true;
  if (type.kind === 'float' || type.kind === 'double')
    return Math.abs(Number(ours) - Number(theirs)) <= 1e-6 * Math.abs(Number(ours));
  if (type.kind === 'enum') {
    const value = type.values.find(({ nick, value: number }) => nick === ours || String(number) === ours);
    return value !== undefined && (value.name === theirs || String(value.value) === theirs);
  }
  if (type.kind === 'flags') return flagsOf(type.values, theirs) === Number(ours);
  // GStreamer writes a text in quotes where it is not plain.
  return type.kind === 'string' && theirs.replace(/^"|"$/g, '').replace(/\\(.)/g, '$1') === ours;
}

function flagsOf(values: readonly { value: number; nick?: string; name?: string }[], text: string): number | undefined {
  let flags = 0;
  for (const part of text.split('+')) {
    const known = values.find(({ nick, name }) => nick === part || name === part);
    if (!known && Number.isNaN(Number(part))) return undefined;
    flags |= known?.value ?? Number(part);
  }
  return flags >>> 0;
}

if (process.argv[1] && import.meta.url === pathToFileURL(process.argv[1]).href) {
  const folder = resolve(process.argv[2] ?? '.');
  const corpus: Corpus = {
    folder,
    rows: <Row>(file: string) =>
      readFileSync(join(folder, file), 'utf8')
        .split('\n')
        .filter((line) => line !== '')
        .map((line) => JSON.parse(line) as Row),
  };
  for (const { name, value, counts, exceptions } of valueFigures(corpus)) {
    console.log(`${name}: ${(value * 100).toFixed(3)} % ${JSON.stringify(counts)}`);
    for (const line of exceptions) console.log(`  ${line}`);
  }
}
