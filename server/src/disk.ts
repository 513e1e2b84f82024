/** The real file system, for the two programs. Rooms below are given it as {@link Files} and never ask for it themselves. */
import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { type Files, LARGEST_FILE } from './workspace/files.ts';

/** What reading a file came to. `text` has its byte order mark taken off, as editors do. */
export type ReadFile =
  | { readonly kind: 'text'; readonly text: string; readonly bom: boolean; readonly lossy: boolean }
  | { readonly kind: 'missing' | 'folder' | 'binary' | 'too-large' | 'unreadable'; readonly reason: string };

/**
 * Reads a file that may be anything. Files above {@link LARGEST_FILE} and binary ones are not read whole; invalid UTF-8
 * is read with U+FFFD in its place and told by `lossy`, since writing such a text back would harm the file.
 */
export function readAnyFile(path: string): ReadFile {
  try {
    // Asked before it is opened: opening a pipe or a device may wait for ever.
    const stat = statSync(path);
    if (stat.isDirectory()) return { kind: 'folder', reason: 'is a folder' };
    if (!stat.isFile()) return { kind: 'unreadable', reason: 'is no regular file' };
    if (stat.size > LARGEST_FILE) {
      const [size, most] = [stat.size, LARGEST_FILE].map((bytes) => Math.ceil(bytes / 1024 / 1024));
      return { kind: 'too-large', reason: `has ${size} MiB, and only files up to ${most} MiB are read` };
    }
    return decode(readFileSync(path));
  } catch (error) {
    const code = (error as NodeJS.ErrnoException).code ?? String(error);
    if (code === 'ENOENT' || code === 'ENOTDIR') return { kind: 'missing', reason: 'does not exist' };
    return { kind: 'unreadable', reason: `cannot be read (${code})` };
  }
}

/** Text of bytes from anywhere; UTF-16 with a byte order mark is understood, as Windows writes it. */
export function decode(bytes: Buffer): ReadFile {
  const [a, b] = bytes;
  if (a === 0xff && b === 0xfe) return { kind: 'text', text: bytes.toString('utf16le', 2), bom: true, lossy: true };
  if (bytes.includes(0)) return { kind: 'binary', reason: 'is no text' };
  const text = bytes.toString('utf8');
  const bom = text.startsWith('\uFEFF');
  const lossy = text.includes('\uFFFD') && !Buffer.from(text, 'utf8').equals(bytes);
  return { kind: 'text', text: bom ? text.slice(1) : text, bom, lossy };
}

export const diskFiles: Files = {
  read(path) {
    const file = readAnyFile(path);
    return file.kind === 'text' ? file.text : undefined;
  },
  exists: (path) => existsSync(path),
  list(path) {
    try {
      return readdirSync(path, { withFileTypes: true }).flatMap((entry) =>
        entry.isDirectory() ? [`${entry.name}/`] : entry.isFile() || isLinkToFile(path, entry) ? [entry.name] : [],
      );
    } catch {
      return [];
    }
  },
};

/** The folder of the tables: beside the bundles in what is installed, at the top of the repository in the sources. */
export function schemasFolder(): string {
  for (let at = import.meta.dirname; ; at = dirname(at)) {
    const folder = join(at, 'schemas');
    if (existsSync(join(folder, 'elements'))) return folder;
    if (dirname(at) === at) throw new Error('the tables (schemas/) are missing beside the program');
  }
}

/** The text of one file of the tables, by its path under `schemas/`; undefined where there is none. */
export function loadTable(path: string): string | undefined {
  const full = join(schemasFolder(), path);
  return existsSync(full) ? readFileSync(full, 'utf8') : undefined;
}

function isLinkToFile(folder: string, entry: { name: string; isSymbolicLink(): boolean }): boolean {
  return entry.isSymbolicLink() && (statSync(join(folder, entry.name), { throwIfNoEntry: false })?.isFile() ?? false);
}

/** The path of the file of that name in the folder or the nearest above it; undefined where none has one. */
export function nearestFile(folder: string, name: string): string | undefined {
  for (let at = folder; ; at = dirname(at)) {
    const path = join(at, name);
    if (existsSync(path)) return path;
    if (at === dirname(at)) return undefined;
  }
}
