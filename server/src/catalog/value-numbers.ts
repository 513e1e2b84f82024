/**
 * Numbers in text as C reads them: g_ascii_strtoull and strtol with base 0, strtod, sscanf's %d. They take more than people
 * expect (nothing at all is 0, 010 is 8, 4294967295 is -1 for an int), and a verdict must know it.
 */

/** What strtoull made of the whole text; `range` where the digits exceed 64 bits, undefined where text is left over. */
export function wholeUnsigned(text: string): bigint | 'range' | undefined {
  if (text === '') return 0n;
  const match = /^[ \t\n\v\f\r]*([+-]?)(0[xX][0-9a-fA-F]+|0[0-7]*|[1-9][0-9]*)$/.exec(text);
  if (!match) return undefined;
  const digits = match[2]!;
  // Longer digits exceed 64 bits in any base but leading zeros, which the expression below counts out.
  const significant = digits.replace(/^0[xX]?0*/, '');
  if (significant.length > 22) return 'range';
  const value = /^0[0-7]+$/.test(digits) ? BigInt(`0o${digits.slice(1)}`) : BigInt(digits);
  if (value > MAX_UNSIGNED) return 'range';
  return match[1] === '-' ? BigInt.asUintN(64, -value) : value;
}

const MAX_UNSIGNED = 18446744073709551615n;

/** The number that strtod reads from the whole text; undefined where text is left over. Nothing at all is 0. */
export function wholeDouble(text: string): number | undefined {
  const bare = text.replace(/^[ \t\n\v\f\r]+/, '');
  if (text === '') return 0;
  const decimal = /^[+-]?(?:[0-9]+\.?[0-9]*|\.[0-9]+)(?:[eE][+-]?[0-9]+)?$/;
  if (decimal.test(bare)) return Number(bare);
  const sign = bare.startsWith('-') ? -1 : 1;
  const word = bare.replace(/^[+-]/, '').toLowerCase();
  if (word === 'inf' || word === 'infinity') return sign * Number.POSITIVE_INFINITY;
  if (/^nan(?:\(\w*\))?$/.test(word)) return Number.NaN;
  const hex = /^0x([0-9a-f]*)\.?([0-9a-f]*)(?:p([+-]?[0-9]+))?$/.exec(word);
  if (!hex || (hex[1] === '' && hex[2] === '')) return undefined;
  const digits = Number.parseInt(`0${hex[1]}${hex[2]}`, 16);
  return sign * digits * 2 ** (Number(hex[3] ?? 0) - 4 * hex[2]!.length);
}

/** `3`, `30/1` as sscanf("%d/%d") reads them; undefined where it does not take the whole text. */
export function wholeFraction(text: string): { num: number; den: number } | undefined {
  const match = /^\s*([+-]?[0-9]+)(?:\/\s*([+-]?[0-9]+))?$/.exec(text);
  if (!match) return undefined;
  const den = match[2] === undefined ? 1 : toInt(match[2]);
  return den === 0 ? undefined : { num: toInt(match[1]!), den };
}

/** %d cuts what strtol saturated at 64 bits down to 32. */
function toInt(digits: string): number {
  const limit = 9223372036854775807n;
  const negative = digits.startsWith('-');
  const significant = digits.replace(/^[+-]?0*/, '');
  const magnitude = significant.length > 20 ? limit : BigInt(significant || '0');
  const held = magnitude > limit ? (negative ? limit + 1n : limit) : magnitude;
  return Number(BigInt.asIntN(32, negative ? -held : held));
}
