/**
 * `npx tsx scripts/habits.ts FOLDER`: counts what the pipelines of a corpus folder are made of and writes
 * `schemas/elements/habits.json`. What stands in one repository only, or once, is left out: it would say more about its
 * author than about habits.
 */
import { readFileSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { Counts2, Habits } from '../server/src/catalog/habits.ts';
import { judgeValue } from '../server/src/catalog/value.ts';
import { parsedFilter } from '../server/src/model/filter.ts';
import { type LaunchReading, read } from '../server/src/model/read.ts';
import { HOLE } from '../server/src/text/excerpt.ts';
import { bareExcerpt } from '../server/src/workspace/bare.ts';
import { targetNamed } from '../test/support/world.ts';

interface Row {
  readonly pipeline: string | null;
  readonly template?: string;
  readonly source: string;
}

/** One repository says the same thing at most so often. */
const MOST_OF_A_REPOSITORY = 4;

/** Counts over these rows; each text of a repository counts once. */
export function countHabits(rows: readonly Row[]): Habits {
  const target = targetNamed('');
  const tally = new Tally();
  const seen = new Set<string>();
  for (const row of rows) {
    const repository = row.source.split(':')[0]!;
    const text = row.pipeline ?? row.template?.replace(/\$\{\w*\}/g, HOLE);
    if (text === undefined || seen.has(`${repository} ${text}`)) continue;
    seen.add(`${repository} ${text}`);
    const reading = read(bareExcerpt(text), target);
    if (reading.kind === 'launch') countReading(reading, repository, tally);
  }
  return {
    source: `pipelines of ${new Set(rows.map(({ source }) => source.split(':')[0])).size} public repositories, counted November 2026; what only one of them has is left out`,
    follows: tally.counts('follows'),
    alone: tally.counts('alone')[''] ?? {},
    properties: tally.counts('properties'),
    values: tally.counts('values'),
    media: tally.counts('media')[''] ?? {},
    fields: tally.counts('fields'),
    fieldValues: tally.counts('fieldValues'),
  };
}

function countReading({ pipeline, tree, target }: LaunchReading, repository: string, tally: Tally): void {
  const add = (kind: string, first: string, second: string): void => tally.add(kind, first, second, repository);
  const into = new Set(pipeline.links.map((link) => link.to.element));
  const outOf = new Set(pipeline.links.map((link) => link.from.element));
  const known = (factory: string): boolean =>
    target.catalog.element(factory) !== undefined || target.catalog.elsewhere(factory).length > 0;
  for (const { from, to } of pipeline.links) {
    if (known(from.element.factory) && known(to.element.factory))
      add('follows', from.element.factory, to.element.factory);
  }
  for (const element of pipeline.elements) {
    const { factory, spec } = element;
    // Prose that was taken for a pipeline has words in the place of elements.
    if (!known(factory)) continue;
    if (!into.has(element)) add('follows', '', factory);
    if (!outOf.has(element)) add('follows', factory, '');
    for (const setting of element.settings) {
      if (setting.path.length > 0 || !spec || !setting.spec) continue;
      add('properties', factory, setting.name);
      const { type } = setting.spec;
      const closed = type.kind === 'enum' || type.kind === 'bool' || type.kind === 'flags';
      const value = closed && setting.value !== undefined ? judgeValue(type, setting.value).reads : undefined;
      if (value !== undefined && type.kind !== 'flags') add('values', `${factory}.${setting.name}`, value);
    }
  }
  const single = new Set(
    tree.chains.flatMap(({ items: [first, ...others] }) =>
      first?.kind === 'element' && others.length === 0 ? [first] : [],
    ),
  );
  for (const { factory, node, named } of pipeline.elements) {
    if (named && node?.kind === 'element' && single.has(node) && known(factory)) add('alone', '', factory);
  }
  for (const chain of tree.chains) {
    for (const { filter } of chain.links) {
      if (!filter) continue;
      for (const structure of parsedFilter(filter).tree.structures) {
        const media = structure.media.text;
        if (media.includes(HOLE)) continue;
        const features = structure.features.map(({ text }) => text).join(',');
        add('media', '', features === '' ? media : `${media}(${features})`);
        for (const field of structure.fields) {
          add('fields', media, field.name.text);
          if (field.value?.kind === 'plain' && !field.value.text.includes(HOLE))
            add('fieldValues', `${media}.${field.name.text}`, field.value.text);
        }
      }
    }
  }
}

class Tally {
  readonly #by = new Map<string, Map<string, number>>();

  add(kind: string, first: string, second: string, repository: string): void {
    const key = JSON.stringify([kind, first, second]);
    const own = this.#by.get(key) ?? new Map<string, number>();
    own.set(repository, Math.min(MOST_OF_A_REPOSITORY, (own.get(repository) ?? 0) + 1));
    this.#by.set(key, own);
  }

  counts(kind: string): Counts2 {
    const found: Record<string, Record<string, number>> = {};
    for (const [key, own] of [...this.#by].sort(([a], [b]) => (a < b ? -1 : 1))) {
      const [its, first, second] = JSON.parse(key) as [string, string, string];
      if (its !== kind || own.size < 2) continue;
      const inner = (found[first] ??= {});
      inner[second] = [...own.values()].reduce((sum, one) => sum + one, 0);
    }
    return found;
  }
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) {
  const folder = process.argv[2];
  if (folder === undefined) throw new Error('usage: npx tsx scripts/habits.ts FOLDER');
  const rows = readFileSync(join(resolve(folder), 'pipelines.jsonl'), 'utf8')
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => JSON.parse(line) as Row);
  const path = join(import.meta.dirname, '../schemas/elements/habits.json');
  const habits = countHabits(rows);
  // One line an outer word, so that a diff shows what changed.
  const lines = Object.entries(habits).map(([name, value]) =>
    typeof value === 'string' || name === 'media' || name === 'alone'
      ? `  ${JSON.stringify(name)}: ${JSON.stringify(value)}`
      : `  ${JSON.stringify(name)}: {\n${Object.entries(value as Counts2)
          .map(([word, counts]) => `    ${JSON.stringify(word)}: ${JSON.stringify(counts)}`)
          .join(',\n')}\n  }`,
  );
  writeFileSync(path, `{\n${lines.join(',\n')}\n}\n`);
}
