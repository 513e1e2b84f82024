/**
 * `npm run acceptance:links [-- --count N --seed S]`: pipelines drawn from the tables, judged by us and by the real
 * GStreamer. Exits 1 where a broken verdict is wrong, or less than 95 % of what GStreamer refuses is found.
 */
import { judgeLinks } from '../support/judge-links.ts';
import { tegraTarget } from '../support/targets.ts';

const option = (name: string, otherwise: number): number => {
  const at = process.argv.indexOf(`--${name}`);
  return at < 0 ? otherwise : Number(process.argv[at + 1]);
};
const count = option('count', 20_000);
const seed = option('seed', 1);
const score = await judgeLinks(tegraTarget(), count, seed, (done) => process.stderr.write(`\r${done}/${count}`));
process.stderr.write('\r');

for (const line of score.wrong) console.log(`wrong: ${line}`);
for (const line of score.elsewhere) console.log(`at another link: ${line}`);
const causes = [...score.missed].sort((a, b) => b[1].length - a[1].length);
for (const [cause, cases] of causes) console.log(`missed ${cases.length} × ${cause}: ${cases[0]}`);

const { links, found, refused, wrong } = score;
const total = links.agreed + links.open + links.broken;
const percent = (part: number, whole: number): string => `${(whole === 0 ? 100 : (100 * part) / whole).toFixed(2)} %`;
console.log(
  `${count} pipelines (seed ${seed}): ${score.accepted} accepted, ${refused} refused, ${score.crashed} crashed | ` +
    `broken verdicts ${found + wrong.length}, wrong ${wrong.length} | found ${found} of ${refused} (${percent(found, refused)}) | ` +
    `links agreed ${percent(links.agreed, total)}, open ${percent(links.open, total)}, broken ${percent(links.broken, total)}`,
);
process.exitCode = wrong.length === 0 && found >= 0.95 * refused ? 0 : 1;
