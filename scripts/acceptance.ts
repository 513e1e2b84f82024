/**
 * `npm run acceptance -- FOLDER`: runs the measurements of test/acceptance on a folder of corpus files, prints every
 * figure with its bar and what fell short, and fails where a bar is missed. The last line holds all figures.
 *
 *   npm run acceptance -- FOLDER [--only syntax,hosts] [--all]     --all prints every exception, not the first 20
 */
import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { type Corpus, type Figure, type Measure, reached } from '../test/acceptance/figures.ts';

/** File of test/acceptance → the measurement it exports. */
const measurements: Readonly<Record<string, string>> = {
  syntax: 'syntaxFigures',
  hosts: 'hostFigures',
  spans: 'spanFigures',
  graph: 'graphFigures',
  values: 'valueFigures',
  silence: 'silenceFigures',
};

const SHOWN = 20;

process.exitCode = await main(process.argv.slice(2));

async function main(words: readonly string[]): Promise<number> {
  const only = optionOf(words, '--only')?.split(',');
  const folder = words.find((word, index) => !word.startsWith('--') && words[index - 1] !== '--only');
  if (folder === undefined || !existsSync(folder) || !statSync(folder).isDirectory()) {
    console.error('usage: npm run acceptance -- FOLDER   (a folder with pipelines.jsonl and torture.jsonl)');
    return 2;
  }
  const corpus = readCorpus(resolve(folder));
  if (!readdirSync(corpus.folder).some((name) => name.endsWith('.jsonl'))) {
    console.error(`${folder} holds no .jsonl file`);
    return 2;
  }
  const shown = words.includes('--all') ? Number.POSITIVE_INFINITY : SHOWN;
  const figures: Figure[] = [];
  for (const [name, exported] of Object.entries(measurements)) {
    if (only && !only.includes(name)) continue;
    const module: Record<string, Measure> = await import(`../test/acceptance/${name}.ts`);
    const started = Date.now();
    const own = await module[exported]!(corpus);
    console.log(`\n${name} (${((Date.now() - started) / 1000).toFixed(1)} s)`);
    for (const figure of own) print(figure, shown);
    figures.push(...own);
  }
  const missed = figures.filter((figure) => !reached(figure));
  console.log(
    missed.length === 0 ? '\nAll bars are reached.' : `\nMissed: ${missed.map(({ name }) => name).join('; ')}`,
  );
  console.log(figures.map((figure) => `${figure.name}: ${written(figure)}`).join(' | '));
  return missed.length === 0 ? 0 : 1;
}

function print(figure: Figure, shown: number): void {
  const mark = figure.bar === undefined ? ' ' : reached(figure) ? '✓' : '✗';
  const bar =
    figure.bar === undefined
      ? ''
      : `   bar ${figure.unit === 'share' ? `≥ ${percent(figure.bar)}` : `≤ ${figure.bar}`}`;
  const counts = Object.entries(figure.counts).map(([what, number]) => `${what} ${number}`);
  console.log(
    `  ${mark} ${figure.name}: ${written(figure)}${bar}${counts.length > 0 ? `   (${counts.join(', ')})` : ''}`,
  );
  for (const exception of figure.exceptions.slice(0, shown)) console.log(`      ${exception}`);
  if (figure.exceptions.length > shown) console.log(`      … and ${figure.exceptions.length - shown} more (--all)`);
}

function written({ value, unit }: Figure): string {
  return unit === 'share' ? percent(value) : String(value);
}

/** Rounded down, so that 100 % means all. */
function percent(share: number): string {
  return `${(Math.floor(share * 10_000 + 1e-9) / 100).toFixed(2)} %`;
}

function readCorpus(folder: string): Corpus {
  const kept = new Map<string, readonly unknown[]>();
  return {
    folder,
    rows<Row>(file: string): readonly Row[] {
      let rows = kept.get(file);
      if (!rows) {
        const path = join(folder, file);
        const text = existsSync(path) ? readFileSync(path, 'utf8') : '';
        rows = text.split('\n').flatMap((line) => (line.trim() === '' ? [] : [JSON.parse(line) as unknown]));
        kept.set(file, rows);
      }
      return rows as readonly Row[];
    },
  };
}

function optionOf(words: readonly string[], name: string): string | undefined {
  const at = words.indexOf(name);
  return at < 0 ? undefined : words[at + 1];
}
