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
const TRIES = 8;
const PAUSE = 300;

/**
 * Asks the run for a dump and returns the path of the newest one; where the program writes none when asked (only
 * gst-launch-1.0 does), of the newest that it has written by itself. Undefined where there is none.
 */
export async function newestDump(
  runner: Runner,
  folder: string,
  ask: () => void,
  abort?: AbortSignal,
): Promise<string | undefined> {
  const before = await list(runner, folder);
  ask();
  for (let i = 0; i < TRIES && !abort?.aborted; i++) {
    await pause(PAUSE);
    const fresh = (await list(runner, folder)).find((path) => !before.includes(path));
    if (fresh !== undefined) return fresh;
  }
  return before[0];
}

async function list(runner: Runner, folder: string): Promise<string[]> {
  const { out } = await collect(runner.exec(['/bin/sh', '-c', LIST, 'sh', folder], { input: '' }));
  return out.split('\n').filter((path) => path !== '');
}
