/**
 * How GLib's typed getters read a raw value of a key file (`gkeyfile.c` of GLib 2.74): the same numbers, the same refusals.
 * The file's own tables say which getter reads which key.
 */

/** A value as read, or why GLib refuses it. */
export type ReadValue<T> = { readonly ok: true; readonly value: T } | { readonly ok: false; readonly why: Refused };

/** `empty`, `not-a-number`, `out-of-range`, `not-a-boolean`, `escape`: GLib calls all of them an invalid value. */
export type Refused = 'empty' | 'not-a-number' | 'out-of-range' | 'not-a-boolean' | 'escape';

/** `g_key_file_get_integer`: decimal, in int32; reading stops at a blank, so `4 # text` is 4. */
export function asInteger(raw: string): ReadValue<number> {
  if (raw === '') return refused('empty');
  const match = /^[ \t\n\v\f\r]*([+-]?[0-9]+)/.exec(raw);
  // strtol leaves the end pointer at the start when there is no number at all.
  const end = match ? match[0].length : 0;
  if (end < raw.length && !/[ \t\n\f\r]/.test(raw[end]!)) return refused('not-a-number');
  const value = Number(match?.[1] ?? 0);
  if (value > 2147483647 || value < -2147483648) return refused('out-of-range');
  return read(value + 0 === 0 ? 0 : value);
}

/** `g_key_file_get_boolean`: exactly `true`, `1`, `false` or `0`, blanks behind allowed. */
export function asBoolean(raw: string): ReadValue<boolean> {
  if (raw === '') return refused('empty');
  const word = trimEnd(raw);
  if (word === 'true' || word === '1') return read(true);
  if (word === 'false' || word === '0') return read(false);
  return refused('not-a-boolean');
}

/** `g_key_file_get_double`: the C locale's `strtod`, nothing may follow; too large a number is infinite. */
export function asDouble(raw: string): ReadValue<number> {
  if (raw === '') return refused('empty');
  const number = cDouble(raw);
  return number === undefined ? refused('not-a-number') : read(number);
}

/** `g_key_file_get_uint64`: decimal, nothing may follow; `-1` wraps and too large a number becomes the largest. */
export function asUint64(raw: string): ReadValue<bigint> {
  if (raw === '') return refused('empty');
  const match = /^[ \t\n\v\f\r]*([+-]?)([0-9]+)$/.exec(raw);
  if (!match || /[\n]/.test(match[2]!)) return refused('not-a-number');
  const digits = match[2]!.replace(/^0+(?=.)/, '');
  if (digits.length > 20 || BigInt(digits) > LARGEST_UINT64) return read(LARGEST_UINT64);
  const value = BigInt(digits);
  return read(match[1] === '-' ? BigInt.asUintN(64, -value) : value);
}

/** `g_key_file_get_string`: `\s`, `\n`, `\t`, `\r` and `\\` are undone, any other backslash is refused. */
export function asString(raw: string): ReadValue<string> {
  const pieces = unescaped(raw, undefined);
  return pieces === undefined ? refused('escape') : read(pieces[0] ?? '');
}

export type ListKind = 'integer' | 'double' | 'boolean' | 'string';

/** What an item of each kind is read as. */
export interface ListItems {
  readonly integer: number;
  readonly double: number;
  readonly boolean: boolean;
  readonly string: string;
}

/** `g_key_file_get_…_list`: cut at `;`, one at the end allowed, `\;` is not a separator; one bad item refuses the list. */
export function asList<K extends ListKind>(raw: string, kind: K): ReadValue<readonly ListItems[K][]> {
  const pieces = unescaped(raw, ';');
  if (pieces === undefined) return refused('escape');
  const values: ListItems[K][] = [];
  for (const piece of pieces) {
    const item = readItem(piece, kind) as ReadValue<ListItems[K]>;
    if (!item.ok) return item;
    values.push(item.value);
  }
  return read(values);
}

const LARGEST_UINT64 = 0xffffffffffffffffn;

const read = <T>(value: T): ReadValue<T> => ({ ok: true, value });
const refused = (why: Refused): { readonly ok: false; readonly why: Refused } => ({ ok: false, why });

function readItem(piece: string, kind: ListKind): ReadValue<number | boolean | string> {
  switch (kind) {
    case 'integer':
      return asInteger(piece);
    case 'double':
      return asDouble(piece);
    case 'boolean':
      return asBoolean(piece);
    case 'string':
      return read(piece);
  }
}

/** The value with its escapes undone, cut at the separator where one is given; undefined where an escape is refused. */
function unescaped(raw: string, separator: string | undefined): string[] | undefined {
  const pieces: string[] = [];
  let piece = '';
  let copied = 0;
  for (let i = 0; i < raw.length; i++) {
    const at = raw[i]!;
    if (at === '\\') {
      const next = raw[i + 1];
      const meant = next === undefined ? undefined : next === separator ? next : ESCAPES.get(next);
      if (meant === undefined) return undefined;
      piece += raw.slice(copied, i) + meant;
      i++;
      copied = i + 1;
    } else if (at === separator) {
      pieces.push(piece + raw.slice(copied, i));
      piece = '';
      copied = i + 1;
    }
  }
  piece += raw.slice(copied);
  if (piece !== '' || separator === undefined) pieces.push(piece);
  return pieces;
}

const ESCAPES = new Map([
  ['s', ' '],
  ['n', '\n'],
  ['t', '\t'],
  ['r', '\r'],
  ['\\', '\\'],
]);

/** The text without `g_ascii_isspace` characters at its end. */
function trimEnd(text: string): string {
  let end = text.length;
  while (end > 0 && ' \t\n\f\r'.includes(text[end - 1]!)) end--;
  return text.slice(0, end);
}

const DECIMAL = /^[ \t\n\v\f\r]*([+-]?(?:[0-9]+\.?[0-9]*|\.[0-9]+)(?:[eE][+-]?[0-9]+)?)$/;
const HEXADECIMAL = /^[ \t\n\v\f\r]*([+-]?)0[xX]([0-9a-fA-F]+\.?[0-9a-fA-F]*|\.[0-9a-fA-F]+)(?:[pP]([+-]?[0-9]+))?$/;
const WORD = /^[ \t\n\v\f\r]*([+-]?)(?:(inf(?:inity)?)|(nan(?:\([0-9A-Za-z_]*\))?))$/i;

/** The whole text as C's `strtod` reads it; undefined where it would stop before the end. */
function cDouble(text: string): number | undefined {
  const decimal = DECIMAL.exec(text);
  if (decimal) return Number(decimal[1]);
  const word = WORD.exec(text);
  if (word) return word[3] !== undefined ? Number.NaN : word[1] === '-' ? -Infinity : Infinity;
  const hex = HEXADECIMAL.exec(text);
  if (!hex) return undefined;
  const [whole = '', fraction = ''] = hex[2]!.split('.');
  // A double holds no more than 14 hexadecimal digits; the rest only moves the exponent.
  const digits = `${whole}${fraction}`.replace(/^0+/, '');
  const kept = digits.slice(0, 14);
  const exponent = Number(hex[3] ?? 0) + 4 * (digits.length - kept.length - fraction.length);
  const value = kept === '' ? 0 : Number.parseInt(kept, 16) * 2 ** exponent;
  return hex[1] === '-' ? -value : value;
}
