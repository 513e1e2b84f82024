/**
 * What a flood of lines costs: GST_DEBUG lines told apart in a second, lines explained, and a log store that is fed for a while.
 * Run by itself, bundled, as it ships: `logs.cjs --measure SECONDS`.
 */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { Explainer } from '../../client/src/remote/causes/explain.ts';
import { loadCauses } from '../../client/src/remote/causes/table.ts';
import type { Line } from '../../client/src/remote/lines.ts';
import { readFilter } from '../../client/src/remote/log-filter.ts';
import { LogStore } from '../../client/src/remote/log-store.ts';
import { LogReader } from '../../client/src/remote/streams/index.ts';

export interface LogsMeasured {
  /** Coloured GST_DEBUG lines that become entries, a second. */
  readonly read: number;
  /** Lines read and looked up among the causes, a second. */
  readonly explained: number;
  readonly fed: {
    readonly seconds: number;
    readonly lines: number;
    /** Lines that came and are neither in the store nor counted as let go. */
    readonly lost: number;
    /** Lines that are in the store but are not as they came, of those that were looked at. */
    readonly changed: number;
    /** Share of one core. */
    readonly core: number;
    /** Milliseconds that the longest append took. */
    readonly longest: number;
    /** Mebibytes that the process grew by from a tenth of the time on. */
    readonly growth: number;
  };
}

/** Lines a second that the store is fed. */
const RATE = 50_000;

async function measureLogs(seconds: number): Promise<LogsMeasured> {
  const texts = Array.from({ length: 20_000 }, (_, i) => debugLine(i));
  return {
    read: perSecond(texts.length, () => {
      const reader = new LogReader();
      for (const text of texts) reader.read(text);
    }),
    explained: perSecond(texts.length, () => {
      const reader = new LogReader();
      const explainer = new Explainer(causes);
      for (const [i, text] of texts.entries()) explainer.take(reader.read(text), i);
    }),
    fed: await feed(seconds),
  };
}

const causes = loadCauses(join(import.meta.dirname, '../schemas/causes'));

/** As a real run prints at GST_DEBUG=5: levels, categories, pads, caps. */
function debugLine(i: number): string {
  const level = ['\x1b[37mDEBUG  \x1b[00m', '\x1b[36mINFO   \x1b[00m', '\x1b[33;01mLOG    \x1b[00m'][i % 3]!;
  const category = ['GST_CAPS', 'GST_PADS', 'basesrc', 'videodecoder', 'nvinfer', 'GST_SCHEDULING'][i % 6]!;
  const time = `0:${String(Math.floor(i / 60_000) % 60).padStart(2, '0')}:${String(i % 60).padStart(2, '0')}.${String(i % 1_000_000_000).padStart(9, '0')}`;
  return `${time} \x1b[34m 4711\x1b[00m 0xaaab0c1d2e${(i % 250).toString(16).padStart(2, '0')} ${level} \x1b[00;01;34m${category.padStart(20)} gstfile.c:${100 + (i % 900)}:gst_some_function_name:<decoder${i % 12}:src>\x1b[00m pushing buffer ${i} of caps video/x-raw, format=(string)NV12, width=(int)1920`;
}

/** By the best of many rounds: what disturbs only ever adds. */
function perSecond(lines: number, work: () => void): number {
  const end = performance.now() + 3_000;
  let best = Number.POSITIVE_INFINITY;
  while (performance.now() < end) {
    const started = performance.now();
    work();
    best = Math.min(best, performance.now() - started);
  }
  return Math.round((lines * 1_000) / best);
}

async function feed(seconds: number): Promise<LogsMeasured['fed']> {
  const folder = mkdtempSync(join(tmpdir(), 'jetson-pipelines-bench-'));
  const store = new LogStore(join(folder, 'run'));
  const filter = readFilter('level:info category:nv* NV12');
  if ('problem' in filter) throw new Error(filter.problem);
  const view = store.view(filter);
  const total = RATE * seconds;
  const piece = RATE / 50;
  let fed = 0;
  let longest = 0;
  let settled = 0;
  const { user: userBefore, system: systemBefore } = process.cpuUsage();
  const started = performance.now();
  while (fed < total) {
    const lines: Line[] = Array.from({ length: piece }, (_, i) => ({ text: debugLine(fed + i), from: 'err', at: i }));
    const before = performance.now();
    store.append(lines);
    longest = Math.max(longest, performance.now() - before);
    fed += piece;
    // A page asks for what it shows.
    view.rows(view.length - 50, 50);
    if (settled === 0 && fed >= total / 10) settled = process.memoryUsage().rss;
    await wait(Math.max(0, started + (fed / RATE) * 1_000 - performance.now()));
  }
  const { user, system } = process.cpuUsage();
  const elapsed = performance.now() - started;
  const growth = (process.memoryUsage().rss - settled) / 1_048_576;
  let changed = 0;
  for (let number = store.first; number < store.end; number += 997) {
    if (store.rows(number, 1)[0]?.text !== debugLine(number)) changed++;
  }
  const lost = fed - store.end;
  store.dispose();
  rmSync(folder, { recursive: true, force: true });
  return {
    seconds: elapsed / 1_000,
    lines: fed,
    lost,
    changed,
    core: (user + system - userBefore - systemBefore) / 1_000 / elapsed,
    longest,
    growth,
  };
}

if (process.argv.includes('--measure')) {
  void measureLogs(Number(process.argv.at(-1))).then((measured) => process.stdout.write(JSON.stringify(measured)));
}
