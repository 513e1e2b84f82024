/**
 * Caps equality: `npx tsx test/acceptance/caps.ts [FOLDER…] [--pairs N] [--seed N]` draws pairs of caps from the element
 * tables, the installed plugins, the folders (JSON with pads, JSON lines with pipelines) and mutations, and compares what
 * we make of each with the real library: reading, printing, intersections, subset, equality, merge, fixation, normal
 * form, simplification, difference. Exits 1 when one of them differs. The last line holds the figures.
 */
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import {
  CapsOracle,
  CRASHED,
  differences,
  gstreamerVersion,
  installedTemplates,
  ourAnswer,
} from '../support/caps-oracle.ts';
import { CapsPairs } from '../support/caps-pairs.ts';
import { capsTexts } from '../support/caps-texts.ts';
import { Random } from '../support/random.ts';

const { values: options, positionals } = parseArgs({
  allowPositionals: true,
  options: { pairs: { type: 'string', default: '200000' }, seed: { type: 'string', default: '1' } },
});
const BATCH = 200;
const SHOWN = 20;

void main();

async function main(): Promise<void> {
  const version = gstreamerVersion();
  if (version === undefined) {
    console.error('GStreamer for Python (python3-gi, gir1.2-gstreamer-1.0) is needed and not there.');
    process.exitCode = 1;
    return;
  }
  const elements = fileURLToPath(new URL('../../schemas/elements', import.meta.url));
  const texts = [...installedTemplates(), ...[elements, ...positionals].flatMap(textsOfFolder)];
  const pairs = new CapsPairs(texts, new Random(Number(options.seed)));
  const oracle = new CapsOracle();
  const wanted = Number(options.pairs);
  const counts = { texts: new Set(texts).size, pairs: 0, refused: 0, judged: 0, partly: 0, ended: 0, differing: 0 };
  const wrong: Record<string, number> = {};
  while (counts.pairs < wanted) {
    const batch = Array.from({ length: Math.min(BATCH, wanted - counts.pairs) }, () => pairs.next());
    const answers = await oracle.ask(batch);
    for (const [i, pair] of batch.entries()) {
      const theirs = answers[i]!;
      counts.pairs++;
      if (theirs === CRASHED) counts.ended++;
      else counts.judged += Object.keys(theirs).length;
      if (theirs.a === null || theirs.b === null) counts.refused++;
      // Two range steps that differ, for one, end the library on a difference; what it says before that is judged.
      else if (pair.heavy && theirs.normalized === undefined && theirs !== CRASHED) counts.partly++;
      const ours = ourAnswer(pair);
      const differing = differences(theirs, ours);
      for (const operation of differing) wrong[operation] = (wrong[operation] ?? 0) + 1;
      if (differing.length > 0 && counts.differing++ < SHOWN) {
        console.log(JSON.stringify(pair));
        for (const operation of differing) {
          console.log(
            `  ${operation}: GStreamer ${String(theirs[operation])}\n  ${' '.repeat(operation.length)}  we        ${String(ours[operation])}`,
          );
        }
      }
    }
  }
  oracle.close();
  process.exitCode = counts.differing > 0 || counts.pairs === 0 ? 1 : 0;
  console.log(`${version}, seed ${options.seed}: ${JSON.stringify({ ...counts, wrong })}`);
}

function textsOfFolder(folder: string): string[] {
  if (!existsSync(folder)) return [];
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && /\.jsonl?$/.test(entry.name))
    .flatMap((entry) => capsTexts(readFileSync(join(entry.parentPath, entry.name), 'utf8'), entry.name.endsWith('l')));
}
