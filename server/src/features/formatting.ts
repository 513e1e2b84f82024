/**
 * Where the words of a pipeline stand in its document: one element a line with the host's continuation, branches
 * indented, long lines of properties wrapped. Only the stretches between words are looked at and edited, and only where
 * they are of a form whose meaning is certain; whether the document is still read the same is proved by the caller.
 */
import type { LaunchReading } from '../model/read.ts';
import type { Edit } from '../text/edit.ts';
import type { Excerpt } from '../text/excerpt.ts';
import type { Span } from '../text/span.ts';
import { type Atom, atomsOf } from './formatting-atoms.ts';
import { type Gap, gapWriter } from './formatting-gaps.ts';

export interface LayoutOptions {
  /** One step of indentation: blanks or a tab. */
  readonly indent: string;
  /** Lines are wrapped behind this column where they can be. */
  readonly width: number;
  /** False: lines stay as they are, only blanks are put in order. */
  readonly breaks: boolean;
}

export const defaultLayout: LayoutOptions = { indent: '  ', width: 100, breaks: true };

/**
 * Edits of the document that lay out one pipeline. Nothing for a text that the grammar refuses.
 * @param source the whole document.
 */
export function layoutEdits(reading: LaunchReading, source: string, options: LayoutOptions): Edit[] {
  const { excerpt, tree } = reading;
  // While one types, the pipeline ends with the link that was typed.
  const unfinished = options.breaks ? '' : 'syntax-trailing-link';
  if (tree.problems.some(({ rule, hint }) => hint !== true && rule !== unfinished)) return [];
  if (excerpt.problems.some(isError)) return [];
  const words = placed(excerpt, atomsOf(tree), source);
  if (words.length < 2) return [];
  const writer = gapWriter(excerpt, words, source);
  if (!writer) return [];
  const lines =
    options.breaks && (writer.broken || !fitsOneLine(words, source, options))
      ? linesOf(words, writer.under)
      : undefined;
  const base = writer.base;
  const edits: Edit[] = [];
  let column = lines && writer.lead ? 0 : columnAt(source, words[0]!.place.start, options);
  const put = (gap: Gap, text: string): void => {
    if (source.slice(gap.span.start, gap.span.end) !== text) edits.push({ span: gap.span, text });
  };
  if (lines && writer.lead) {
    const depth = lines[0]!.depth + (writer.under ? 1 : 0);
    put(writer.lead, writer.newline(writer.lead, base + options.indent.repeat(depth)));
    column = (base + options.indent.repeat(depth)).length;
  }
  for (let i = 0; i < words.length; i++) {
    const word = words[i]!;
    column = endColumn(column, source.slice(word.place.start, word.place.end));
    const next = words[i + 1];
    if (!next) break;
    const gap = writer.gap(i);
    if (!gap) {
      column = endColumn(column, source.slice(word.place.end, next.place.start));
      continue;
    }
    const planned = lines?.[i + 1];
    let depth = planned?.newLine ? planned.depth : undefined;
    if (lines && depth === undefined && next.atom.role === 'setting' && gap.wraps) {
      // The link behind the last property, and the continuation, belong to its line.
      const tail = words[i + 2]?.atom.role === 'link' ? 2 : 0;
      const length = next.place.end - next.place.start + tail + writer.tail;
      if (column + 1 + length > options.width) depth = (planned?.depth ?? 0) + 1;
    }
    if (depth === undefined || !options.breaks) {
      const kept = gap.breaks && (!lines || !gap.joins);
      if (!kept) put(gap, writer.blank(gap));
      else if (lines) put(gap, writer.newline(gap, base));
      column = kept ? endColumn(column, source.slice(gap.span.start, gap.span.end)) : column + 1;
    } else {
      const indent = base + options.indent.repeat(depth + (writer.under ? 1 : 0));
      put(gap, writer.newline(gap, indent));
      column = indent.length;
    }
  }
  return edits;
}

/** A word of the pipeline with its stretch of the document. */
export interface PlacedAtom {
  readonly atom: Atom;
  readonly place: Span;
}

/** The words in the document; nothing where any of them stands elsewhere (a constant that was filled in). */
function placed(excerpt: Excerpt, atoms: readonly Atom[], source: string): PlacedAtom[] {
  const words: PlacedAtom[] = [];
  let end = 0;
  for (const atom of atoms) {
    const place = excerpt.map.toDocument(atom.span);
    if (place.start < end || place.end <= place.start || place.end > source.length) return [];
    words.push({ atom, place });
    end = place.end;
  }
  return words;
}

interface Line {
  readonly newLine: boolean;
  readonly depth: number;
}

/**
 * For each word whether it begins a line, and how deeply its line stands.
 * @param flat whether the first chain hangs below a command, so that its elements stand in one column.
 */
function linesOf(words: readonly PlacedAtom[], flat: boolean): Line[] {
  const lines: Line[] = [];
  // One entry a bin that is open: where its chains begin, and how deeply what follows in the chain stands.
  const open = [{ begin: 0, follow: 0 }];
  let headed = false;
  words.forEach(({ atom }, i) => {
    const before = words[i - 1]?.atom;
    const linked = before?.role === 'link' || before?.role === 'caps' || atom.role === 'link' || atom.role === 'caps';
    const here = open.at(-1)!;
    let line: Line;
    if (atom.role === 'close') {
      if (open.length > 1) open.pop();
      line = { newLine: true, depth: open.at(-1)!.follow };
      headed = false;
    } else if (!linked && before?.role !== 'pad' && begins.has(atom.role)) {
      headed = atom.role === 'reference';
      here.follow = here.begin + (headed || (open.length === 1 && !flat) ? 1 : 0);
      line = { newLine: i > 0, depth: here.begin };
    } else if (before?.role === 'link' && atom.role !== 'link') {
      // `t. ! queue` stays together: the reference says which branch the line begins.
      line = { newLine: !headed, depth: here.follow };
      headed = false;
    } else line = { newLine: false, depth: lines.at(-1)?.depth ?? here.begin };
    lines.push(line);
    if (atom.role === 'open') open.push({ begin: line.depth + 1, follow: line.depth + 1 });
  });
  return lines;
}

const begins: ReadonlySet<string> = new Set(['item', 'reference', 'open']);

/** At most one link, on one line, and within the width: nothing is gained by breaking it. */
function fitsOneLine(words: readonly PlacedAtom[], source: string, { width }: LayoutOptions): boolean {
  const first = words[0]!.place.start;
  const last = words.at(-1)!.place.end;
  if (source.slice(first, last).includes('\n')) return false;
  const items = words.filter(({ atom }) => atom.role !== 'setting' && atom.role !== 'link' && atom.role !== 'pad');
  return items.length <= 2 && last - lineStart(source, first) <= width;
}

const lineStart = (source: string, offset: number): number => source.lastIndexOf('\n', offset - 1) + 1;

const columnAt = (source: string, offset: number, { indent }: LayoutOptions): number =>
  source.slice(lineStart(source, offset), offset).replaceAll('\t', indent).length;

function endColumn(column: number, text: string): number {
  const newline = text.lastIndexOf('\n');
  return newline < 0 ? column + text.length : text.length - newline - 1;
}

const isError = ({ severity }: { readonly severity: string }): boolean => severity === 'error';
