/** What the texts of one document may ask about files beside it. Reads through {@link Files} only, and keeps nothing. */
import type { Around } from '../model/finding.ts';
import type { Reading } from '../model/read.ts';
import type { Files } from './files.ts';
import { folderOf, isAbsolute, resolvePath } from './paths.ts';

export interface Surroundings extends Around {
  /** The absolute path of a path as written in the document. */
  resolve(path: string): string;
}

/** The surroundings of the document at `path`; an unsaved document has none and knows of no file. */
export function surroundings(
  path: string,
  files: Files,
  readingsOf: (path: string, text: string) => readonly Reading[],
): Surroundings {
  const saved = isAbsolute(path);
  const folder = folderOf(path);
  const resolve = (other: string): string => resolvePath(folder, other);
  const readable = (other: string): boolean => saved || isAbsolute(other);
  return {
    resolve,
    exists(other) {
      if (!readable(other)) return undefined;
      const there = files.exists(resolve(other));
      // An absolute path is the device's as a rule: that it is missing here says nothing about there.
      return there || !isAbsolute(other) ? there : undefined;
    },
    readings(other) {
      const text = readable(other) ? files.read(resolve(other)) : undefined;
      return text === undefined ? [] : readingsOf(resolve(other), text);
    },
    text(other) {
      return readable(other) ? files.read(resolve(other)) : undefined;
    },
  };
}
