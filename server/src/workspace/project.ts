/**
 * What surrounds a document: the files beside it, read when a rule asks for them and no others; and which file is named by
 * which, as far as they have been read.
 */
import type { Around } from '../model/finding.ts';
import type { Reading } from '../model/read.ts';
import type { Reference } from '../model/references.ts';
import type { Files } from './files.ts';
import { folderOf, isAbsolute, resolvePath } from './paths.ts';

export interface Surroundings extends Around {
  /** The absolute path of a path as written in the document. */
  resolve(path: string): string;
  /** The absolute paths of all that was asked about so far. */
  readonly asked: ReadonlySet<string>;
}

/** More files than a project names; what is asked for beyond them is not read. */
const MOST_READ = 2_000;

/** The surroundings of the document at `path`; an unsaved document has none and knows of no file. */
export function surroundings(
  path: string,
  files: Files,
  readingsOf: (path: string, text: string, format: string | undefined) => readonly Reading[],
): Surroundings {
  const saved = isAbsolute(path);
  const folder = folderOf(path);
  const asked = new Set<string>();
  // A file is read once for an analysis, however many rules ask for it.
  const texts = new Map<string, string | undefined>();
  const resolve = (other: string): string => resolvePath(folder, other);
  const readable = (other: string): boolean => saved || isAbsolute(other);
  const read = (other: string): string | undefined => {
    if (!readable(other)) return undefined;
    const full = resolve(other);
    asked.add(full);
    if (!texts.has(full)) texts.set(full, texts.size < MOST_READ ? files.read(full) : undefined);
    return texts.get(full);
  };
  return {
    path: saved ? path : undefined,
    asked,
    resolve,
    exists(other) {
      if (!readable(other)) return undefined;
      const full = resolve(other);
      asked.add(full);
      const there = files.exists(full);
      // An absolute path is the device's as a rule: that it is missing here says nothing about there.
      return there || !isAbsolute(other) ? there : undefined;
    },
    readings(other, format) {
      const text = read(other);
      return text === undefined ? [] : readingsOf(resolve(other), text, format);
    },
    text: read,
    beside(other) {
      if (!saved || isAbsolute(other)) return [];
      return files.list(folderOf(resolve(other))).filter((name) => !name.endsWith('/'));
    },
  };
}

/**
 * Which format the files that were read expect of others. Small: it holds paths, no texts. What two files expect of a third
 * differently is taken from the one that was read first.
 */
export class Project {
  readonly #expected = new Map<string, Map<string, string>>();
  readonly #named = new Map<string, ReadonlySet<string>>();
  readonly #changed = new Set<string>();

  /** Takes in what the file at `path` names now, in place of what it named before. */
  note(path: string, references: readonly Reference[]): void {
    const folder = folderOf(path);
    const formats = new Map<string, string>();
    for (const { path: written, format } of references) {
      const other = resolvePath(folder, written);
      if (format !== undefined && other !== path && !formats.has(other)) formats.set(other, format);
    }
    const before = this.#named.get(path) ?? new Set<string>();
    for (const other of new Set([...before, ...formats.keys()])) {
      const expected = this.expectedFormat(other);
      const expecting = this.#expected.get(other) ?? new Map<string, string>();
      const format = formats.get(other);
      if (format === undefined) expecting.delete(path);
      else expecting.set(path, format);
      if (expecting.size > 0) this.#expected.set(other, expecting);
      else this.#expected.delete(other);
      if (this.expectedFormat(other) !== expected) this.#changed.add(other);
    }
    if (formats.size > 0) this.#named.set(path, new Set(formats.keys()));
    else this.#named.delete(path);
  }

  /** The files of which another format is expected since this was last asked. */
  takeChanged(): readonly string[] {
    const changed = [...this.#changed];
    this.#changed.clear();
    return changed;
  }

  /** The format that a file expects of the one at `path`; undefined where none names it. */
  expectedFormat(path: string): string | undefined {
    return this.#expected.get(path)?.values().next().value;
  }
}
