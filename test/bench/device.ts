/**
 * What watching devices costs on this machine. `npx tsx test/bench/device.ts [SECONDS]` runs these rows only; the log store is
 * fed for that long.
 */
import { spawnSync } from 'node:child_process';
import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { buildSync } from 'esbuild';
import { type Figure, reached } from '../acceptance/figures.ts';
import type { LogsMeasured } from './logs.ts';

const root = join(import.meta.dirname, '../..');

/** Figures with their bars, and what else is worth telling. The log store is fed for so many seconds. */
export function deviceFigures(seconds: number): { readonly figures: readonly Figure[]; readonly told: string } {
  const { read, explained, fed } = measured(seconds);
  const figure = (name: string, value: number, bar: number): Figure => ({
    ...{ name, unit: 'count', bar, counts: {}, exceptions: [] },
    value: Math.round(value * 1_000) / 1_000,
  });
  const thousand = (number: number): string => `${Math.round(number / 1_000)},000`;
  return {
    figures: [
      figure('seconds for 300,000 lines of GST_DEBUG', 300_000 / read, 1),
      figure('seconds for 50,000 lines looked up among the causes', 50_000 / explained, 1),
      figure(`seconds behind after ${seconds} s of 50,000 lines a second`, fed.seconds - seconds, 0.5),
      figure('lines of the log store lost or changed', fed.lost + fed.changed, 0),
      figure('MiB that the log store grew by', fed.growth, 96),
    ],
    told: `GST_DEBUG: ${thousand(read)} lines/s read, ${thousand(explained)} explained; log store: ${fed.lines} lines, ${Math.round(fed.core * 100)} % of a core with the making of the lines, longest turn ${Math.round(fed.longest)} ms`,
  };
}

/** Bundled, as it ships: what runs from sources is wrapped for debugging. */
function measured(seconds: number): LogsMeasured {
  const outfile = join(root, 'dist/bench-logs.cjs');
  buildSync({
    entryPoints: [join(root, 'test/bench/logs.ts')],
    outfile,
    bundle: true,
    platform: 'node',
    format: 'cjs',
    define: { 'import.meta.dirname': '__dirname', 'import.meta.url': '__filename' },
    logLevel: 'error',
  });
  const ran = spawnSync(process.execPath, [outfile, '--measure', String(seconds)], { cwd: root, encoding: 'utf8' });
  rmSync(outfile, { force: true });
  if (ran.status !== 0) throw new Error(ran.stderr);
  return JSON.parse(ran.stdout) as LogsMeasured;
}

if (process.argv[1] && import.meta.url === pathToFileURL(process.argv[1]).href) {
  const { figures, told } = deviceFigures(Number(process.argv[2] ?? 60));
  for (const one of figures) console.log(`${reached(one) ? '✓' : '✗'} ${one.name}: ${one.value}   bar ≤ ${one.bar}`);
  console.log(`  ${told}`);
  process.exitCode = figures.every(reached) ? 0 : 1;
}
