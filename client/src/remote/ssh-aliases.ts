/** The names that the user's ssh configuration gives to hosts. */
import { readdir, readFile } from 'node:fs/promises';
import { homedir } from 'node:os';
import { basename, dirname, join, resolve } from 'node:path';
import { type Directive, type Line, LineType, parse } from 'ssh-config';

/** Names that ~/.ssh/config and what it includes give to hosts; patterns are none. Files that cannot be read have none. */
export async function sshAliases(file = join(homedir(), '.ssh', 'config'), depth = 0): Promise<string[]> {
  const text = await readFile(file, 'utf8').catch(() => '');
  const found: string[] = [];
  for (const { param, words } of directivesOf(text)) {
    if (param === 'host') found.push(...words.filter((word) => !/[*?!]/.test(word)));
    else if (param === 'include' && depth < 8) {
      for (const word of words) {
        for (const path of await included(resolve(homedir(), '.ssh', untilde(word)))) {
          found.push(...(await sshAliases(path, depth + 1)));
        }
      }
    }
  }
  return [...new Set(found)];
}

/** All directives of a configuration, those inside sections too; none where the text cannot be read. */
function directivesOf(text: string): { readonly param: string; readonly words: readonly string[] }[] {
  try {
    const all = (lines: Iterable<Line>): Directive[] =>
      [...lines].flatMap((line) =>
        line.type === LineType.DIRECTIVE ? [line, ...('config' in line ? all(line.config) : [])] : [],
      );
    return all(parse(text)).map(({ param, value }) => ({
      param: param.toLowerCase(),
      words: typeof value === 'string' ? value.split(/\s+/) : value.map(({ val }) => val),
    }));
  } catch {
    return [];
  }
}

/** The files that a path with `*` and `?` in its last part stands for, in the order of their names, as ssh takes them. */
async function included(path: string): Promise<string[]> {
  const name = basename(path);
  if (!/[*?]/.test(name)) return [path];
  const pattern = new RegExp(
    `^${name
      .replace(/[.+^${}()|[\]\\]/g, '\\$&')
      .replaceAll('*', '.*')
      .replaceAll('?', '.')}$`,
  );
  const names = await readdir(dirname(path)).catch(() => []);
  return names
    .filter((one) => pattern.test(one) && (!one.startsWith('.') || name.startsWith('.')))
    .sort()
    .map((one) => join(dirname(path), one));
}

/** A path as ssh reads it: `~/` is the user's home. */
export const untilde = (path: string): string => path.replace(/^~(?=\/|$)/, homedir());
