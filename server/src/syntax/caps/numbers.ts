/** Numbers as the C library reads them for GStreamer: strtoull, strtod, sscanf. A value must be read to its end. */

/** What g_ascii_strtoull makes of a text, as 64 bits without a sign. `end` is the offset of the first unread character. */
export interface Unsigned {
  readonly value: bigint;
  readonly end: number;
  /** The number does not fit in 64 bits. */
  readonly overflow: boolean;
}

/** Base 0 tells by the prefix (`0x`, `0`), as C does. Without digits, `end` is 0. */
export function readUnsigned(text: string, base: 0 | 16): Unsigned {
  const match = (base === 0 ? ANY_BASE : BASE_16).exec(text);
  if (!match) return { value: 0n, end: 0, overflow: false };
  const [all, sign, digits = '0'] = match;
  const hex = base === 16 || /^0x/i.test(digits);
  // "0x" without digits behind it is the number 0, and the x is left over.
  const plain = digits.replace(/^0x/i, '');
  const value = BigInt(hex ? `0x${plain}` : digits.length > 1 && digits.startsWith('0') ? `0o${digits}` : digits);
  if (value > MAX_UINT64) return { value: MAX_UINT64, end: all.length, overflow: true };
  return { value: BigInt.asUintN(64, sign === '-' ? -value : value), end: all.length, overflow: false };
}

/** g_ascii_strtod over the whole text; undefined where something is left unread. */
export function readDouble(text: string): number | undefined {
  const match = DOUBLE.exec(text);
  if (!match) return undefined;
  const [, sign, hex, decimal, name = ''] = match;
  const size =
    decimal !== undefined
      ? Number(decimal)
      : hex !== undefined
        ? readHexDouble(hex)
        : name.toLowerCase().startsWith('inf')
          ? Number.POSITIVE_INFINITY
          : Number.NaN;
  return sign === '-' ? -size : size;
}

/** `%d` of sscanf at an offset: the int, wrapped to 32 bits as glibc does, and where it ends. */
export function readInt(text: string, at: number): { value: number; end: number } | undefined {
  INT.lastIndex = at;
  const match = INT.exec(text);
  if (!match) return undefined;
  const long = BigInt(match[1]!.replace('+', ''));
  const kept = long > MAX_INT64 ? MAX_INT64 : long < -MAX_INT64 - 1n ? -MAX_INT64 - 1n : long;
  return { value: Number(BigInt.asIntN(32, kept)), end: at + match[0].length };
}

const MAX_UINT64 = 0xffffffffffffffffn;
const MAX_INT64 = 0x7fffffffffffffffn;
const ANY_BASE = /^[ \t\n\v\f\r]*([+-]?)(0[xX][0-9a-fA-F]+|0[0-7]*|[1-9][0-9]*)/;
const BASE_16 = /^[ \t\n\v\f\r]*([+-]?)(0[xX][0-9a-fA-F]+|[0-9a-fA-F]+)/;
const INT = /[ \t\n\v\f\r]*([+-]?[0-9]+)/y;
const DOUBLE =
  /^[ \t\n\v\f\r]*([+-]?)(?:0[xX]([0-9a-fA-F]+(?:\.[0-9a-fA-F]*)?(?:[pP][+-]?[0-9]+)?|\.[0-9a-fA-F]+(?:[pP][+-]?[0-9]+)?)|((?:[0-9]+(?:\.[0-9]*)?|\.[0-9]+)(?:[eE][+-]?[0-9]+)?)|(inf(?:inity)?|nan(?:\([0-9a-z_]*\))?))$/i;

function readHexDouble(text: string): number {
  const [mantissa = '', power = '0'] = text.toLowerCase().split('p');
  const [whole = '', part = ''] = mantissa.split('.');
  const value = Number(BigInt(`0x${whole}${part}` === '0x' ? '0' : `0x${whole}${part}`));
  return value * 2 ** (Number(power) - 4 * part.length);
}
