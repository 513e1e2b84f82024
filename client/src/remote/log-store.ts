/**
 * The lines of a run, a million and more: a ring of files on this machine with a small index in memory, so that a view can show
 * any stretch at once and be filtered while lines come. What no longer fits is let go from the oldest on, and counted: a view
 * says so.
 */
import { closeSync, createReadStream, mkdirSync, openSync, readSync, rmSync, writeSync } from 'node:fs';
import { open, rename, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { setImmediate as nextTurn } from 'node:timers/promises';
import { partName } from './atomic.ts';
import { type Line, LineCutter } from './lines.ts';
import { everything, type Filtered, type LogFilter } from './log-filter.ts';
import { type DebugRecord, readDebugLine } from './streams/gst-debug.ts';
import { type LogEntry, type LogKind, type LogLevel, LogReader } from './streams/log.ts';

/** A line as a view shows it. */
export interface LogRow extends Filtered {
  /** Counted from 0 since the store was made; lines that were let go keep theirs. */
  readonly number: number;
  /** Milliseconds on this machine's clock. */
  readonly at: number;
  readonly from: 'out' | 'err';
  readonly kind: LogKind;
  readonly level: LogLevel;
  /** Belongs to the line before. */
  readonly continues: boolean;
  /** For GST_DEBUG lines. */
  readonly debug: DebugRecord | undefined;
}

export interface LogStoreOptions {
  /** Lines kept; the oldest go first. At least 65,536. */
  readonly lines?: number;
  /** Bytes kept on disk. */
  readonly bytes?: number;
}

/** Lines of one file, and how many bytes of text. */
const SEGMENT_LINES = 65_536;
const SEGMENT_BYTES = 16 * 1024 * 1024;
/** Bytes that wait in memory before they are written. */
const PIECE = 256 * 1024;

/** In the order of their codes in the index. New ones go to the end. */
const KINDS: readonly LogKind[] = [
  'plain',
  'debug',
  'tracer',
  'state',
  'progress',
  'property',
  'bus',
  'error',
  'warning',
  'detail',
  'glib',
  'perf',
  'argus',
  'nvmm',
  'tensorrt',
  'deepstream',
  'tracker',
  'driver',
  'shell',
  'step',
  'value',
  'repeat',
  'blank',
];
const LEVEL_CODES: readonly LogLevel[] = [
  'none',
  'error',
  'warning',
  'fixme',
  'info',
  'debug',
  'log',
  'trace',
  'memdump',
];
const CONTINUES = 0x80;
const FROM_ERR = 0x40;

/** One file of the ring. */
class Segment {
  readonly file: number;
  readonly path: string;
  readonly first: number;
  readonly ends = new Uint32Array(SEGMENT_LINES);
  readonly kinds = new Uint8Array(SEGMENT_LINES);
  /** Level, and the bits above. */
  readonly flags = new Uint8Array(SEGMENT_LINES);
  readonly elements = new Uint16Array(SEGMENT_LINES);
  readonly categories = new Uint16Array(SEGMENT_LINES);
  readonly times = new Float64Array(SEGMENT_LINES);
  count = 0;
  written = 0;
  waiting: Buffer[] = [];
  size = 0;

  constructor(path: string, first: number) {
    this.path = path;
    this.first = first;
    this.file = openSync(path, 'wx+', 0o600);
  }

  get full(): boolean {
    return this.count === SEGMENT_LINES || this.size >= SEGMENT_BYTES;
  }

  /** Writes what waits. Where the disk refuses, its place stays empty, and the error is returned. */
  flush(): Error | undefined {
    const piece = Buffer.concat(this.waiting);
    const start = this.written;
    this.waiting = [];
    this.written += piece.length;
    try {
      for (let at = 0; at < piece.length; ) at += writeSync(this.file, piece, at, piece.length - at, start + at);
    } catch (error) {
      return error as Error;
    }
    return undefined;
  }

  /** Texts of lines `start` to `end` of this file, counted from its first; all must be written. */
  texts(start: number, end: number): string[] {
    const from = start === 0 ? 0 : this.ends[start - 1]!;
    const bytes = Buffer.alloc(this.ends[end - 1]! - from);
    for (let at = 0; at < bytes.length; ) {
      const read = readSync(this.file, bytes, at, bytes.length - at, from + at);
      if (read === 0) break;
      at += read;
    }
    const texts: string[] = [];
    for (let i = start, at = 0; i < end; i++) {
      const stop = this.ends[i]! - from;
      texts.push(bytes.toString('utf8', at, stop));
      at = stop;
    }
    return texts;
  }

  dispose(): void {
    closeSync(this.file);
    rmSync(this.path, { force: true });
  }
}

/** Names by number, as many as a number of two bytes has. The last number says that the name stands in the text only. */
class Names {
  readonly #numbers = new Map<string, number>();
  readonly #names: string[] = [];
  readonly counts: number[] = [];
  static readonly more = 0xffff;

  number(name: string): number {
    let number = this.#numbers.get(name);
    if (number === undefined) {
      if (this.#names.length === Names.more) return Names.more;
      number = this.#names.length;
      this.#names.push(name);
      this.counts.push(0);
      this.#numbers.set(name, number);
    }
    this.counts[number]!++;
    return number;
  }

  name(number: number): string | undefined {
    return this.#names[number];
  }

  /** Names that came, the most frequent first. */
  list(): readonly { readonly name: string; readonly lines: number }[] {
    return this.#names
      .map((name, i) => ({ name, lines: this.counts[i]! }))
      .filter(({ name }) => name !== '')
      .sort((a, b) => b.lines - a.lines);
  }
}

const READ_AT_ONCE = 2_048;
/** Lines that are looked through before others get their turn. */
const SLICE = 16_384;

const lost = (error: Error): string => `Lines are lost, since the disk does not take them: ${error.message}.`;

/** A filter over lines in order: what belongs to a line that passed passes too. GST_DEBUG may come between such lines. */
class Sieve {
  readonly filter: LogFilter;
  #debug = false;
  #said = false;

  constructor(filter: LogFilter) {
    this.filter = filter;
  }

  /** What goes on with a line before may pass. */
  get open(): boolean {
    return this.#debug || this.#said;
  }

  close(): void {
    this.#debug = false;
    this.#said = false;
  }

  passes(line: Filtered & { readonly continues: boolean }): boolean {
    const { fields, text } = this.filter;
    const own = (!fields || fields(line)) && (!text || text(line.text));
    if (line.kind === 'debug' || line.kind === 'tracer') {
      this.#debug = own || (line.continues && this.#debug);
      return this.#debug;
    }
    this.#said = own || (line.continues && this.#said);
    return this.#said;
  }
}

/** The lines of a store that pass a filter, by their place in the list. */
export class LogView {
  readonly filter: LogFilter;
  readonly #store: LogStore;
  readonly #sieve: Sieve;
  readonly #leave: () => void;
  #numbers = new Uint32Array(1_024);
  #start = 0;
  #stop = 0;
  /** The line that is to be looked at next. */
  #next: number;
  #disposed = false;
  /** Settles when the lines that there were have been looked through. */
  readonly ready: Promise<void>;

  constructor(store: LogStore, filter: LogFilter, leave: () => void) {
    this.#store = store;
    this.filter = filter;
    this.#sieve = new Sieve(filter);
    this.#leave = leave;
    this.#next = store.first;
    this.ready = this.#fill();
  }

  get length(): number {
    return this.#stop - this.#start;
  }

  /** Share of the lines that has been looked at, up to 1. */
  get progress(): number {
    const { first, end } = this.#store;
    return end === first ? 1 : (this.#next - first) / (end - first);
  }

  /** Number of the line at a place of the list; undefined beyond its end. */
  numberAt(place: number): number | undefined {
    return place < 0 || place >= this.length ? undefined : this.#numbers[this.#start + place];
  }

  /** Place of a line, or of the next one that passes. */
  placeOf(number: number): number {
    let low = this.#start;
    let high = this.#stop;
    while (low < high) {
      const middle = (low + high) >> 1;
      if (this.#numbers[middle]! < number) low = middle + 1;
      else high = middle;
    }
    return low - this.#start;
  }

  /** Rows from a place on. */
  rows(place: number, count: number): LogRow[] {
    const rows: LogRow[] = [];
    const end = Math.min(place + count, this.length);
    for (let i = Math.max(place, 0); i < end; ) {
      const from = this.numberAt(i)!;
      // Neighbours are read at once.
      let length = 1;
      while (i + length < end && this.numberAt(i + length) === from + length) length++;
      rows.push(...this.#store.rows(from, length));
      i += length;
    }
    return rows;
  }

  dispose(): void {
    this.#disposed = true;
    this.#leave();
  }

  /** For the store: a line came. While older ones are still looked through, it waits its turn. */
  take(line: Filtered & { readonly number: number; readonly continues: boolean }): void {
    if (line.number !== this.#next) return;
    this.#next++;
    if (this.#sieve.passes(line)) this.#add(line.number);
  }

  /** For the store: lines before this one are gone. */
  letGo(first: number): void {
    this.#start += this.placeOf(first);
    if (this.#next < first) this.#next = first;
  }

  async #fill(): Promise<void> {
    while (!this.#disposed && this.#next < this.#store.end) {
      const to = Math.min(this.#next + SLICE, this.#store.end);
      this.#store.scan(this.#next, to, ({ number }) => this.#add(number), this.#sieve);
      this.#next = to;
      if (to < this.#store.end) await nextTurn();
    }
  }

  #add(number: number): void {
    if (this.#stop === this.#numbers.length) {
      const kept = this.#numbers.subarray(this.#start, this.#stop);
      const grown = this.#start > this.#numbers.length / 2 ? this.#numbers : new Uint32Array(this.#numbers.length * 2);
      grown.set(kept);
      this.#numbers = grown;
      this.#stop -= this.#start;
      this.#start = 0;
    }
    this.#numbers[this.#stop++] = number;
  }
}

export class LogStore {
  readonly #folder: string;
  readonly #lines: number;
  readonly #bytes: number;
  readonly #reader = new LogReader();
  readonly #elements = new Names();
  readonly #categories = new Names();
  readonly #levels = new Map<LogLevel, number>();
  readonly #views = new Set<LogView>();
  readonly #listeners = new Set<() => void>();
  #segments: Segment[] = [];
  #files = 0;
  #end = 0;
  #size = 0;
  #problem: string | undefined;

  /** `folder` is the store's own: made, and removed by {@link dispose}. */
  constructor(folder: string, { lines = 2_000_000, bytes = 512 * 1024 * 1024 }: LogStoreOptions = {}) {
    this.#folder = folder;
    this.#lines = lines;
    this.#bytes = bytes;
    mkdirSync(folder, { recursive: true, mode: 0o700 });
  }

  /** Number of the oldest line that is kept: so many were let go. */
  get first(): number {
    return this.#segments[0]?.first ?? this.#end;
  }

  /** Number of the next line. */
  get end(): number {
    return this.#end;
  }

  /** Bytes on disk. */
  get size(): number {
    return this.#size;
  }

  /** Why lines could not be kept (a full disk), in one sentence; undefined while all is well. */
  get problem(): string | undefined {
    return this.#problem;
  }

  /** Elements that spoke, the most talkative first; also those whose lines were let go. */
  elements(): readonly { readonly name: string; readonly lines: number }[] {
    return this.#elements.list();
  }

  /** Categories of GST_DEBUG. */
  categories(): readonly { readonly name: string; readonly lines: number }[] {
    return this.#categories.list();
  }

  /** How many lines of a level came. */
  count(level: LogLevel): number {
    return this.#levels.get(level) ?? 0;
  }

  /** Is called after lines came. Returns what ends that. */
  onChange(listener: () => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  /** Keeps lines and returns what they are. Never throws: what the disk refuses becomes {@link problem}. */
  append(lines: readonly Line[]): LogEntry[] {
    const entries = lines.map((line) => {
      const entry = this.#reader.read(line.text);
      this.#keep(line, entry);
      return entry;
    });
    for (const listener of this.#listeners) listener();
    return entries;
  }

  /** Rows from a number on, fewer where the log ends; lines that were let go are left out. */
  rows(from: number, count: number): LogRow[] {
    const rows: LogRow[] = [];
    this.scan(Math.max(from, this.first), Math.min(from + count, this.#end), (row) => rows.push(row));
    return rows;
  }

  /** What passes a filter, now and while lines come, until it is disposed. */
  view(filter: LogFilter = everything): LogView {
    const view = new LogView(this, filter, () => this.#views.delete(view));
    this.#views.add(view);
    return view;
  }

  /** Visits the lines of a stretch that pass; what the filter can tell from the index alone is not read from disk. */
  scan(from: number, to: number, visit: (row: LogRow) => void, sieve = new Sieve(everything)): void {
    for (const segment of this.#segments) {
      const start = Math.max(from - segment.first, 0);
      const end = Math.min(to - segment.first, segment.count);
      if (start < end && segment.waiting.length > 0) this.#write(segment);
      for (let at = start; at < end; at += READ_AT_ONCE) {
        const stop = Math.min(end, at + READ_AT_ONCE);
        if (!this.#mayPass(segment, at, stop, sieve)) continue;
        const texts = segment.texts(at, stop);
        for (let i = at; i < stop; i++) {
          const row = this.#row(segment, i, texts[i - at]!);
          if (sieve.passes(row)) visit(row);
        }
      }
    }
  }

  /** Writes all lines, or those of a view, to a file, whole or not at all. Rejects where that fails. */
  async save(path: string, view?: LogView): Promise<void> {
    const part = partName(path);
    const file = await open(part, 'wx');
    try {
      const put = (rows: readonly LogRow[]) => file.write(rows.map(({ text }) => `${text}\n`).join(''));
      if (view) for (let i = 0; i < view.length; i += READ_AT_ONCE) await put(view.rows(i, READ_AT_ONCE));
      else for (let at = this.first; at < this.#end; at += READ_AT_ONCE) await put(this.rows(at, READ_AT_ONCE));
      await file.close();
      await rename(part, path);
    } catch (error) {
      await file.close().catch(() => {});
      await rm(part, { force: true });
      throw error;
    }
  }

  /** Reads a saved log. Rejects where the file cannot be read. */
  async load(path: string): Promise<void> {
    const cutter = new LineCutter('out');
    for await (const piece of createReadStream(path)) this.append(cutter.take(piece as Buffer));
    this.append(cutter.finish());
  }

  /** Forgets everything and removes the files. */
  dispose(): void {
    for (const segment of this.#segments) segment.dispose();
    this.#segments = [];
    this.#listeners.clear();
    rmSync(this.#folder, { recursive: true, force: true });
  }

  #keep({ text, at, from }: Line, { kind, level, element, debug, continues }: LogEntry): void {
    const bytes = Buffer.from(text, 'utf8');
    const segment = this.#room();
    if (!segment) {
      this.#end++;
      return;
    }
    const i = segment.count++;
    segment.waiting.push(bytes);
    segment.size += bytes.length;
    this.#size += bytes.length;
    segment.ends[i] = segment.size;
    segment.kinds[i] = KINDS.indexOf(kind);
    segment.flags[i] = LEVEL_CODES.indexOf(level) | (continues ? CONTINUES : 0) | (from === 'err' ? FROM_ERR : 0);
    segment.elements[i] = this.#elements.number(element);
    segment.categories[i] = this.#categories.number(debug?.category ?? '');
    segment.times[i] = at;
    this.#levels.set(level, (this.#levels.get(level) ?? 0) + 1);
    const number = this.#end++;
    if (segment.size - segment.written > PIECE) this.#write(segment);
    if (this.#views.size === 0) return;
    const row = { number, kind, level, element, category: debug?.category ?? '', text, continues };
    for (const view of this.#views) view.take(row);
  }

  /** The file that takes the next line; undefined where the disk takes none. */
  #room(): Segment | undefined {
    const last = this.#segments.at(-1);
    if (last && !last.full) return last;
    if (last) this.#write(last);
    while (
      this.#segments.length > 1 &&
      (this.#end - this.#segments[0]!.first > this.#lines - SEGMENT_LINES || this.#size > this.#bytes - SEGMENT_BYTES)
    ) {
      const oldest = this.#segments.shift()!;
      this.#size -= oldest.size;
      oldest.dispose();
      for (const view of this.#views) view.letGo(this.first);
    }
    try {
      const segment = new Segment(join(this.#folder, `${this.#files++}.log`), this.#end);
      this.#segments.push(segment);
      return segment;
    } catch (error) {
      this.#problem = lost(error as Error);
      return undefined;
    }
  }

  #write(segment: Segment): void {
    const error = segment.flush();
    if (error) this.#problem = lost(error);
  }

  /** Whether one of these lines may pass, as far as the index tells. */
  #mayPass(segment: Segment, from: number, to: number, sieve: Sieve): boolean {
    const test = sieve.filter.fields;
    if (!test) return true;
    for (let i = from; i < to; i++) {
      if (test(this.#fields(segment, i)) || (sieve.open && segment.flags[i]! & CONTINUES)) return true;
    }
    sieve.close();
    return false;
  }

  #fields(segment: Segment, i: number): Omit<Filtered, 'text'> {
    return {
      kind: KINDS[segment.kinds[i]!]!,
      level: LEVEL_CODES[segment.flags[i]! & 0x0f]!,
      element: this.#elements.name(segment.elements[i]!) ?? '',
      category: this.#categories.name(segment.categories[i]!) ?? '',
    };
  }

  #row(segment: Segment, i: number, text: string): LogRow {
    const flags = segment.flags[i]!;
    const fields = this.#fields(segment, i);
    return {
      ...fields,
      // Names that the index has no number for are read again.
      ...(segment.elements[i] === Names.more && { element: new LogReader().read(text).element }),
      number: segment.first + i,
      at: segment.times[i]!,
      from: flags & FROM_ERR ? 'err' : 'out',
      continues: (flags & CONTINUES) !== 0,
      text,
      debug: fields.kind === 'debug' || fields.kind === 'tracer' ? readDebugLine(text) : undefined,
    };
  }
}
