/**
 * The comments in which people speak to the linter, in whatever comment syntax the document has:
 * `gst-lint: target …`, `gst-lint: ignore …`, `gst-lint: ignore-next-line …`, `gst-lint: ignore-file …`.
 */
import type { Span } from '../text/span.ts';

export interface Mark {
  readonly kind: 'target' | 'ignore' | 'ignore-next-line' | 'ignore-file';
  /** What follows: a target's words, or rule ids. */
  readonly words: readonly string[];
  /** From the first of `words` to the last; the keyword where there are none. */
  readonly span: Span;
  /** The line that the mark stands on, without its line end. */
  readonly line: Span;
  /** True where nothing but the comment stands on the line. */
  readonly alone: boolean;
}

const KINDS: ReadonlySet<string> = new Set(['target', 'ignore', 'ignore-next-line', 'ignore-file']);
const LEADER = /(?:#|\/\/|\/\*|\*|<!--|--|;|::|%|"""|'''|\brem|\bREM|\bdnl)[ \t!:-]*$/;

/** All marks of a document, in order. Linear in the text. */
export function marks(text: string): Mark[] {
  const found: Mark[] = [];
  for (let at = text.indexOf('gst-lint:'); at >= 0; at = text.indexOf('gst-lint:', at + 9)) {
    const mark = markAt(text, at);
    if (mark) found.push(mark);
  }
  return found;
}

function markAt(text: string, at: number): Mark | undefined {
  const start = lineStart(text, at);
  const end = lineEnd(text, at);
  if (end - start > 2000) return undefined;
  const before = text.slice(start, at);
  const leader = LEADER.exec(before);
  if (!leader) return undefined;
  let cursor = at + 'gst-lint:'.length;
  const said = text.slice(cursor, end).replace(/(?:\*\/|-->|"""|''')[ \t]*$/, '');
  const words: { text: string; span: Span }[] = [];
  for (const match of said.matchAll(/[^\s,]+/g)) {
    words.push({ text: match[0], span: { start: cursor + match.index, end: cursor + match.index + match[0].length } });
  }
  const kind = words[0]?.text;
  if (kind === undefined || !KINDS.has(kind)) return undefined;
  cursor = words[0]!.span.start;
  // Prose may follow the ids behind two dashes: `ignore missing-queue -- one consumer only`.
  const dashes = words.findIndex((word) => word.text === '--' || word.text === '—');
  const rest = words.slice(1, dashes < 0 ? undefined : dashes);
  return {
    kind: kind as Mark['kind'],
    words: rest.map((word) => word.text),
    span: { start: rest[0]?.span.start ?? cursor, end: rest.at(-1)?.span.end ?? words[0]!.span.end },
    line: { start, end },
    alone: before.slice(0, leader.index).trim() === '',
  };
}

function lineStart(text: string, at: number): number {
  return Math.max(text.lastIndexOf('\n', at - 1), text.lastIndexOf('\r', at - 1)) + 1;
}

function lineEnd(text: string, at: number): number {
  const end = text.indexOf('\n', at);
  const stop = end < 0 ? text.length : end;
  return text[stop - 1] === '\r' && stop > at ? stop - 1 : stop;
}
