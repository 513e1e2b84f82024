/**
 * What lies between two words of a pipeline in its document, and how each host writes a blank or a new line there.
 * A gap of a form that is not known here is left as it is.
 */
import type { Excerpt } from '../text/excerpt.ts';
import type { Span } from '../text/span.ts';
import type { PlacedAtom } from './formatting.ts';
import { joined, joiningHosts } from './formatting-joined.ts';

/** A stretch between two words that may be written anew. */
export interface Gap {
  /** The document's. */
  readonly span: Span;
  /** Blanks of the pipeline's own text in it, which code has to keep as they are. */
  readonly own: string;
  /** Whether it goes over the end of a line now. */
  readonly breaks: boolean;
  /** Whether a line that ends here may be joined with the next. */
  readonly joins: boolean;
  /** Whether a line may end here that does not end now. */
  readonly wraps: boolean;
}

export interface GapWriter {
  /** The gap behind the word of this index; undefined where it must stay. */
  gap(index: number): Gap | undefined;
  blank(gap: Gap): string;
  newline(gap: Gap, indent: string): string;
  /** The gap before the first word, where the command stands in front of it. */
  readonly lead: Gap | undefined;
  /** Indentation of the line that the pipeline hangs on. */
  readonly base: string;
  /** Whether all lines of the pipeline stand one step deeper than the base. */
  readonly under: boolean;
  /** Whether it has several lines already. */
  readonly broken: boolean;
  /** Columns that a continuation takes at the end of a line. */
  readonly tail: number;
}

/** The writer for an excerpt's host; undefined where nothing of it can be laid out safely. */
export function gapWriter(excerpt: Excerpt, words: readonly PlacedAtom[], source: string): GapWriter | undefined {
  const { host, context } = excerpt;
  if (context === 'code-span' || context === 'argv-list' || context === 'comment') return undefined;
  if (isCode(host)) {
    if (context === 'string-command') return undefined;
    const beside = neighbouringHosts.has(host) ? literals(excerpt, words, source) : undefined;
    return beside ?? (joiningHosts.has(host) ? joined(excerpt, words, source) : undefined);
  }
  if (context === 'command' && commandHosts.has(host)) return continued(excerpt, words, source);
  if (host === 'launch' || ((host === 'plain' || host === 'markdown') && context === 'fence')) {
    return plainText(excerpt, words, source);
  }
  return undefined;
}

const commandHosts = new Set(['shell', 'dockerfile', 'makefile', 'systemd', 'yaml', 'markdown', 'plain', 'launch']);
/** Languages in which neighbouring string literals are one string. */
const neighbouringHosts = new Set(['c', 'python']);

/** Programs, whose strings must not change at all. */
export const isCode = (host: string): boolean => neighbouringHosts.has(host) || joiningHosts.has(host);

export const newlineOf = (source: string): string => (source.includes('\r\n') ? '\r\n' : '\n');

/** Words of a shell: blanks outside quotes, and lines that go on with a backslash. */
function continued(excerpt: Excerpt, words: readonly PlacedAtom[], source: string): GapWriter {
  const lineEnd = newlineOf(source);
  const blanks = /^[ \t]*(?:\\\r?\n[ \t]*)*$/;
  const gaps = words.slice(0, -1).map(({ place, atom }, i): Gap | undefined => {
    const next = words[i + 1]!;
    const whole = source.slice(place.end, next.place.start);
    // Quotes around a word belong to it, and so does a backslash before it.
    const quotes = /^["']{0,2}/.exec(whole)![0].length;
    const marks = /["'\\]{0,2}$/.exec(whole.slice(quotes))![0].length;
    const span = { start: place.end + quotes, end: next.place.start - marks };
    const text = source.slice(span.start, span.end);
    if (text === '' || !blanks.test(text) || text.startsWith('\\') || !unquoted(excerpt, atom.span.end))
      return undefined;
    return { span, own: ' ', breaks: text.includes('\n'), joins: true, wraps: true };
  });
  let first = words[0]!.place.start;
  while (first > excerpt.span.start && /["'\\]/.test(source[first - 1]!)) first--;
  let from = first;
  while (from > excerpt.span.start) {
    if (source[from - 1] === ' ' || source[from - 1] === '\t') from--;
    else if (source[from - 1] === '\n' && /\\\r?\n$/.test(source.slice(Math.max(0, from - 3), from))) {
      from -= source[from - 2] === '\r' ? 3 : 2;
    } else break;
  }
  const leads = from < first && from > excerpt.span.start;
  const text = source.slice(from, first);
  return {
    gap: (index) => gaps[index],
    blank: () => ' ',
    newline: (_gap, indent) => ` \\${lineEnd}${indent}`,
    lead: leads
      ? { span: { start: from, end: first }, own: ' ', breaks: text.includes('\n'), joins: false, wraps: true }
      : undefined,
    base: indentAt(source, leads ? commandLine(source, excerpt, from) : first),
    under: leads,
    broken: gaps.some((gap) => gap?.breaks),
    tail: 2,
  };
}

/** The line on which the command begins that a pipeline belongs to: options may stand on lines of their own. */
function commandLine(source: string, excerpt: Excerpt, before: number): number {
  return Math.min(before, Math.max(excerpt.span.start, 0)) || source.length - source.trimStart().length;
}

/** Whether text written there stands outside the host's quotes: a blank comes out as nothing but a blank. */
const unquoted = (excerpt: Excerpt, at: number): boolean => excerpt.write(' ', at, at + 1) === ' ';

/** A pipeline that stands as it is: any blank will do. A backslash at the end of a line is kept up where it is used. */
function plainText(_excerpt: Excerpt, words: readonly PlacedAtom[], source: string): GapWriter {
  const lineEnd = newlineOf(source);
  const blanks = /^(?:[ \t]|\r?\n|\\\r?\n)+$/;
  const gaps = words.slice(0, -1).map(({ place }, i): Gap | undefined => {
    const span = { start: place.end, end: words[i + 1]!.place.start };
    const text = source.slice(span.start, span.end);
    if (!blanks.test(text) || text.startsWith('\\')) return undefined;
    return { span, own: ' ', breaks: text.includes('\n'), joins: true, wraps: true };
  });
  const all = gaps.map((gap) => (gap ? source.slice(gap.span.start, gap.span.end) : '')).join('');
  const mark = all.includes('\\') ? ' \\' : '';
  return {
    gap: (index) => gaps[index],
    blank: () => ' ',
    newline: (_gap, indent) => `${mark}${lineEnd}${indent}`,
    lead: undefined,
    base: indentAt(source, words[0]!.place.start),
    under: false,
    broken: gaps.some((gap) => gap?.breaks),
    tail: mark.length,
  };
}

/** How a literal begins: `f"`, `L"`. Raw literals of C++ and triple quotes are not known here. */
export const opening = /(?<![\w"'])((?:[fFrRbBuU]{0,2}|u8|L))(["'])[ \t]*$/;

/**
 * Neighbouring literals of C and Python, which the compiler makes one of. The string stays the same to the last blank:
 * only where one literal ends and the next begins is moved.
 */
function literals(excerpt: Excerpt, words: readonly PlacedAtom[], source: string): GapWriter | undefined {
  const lineEnd = newlineOf(source);
  const begun = opening.exec(source.slice(Math.max(0, words[0]!.place.start - 40), words[0]!.place.start));
  if (!begun) return undefined;
  const joint = /^([ \t]*)(["'])[ \t]*\r?\n[ \t]*((?:[fFrRbBuU]{0,2}|u8|L))(["'])([ \t]*)$/;
  let mark = `${begun[1]!}${begun[2]!}`;
  const marks: string[] = [];
  let below: string | undefined;
  const gaps = words.slice(0, -1).map(({ place, atom }, i): Gap | undefined => {
    const next = words[i + 1]!;
    const span = { start: place.end, end: next.place.start };
    const text = source.slice(span.start, span.end);
    const own = excerpt.text.slice(atom.span.end, next.atom.span.start);
    const hit = joint.exec(text);
    if (hit && hit[2] === mark.at(-1) && `${hit[1]}${hit[5]}` === own && own !== '') {
      mark = `${hit[3]!}${hit[4]!}`;
      marks[i] = mark;
      below ??= indentAt(source, span.end);
      return { span, own, breaks: true, joins: false, wraps: false };
    }
    marks[i] = mark;
    if (/["'\n]/.test(text)) {
      // A literal that begins here in another way: what follows is not known to be in one of ours.
      const again = opening.exec(text);
      mark = again ? `${again[1]!}${again[2]!}` : '';
      return undefined;
    }
    return text !== '' && text === own && /^[ \t]+$/.test(text) && mark !== ''
      ? { span, own, breaks: false, joins: false, wraps: false }
      : undefined;
  });
  // Where lines are broken already, it is certain that they may be; their indentation is the author's.
  if (below === undefined) return undefined;
  // The first literal shows the column where it stands on a line of its own.
  const first = words[0]!.place.start - begun[0].length;
  const own = source.slice(source.lastIndexOf('\n', first - 1) + 1, first);
  const base = own.trim() === '' ? own : below;
  return {
    gap: (index) => gaps[index],
    blank: (gap) => gap.own,
    newline: (gap) => {
      const opens = marks[gaps.indexOf(gap)]!;
      return `${gap.own}${opens.at(-1)}${lineEnd}${base}${opens}`;
    },
    lead: undefined,
    base,
    under: false,
    broken: true,
    tail: 1,
  };
}

export function indentAt(source: string, offset: number): string {
  const start = source.lastIndexOf('\n', offset - 1) + 1;
  return /^[ \t]*/.exec(source.slice(start, offset))![0];
}
