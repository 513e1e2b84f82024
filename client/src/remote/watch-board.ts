/**
 * A device's own tegrastats, watched: one process there, started on demand, ended with the watch or with the connection. What
 * a line says is for `streams/`.
 */
import { launch } from './launch.ts';
import { describeExit, type Runner } from './runner.ts';
import { readTegrastats, type TegraSample } from './streams/tegrastats.ts';

export interface BoardWatch {
  /** Resolves when no more samples will come: undefined where it was stopped, else why, in words. Never rejects. */
  readonly ended: Promise<string | undefined>;
  /** Ends the process there. Safe to call twice. */
  stop(): void;
}

/** The shortest time between two samples: a board has better things to do. In milliseconds. */
export const SHORTEST_INTERVAL = 100;
/** What it said last is told when it ends by itself; so many lines of it. */
const LAST_WORDS = 3;

/** `take` is given each sample and the time on this machine's clock, in milliseconds. */
export function watchBoard(
  runner: Runner,
  milliseconds: number,
  take: (sample: TegraSample, at: number) => void,
): BoardWatch {
  const interval = String(Math.max(SHORTEST_INTERVAL, Math.trunc(milliseconds)));
  const run = launch(runner, ['tegrastats', '--interval', interval], { interruptSeconds: 1, termSeconds: 1 });
  let stopped = false;
  const follow = async (): Promise<string | undefined> => {
    const said: string[] = [];
    for await (const { text, at } of run.lines) {
      if (stopped) continue;
      const sample = readTegrastats(text);
      if (sample) take(sample, at);
      else if (text.trim() !== '') said.push(text.trim().slice(0, 200));
      if (said.length > LAST_WORDS) said.shift();
    }
    const { how, exit } = await run.ended;
    if (stopped) return undefined;
    const { title } = runner.where;
    if ('code' in exit && exit.code === 127) return `There is no tegrastats on ${title}: it is a tool of the Jetson.`;
    if (how === 'lost') return `The connection to ${title} was lost.`;
    return `tegrastats on ${title} has ended (${describeExit(exit)})${said.length > 0 ? `: ${said.join(' ')}` : '.'}`;
  };
  return {
    ended: follow().catch((error: unknown) => String(error)),
    stop: () => {
      if (stopped) return;
      stopped = true;
      void run.stop();
    },
  };
}
