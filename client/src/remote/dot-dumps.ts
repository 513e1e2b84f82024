/** The dot files that a run writes on its device, and which of them is the newest. */
import { setTimeout as pause } from 'node:timers/promises';
import { collect, type Runner } from './runner.ts';

/** Prints the paths of the dot files of a folder that hold something, the newest first. Argument: the folder. */
const LIST = `
cd "$1" 2>/dev/null || exit 0
ls -t 2>/dev/null | while IFS= read -r f; do
  case $f in *.dot) [ -s "$f" ] && printf '%s/%s\\n' "$PWD" "$f";; esac
done | head -n 20
`;

/** How often a dump that was asked for is looked for, and how long to wait in between (milliseconds). */
const TRIES = 12;
const PAUSE = 300;

/** Names of dumps of a pipeline that plays, where all caps are agreed on: gst-launch's own, and that of its last change of state. */
const PLAYING = /snapshot|PAUSED_PLAYING/;

/**
 * Asks the run for a dump and returns the path of the newest one; where the program writes none when asked (only
 * gst-launch-1.0 does), of the newest that it has written by itself. Undefined where there is none. `start` is the folder of
 * the run, in which `folder` may be relative.
 */
export async function newestDump(
  runner: Runner,
  start: string,
  folder: string,
  ask: () => void,
  abort?: AbortSignal,
): Promise<string | undefined> {
  const before = await list(runner, start, folder);
  let fresh: string[] = [];
  for (let i = 0; i < TRIES && !abort?.aborted; i++) {
    ask();
    await pause(PAUSE);
    fresh = (await list(runner, start, folder)).filter((path) => !before.includes(path));
    const playing = fresh.find((path) => PLAYING.test(path));
    if (playing !== undefined) return playing;
  }
  return fresh[0] ?? before[0];
}

async function list(runner: Runner, start: string, folder: string): Promise<string[]> {
  const options = { input: '', ...(start !== '' && { folder: start }) };
  const { out } = await collect(runner.exec(['/bin/sh', '-c', LIST, 'sh', folder], options));
  return out.split('\n').filter((path) => path !== '');
}
