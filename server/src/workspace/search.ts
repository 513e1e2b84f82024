/** Which files of a folder may hold pipelines: those that a host reads and that git does not ignore. Opens none of them. */
import ignore, { type Ignore } from 'ignore';
import type { Files } from './files.ts';
import { hostFor } from './host-for.ts';
import { folderOf } from './paths.ts';

/** Never worth a look, also where no .gitignore says so. */
const PASSED_OVER: ReadonlySet<string> = new Set(['.git/', '.hg/', '.svn/', 'node_modules/', '__pycache__/', '.venv/']);

/** Deeper folders are not entered: a tree like that was made by a program, or by a mount inside itself. */
const DEEPEST = 64;

/** The absolute paths of the files to read below the folders, each once, sorted folder by folder. */
export function* search(folders: readonly string[], files: Files): Generator<string> {
  const seen = new Set<string>();
  for (const folder of folders) {
    const base = folder.length > 1 ? folder.replace(/\/+$/, '') : folder;
    for (const path of walk(base, files, rulesAbove(base, files), DEEPEST)) {
      if (seen.has(path)) continue;
      seen.add(path);
      yield path;
    }
  }
}

/** What a .gitignore says, with the folder that its patterns speak of. The nearest folder's comes last. */
interface IgnoreFile {
  readonly folder: string;
  readonly rules: Ignore;
}

function* walk(folder: string, files: Files, above: readonly IgnoreFile[], depth: number): Generator<string> {
  if (depth === 0) return;
  const own = ignoreFile(folder, files);
  const inForce = own ? [...above, own] : above;
  const within = folder === '/' ? '/' : `${folder}/`;
  for (const name of [...files.list(folder)].sort()) {
    if (PASSED_OVER.has(name) || ignored(within + name, inForce)) continue;
    const path = within + name;
    if (name.endsWith('/')) yield* walk(path.slice(0, -1), files, inForce, depth - 1);
    else if (hostFor({ path })) yield path;
  }
}

/** The .gitignore files above a folder, up to the top of its repository; none where it lies in no repository. */
function rulesAbove(folder: string, files: Files): IgnoreFile[] {
  const found: IgnoreFile[] = [];
  for (let at = folder; !files.exists(`${at}/.git`); ) {
    const parent = folderOf(at);
    if (parent === at || parent === '.') return [];
    at = parent;
    const own = ignoreFile(at, files);
    if (own) found.unshift(own);
  }
  return found;
}

function ignoreFile(folder: string, files: Files): IgnoreFile | undefined {
  const text = files.read(`${folder}/.gitignore`);
  return text === undefined ? undefined : { folder, rules: ignore().add(text) };
}

function ignored(path: string, inForce: readonly IgnoreFile[]): boolean {
  for (const { folder, rules } of inForce.toReversed()) {
    const said = rules.test(path.slice(folder === '/' ? 1 : folder.length + 1));
    if (said.ignored) return true;
    if (said.unignored) return false;
  }
  return false;
}
