/** Brings what a run wrote from the device to this machine, beside the text that it came from. */
import { mkdir } from 'node:fs/promises';
import { basename, dirname, join, posix } from 'node:path';
import { collect, type Runner } from '../remote/runner.ts';

/** A file of the device, and where it goes on this machine. */
export interface Output {
  readonly from: string;
  readonly to: string;
  /** Bytes. */
  readonly size: number;
}

/** Prints `SIZE<TAB>PATH` of the files in a folder whose names fit a pattern, a line each. Arguments: pairs of folder and pattern. */
const FIND = `
while [ $# -gt 1 ]; do
  for f in "$1"/* "$1"/.*; do
    [ -f "$f" ] || continue
    case \${f##*/} in $2) printf '%s\\t%s\\n' "$(stat -c %s -- "$f")" "$f";; esac
  done
  shift 2
done
`;

/** The files that a run has written, a numbered series as all its files. Relative paths start in the run's folder. */
export async function findOutputs(
  runner: Runner,
  outputs: readonly string[],
  folder: string,
  here: string,
): Promise<readonly Output[]> {
  const pairs = outputs.flatMap((output) => placeOf(output));
  if (pairs.length === 0) return [];
  const { out } = await collect(
    runner.exec(['/bin/sh', '-c', FIND, 'sh', ...pairs], { input: '', ...(folder !== '' && { folder }) }),
  );
  const found = out.split('\n').flatMap((line): Output[] => {
    const [size, path] = line.split('\t');
    if (path === undefined) return [];
    // Transfers start at the home folder.
    const from = path.startsWith('/') ? path : folder === '' ? path : `${folder}/${path}`;
    return [{ from, to: placeHere(path, here), size: Number(size) }];
  });
  return [...new Map(found.map((one) => [one.from, one])).values()];
}

/** Folder and pattern of a shell: `./clips/a%05d.jpg` is all of `a*.jpg` in clips. */
export function placeOf(output: string): readonly [string, string] | readonly [] {
  const path = output.replace(/^file:\/\//, '');
  if (path === '' || path.endsWith('/')) return [];
  const name = posix
    .basename(path)
    .replace(/[[\]*?\\]/g, '\\$&')
    .replace(/%%/g, '\u0000')
    .replace(/%0?\d*[diu]/g, '*')
    .replaceAll('\u0000', '%');
  const folder = posix.dirname(path);
  // What begins with a dash is a folder all the same.
  return [/^[./]/.test(folder) ? folder : `./${folder}`, name];
}

/** A path that leads out of the folder, or an absolute one, comes right into it. */
function placeHere(path: string, here: string): string {
  const inside = posix.normalize(path);
  return path.startsWith('/') || inside.startsWith('..') ? join(here, posix.basename(path)) : join(here, inside);
}

/** Downloads the files; `say` is told what is under way. */
export async function fetchOutputs(
  runner: Runner,
  outputs: readonly Output[],
  say: (message: string) => void,
  abort: AbortSignal,
): Promise<void> {
  for (const { from, to } of outputs) {
    await mkdir(dirname(to), { recursive: true });
    await runner.download(from, to, {
      abort,
      progress: (done, total) => say(`${basename(to)} ${total > 0 ? Math.floor((done / total) * 100) : 100} %`),
    });
  }
}
