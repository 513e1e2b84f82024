/** Brings files of the project to the device before a run: only those that are newer here, or of another size, than what was sent. */
import { stat } from 'node:fs/promises';
import { basename } from 'node:path';
import type * as vscode from 'vscode';
import { collect, type Runner } from '../remote/runner.ts';
import { insideProject, onDevice, type Places } from './run-words.ts';

/** Uploads; `say` is told what is under way. Returns early where the token is cancelled. Files outside the project are left to the device's own paths. */
export async function sendFiles(
  runner: Runner,
  paths: readonly string[],
  places: Places,
  say: (message: string) => void,
  token: vscode.CancellationToken,
): Promise<void> {
  const abort = new AbortController();
  const watch = token.onCancellationRequested(() => abort.abort());
  try {
    const wanted = paths.flatMap((from) => {
      const inside = insideProject(from, places);
      return inside === undefined ? [] : [{ from, to: onDevice(inside, places) }];
    });
    const there = await statesOf(
      runner,
      wanted.map(({ to }) => to),
    );
    const sent: string[] = [];
    for (const { from, to } of wanted) {
      const here = await stat(from).catch(() => undefined);
      if (!here) throw new Error(`${from} is not there any longer.`);
      const seconds = Math.floor(here.mtimeMs / 1000);
      if (!isWanted(to, { size: here.size, seconds }, there.get(to))) continue;
      const name = basename(from);
      await runner.upload(from, to, {
        abort: abort.signal,
        progress: (done, total) => say(`${name} ${total > 0 ? Math.floor((done / total) * 100) : 100} %`),
      });
      sent.push(String(seconds), to);
    }
    // With the time of this machine they can be compared whatever the device's clock says.
    if (sent.length > 0) await collect(runner.exec(['/bin/sh', '-c', TOUCH, 'sh', ...sent], { input: '' }));
  } catch (error) {
    if (!abort.signal.aborted) throw error;
  } finally {
    watch.dispose();
  }
}

/** Arguments: pairs of seconds since 1970 and path. */
const TOUCH = 'while [ $# -gt 1 ]; do touch -c -d "@$1" -- "$2" 2>/dev/null; shift 2; done';

interface State {
  readonly size: number;
  readonly seconds: number;
}

/** What is built on the device from the project's files, and must not be lost for being of another size. */
const BUILT = /\.(?:engine|plan|cache)$/;

const isWanted = (path: string, here: State, there: State | undefined): boolean =>
  !there || here.seconds > there.seconds || (here.size !== there.size && !BUILT.test(path));

/** Size and time of the files that are there. Names go in as words, and come back by their number. */
async function statesOf(runner: Runner, paths: readonly string[]): Promise<ReadonlyMap<string, State>> {
  if (paths.length === 0) return new Map();
  const script = 'i=0; for f do s=$(stat -c "%s %Y" -- "$f" 2>/dev/null) && echo "$i $s"; i=$((i+1)); done';
  const { out } = await collect(runner.exec(['/bin/sh', '-c', script, 'sh', ...paths], { input: '' }));
  return new Map(
    out.split('\n').flatMap((line) => {
      const [at, size, seconds] = line.split(' ').map(Number);
      const path = at === undefined ? undefined : paths[at];
      return path === undefined || size === undefined || seconds === undefined ? [] : [[path, { size, seconds }]];
    }),
  );
}
