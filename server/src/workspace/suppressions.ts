/** Which findings the authors have waved off by a comment. */
import type { Span } from '../text/span.ts';
import { covers, overlaps } from '../text/span.ts';
import type { Mark } from './marks.ts';

/** Asks whether a finding of the rule at a place is waved off; `excerpt` is the construct it was found in. */
export type Suppressed = (rule: string, finding: Span, excerpt: Span) => boolean;

/**
 * `ignore-file` holds for the document. `ignore-next-line` holds for findings on the next line. `ignore` behind code
 * holds for that line; alone on its line it holds for the construct (the command, the call) that begins below it, and
 * inside of a construct for the line below. Without rule ids all rules are meant.
 */
export function suppressions(text: string, marks: readonly Mark[]): Suppressed {
  const wholeFile = marks.filter((mark) => mark.kind === 'ignore-file');
  const places = marks
    .filter((mark) => mark.kind === 'ignore' || mark.kind === 'ignore-next-line')
    .map((mark) => ({ mark, line: mark.kind === 'ignore' && !mark.alone ? mark.line : nextLine(text, mark.line.end) }));
  if (wholeFile.length === 0 && places.length === 0) return () => false;
  return (rule, finding, excerpt) => {
    if (wholeFile.some((mark) => speaksOf(mark, rule))) return true;
    return places.some(({ mark, line }) => {
      if (!speaksOf(mark, rule)) return false;
      if (mark.kind === 'ignore-next-line') return touchesLine(finding, line);
      const outside = !covers(excerpt, mark.span);
      return touchesLine(finding, line) || (outside && touchesLine(excerpt, line));
    });
  };
}

const speaksOf = (mark: Mark, rule: string): boolean => mark.words.length === 0 || mark.words.includes(rule);

/** A span that ends where the line begins is not on it. */
const touchesLine = (s: Span, line: Span): boolean => overlaps(s, { start: line.start, end: line.end + 1 });

/** The next line that holds something other than blanks and further marks. */
function nextLine(text: string, from: number): Span {
  let at = from;
  for (;;) {
    const start = text.indexOf('\n', at) + 1;
    if (start === 0) return { start: text.length, end: text.length };
    const stop = text.indexOf('\n', start);
    const end = stop < 0 ? text.length : stop;
    const line = text.slice(start, end);
    if (line.trim() !== '' && !line.includes('gst-lint:')) return { start, end };
    at = end;
    if (stop < 0) return { start: text.length, end: text.length };
  }
}
