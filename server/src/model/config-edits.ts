/** Changes to a configuration's text that several rules propose. */
import type { Edit } from '../text/edit.ts';
import type { Span } from '../text/span.ts';

/** Takes out the line that holds the span, with its end. */
export function removeLine(text: string, at: Span): Edit {
  const start = text.lastIndexOf('\n', at.start - 1) + 1;
  const end = text.indexOf('\n', at.end);
  if (end >= 0) return { span: { start, end: end + 1 }, text: '' };
  // The last line has no end of its own; the one before gives its.
  return { span: { start: Math.max(0, start - 1), end: text.length }, text: '' };
}

/** Puts a line above the one that holds the offset, as far in as that one. */
export function lineAbove(text: string, offset: number, line: string): Edit {
  const start = text.lastIndexOf('\n', offset - 1) + 1;
  const indent = /^[ \t]*/.exec(text.slice(start, offset))?.[0] ?? '';
  return { span: { start, end: start }, text: `${indent}${line}\n` };
}
