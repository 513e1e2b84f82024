/**
 * GKeyFile equality: `npx tsx test/acceptance/gkeyfile.ts FOLDER… [--mutations N] [--seed N]` reads every file of the
 * folders and N mutations of them, and compares groups, keys, raw values, refusals and typed readings with GLib's.
 */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { readKeyFile } from '../../server/src/syntax/config/ini/lower.ts';
import { fileDifference, GLibOracle, valueDifference } from '../support/gkeyfile.ts';
import { mutate } from '../support/mutations.ts';
import { Random } from '../support/random.ts';

const { values: options, positionals } = parseArgs({
  allowPositionals: true,
  options: { mutations: { type: 'string', default: '50000' }, seed: { type: 'string', default: '1' } },
});

const originals = positionals.flatMap((folder) =>
  readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && /\.(txt|ini|cfg|conf|config)$/.test(entry.name))
    .map((entry) => readFileSync(join(entry.parentPath, entry.name)))
    .filter((bytes) => bytes.length < 100_000),
);
const oracle = new GLibOracle();
const random = new Random(Number(options.seed));
const asked = new Set<string>();
const counts = { files: 0, refused: 0, values: 0, differences: 0 };

void main();

async function main(): Promise<void> {
  for (const bytes of originals) await compare(bytes);
  console.log(`corpus: ${JSON.stringify(counts)}`);
  const encoder = new TextEncoder();
  for (let i = 0; i < Number(options.mutations) && originals.length > 0; i++) {
    const original = random.pick(originals);
    await compare(encoder.encode(mutate(original.toString('utf8'), () => random.next())));
  }
  console.log(`with mutations: ${JSON.stringify(counts)}`);
  oracle.end();
  process.exitCode = counts.differences > 0 || counts.files === 0 ? 1 : 0;
}

async function compare(bytes: Uint8Array): Promise<void> {
  const [theirs] = await oracle.files([bytes]);
  counts.files++;
  if ('error' in theirs!) counts.refused++;
  report(fileDifference(bytes, theirs!));
  const fresh: string[] = [];
  for (const section of readKeyFile(new TextDecoder('utf-8', { ignoreBOM: true }).decode(bytes)).sections) {
    for (const { value } of section.keys) {
      if (asked.has(value.text)) continue;
      asked.add(value.text);
      fresh.push(value.text);
    }
  }
  const answers = await oracle.values(fresh);
  counts.values += fresh.length;
  fresh.forEach((raw, i) => {
    report(valueDifference(raw, answers[i]!));
  });
}

function report(difference: string | undefined): void {
  if (difference === undefined) return;
  counts.differences++;
  if (counts.differences <= 20) console.log(difference.slice(0, 2000));
}
