/** The file system of the demo device, in memory. Paths are absolute; contents are bytes, one character each. */
import { posix } from 'node:path';
import type { Pipe } from './pipes.ts';

export type Entry =
  | { readonly is: 'folder'; mode: number; mtime: number }
  | { readonly is: 'file'; text: string; mode: number; mtime: number }
  /** What it holds is made when it is read: files of /proc and /sys. */
  | { readonly is: 'made'; readonly make: () => string; mode: number; mtime: number }
  | { readonly is: 'fifo'; readonly pipe: Pipe; mode: number; mtime: number }
  | { readonly is: 'device'; mode: number; mtime: number }
  | { readonly is: 'link'; readonly to: string; mode: number; mtime: number };

/** Why the file system refuses, as errno calls it. */
export class FileError extends Error {
  readonly code: 'ENOENT' | 'ENOTDIR' | 'EISDIR' | 'EEXIST' | 'ENOTEMPTY' | 'EACCES' | 'ENOSPC';

  constructor(code: FileError['code']) {
    super(WORDS[code]);
    this.code = code;
  }
}

const WORDS = {
  ENOENT: 'No such file or directory',
  ENOTDIR: 'Not a directory',
  EISDIR: 'Is a directory',
  EEXIST: 'File exists',
  ENOTEMPTY: 'Directory not empty',
  EACCES: 'Permission denied',
  ENOSPC: 'No space left on device',
} as const;

/** What the person may write to; the rest belongs to root. */
const WRITABLE = /^\/(?:home|tmp|dev\/shm|var\/tmp|mnt)(?:\/|$)/;

export class Files {
  readonly #entries = new Map<string, Entry>();
  /** Bytes that can still be written. */
  free: number;

  constructor(free: number) {
    this.free = free;
    this.#entries.set('/', { is: 'folder', mode: 0o755, mtime: now() });
  }

  /** Puts an entry there, with its folders, whoever owns them. */
  put(path: string, entry: Entry | string | (() => string)): void {
    this.#folders(posix.dirname(path));
    const made: Entry =
      typeof entry === 'string'
        ? { is: 'file', text: entry, mode: 0o644, mtime: now() }
        : typeof entry === 'function'
          ? { is: 'made', make: entry, mode: 0o444, mtime: now() }
          : entry;
    this.#entries.set(path, made);
  }

  take(path: string): void {
    this.#entries.delete(path);
  }

  /** What is there; links are followed. */
  at(path: string): Entry | undefined {
    const entry = this.#entries.get(this.real(path));
    return entry;
  }

  /** The path with its links followed, whether anything is there or not. */
  real(path: string, depth = 0): string {
    let real = '/';
    const names = posix
      .normalize(path)
      .split('/')
      .filter((name) => name !== '');
    for (const [at, name] of names.entries()) {
      real = posix.join(real, name);
      const entry = this.#entries.get(real);
      if (entry?.is !== 'link' || depth > 8) continue;
      const to = posix.resolve(posix.dirname(real), entry.to);
      return this.real(posix.join(to, ...names.slice(at + 1)), depth + 1);
    }
    return real;
  }

  /** The entry itself, where it is a link too. */
  link(path: string): Entry | undefined {
    return this.#entries.get(posix.join(this.real(posix.dirname(path)), posix.basename(path)));
  }

  /** Throws a {@link FileError}. */
  read(path: string): string {
    const entry = this.at(path);
    if (!entry) throw new FileError('ENOENT');
    if (entry.is === 'folder') throw new FileError('EISDIR');
    return entry.is === 'file' ? entry.text : entry.is === 'made' ? entry.make() : '';
  }

  /** Throws a {@link FileError}. */
  write(path: string, text: string, how: 'new' | 'append' = 'new'): void {
    const real = this.real(path);
    const old = this.#entries.get(real);
    if (old?.is === 'folder') throw new FileError('EISDIR');
    if (old?.is === 'device') return;
    this.#mayChange(real);
    const kept = old?.is === 'file' && how === 'append' ? old.text : '';
    const before = old?.is === 'file' ? old.text.length : 0;
    const grows = kept.length + text.length - before;
    if (grows > this.free) throw new FileError('ENOSPC');
    this.free -= grows;
    if (old?.is === 'file') {
      old.text = kept + text;
      old.mtime = now();
    } else this.#entries.set(real, { is: 'file', text, mode: 0o644, mtime: now() });
  }

  makeFolder(path: string): void {
    const real = this.real(path);
    if (this.#entries.has(real)) throw new FileError('EEXIST');
    this.#mayChange(real);
    this.#entries.set(real, { is: 'folder', mode: 0o755, mtime: now() });
  }

  remove(path: string): void {
    const real = posix.join(this.real(posix.dirname(path)), posix.basename(path));
    const entry = this.#entries.get(real);
    if (!entry) throw new FileError('ENOENT');
    this.#mayChange(real);
    if (entry.is === 'folder' && this.list(real).length > 0) throw new FileError('ENOTEMPTY');
    if (entry.is === 'file') this.free += entry.text.length;
    this.#entries.delete(real);
  }

  rename(from: string, to: string): void {
    const [old, next] = [this.real(from), this.real(to)];
    const entry = this.#entries.get(old);
    if (!entry) throw new FileError('ENOENT');
    this.#mayChange(old);
    this.#mayChange(next);
    const moved = [...this.#entries].filter(([path]) => path === old || path.startsWith(`${old}/`));
    for (const [path] of moved) this.#entries.delete(path);
    const there = this.#entries.get(next);
    if (there?.is === 'file') this.free += there.text.length;
    for (const [path, one] of moved) this.#entries.set(next + path.slice(old.length), one);
  }

  /** Puts an entry of the person's own there: a fifo, a link. */
  make(path: string, entry: Entry): void {
    const real = this.real(path);
    if (this.#entries.has(real)) throw new FileError('EEXIST');
    this.#mayChange(real);
    this.#entries.set(real, entry);
  }

  /** Names in a folder, sorted. */
  list(path: string): string[] {
    const real = this.real(path);
    const prefix = real === '/' ? '/' : `${real}/`;
    const names: string[] = [];
    for (const one of this.#entries.keys()) {
      if (one.length > prefix.length && one.startsWith(prefix) && !one.includes('/', prefix.length)) {
        names.push(one.slice(prefix.length));
      }
    }
    return names.sort();
  }

  #folders(path: string): void {
    if (this.#entries.has(path)) return;
    this.#folders(posix.dirname(path));
    this.#entries.set(path, { is: 'folder', mode: 0o755, mtime: now() });
  }

  #mayChange(path: string): void {
    const folder = this.#entries.get(posix.dirname(path));
    if (!folder) throw new FileError('ENOENT');
    if (folder.is !== 'folder') throw new FileError('ENOTDIR');
    if (!WRITABLE.test(path)) throw new FileError('EACCES');
  }
}

const now = (): number => Math.floor(Date.now() / 1000);
