/** The cursor inside caps: media type, feature, field or value. Works on the text in front of the cursor alone. */
import type { AtCaps, AtElement, Cursor } from './cursor.ts';

/**
 * The cursor at the end of `front`, in caps that begin at `start` and end at `end` of `text`. A backslash before a blank,
 * which gst-launch puts there, counts as a blank.
 */
export function capsCursor(
  text: string,
  front: string,
  start: number,
  end: number,
  gap: boolean,
  property: { readonly at: AtElement; readonly name: string } | undefined,
): Cursor {
  const offset = front.length - (gap ? 1 : 0);
  const pieces = split(front.slice(start), start);
  const alternative = pieces.slice(pieces.findLastIndex((piece) => piece.first) - pieces.length);
  const head = alternative[0]!;
  const piece = alternative.at(-1)!;
  const rest = text.slice(offset, end);
  const whole = { start, end };
  const caps = about(text.slice(head.start, end), whole, property);
  const word = (prefix: string, follows: RegExp) => ({
    prefix,
    span: {
      start: Math.min(front.length - prefix.length, offset),
      end: offset + (gap ? 0 : (follows.exec(rest)?.[0].length ?? 0)),
    },
  });
  if (piece === head) {
    const open = piece.text.indexOf('(');
    if (open < 0) {
      const prefix = unblank(piece.text).replace(/^["']/, '');
      if (/\s$/.test(prefix)) return { kind: 'nothing' };
      return { kind: 'caps-media', ...word(prefix, /^[\w/.+-]*/), caps };
    }
    if (piece.text.includes(')')) return { kind: 'nothing' };
    const prefix = /[^(,]*$/.exec(piece.text)![0];
    return { kind: 'caps-feature', ...word(unblank(prefix), /^[\w:.-]*/), caps };
  }
  const equals = piece.text.indexOf('=');
  if (equals < 0) {
    const prefix = unblank(piece.text);
    return /\s$/.test(prefix) ? { kind: 'nothing' } : { kind: 'caps-field', ...word(prefix, /^[\w-]*/), caps };
  }
  const field = unblank(piece.text.slice(0, equals)).trim();
  const value = piece.text.slice(equals + 1);
  const prefix = unblank(/(?:\([^)]*\)|[{[<,])?((?:\\?\s)*[^{}[\]<>(),]*)$/.exec(value)?.[1] ?? value);
  return { kind: 'caps-value', ...word(prefix.replace(/^"/, ''), /^[\w/.+:-]*/), caps, field };
}

interface Piece {
  readonly text: string;
  /** Offset in the excerpt. */
  readonly start: number;
  /** True for the piece that holds the media type. */
  readonly first: boolean;
}

/** Cut at commas and semicolons that stand in no bracket and no quotes. */
function split(text: string, base: number): Piece[] {
  const pieces: Piece[] = [];
  let depth = 0;
  let quoted = false;
  let from = 0;
  let first = true;
  for (let i = 0; i < text.length; i++) {
    const c = text[i]!;
    if (c === '"') quoted = !quoted && i > 0 && /[=({[<,\s)]/.test(text[i - 1]!);
    else if (quoted) continue;
    else if ('({[<'.includes(c)) depth++;
    else if (')}]>'.includes(c)) depth = Math.max(0, depth - 1);
    else if ((c === ',' || c === ';') && depth === 0) {
      pieces.push({ text: text.slice(from, i), start: base + from, first });
      from = i + 1;
      first = c === ';';
    }
  }
  pieces.push({ text: text.slice(from), start: base + from, first });
  return pieces;
}

/** What stands in the alternative that begins the text; the cursor's own field counts too. */
function about(text: string, whole: AtCaps['whole'], property: AtCaps['property']): AtCaps {
  const [head = '', ...others] = alternativeOf(text);
  const written = unblank(head).replace(/^["']/, '');
  const values = new Map<string, string>();
  const fields = new Set<string>();
  for (const piece of others) {
    const match = /^((?:\\?\s)*)([\w-]+)(?:\\?\s)*=(?:\\?\s)*(?:\([^)]*\))?(?:\\?\s)*(.*)$/s.exec(piece);
    if (!match) continue;
    fields.add(match[2]!);
    values.set(match[2]!, match[3]!.replace(/["\\]/g, '').trim());
  }
  return {
    media: /^[\w/.+-]*/.exec(written)![0],
    features: /\(([^)]*)/.exec(written)?.[1],
    fields,
    values,
    whole,
    property,
  };
}

function alternativeOf(text: string): string[] {
  const pieces = split(text, 0);
  const next = pieces.findIndex((piece, index) => index > 0 && piece.first);
  return pieces.slice(0, next < 0 ? pieces.length : next).map((piece) => piece.text);
}

/** Without the blanks in front, escaped or not. */
const unblank = (text: string): string => text.replace(/^(?:\\?\s)+/, '');
