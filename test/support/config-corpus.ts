/** The files of a folder of real configurations, and what they were called where they were found. */
import { readdirSync } from 'node:fs';
import { basename, join } from 'node:path';

/** The paths of the configurations below the folder, sorted; files on its outermost level are about the corpus. */
export function configPaths(folder: string): string[] {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter(
      (entry) => entry.isFile() && entry.parentPath !== folder && /\.(txt|ini|cfg|conf|config|ya?ml)$/.test(entry.name),
    )
    .map((entry) => join(entry.parentPath, entry.name))
    .sort();
}

/** The corpus puts owner and repository before a file's name and numbers behind equal ones. */
export const formerName = (path: string): string =>
  basename(path)
    .replace(/^.*?__.*?__/, '')
    .replace(/~\d+(?=\.\w+$)/, '');
