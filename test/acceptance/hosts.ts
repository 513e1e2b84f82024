/**
 * Hosts: from `raw` each lifts exactly `pipeline`. Run alone: `npx tsx test/acceptance/hosts.ts FOLDER [--all]`.
 */
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { type Excerpt, HOLE } from '../../server/src/text/excerpt.ts';
import { hostAround, hostForLanguage } from '../../server/src/workspace/host-for.ts';
import { type Corpus, type Figure, LANGUAGES, type Measure, share } from './figures.ts';

interface Row {
  readonly id: string;
  readonly host: string;
  readonly context: string;
  readonly raw: string;
  readonly pipeline: string | null;
  readonly template?: string;
  readonly fragment?: boolean;
  readonly resolved?: boolean;
  readonly host_errors?: readonly string[];
}

/** What is measured apart: each has its own bar in the issue. */
const kindOf = (context: string): 'bare strings and comments' | 'commands, calls, fences, assignments, lists' =>
  /^(?:string|comment|value|attribute|csv)/.test(context) && !/^value-command|^string-command/.test(context)
    ? 'bare strings and comments'
    : 'commands, calls, fences, assignments, lists';

/** The share of rows from which exactly the pipeline is lifted, by kind; holes of templates beside them. */
export const hostFigures: Measure = (corpus) => {
  const names = elementNames(corpus.folder);
  const around = hostAround((name) => names.has(name));
  const sets = new Map<
    string,
    { equal: number; judged: number; exceptions: string[]; counts: Record<string, number> }
  >();
  const note = (set: string, row: Row, equal: boolean, found: readonly Excerpt[]): void => {
    const entry = sets.get(set) ?? { equal: 0, judged: 0, exceptions: [], counts: {} };
    sets.set(set, entry);
    entry.judged++;
    const cell = `${row.host} ${row.context.replace(/:.*/, '')}`;
    entry.counts[`${cell} judged`] = (entry.counts[`${cell} judged`] ?? 0) + 1;
    if (equal) {
      entry.equal++;
      entry.counts[`${cell} equal`] = (entry.counts[`${cell} equal`] ?? 0) + 1;
    } else entry.exceptions.push(`${row.id} ${row.host} ${row.context}: ${found.length} lifted`);
  };
  for (const row of corpus.rows<Row>('pipelines.jsonl')) {
    const host = hostForLanguage(LANGUAGES[row.host] ?? row.host);
    const found = host?.excerpts(row.raw, around) ?? [];
    if (row.pipeline !== null) {
      const set = row.resolved
        ? 'apart: resolved from elsewhere in the file'
        : row.host_errors?.length
          ? 'apart: with host errors'
          : kindOf(row.context);
      note(
        set,
        row,
        found.some((excerpt) => excerpt.text === row.pipeline),
        found,
      );
    } else if (row.template !== undefined) {
      note(
        'holes where the template has variables',
        row,
        found.some((excerpt) => fits(excerpt.text, row.template!)),
        found,
      );
    }
  }
  const bars: Record<string, number> = {
    'commands, calls, fences, assignments, lists': 0.99,
    'bare strings and comments': 0.9,
  };
  return [...sets].map(
    ([set, { equal, judged, exceptions, counts }]): Figure =>
      share(`hosts: lifted exactly, ${set}`, equal, judged, bars[set], exceptions, counts),
  );
};

/** Whether a text is the template with holes in place of its variables; runs of blanks count as one. */
function fits(text: string, template: string): boolean {
  const plain = (value: string): string => value.replace(/[ \n\t\\]+/g, '');
  const holes = plain(text.replace(new RegExp(`${HOLE}+`, 'g'), HOLE));
  let wanted = '';
  for (let i = 0; i < template.length; i++) {
    if (template[i] !== '$' || template[i + 1] !== '{') {
      wanted += template[i];
      continue;
    }
    let depth = 0;
    for (; i < template.length; i++) {
      if (template[i] === '{') depth++;
      else if (template[i] === '}' && --depth === 0) break;
    }
    wanted += HOLE;
  }
  return plain(wanted).replace(new RegExp(`${HOLE}+`, 'g'), HOLE) === holes.replace(new RegExp(`${HOLE}+`, 'g'), HOLE);
}

/** The elements that the tables of the house know, and those of the corpus' neighbours where there are any. */
function elementNames(folder: string): Set<string> {
  const names = new Set<string>();
  for (const file of ['behaviour.json', 'nvidia.json']) {
    const path = join(folder, '..', 'data', 'elements', file);
    if (!existsSync(path)) continue;
    const { elements } = JSON.parse(readFileSync(path, 'utf8')) as {
      elements: Record<string, unknown> | { name: string }[];
    };
    if (Array.isArray(elements)) for (const element of elements) names.add(element.name);
    else for (const name of Object.keys(elements)) names.add(name);
  }
  return names;
}

async function main(folder: string, all: boolean): Promise<void> {
  const corpus: Corpus = {
    folder,
    rows: <R>(file: string) =>
      readFileSync(join(folder, file), 'utf8')
        .split('\n')
        .filter((line) => line !== '')
        .map((line) => JSON.parse(line) as R),
  };
  for (const figure of await hostFigures(corpus)) {
    console.log(
      `${figure.name}: ${(figure.value * 100).toFixed(2)} % (${figure.counts.equal} of ${figure.counts.judged})`,
    );
    const cells = Object.keys(figure.counts).filter((name) => name.endsWith(' judged'));
    for (const name of cells.sort()) {
      const cell = name.slice(0, -' judged'.length);
      console.log(`    ${cell}: ${figure.counts[`${cell} equal`] ?? 0} of ${figure.counts[name]}`);
    }
    if (all) for (const exception of figure.exceptions) console.log(`  - ${exception}`);
  }
}

if (process.argv[1] && import.meta.url === pathToFileURL(process.argv[1]).href) {
  await main(process.argv[2] ?? '.', process.argv.includes('--all'));
}
