/**
 * Literals that a program joins with `+`, one on each line. The string stays the same to the last blank: only where one
 * literal ends and the next begins is moved, and only where nothing that binds tighter than `+` stands at any of them.
 */
import type { Excerpt } from '../text/excerpt.ts';
import type { PlacedAtom } from './formatting.ts';
import { type Gap, type GapWriter, indentAt, newlineOf, opening } from './formatting-gaps.ts';

/** Languages that join strings with `+`. C++ does not join two literals so. */
export const joiningHosts = new Set(['python', 'javascript', 'java', 'csharp', 'go']);

/** The end of a literal, the sign at the end of the line or at the start of the next, the next literal. */
const joint =
  /^([ \t]*)(["'])(?:[ \t]*(\+)[ \t]*\r?\n[ \t]*|[ \t]*\r?\n[ \t]*\+([ \t]*))((?:[fFrRbBuU]{0,2}))(["'])([ \t]*)$/;
/** Something else joined in between, or at least nothing that is no sum. */
const between = /^[ \t]*["'][ \t\r\n]*\+[^"'`;{}]*\+[ \t\r\n]*[fFrRbBuU]{0,2}["'][ \t]*$/;
/** What may stand before the first literal and behind the last: a bracket, a comma, an assignment, another summand. */
const inFront = /(?:[(,=[{:+]|=>|\breturn)\s*$/;
const behind = /^\s*(?:[),;\]}+]|$)/;

/** Undefined where nothing can be laid out safely: above all where no line is broken at a joint yet. */
export function joined(excerpt: Excerpt, words: readonly PlacedAtom[], source: string): GapWriter | undefined {
  const lineEnd = newlineOf(source);
  const first = words[0]!.place.start;
  const begun = opening.exec(source.slice(Math.max(0, first - 40), first));
  if (!begun) return undefined;
  const start = first - begun[0].length;
  if (!inFront.test(source.slice(Math.max(0, start - 200), start)) || !endsWell(source, words, begun[2]!)) {
    return undefined;
  }
  let mark = `${begun[1]!}${begun[2]!}`;
  const marks: string[] = [];
  let atEnd: boolean | undefined;
  let below: string | undefined;
  const gaps: (Gap | undefined)[] = [];
  for (const [i, { place, atom }] of words.slice(0, -1).entries()) {
    const next = words[i + 1]!;
    const span = { start: place.end, end: next.place.start };
    const text = source.slice(span.start, span.end);
    const own = excerpt.text.slice(atom.span.end, next.atom.span.start);
    const hit = joint.exec(text);
    if (hit) {
      const signAtEnd = hit[3] === '+';
      if (atEnd !== undefined && atEnd !== signAtEnd) return undefined;
      atEnd = signAtEnd;
      if (hit[2] !== mark.at(-1) || `${hit[1]}${hit[7]}` !== own || own === '') return undefined;
      mark = `${hit[5]!}${hit[6]!}`;
      below ??= source.slice(span.start, span.end).replace(/^[^\n]*\n([ \t]*)[\s\S]*$/, '$1');
      gaps.push({ span, own, breaks: true, joins: false, wraps: false });
    } else if (/["'\n+]/.test(text)) {
      if (!between.test(text)) return undefined;
      const again = opening.exec(text);
      if (!again) return undefined;
      mark = `${again[1]!}${again[2]!}`;
      gaps.push(undefined);
    } else {
      const plain = text !== '' && text === own && /^[ \t]+$/.test(text);
      gaps.push(plain ? { span, own, breaks: false, joins: false, wraps: false } : undefined);
    }
    marks[i] = mark;
  }
  if (below === undefined || atEnd === undefined) return undefined;
  const line = source.slice(source.lastIndexOf('\n', start - 1) + 1, start);
  const base = line.trim() === '' ? indentAt(source, start) : below;
  const sign = atEnd ? [' +', ''] : ['', '+ '];
  return {
    gap: (index) => gaps[index],
    blank: (gap) => gap.own,
    newline: (gap) => {
      const opens = marks[gaps.indexOf(gap)]!;
      return `${gap.own}${opens.at(-1)}${sign[0]}${lineEnd}${base}${sign[1]}${opens}`;
    },
    lead: undefined,
    base,
    under: false,
    broken: true,
    tail: 1 + sign[0]!.length,
  };
}

/** Whether what stands behind the last literal leaves it a summand. */
function endsWell(source: string, words: readonly PlacedAtom[], quote: string): boolean {
  const rest = source.slice(words.at(-1)!.place.end);
  const end = rest.search(quote === '"' ? /["\n]/ : /['\n]/);
  return end >= 0 && rest[end] === quote && behind.test(rest.slice(end + 1, end + 200));
}
