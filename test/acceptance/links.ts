/**
 * `npm run acceptance:links [-- --count N --seed S]`: pipelines drawn from the tables, judged by us and by the real
 * GStreamer (stand-ins for NVIDIA's elements). Exits 1 where a broken verdict is wrong, or less than 95 % of what
 * GStreamer refuses is found.
 */
import { readFileSync } from 'node:fs';
import { read } from '../../server/src/model/read.ts';
import { bareExcerpt } from '../../server/src/workspace/bare.ts';
import { Gstreamer } from '../support/gstreamer.ts';
import { PipelineMaker } from '../support/pipelines.ts';
import { Random } from '../support/random.ts';
import { tegraTarget } from '../support/targets.ts';

const option = (name: string, otherwise: number): number => {
  const at = process.argv.indexOf(`--${name}`);
  return at < 0 ? otherwise : Number(process.argv[at + 1]);
};
const count = option('count', 20_000);
const seed = option('seed', 1);

const target = tegraTarget();
const uses = JSON.parse(readFileSync(new URL('../../schemas/elements/use.json', import.meta.url), 'utf8')).uses;
const nvidia = [...target.catalog.heads()]
  .filter((head) => !head.layer.startsWith('gstreamer') && !head.name.includes('@'))
  .map((head) => target.catalog.element(head.name)!)
  .filter((spec) => spec.pads.length > 0);
const gstreamer = new Gstreamer(nvidia);
const maker = new PipelineMaker(target.catalog, uses, new Random(seed));

const wrong: string[] = [];
const missed = new Map<string, string[]>();
const elsewhere: string[] = [];
const links = { agreed: 0, open: 0, broken: 0 };
let crashes = 0;
let refused = 0;
let found = 0;
let accepted = 0;
for (let i = 0; i < count; i++) {
  if (i % 500 === 0) process.stderr.write(`\r${i}/${count}`);
  const { text, mutations } = maker.next();
  const verdict = await gstreamer.ask(text);
  if (verdict.crashed) crashes++;
  const reading = read(bareExcerpt(text), target);
  if (reading.kind !== 'launch') continue;
  for (const link of reading.pipeline.links) links[link.agreed.verdict]++;
  const broken = reading.pipeline.links.find((link) => link.agreed.verdict === 'broken');
  const theirs = verdict.errors.find((error) => error.code === 'link');
  const refuses = theirs !== undefined || verdict.conflicts.length > 0;
  if (!refuses && !verdict.ok) continue;
  if (refuses) refused++;
  else accepted++;
  if (broken && !refuses)
    wrong.push(
      `${text}\n    we: ${broken.from.element.name} → ${broken.to.element.name}: ${JSON.stringify(broken.agreed.conflict, brief)}`,
    );
  if (broken && refuses) {
    found++;
    const names = theirs && /could not link (\S+) to (\S+?),?( |$)/.exec(theirs.message);
    if (
      names &&
      (bare(names[1]!) !== bare(broken.from.element.name) || bare(names[2]!) !== bare(broken.to.element.name))
    ) {
      elsewhere.push(
        `${text}\n    we: ${broken.from.element.name} → ${broken.to.element.name}; GStreamer: ${theirs.message}`,
      );
    }
  }
  if (!broken && refuses) {
    const cause = theirs
      ? theirs.message
          .replace(/^could not link /, '')
          .replace(/, .*/, '')
          .replace(/-?\d+\b/g, '')
      : 'conflict';
    const list = missed.get(cause) ?? [];
    list.push(`${text}   (${mutations.join(', ')}; ${theirs?.message ?? verdict.conflicts[0]?.join(' ')})`);
    missed.set(cause, list);
  }
}
gstreamer.close();
process.stderr.write('\r');

for (const line of wrong.slice(0, 40)) console.log(`WRONG ${line}`);
for (const line of elsewhere.slice(0, 15)) console.log(`ELSEWHERE ${line}`);
const causes = [...missed].sort((a, b) => b[1].length - a[1].length);
for (const [cause, cases] of causes.slice(0, 60)) console.log(`MISSED ${cases.length} × ${cause}: ${cases[0]}`);
const recall = refused === 0 ? 1 : found / refused;
const total = links.agreed + links.open + links.broken;
console.log(
  `${count} pipelines (seed ${seed}): ${accepted} accepted, ${refused} refused, ${crashes} crashed; broken verdicts ${found + wrong.length}, wrong ${wrong.length}; ` +
    `found ${found} of ${refused} (${(100 * recall).toFixed(2)} %), at another link ${elsewhere.length}; ` +
    `links agreed ${((100 * links.agreed) / total).toFixed(1)} %, open ${((100 * links.open) / total).toFixed(1)} %, broken ${((100 * links.broken) / total).toFixed(1)} %`,
);
process.exitCode = wrong.length === 0 && recall >= 0.95 ? 0 : 1;

/** The name without its number: the real one counts on over all pipelines. */
function bare(name: string): string {
  return name.replace(/-?\d+$/, '');
}

function brief(_key: string, value: unknown): unknown {
  return typeof value === 'object' && value !== null && 'element' in value
    ? (value as { element: { name: string } }).element.name
    : value;
}
