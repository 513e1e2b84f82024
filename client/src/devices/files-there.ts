/** Brings files of the project to the device before a run: only those that are newer here, or of another size, than what was sent. */
import { stat } from 'node:fs/promises';
import type * as vscode from 'vscode';
import { collect, type Runner } from '../remote/runner.ts';
import { insideProject, onDevice, type Places } from './run-words.ts';

/** Uploads; `say` is told what is under way. Files outside the project are left to the device's own paths. */
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
    for (const { from, to } of wanted) {
      const { size, mtimeMs } = await stat(from);
      const known = there.get(to);
      if (known && known.size === size && known.seconds >= Math.floor(mtimeMs / 1000)) continue;
      const name = from.slice(from.lastIndexOf('/') + 1);
      await runner.upload(from, to, {
        abort: abort.signal,
        progress: (done, total) => say(`${name} ${total > 0 ? Math.floor((done / total) * 100) : 100} %`),
      });
    }
  } finally {
    watch.dispose();
  }
}

/** Size and time of the files that are there. Names go in as words, and come back by their number. */
async function statesOf(
  runner: Runner,
  paths: readonly string[],
): Promise<ReadonlyMap<string, { readonly size: number; readonly seconds: number }>> {
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
