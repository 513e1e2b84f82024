/** What the text of a token means once GStreamer has undone its quotes and backslashes, and how to write a value so that it is read back. */
import { isGlibSpace } from './lex.ts';

/** An assignment taken apart. Offsets count from the token's start. */
export interface SplitAssignment {
  readonly nameEnd: number;
  /** Where the value begins, with its quotes. */
  readonly valueStart: number;
  readonly text: string;
  readonly quote: '"' | "'" | undefined;
}

/** Takes `name = value` apart as `gst_parse_split_assignment` does. */
export function splitAssignment(token: string): SplitAssignment {
  let nameEnd = 0;
  while (nameEnd < token.length && token[nameEnd] !== '=' && !isGlibSpace(token.charCodeAt(nameEnd))) nameEnd++;
  let at = skipBlanks(token, nameEnd);
  at = skipBlanks(token, at + 1);
  const written = token.slice(at);
  const quoted = written.startsWith('"') && written.endsWith('"');
  const single = written.length > 1 && written.startsWith("'") && written.endsWith("'");
  return {
    nameEnd,
    valueStart: at,
    text: unescapeValue(quoted ? written.slice(1, -1) : written),
    quote: quoted ? '"' : single ? "'" : undefined,
  };
}

/**
 * Undoes backslashes as `gst_parse_unescape` does: `\x` is `x`, but a backslash between double quotes stays, and so do
 * the quotes.
 */
export function unescapeValue(text: string): string {
  if (!text.includes('\\')) return text;
  const pieces: string[] = [];
  let quoted = false;
  let from = 0;
  for (let i = 0; i < text.length; i++) {
    if (text[i] === '\\' && !quoted) {
      pieces.push(text.slice(from, i));
      from = ++i;
    } else if (text[i] === '"' && (!quoted || text[i - 1] !== '\\')) {
      quoted = !quoted;
    }
  }
  pieces.push(text.slice(from));
  return pieces.join('');
}

/**
 * What becomes of the caps in a link before they are read, from GStreamer 1.24 on: `\x` is `x`, `\101` a byte.
 * Undefined where it fails: a backslash at the end, or an octal number that is none.
 */
export function unwrapCaps(text: string): string | undefined {
  if (!text.includes('\\')) return text;
  const pieces: string[] = [];
  for (let i = 0; i < text.length; i++) {
    if (text[i] !== '\\') {
      pieces.push(text[i]!);
      continue;
    }
    const next = text[++i];
    if (next === undefined) return undefined;
    if (next >= '0' && next <= '3') {
      const octal = /^[0-3][0-7]{2}/.exec(text.slice(i, i + 3));
      if (!octal) return undefined;
      pieces.push(String.fromCharCode(Number.parseInt(octal[0], 8)));
      i += 2;
    } else {
      pieces.push(next);
    }
  }
  return pieces.join('');
}

/**
 * The value as it must be written behind `name=` to be read back as `text`; in double quotes where it needs them.
 * One thing cannot be written: a value that ends in a backslash, with a double quote somewhere behind it in the pipeline.
 */
export function writeValue(text: string): string {
  return /^[\w./:+%@,~-]+$/.test(text) ? text : `"${text.replace(/[\\"]/g, '\\$&')}"`;
}

function skipBlanks(text: string, from: number): number {
  let at = from;
  while (at < text.length && isGlibSpace(text.charCodeAt(at))) at++;
  return at;
}
