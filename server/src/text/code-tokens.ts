import type { Span } from './span.ts';

// Tokens of programming languages, as far as strings are concerned: literals, comments, words and signs. One scanner,
// told by a dialect what literals and comments look like. It knows no grammar.

/** How the text between a literal's marks is to be read. */
export interface Literal {
  readonly kind: 'string';
  readonly span: Span;
  /** What is between the marks. */
  readonly inner: Span;
  readonly escapes: 'none' | 'c' | 'python' | 'rust' | 'verbatim';
  /** What in it is put in when it runs: `{x}` as in Python's f-strings, `${x}` as in JavaScript's templates. */
  readonly holes: 'none' | 'braces' | 'dollar';
  /** The mark that ends it; decides what has to be escaped. */
  readonly mark: string;
}

export type CodeToken =
  | Literal
  | { readonly kind: 'comment'; readonly span: Span; readonly line: boolean }
  | { readonly kind: 'word'; readonly span: Span; readonly text: string }
  | { readonly kind: 'sign'; readonly span: Span; readonly text: string };

/** What tells one language's surface from another's. */
export interface CodeDialect {
  readonly id: string;
  readonly lineComments: readonly string[];
  readonly blockComments: boolean;
  /** Literals written side by side are one. */
  readonly adjacent: boolean;
  /** Signs that put strings together. */
  readonly joins: readonly string[];
  /** Strings are values of named keys, and nothing is called. */
  readonly keys?: boolean;
  /** A line end outside brackets ends a statement. */
  readonly linesEnd: boolean;
  /** Reads a literal at an offset; undefined where none begins. An unclosed one ends with its line. */
  literal(text: string, at: number): Literal | undefined;
}

const word = /[\p{L}_$@][\p{L}\p{N}_$]*!?|\d[\w.]*/uy;
const signs = [
  '...',
  '<<=',
  '===',
  '!==',
  '::',
  '->',
  '=>',
  '==',
  '!=',
  '<=',
  '>=',
  '<<',
  '>>',
  '&&',
  '||',
  '+=',
  ':=',
  '++',
  '--',
  '?.',
  '??',
];

/** The tokens of a text, in order. Line ends and blanks leave none. */
export function codeTokens(text: string, dialect: CodeDialect): CodeToken[] {
  const tokens: CodeToken[] = [];
  const { length } = text;
  let at = 0;
  while (at < length) {
    const c = text.charCodeAt(at);
    const continued = c === 92 && /^\\[ \t]*\r?\n/.test(text.slice(at, at + 40));
    if (c <= 32 || c === 0xfeff || continued) {
      at++;
      continue;
    }
    const start = at;
    const comment = commentEnd(text, at, dialect);
    if (comment) {
      at = comment.end;
      tokens.push({ kind: 'comment', span: { start, end: at }, line: comment.line });
      continue;
    }
    const literal = dialect.literal(text, at);
    if (literal) {
      tokens.push(literal);
      at = Math.max(literal.span.end, at + 1);
      continue;
    }
    word.lastIndex = at;
    const hit = word.exec(text);
    if (hit) {
      // `x != y` is no macro call.
      const taken =
        hit[0].endsWith('!') && !/^[ \t]*[([{]/.test(text.slice(at + hit[0].length, at + hit[0].length + 8))
          ? hit[0].slice(0, -1)
          : hit[0];
      at += Math.max(1, taken.length);
      tokens.push({ kind: 'word', span: { start, end: at }, text: taken });
      continue;
    }
    const long = signs.find((sign) => text.startsWith(sign, at)) ?? text[at]!;
    at += long.length;
    tokens.push({ kind: 'sign', span: { start, end: at }, text: long });
  }
  return tokens;
}

function commentEnd(text: string, at: number, dialect: CodeDialect): { end: number; line: boolean } | undefined {
  if (dialect.blockComments && text.startsWith('/*', at)) {
    const close = text.indexOf('*/', at + 2);
    return { end: close < 0 ? text.length : close + 2, line: false };
  }
  if (!dialect.lineComments.some((mark) => text.startsWith(mark, at))) return undefined;
  return { end: lineEnd(text, at), line: true };
}

/** Where the line of an offset ends. */
export const lineEnd = (text: string, at: number): number => {
  const newline = text.indexOf('\n', at);
  const end = newline < 0 ? text.length : newline;
  return end > at && text[end - 1] === '\r' ? end - 1 : end;
};

/**
 * The end of a literal's inner text: the closing mark that no backslash guards.
 * @param lines whether it may go on over line ends; one behind a backslash always may.
 */
export function closeOf(
  text: string,
  from: number,
  mark: string,
  lines: boolean,
  escapes = true,
): { inner: number; end: number } {
  const first = mark.charCodeAt(0);
  for (let i = from; i < text.length; i++) {
    const c = text.charCodeAt(i);
    if (c === 92 && escapes) {
      if (text.charCodeAt(i + 1) === 13 && text.charCodeAt(i + 2) === 10) i++;
      i++;
    } else if (c === 10 && !lines) return { inner: i, end: i };
    else if (c === first && text.startsWith(mark, i)) return { inner: i, end: i + mark.length };
  }
  return { inner: text.length, end: text.length };
}

/** A plain literal between two equal marks. */
export function quoted(
  text: string,
  start: number,
  open: number,
  mark: string,
  about: Pick<Literal, 'escapes' | 'holes'> & { lines: boolean },
): Literal {
  const inner = open + mark.length;
  const close = closeOf(text, inner, mark, about.lines, about.escapes !== 'none' && about.escapes !== 'verbatim');
  return {
    kind: 'string',
    span: { start, end: close.end },
    inner: { start: inner, end: close.inner },
    escapes: about.escapes,
    holes: about.holes,
    mark,
  };
}

/** A literal without escapes, from the end of its opening to a mark of its own; to the line's end where that is missing. */
export function rawString(text: string, start: number, inner: number, mark: string): Literal {
  const close = text.indexOf(mark, inner);
  const end = close < 0 ? lineEnd(text, inner) : close;
  return {
    kind: 'string',
    span: { start, end: close < 0 ? end : close + mark.length },
    inner: { start: inner, end },
    escapes: 'none',
    holes: 'none',
    mark,
  };
}

/** A literal that may hold the marks of strings and is none: a character, a regular expression. Nothing is looked for in it. */
export const opaque = (start: number, end: number, mark: string): Literal => ({
  kind: 'string',
  span: { start, end },
  inner: { start: end, end },
  escapes: 'none',
  holes: 'none',
  mark,
});
