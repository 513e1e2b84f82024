/**
 * What gst_parse_launch makes of `property=text`: whether the text can be read as the property's type, and as what. Follows
 * gst_value_deserialize of GStreamer 1.22 (`gst/gstvalue.c`) and the validation of GObject. The text is the one that is left
 * when the parser has taken off quotes and backslashes.
 */
import type { EnumValue, PropertyType } from './element.ts';
import { wholeDouble, wholeFraction, wholeUnsigned } from './value-numbers.ts';

export interface Judgement {
  /**
   * `refused`: the parser reports an error and makes no element. `clamped`: it reads the text, but GObject finds the value out
   * of range, warns and leaves the property as it was. `unknown`: this type cannot be judged here.
   */
  readonly verdict: 'accepted' | 'refused' | 'clamped' | 'unknown';
  /** The value in the words of gst-inspect, where it is known: a number, a nick, `true`. */
  readonly reads?: string;
  /** Why, as the second half of a sentence: `is no number`. */
  readonly reason?: string;
}

/** Readers of floors that this one does not know; a type whose reader is missing stays unknown. */
export interface ValueReaders {
  /** Whether gst_caps_from_string takes the text; undefined where that cannot be told. */
  readonly caps?: (text: string) => boolean | undefined;
  /** The same for gst_structure_from_string. */
  readonly structure?: (text: string) => boolean | undefined;
}

/** The verdict on a property's text. Never throws; linear in the text. */
export function judgeValue(type: PropertyType, text: string, readers: ValueReaders = {}): Judgement {
  switch (type.kind) {
    case 'bool':
      return judgeBool(text);
    case 'int':
    case 'uint':
    case 'int64':
    case 'uint64':
      return judgeInteger(type, text);
    case 'float':
    case 'double':
      return judgeReal(type, text);
    case 'string':
      return judgeString(text);
    case 'enum':
      return judgeEnum(type, text);
    case 'flags':
      return judgeFlags(type.values, text);
    case 'fraction':
      return judgeFraction(type, text);
    case 'caps':
      return judgeBoxed(text, readers.caps, 'are no caps');
    case 'structure':
      return judgeBoxed(text, readers.structure, 'is no structure');
    case 'array':
      return judgeArray(type.of, text);
    case 'object':
      return judgeObject(type.type);
    case 'boxed':
      return READABLE_BOXED.has(type.type ?? '') || type.type === undefined ? UNKNOWN : NOT_FROM_TEXT;
    case 'pointer':
      return NOT_FROM_TEXT;
    case 'other':
      return type.type === 'GValueArray' ? NOT_FROM_TEXT : UNKNOWN;
  }
}

const UNKNOWN: Judgement = { verdict: 'unknown' };
const NOT_FROM_TEXT: Judgement = { verdict: 'refused', reason: 'cannot be set from text' };

/** Boxed types that GStreamer registers a reader for. */
const READABLE_BOXED = new Set([
  'GstBuffer',
  'GstSample',
  'GstTagList',
  'GstSegment',
  'GstDateTime',
  'GstCapsFeatures',
  'GstAllocationParams',
  'GDate',
  'GDateTime',
  'GBytes',
]);

const TRUE = new Set(['true', 'yes', 't', '1']);
const FALSE = new Set(['false', 'no', 'f', '0']);

function judgeBool(text: string): Judgement {
  const word = asciiLower(text);
  if (TRUE.has(word)) return { verdict: 'accepted', reads: 'true' };
  if (FALSE.has(word)) return { verdict: 'accepted', reads: 'false' };
  return { verdict: 'refused', reason: 'is neither true nor false (yes, no, t, f, 1 and 0 are taken as well)' };
}

type IntegerType = Extract<PropertyType, { kind: 'int' | 'uint' | 'int64' | 'uint64' }>;

/** Words that GStreamer takes for integers. Hosts are little-endian wherever this runs. */
const INTEGER_WORDS: Readonly<Record<string, bigint>> = { little_endian: 1234n, big_endian: 4321n, byte_order: 1234n };

const TYPE_LIMITS: Readonly<Record<IntegerType['kind'], readonly [bigint, bigint]>> = {
  int: [-2147483648n, 2147483647n],
  uint: [0n, 4294967295n],
  int64: [-9223372036854775808n, 9223372036854775807n],
  uint64: [0n, 18446744073709551615n],
};

function judgeInteger(type: IntegerType, text: string): Judgement {
  const value = readInteger(type.kind, text);
  if (value === undefined) return { verdict: 'refused', reason: 'is no whole number' };
  if (value === 'range') return { verdict: 'refused', reason: 'is too large a number' };
  const min = type.min === undefined ? undefined : BigInt(type.min);
  const max = type.max === undefined ? undefined : BigInt(type.max);
  if ((min !== undefined && value < min) || (max !== undefined && value > max)) {
    return { verdict: 'clamped', reason: outOfRange(type.min, type.max) };
  }
  return { verdict: 'accepted', reads: value.toString() };
}

function readInteger(kind: IntegerType['kind'], text: string): bigint | 'range' | undefined {
  const [low, high] = TYPE_LIMITS[kind];
  const word = asciiLower(text);
  const number = wholeUnsigned(text);
  if (number === 'range') return 'range';
  const raw =
    number ??
    (Object.hasOwn(INTEGER_WORDS, word) ? INTEGER_WORDS[word] : undefined) ??
    (word === 'min' ? low : word === 'max' ? high : undefined);
  if (raw === undefined) return undefined;
  switch (kind) {
    case 'uint':
      return BigInt.asUintN(32, raw);
    case 'uint64':
      return BigInt.asUintN(64, raw);
    case 'int64':
      return BigInt.asIntN(64, raw);
    case 'int': {
      // Bits above the 32nd are refused, but the 32nd itself is taken for the sign: 4294967295 reads as -1.
      const signed = BigInt.asIntN(64, raw);
      if (signed > 4294967295n || signed < low) return 'range';
      return BigInt.asIntN(32, signed);
    }
  }
}

const MAX_FLOAT = 3.4028234663852886e38;

function judgeReal(type: Extract<PropertyType, { kind: 'float' | 'double' }>, text: string): Judgement {
  const largest = type.kind === 'float' ? MAX_FLOAT : Number.MAX_VALUE;
  const word = asciiLower(text);
  const value = wholeDouble(text) ?? (word === 'min' ? -largest : word === 'max' ? largest : undefined);
  if (value === undefined) return { verdict: 'refused', reason: 'is no number' };
  if (type.kind === 'float' && Math.abs(value) > MAX_FLOAT)
    return { verdict: 'refused', reason: 'is too large a number' };
  const held = type.kind === 'float' ? Math.fround(value) : value;
  const endless = !Number.isFinite(held) && type.min !== undefined && type.max !== undefined;
  // Tables hold limits with the seven digits that gst-inspect prints, so a value at the very edge is let pass.
  if (Number.isNaN(held) || endless || held < under(type.min) || held > over(type.max)) {
    return { verdict: 'clamped', reason: outOfRange(type.min, type.max) };
  }
  return { verdict: 'accepted', reads: String(held) };
}

function under(min: number | undefined): number {
  return min === undefined ? Number.NEGATIVE_INFINITY : min - Math.abs(min) * 1e-6;
}

function over(max: number | undefined): number {
  return max === undefined ? Number.POSITIVE_INFINITY : max + Math.abs(max) * 1e-6;
}

function outOfRange(min: string | number | undefined, max: string | number | undefined): string {
  if (min === undefined || max === undefined) return 'is out of range';
  return `is out of range (${min} to ${max}); GStreamer warns and leaves the property as it was`;
}

function judgeString(text: string): Judgement {
  if (text === 'NULL') return { verdict: 'accepted' };
  if (!text.startsWith('"') || !text.endsWith('"')) return { verdict: 'accepted', reads: text };
  const bare = unwrap(text);
  if (bare === undefined) return { verdict: 'refused', reason: 'has a stray quote or backslash inside its quotes' };
  return { verdict: 'accepted', reads: bare };
}

/** A text in double quotes without them, as gst_string_unwrap reads it; undefined where it does not. */
function unwrap(text: string): string | undefined {
  const bytes: number[] = [];
  const encoder = new TextEncoder();
  let at = 1;
  while (at < text.length) {
    const rest = text.slice(at, at + 4);
    if (rest.startsWith('"')) break;
    if (rest.startsWith('\\')) {
      if (/^\\[0-3]/.test(rest)) {
        const octal = /^\\([0-3][0-7]{2})/.exec(rest);
        if (!octal) return undefined;
        bytes.push(Number.parseInt(octal[1]!, 8));
        at += 4;
        continue;
      }
      at += 1;
      if (at >= text.length) return undefined;
    }
    const char = String.fromCodePoint(text.codePointAt(at)!);
    bytes.push(...encoder.encode(char));
    at += char.length;
  }
  if (at !== text.length - 1) return undefined;
  const end = bytes.indexOf(0);
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(Uint8Array.from(end < 0 ? bytes : bytes.slice(0, end)));
  } catch {
    return undefined;
  }
}

function judgeEnum(type: Extract<PropertyType, { kind: 'enum' }>, text: string): Judgement {
  const named =
    type.values.find((value) => value.name === text) ??
    type.values.find((value) => value.nick === text) ??
    byNumber(type.values, text) ??
    // Formats are also looked up in GStreamer's list of them, without regard to case; "undefined" is not on it.
    (type.type === 'GstFormat'
      ? type.values.find((value) => value.value !== 0 && asciiLower(value.nick ?? '') === asciiLower(text))
      : undefined);
  if (named) return { verdict: 'accepted', reads: named.nick ?? String(named.value) };
  if (mayBeName(type.values, text)) return UNKNOWN;
  return { verdict: 'refused', reason: 'is none of its values' };
}

/** strtol takes the whole text, and what it reads is cut to 32 bits. */
function byNumber(values: readonly EnumValue[], text: string): EnumValue | undefined {
  const read = wholeUnsigned(text);
  if (read === undefined) return undefined;
  const negative = /^\s*-/.test(text);
  const wide = read === 'range' ? undefined : negative ? BigInt.asUintN(64, -read) : read;
  const limit = 9223372036854775807n;
  const magnitude = wide === undefined || wide > limit ? (negative ? limit + 1n : limit) : wide;
  const number = Number(BigInt.asIntN(32, negative ? -magnitude : magnitude));
  return values.find((value) => value.value === number);
}

/** Full names that are sentences are not in the tables, so a text with blanks may be one of them. */
function mayBeName(values: readonly EnumValue[], text: string): boolean {
  return !/^[\w.+-]*$/.test(text) && values.some((value) => value.name === undefined);
}

function judgeFlags(values: readonly EnumValue[], text: string): Judgement {
  let flags = 0n;
  // A delimiter says what to do with the flag after it: `+` sets it, `/` only speaks of it.
  let delimiter = '+';
  let at = 0;
  if (text.startsWith('+') || text.startsWith('/')) {
    delimiter = text.charAt(0);
    at = 1;
  }
  while (text !== '') {
    const next = text.slice(at).search(/[+/]/);
    const part = next < 0 ? text.slice(at) : text.slice(at, at + next);
    const known = values.find((value) => value.name === part) ?? values.find((value) => value.nick === part);
    const number = known ? BigInt(known.value) : wholeUnsigned(part);
    if (number === undefined) {
      if (mayBeName(values, part)) return UNKNOWN;
      return { verdict: 'refused', reason: `names "${part}", which is none of its flags` };
    }
    // strtoul saturates where digits exceed 64 bits.
    if (delimiter === '+') flags |= BigInt.asUintN(32, number === 'range' ? -1n : number);
    if (next < 0) break;
    at += next;
    delimiter = text.charAt(at);
    at += 1;
  }
  const all = values.reduce((mask, value) => mask | BigInt.asUintN(32, BigInt(value.value)), 0n);
  if ((flags & ~all) !== 0n)
    return {
      verdict: 'clamped',
      reason: 'has bits that are none of its flags; GStreamer warns and leaves the property as it was',
    };
  return { verdict: 'accepted', reads: `0x${flags.toString(16).padStart(8, '0')}` };
}

function judgeFraction(type: Extract<PropertyType, { kind: 'fraction' }>, text: string): Judgement {
  const word = asciiLower(text);
  const max = 2147483647;
  const words: Readonly<Record<string, { num: number; den: number }>> = {
    min: { num: -max, den: 1 },
    max: { num: max, den: 1 },
    '1/max': { num: 1, den: max },
  };
  const read = wholeFraction(text) ?? (Object.hasOwn(words, word) ? words[word] : undefined);
  if (!read) return { verdict: 'refused', reason: 'is no fraction such as 30/1' };
  const { num, den } = reduce(read.num, read.den);
  const low = type.min === undefined ? undefined : wholeFraction(type.min);
  const high = type.max === undefined ? undefined : wholeFraction(type.max);
  if ((low && num * low.den < low.num * den) || (high && num * high.den > high.num * den)) {
    return { verdict: 'clamped', reason: outOfRange(type.min, type.max) };
  }
  return { verdict: 'accepted', reads: `${num}/${den}` };
}

function reduce(num: number, den: number): { num: number; den: number } {
  let [a, b] = [Math.abs(num), Math.abs(den)];
  while (b !== 0) [a, b] = [b, a % b];
  const sign = den < 0 ? -1 : 1;
  return a === 0 ? { num, den } : { num: (sign * num) / a, den: (sign * den) / a };
}

function judgeBoxed(
  text: string,
  reader: ((text: string) => boolean | undefined) | undefined,
  reason: string,
): Judgement {
  const bare = text.startsWith('"') ? unwrap(text) : text;
  if (bare === undefined) return { verdict: 'refused', reason };
  const taken = reader?.(bare);
  if (taken === undefined) return UNKNOWN;
  return taken ? { verdict: 'accepted', reads: bare } : { verdict: 'refused', reason };
}

/** Only what stands between `<` and `>` can be an array; its items are looked at where they are plain numbers. */
function judgeArray(of: string | undefined, text: string): Judgement {
  if (!text.startsWith('<')) return { verdict: 'refused', reason: 'is no array such as <1, 2>' };
  const items = /^<([^<>[\]{}()"\\]*)>$/.exec(text)?.[1];
  if (items === undefined) return UNKNOWN;
  if (items.trim() === '') return { verdict: 'accepted' };
  const plain = items.split(',').every((item) => /^ *-?[0-9]+(?:\.[0-9]+)? *$/.test(item));
  if (plain && (of === 'gdouble' || of === 'gfloat')) return { verdict: 'accepted' };
  if (items.split(',').every((item) => /^ *-?[0-9]{1,9} *$/.test(item)) && of === 'gint')
    return { verdict: 'accepted' };
  return UNKNOWN;
}

function judgeObject(type: string | undefined): Judgement {
  // A property that holds an element takes a whole description of a bin, which the parser reads again.
  if (type === undefined || type === 'GstElement' || type === 'GstBin' || type === 'GstPipeline') return UNKNOWN;
  return /^(?:Gst|G)(?:Object|Pad|Clock|Caps|TlsDatabase|TlsInteraction|Socket|NetAddress|Context|Bus)?$/.test(type)
    ? NOT_FROM_TEXT
    : UNKNOWN;
}

function asciiLower(text: string): string {
  return text.replace(/[A-Z]/g, (letter) => letter.toLowerCase());
}
