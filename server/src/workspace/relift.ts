/**
 * The excerpts of a document after a keystroke, from those before it: what was typed inside of a pipeline changes that
 * pipeline only, so the host is asked about the lines of that construct and not about the document. Answers undefined
 * where that cannot be known for sure; then the host reads all of it.
 */
import type { Excerpt } from '../text/excerpt.ts';
import { join, type Span } from '../text/span.ts';
import {
  encloses,
  excerptAt,
  farSpans,
  meets,
  moveBy,
  namesWithin,
  placeParts,
  type Standing,
  spanOf,
  standing,
} from './standing.ts';

/** A text and what was lifted out of it, in the order of the text. */
export interface Lifting {
  readonly text: string;
  readonly standings: readonly Standing[];
}

/** `lift` is the host's: the excerpts of any text. */
export function relift(
  before: Lifting,
  text: string,
  lift: (text: string) => readonly Excerpt[],
): readonly Standing[] | undefined {
  const change = changeBetween(before.text, text);
  if (!change || !isPlain(before.text, text, change)) return undefined;
  const touched = before.standings.find((stands) => isInside(change.old, stands));
  if (!touched) return undefined;
  const window = linesOf(before.text, spanOf(touched));
  const first = before.standings.findIndex((stands) => meets(stands, window));
  const last = before.standings.findLastIndex((stands) => meets(stands, window));
  const old = before.standings.slice(first, last + 1);
  if (!old.every((stands) => meets(stands, window))) return undefined;
  const parts = partsFor(old, window, before.text);
  // A construct that is most of the document would be read twice for nothing.
  if (!parts || lengthOf(parts) * 4 > before.text.length) return undefined;
  // Read by themselves, its lines must give what they gave as a part of the document: then all else does not matter.
  const alone = excerptsOf(before.text, parts, window, lift);
  if (!alone || !alike(alone, old.map(excerptAt))) return undefined;
  const partsNow = parts.map((part) => changed(part, change));
  const fresh = excerptsOf(text, partsNow, changed(window, change), lift);
  if (fresh?.length !== old.length) return undefined;
  // What was typed may be a constant that is named elsewhere.
  const others = [...before.standings.slice(0, first), ...before.standings.slice(last + 1)];
  if (others.some((stands) => meets(stands, change.old) || namesWithin(stands, change.old))) return undefined;
  return before.standings.map((stands, index) =>
    index >= first && index <= last ? standing(fresh[index - first]!) : moveBy(stands, change.old.end, change.by),
  );
}

interface Change {
  /** What was replaced in the old text. */
  readonly old: Span;
  /** How much longer the new text is. */
  readonly by: number;
}

/** Longer changes are pastes, for which a full reading is quick enough. In UTF-16 code units. */
const LONGEST_CHANGE = 64;

function changeBetween(before: string, after: string): Change | undefined {
  const by = after.length - before.length;
  if (Math.abs(by) > LONGEST_CHANGE) return undefined;
  const start = sameStart(before, after);
  const most = Math.min(before.length, after.length) - start;
  const kept = sameEnd(before, after, most);
  const old = { start, end: before.length - kept };
  return old.end - old.start > LONGEST_CHANGE ? undefined : { old, by };
}

/** Equal stretches are compared in blocks first, which the machine does much faster than letter by letter. */
const BLOCK = 4096;

function sameStart(a: string, b: string): number {
  const most = Math.min(a.length, b.length);
  let at = 0;
  while (at + BLOCK <= most && a.slice(at, at + BLOCK) === b.slice(at, at + BLOCK)) at += BLOCK;
  while (at < most && a.charCodeAt(at) === b.charCodeAt(at)) at++;
  return at;
}

function sameEnd(a: string, b: string, most: number): number {
  let kept = 0;
  const tail = (text: string, length: number): string => text.slice(text.length - length - BLOCK, text.length - length);
  while (kept + BLOCK <= most && tail(a, kept) === tail(b, kept)) kept += BLOCK;
  while (kept < most && a.charCodeAt(a.length - 1 - kept) === b.charCodeAt(b.length - 1 - kept)) kept++;
  return kept;
}

/**
 * Whether what was typed and what it replaced mean nothing to any host language: no quotes, brackets, backslashes, line
 * ends or comment signs, and not a part of a variable's name.
 */
function isPlain(before: string, after: string, { old, by }: Change): boolean {
  const typed = before.slice(old.start, old.end) + after.slice(old.start, old.end + by);
  if (!/^[\w.,=! -]*$/.test(typed)) return false;
  if (/[\\$%{@&]\w*$/.test(before.slice(Math.max(0, old.start - 80), old.start))) return false;
  // A word before a parenthesis names a call, which says what all behind it is.
  if (/^\w*[\\$%{(]/.test(before.slice(old.end, old.end + 80))) return false;
  return !joinsLines(before, old.end, typed);
}

/** A link typed at the end of a line, or anything on a blank one, may join lines that were apart, or part them. */
function joinsLines(before: string, end: number, typed: string): boolean {
  const behind = /^[ \t]*(?:\r?\n|$)/.test(before.slice(end, end + 200));
  return (
    behind && (typed.includes('!') || /(?:^|\n)[ \t]*[\w.,=! -]{0,64}$/.test(before.slice(Math.max(0, end - 200), end)))
  );
}

/** Inside of text that was lifted as it stands, or at its edge: what is plain there stays on this side of a quote. */
function isInside(change: Span, stands: Standing): boolean {
  if (!encloses(stands, change)) return false;
  let start = Number.POSITIVE_INFINITY;
  let end = Number.NEGATIVE_INFINITY;
  for (const { exact, document } of excerptAt(stands).map.runs) {
    if (!exact) continue;
    // Runs that follow each other in the document are one stretch; where a quote stands between them, they do not.
    start = document.start === end ? start : document.start;
    end = document.end;
    if (start <= change.start && change.end <= end) return true;
  }
  return false;
}

/** The whole lines that a span lies on, with the line end. */
function linesOf(text: string, { start, end }: Span): Span {
  const behind = text.indexOf('\n', end);
  return { start: text.lastIndexOf('\n', start - 1) + 1, end: behind < 0 ? text.length : behind + 1 };
}

/** The window, and the lines of the constants that were filled in there; in order, apart from each other. */
function partsFor(standings: readonly Standing[], window: Span, text: string): Span[] | undefined {
  const wanted = standings.flatMap((stands) => farSpans(stands).map((far) => linesOf(text, far)));
  if (wanted.length > 100) return undefined;
  const parts: Span[] = [];
  for (const part of [window, ...wanted].sort((a, b) => a.start - b.start)) {
    const last = parts.at(-1);
    if (last && part.start <= last.end) parts[parts.length - 1] = join(last, part);
    else parts.push(part);
  }
  return parts;
}

const lengthOf = (parts: readonly Span[]): number => parts.reduce((sum, { start, end }) => sum + end - start, 0);

/** The excerpts of the window when the host sees these parts only, placed where they stand in the whole text. */
function excerptsOf(
  text: string,
  parts: readonly Span[],
  window: Span,
  lift: (text: string) => readonly Excerpt[],
): Excerpt[] | undefined {
  const lifted = lift(parts.map(({ start, end }) => text.slice(start, end)).join(''));
  const found: Excerpt[] = [];
  for (const excerpt of lifted) {
    const placed = placeParts(excerpt, parts);
    if (!placed) return undefined;
    if (meet(placed.span, window)) found.push(placed);
  }
  return found;
}

const changed = ({ start, end }: Span, { old, by }: Change): Span => ({
  start: start >= old.end && start !== old.start ? start + by : start,
  end: end >= old.end ? end + by : end,
});

const meet = (a: Span, b: Span): boolean => a.start < b.end && b.start < a.end;

function alike(alone: readonly Excerpt[], whole: readonly Excerpt[]): boolean {
  return alone.length === whole.length && alone.every((excerpt, i) => essence(excerpt) === essence(whole[i]!));
}

/** Everything of an excerpt but how it is written back, as text to compare. */
function essence(excerpt: Excerpt): string {
  const { map, ...rest } = excerpt;
  return JSON.stringify([rest, map.runs]);
}
