import type { Literal } from './code-tokens.ts';
import { Lift, type Lifted, type Writer } from './lifted.ts';
import { cEscape } from './words.ts';

// String literals undone: escapes, line continuations, and what is put in when the program runs.

/** The value of a literal. */
export function liftLiteral(text: string, literal: Literal): Lifted {
  const lift = new Lift();
  const write = writerOf(literal);
  const { end } = literal.inner;
  let from = literal.inner.start;
  let at = from;
  const flush = (): void => {
    lift.copy(text, from, at, write);
  };
  while (at < end) {
    const c = text[at]!;
    if (c === '\\' && literal.escapes !== 'none' && literal.escapes !== 'verbatim') {
      flush();
      const undone = undo(text, at, end, literal.escapes);
      lift.put(undone.text, { start: at, end: at + undone.length }, write);
      at += undone.length;
      from = at;
    } else if (literal.escapes === 'verbatim' && c === literal.mark && text[at + 1] === literal.mark) {
      flush();
      lift.put(c, { start: at, end: at + 2 }, write);
      at += 2;
      from = at;
    } else if (literal.holes === 'braces' && (c === '{' || c === '}') && text[at + 1] === c) {
      flush();
      lift.put(c, { start: at, end: at + 2 }, write);
      at += 2;
      from = at;
    } else if (
      (literal.holes === 'braces' && c === '{') ||
      (literal.holes === 'dollar' && c === '$' && text[at + 1] === '{')
    ) {
      flush();
      const close = braceEnd(text, c === '{' ? at + 1 : at + 2, end);
      lift.hole(text.slice(at, close), { start: at, end: close }, write);
      at = close;
      from = at;
    } else at++;
  }
  flush();
  return lift.done();
}

/** How a literal's text is written. */
export function writerOf(literal: Literal): Writer {
  const known = writers.get(key(literal));
  if (known) return known;
  const write: Writer = (text) => {
    let written = text;
    if (literal.escapes === 'verbatim') written = written.replaceAll(literal.mark, literal.mark + literal.mark);
    else if (literal.escapes !== 'none') {
      written = written.replaceAll('\\', '\\\\').replaceAll(literal.mark[0]!, `\\${literal.mark[0]!}`);
      if (literal.mark.length === 1 && literal.mark !== '`') written = written.replaceAll('\n', '\\n');
    }
    if (literal.holes === 'braces') written = written.replace(/[{}]/g, '$&$&');
    if (literal.holes === 'dollar') written = written.replaceAll('${', '\\${');
    return written;
  };
  writers.set(key(literal), write);
  return write;
}

const writers = new Map<string, Writer>();
const key = (literal: Literal): string => `${literal.escapes} ${literal.holes} ${literal.mark.slice(0, 8)}`;

function undo(
  text: string,
  at: number,
  end: number,
  escapes: 'c' | 'python' | 'rust',
): { text: string; length: number } {
  const newline = text[at + 1] === '\n' ? 1 : text[at + 1] === '\r' && text[at + 2] === '\n' ? 2 : 0;
  if (newline) {
    let length = 1 + newline;
    // Rust takes the blanks at the start of the next line, and blank lines, away as well.
    if (escapes === 'rust') while (at + length < end && ' \t\r\n'.includes(text[at + length]!)) length++;
    return { text: '', length };
  }
  if (at + 1 >= end) return { text: '\\', length: 1 };
  if (escapes === 'rust' && text[at + 1] === 'u' && text[at + 2] === '{') {
    const hit = /^\{([0-9A-Fa-f_]{1,8})\}/.exec(text.slice(at + 2, at + 14));
    const code = hit ? Number.parseInt(hit[1]!.replaceAll('_', ''), 16) : Number.NaN;
    if (hit && code <= 0x10ffff) return { text: String.fromCodePoint(code), length: 2 + hit[0].length };
  }
  if (
    text[at + 1] === 's' ||
    (escapes !== 'c' && text[at + 1] === 'e') ||
    (escapes === 'python' && text[at + 1] === '?')
  ) {
    return { text: text.slice(at, at + 2), length: 2 };
  }
  if (text[at + 1] === '`' || text[at + 1] === '$') return { text: text[at + 1]!, length: 2 };
  const undone = cEscape(text, at);
  return { text: undone.text, length: Math.min(undone.length, end - at) };
}

function braceEnd(text: string, from: number, end: number): number {
  let depth = 1;
  for (let i = from; i < end; i++) {
    if (text[i] === '{') depth++;
    else if (text[i] === '}' && --depth === 0) return i + 1;
  }
  return end;
}

/** The languages of placeholders in format strings. */
export type FormatStyle = 'printf' | 'braces' | 'percent-number';

const placeholders: Record<FormatStyle, RegExp> = {
  // C's conversions, Python's `%(name)s` and Go's verbs; `%%` is a percent sign.
  printf:
    /%(?:%|(?:\([^)\n]{0,80}\))?[-+ #0']*(?:\d+\$)?(?:\d+|\*)?(?:\.(?:\d+|\*))?(?:hh|h|ll|l|L|q|j|z|t|I64)?(?:"[ ]*PRI[a-zA-Z0-9]+[ ]*"|[diouxXeEfFgGaAcspnvTtqU]))/g,
  // `{}`, `{0}`, `{name!r:>10}`; a doubled brace is a brace.
  braces: /\{\{|\}\}|\{[^{}\n"]{0,200}(?:\{[^{}\n]{0,80}\}[^{}\n]{0,80})*\}/g,
  'percent-number': /%L?\d{1,2}/g,
};

/** A format string with its placeholders made holes. */
export function openPlaceholders(lifted: Lifted, style: FormatStyle): Lifted {
  const { text } = lifted;
  const lift = new Lift();
  let from = 0;
  for (const hit of text.matchAll(placeholders[style])) {
    lift.addPart(lifted, from, hit.index);
    from = hit.index + hit[0].length;
    const part = new Lift().addPart(lifted, hit.index, from).done();
    const span = { start: part.runs[0]?.document.start ?? 0, end: part.runs.at(-1)?.document.end ?? 0 };
    const write = part.pens[0]?.write ?? ((t: string) => t);
    if (hit[0] === '%%' || hit[0] === '{{' || hit[0] === '}}') lift.put(hit[0][0]!, span, write);
    else if (part.holes.length > 0) lift.add(part);
    else lift.hole(hit[0], span, write);
  }
  return lift.addPart(lifted, from, text.length).done();
}
