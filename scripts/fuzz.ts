/**
 * `npm run fuzz -- --runs N [--seed S] [FOLDER]`: mutated documents of all hosts, from the project's own texts and from
 * those of a corpus folder. Fails on an exception, on a run that takes over a second, and where memory grows beyond its
 * bound. `--run K --seed S` makes one run again and prints its input.
 */
import { type ChildProcess, fork } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { join, resolve } from 'node:path';
import { corpusSeeds, fuzzWorlds, inputOf, LONGEST, ownSeeds, runOne, type Seed } from '../test/support/fuzz.ts';

/** A worker's heap may not grow beyond this, in MiB: Node ends it then. */
const MEMORY = 400;
/** How many runs a worker makes between two signs of life. */
const STRIDE = 500;

interface Failure {
  readonly run: number;
  readonly message: string;
}

const words = process.argv.slice(2);
const seedNumber = Number(option('--seed') ?? 1);
const folder = words.find((word, index) => !word.startsWith('--') && !words[index - 1]?.startsWith('--'));
if (folder !== undefined && !existsSync(folder)) throw new Error(`${folder} does not exist`);

if (process.send) work();
else if (option('--run') !== undefined) again(Number(option('--run')));
else process.exitCode = await supervise(Number(option('--runs') ?? 100_000));

function seeds(): Seed[] {
  const own = ownSeeds(join(import.meta.dirname, '..'));
  return folder === undefined ? own : [...own, ...corpusSeeds(resolve(folder))];
}

/** Hands out stretches of runs to workers, watches that they come back, and starts new ones in place of those that do not. */
async function supervise(runs: number): Promise<number> {
  const failures: Failure[] = [];
  const started = Date.now();
  let next = 0;
  let done = 0;
  let peak = 0;
  /** Works until nothing is left to hand out; false where the worker was lost in the middle. */
  const worker = (): Promise<boolean> =>
    new Promise((finished) => {
      const child = fork(process.argv[1]!, words, {
        execArgv: ['--import', 'tsx', `--max-old-space-size=${MEMORY}`],
      });
      let given = { from: 0, to: 0 };
      let current = -1;
      let spent = 0;
      const give = (): void => {
        given = { from: next, to: Math.min(runs, next + STRIDE) };
        next = given.to;
        current = given.from;
        spent = processorTime(child);
        if (given.from < given.to) child.send(given);
        else child.disconnect();
      };
      const watch = setInterval(() => {
        // A run that never ends says nothing any more. Signs of life come every fifth of a second of work.
        if (processorTime(child) - spent < LONGEST * 5 || given.from === given.to) return;
        failures.push({ run: current, message: 'this run, or one of the next few, does not end' });
        child.kill('SIGKILL');
      }, 1000);
      child.on('message', (message: { ready?: true; at?: number; failures?: Failure[]; rss?: number }) => {
        spent = processorTime(child);
        if (message.at !== undefined) current = message.at;
        if (message.rss !== undefined) peak = Math.max(peak, message.rss);
        if (message.failures) {
          failures.push(...message.failures);
          done += given.to - given.from;
          if (failures.length > 50) next = runs;
          show(done, runs, started);
        }
        if (message.ready || message.failures) give();
      });
      child.on('exit', (code, signal) => {
        clearInterval(watch);
        if (code !== 0 && signal !== 'SIGKILL') {
          failures.push({ run: current, message: `the worker ended (${code ?? signal}): out of memory?` });
        }
        // A worker that could not even begin would not begin the next time.
        finished(code === 0 || current < 0);
      });
    });
  const post = async (): Promise<void> => {
    while (!(await worker()) && failures.length <= 50) {
      // The rest of the lost worker's stretch is left out; the next one is taken up.
    }
  };
  await Promise.all(Array.from({ length: Math.min(4, availableParallelism()) }, post));
  if (process.stderr.isTTY) process.stderr.write('\r\u001b[K');
  for (const { run, message } of failures) {
    const where = folder ? ` ${folder}` : '';
    console.log(`run ${run}: ${message}\n  again: npm run fuzz -- --seed ${seedNumber} --run ${run}${where}`);
  }
  const seconds = (Date.now() - started) / 1000;
  console.log(
    `${done} runs, seed ${seedNumber}: ${failures.length} failures, ${seconds.toFixed(0)} s, ${Math.round(done / seconds)} runs/s, peak ${Math.round(peak)} MiB a worker (heap bound ${MEMORY} MiB)`,
  );
  return failures.length > 0 || done < runs ? 1 : 0;
}

/** What a worker has used of a processor, in milliseconds: unlike the clock, it does not run while others work. */
function processorTime({ pid }: ChildProcess): number {
  try {
    // Fields 14 and 15 of /proc/PID/stat, in hundredths of a second; the second field may hold blanks.
    const fields = readFileSync(`/proc/${pid}/stat`, 'utf8')
      .replace(/^.*\) /s, '')
      .split(' ');
    return (Number(fields[11]) + Number(fields[12])) * 10;
  } catch {
    return performance.now();
  }
}

function work(): void {
  const all = seeds();
  const worlds = fuzzWorlds();
  process.on('message', async ({ from, to }: { from: number; to: number }) => {
    const failures: Failure[] = [];
    let told = 0;
    for (let run = from; run < to; run++) {
      if (performance.now() - told > 200) {
        told = performance.now();
        process.send!({ at: run });
        // What was sent leaves the process only when its loop turns.
        await new Promise(setImmediate);
      }
      try {
        runOne(all, seedNumber, run, worlds);
      } catch (error) {
        failures.push({ run, message: error instanceof Error ? (error.stack ?? error.message) : String(error) });
      }
    }
    process.send!({ failures, rss: process.memoryUsage.rss() / 1024 / 1024 });
  });
  process.on('disconnect', () => process.exit(0));
  process.send!({ ready: true });
}

function again(run: number): void {
  const all = seeds();
  const { path, text } = inputOf(all, seedNumber, run);
  console.log(`${path}\n${JSON.stringify(text)}\n${text}`);
  runOne(all, seedNumber, run, fuzzWorlds());
  console.log('nothing failed');
}

function show(done: number, runs: number, started: number): void {
  if (!process.stderr.isTTY) return;
  const rate = Math.round(done / ((Date.now() - started) / 1000));
  process.stderr.write(`\r\u001b[K${done} of ${runs} (${rate}/s)`);
}

function option(name: string): string | undefined {
  const at = words.indexOf(name);
  return at < 0 ? undefined : words[at + 1];
}
