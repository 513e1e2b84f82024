/** One plain value from its text, as gst_value_deserialize reads it (GStreamer 1.22, gstvalue.c). */
import type { Value } from '../../caps/caps.ts';
import { FLAG_TYPES, type Flag } from '../../caps/flag-types.ts';
import { gcd } from '../../caps/intersect-values.ts';
import { printDouble } from '../../caps/print.ts';
import { readDouble, readInt, readUnsigned } from './numbers.ts';

/** GStreamer's types by the names that caps may call them; the value is the name that GStreamer prints. */
export const TYPES: ReadonlyMap<string, string> = new Map(
  Object.entries({
    int: 'int i gint',
    uint: 'uint u guint',
    float: 'float f gfloat',
    double: 'double d gdouble',
    boolean: 'boolean bool b gboolean',
    string: 'string str s gchararray',
    fraction: 'fraction GstFraction',
    bitmask: 'bitmask GstBitmask',
    flagset: 'flagset GstFlagSet',
    buffer: 'buffer GstBuffer',
    structure: 'structure GstStructure',
    GstCaps: 'GstCaps',
    date: 'date GDate',
    datetime: 'datetime GstDateTime',
    gdatetime: 'gdatetime GDateTime',
    sample: 'sample GstSample',
    taglist: 'taglist GstTagList',
    type: 'type GType',
    array: 'array GstValueArray',
    list: 'list GstValueList',
    gint64: 'gint64',
    guint64: 'guint64',
    glong: 'glong',
    gulong: 'gulong',
    guchar: 'guchar',
    GBytes: 'GBytes',
    GstCapsFeatures: 'GstCapsFeatures',
    GstSegment: 'GstSegment',
    // Types that exist, but of which no value can be written.
    gchar: 'gchar',
    gpointer: 'gpointer',
    GObject: 'GObject',
    GValueArray: 'GValueArray',
    GstIntRange: 'GstIntRange',
    GstInt64Range: 'GstInt64Range',
    GstDoubleRange: 'GstDoubleRange',
    GstFractionRange: 'GstFractionRange',
    GstVideoMultiviewFlagsSet: 'GstVideoMultiviewFlagsSet',
  }).flatMap(([type, names]) => names.split(' ').map((name) => [name, type] as const)),
);

/** The value of that type that the text stands for; undefined where GStreamer refuses the text. */
export function readValue(type: string, text: string): Value | undefined {
  switch (type) {
    case 'int': {
      if (SMALL.test(text)) return { kind: 'int', value: Number(text) };
      const value = readInt64(text, -0x80000000n, 0x7fffffffn, true);
      return value === undefined ? undefined : { kind: 'int', value: Number(BigInt.asIntN(32, value)) };
    }
    case 'gint64': {
      const value = readInt64(text, -0x8000000000000000n, 0x7fffffffffffffffn, false);
      return value === undefined ? undefined : { kind: 'int64', value };
    }
    case 'uint': {
      const value = readUint64(text, 32);
      return value === undefined ? undefined : { kind: 'uint', value: Number(value) };
    }
    case 'guint64': {
      const value = readUint64(text, 64);
      return value === undefined ? undefined : { kind: 'uint64', value };
    }
    case 'double': {
      const value = readFloating(text, Number.MAX_VALUE);
      return value === undefined ? undefined : { kind: 'double', value };
    }
    case 'boolean':
      return readBoolean(text);
    case 'string':
      return readString(text);
    case 'fraction':
      return readFraction(text);
    case 'bitmask': {
      const { value, end, overflow } = readUnsigned(text, 16);
      return overflow || end === 0 ? undefined : { kind: 'bitmask', value };
    }
    case 'flagset':
      return readFlagset(text, undefined, undefined);
    default:
      return FLAG_TYPES.has(type) ? readFlagset(text, type, FLAG_TYPES.get(type)) : readOther(type, text);
  }
}

/** Needs neither bases nor 64 bits. */
const SMALL = /^(?:0|[1-9][0-9]{0,8})$/;

/** The order in which GStreamer tries types on a value that has none written. */
export const GUESSES = ['int', 'double', 'fraction', 'flagset', 'boolean', 'string'] as const;

/** Undoes the quotes and the escapes, octal ones too; undefined where the quoting is not right or the bytes are not UTF-8. */
export function unquote(text: string): string | undefined {
  if (!text.startsWith('"')) return undefined;
  const last = text.length - 1;
  let out = '';
  let bytes: number[] | undefined;
  const put = (s: string): void => {
    if (bytes) bytes.push(...utf8.encode(s));
    else out += s;
  };
  let i = 1;
  for (; i < text.length && text[i] !== '"'; i++) {
    if (text[i] !== '\\') {
      put(String.fromCodePoint(text.codePointAt(i)!));
      if (text.codePointAt(i)! > 0xffff) i++;
      continue;
    }
    i++;
    if (i >= text.length) return undefined;
    if (!/[0-3]/.test(text[i]!)) {
      put(text[i]!);
      continue;
    }
    const octal = text.slice(i, i + 3);
    if (!/^[0-3][0-7][0-7]$/.test(octal)) return undefined;
    bytes ??= [...utf8.encode(out)];
    bytes.push(Number.parseInt(octal, 8));
    i += 2;
  }
  if (i !== last || text[i] !== '"') return undefined;
  if (!bytes) return out;
  const end = bytes.indexOf(0);
  try {
    return utf8Decoder.decode(Uint8Array.from(end < 0 ? bytes : bytes.slice(0, end)));
  } catch {
    return undefined;
  }
}

const utf8 = new TextEncoder();
const utf8Decoder = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });
const NAMED_INTS: ReadonlyMap<string, bigint> = new Map([
  ['little_endian', 1234n],
  ['big_endian', 4321n],
  // The host's own; every Jetson is little endian.
  ['byte_order', 1234n],
]);

/** `narrow`: the bits above 32 must be empty, so that 4294967295 passes and comes out as -1. */
function readInt64(text: string, min: bigint, max: bigint, narrow: boolean): bigint | undefined {
  const { value, end, overflow } = readUnsigned(text, 0);
  if (overflow) return undefined;
  if (end !== text.length) {
    const name = text.toLowerCase();
    return name === 'min' ? min : name === 'max' ? max : NAMED_INTS.get(name);
  }
  const signed = BigInt.asIntN(64, value);
  if (narrow && (signed >= 0n ? signed > 0xffffffffn : signed < -0x80000000n)) return undefined;
  return signed;
}

function readUint64(text: string, bits: number): bigint | undefined {
  const { value, end, overflow } = readUnsigned(text, 0);
  if (overflow) return undefined;
  if (end === text.length) return BigInt.asUintN(bits, value);
  const name = text.toLowerCase();
  const named = name === 'min' ? 0n : name === 'max' ? (1n << BigInt(bits)) - 1n : NAMED_INTS.get(name);
  // A byte does not hold 1234; the library asks only here whether the number fits.
  return named === undefined || named >= 1n << BigInt(bits) ? undefined : named;
}

function readFloating(text: string, max: number): number | undefined {
  if (text === '') return 0;
  const value = readDouble(text);
  if (value !== undefined) return value;
  const name = text.toLowerCase();
  return name === 'min' ? -max : name === 'max' ? max : undefined;
}

function readBoolean(text: string): Value | undefined {
  if (text === '1' || /^(?:true|yes|t)$/i.test(text)) return { kind: 'boolean', value: true };
  if (text === '0' || /^(?:false|no|f)$/i.test(text)) return { kind: 'boolean', value: false };
  return undefined;
}

function readString(text: string): Value | undefined {
  if (text === 'NULL') return { kind: 'string', value: null };
  if (!text.startsWith('"') || !text.endsWith('"')) return { kind: 'string', value: text };
  const value = unquote(text);
  return value === undefined ? undefined : { kind: 'string', value };
}

function readFraction(text: string): Value | undefined {
  const first = readInt(text, 0);
  const second = first && text[first.end] === '/' ? readInt(text, first.end + 1) : undefined;
  if (first && second)
    return second.end === text.length && second.value !== 0 ? fraction(first.value, second.value) : undefined;
  const name = text.toLowerCase();
  if (name === '1/max') return fraction(1, MAX_INT);
  if (first) return first.end === text.length ? fraction(first.value, 1) : undefined;
  if (name === 'min') return fraction(-MAX_INT, 1);
  return name === 'max' ? fraction(MAX_INT, 1) : undefined;
}

const MAX_INT = 0x7fffffff;

/** Reduced, the sign in front; the one int that has no positive counterpart is not taken, and 0/1 stays. */
function fraction(num: number, den: number): Value {
  if (num < -MAX_INT || den < -MAX_INT) return { kind: 'fraction', num: 0, den: 1 };
  const by = gcd(num, den) * (den < 0 ? -1 : 1);
  return { kind: 'fraction', num: num / by + 0, den: den / by };
}

/** `flags:mask` in hexadecimal, the colon optional, with names behind it that are for people only. */
function readFlagset(text: string, type: string | undefined, names: readonly Flag[] | undefined): Value | undefined {
  const flags = readUnsigned(text, 16);
  const at = text[flags.end] === ':' ? flags.end + 1 : flags.end;
  const mask = flags.end > 0 ? readUnsigned(text.slice(at), 16) : undefined;
  if (!mask || mask.end === 0) return names && type !== undefined ? readFlagNames(text, type, names) : undefined;
  const end = at + mask.end;
  if (end < text.length) {
    if (text[end] !== ':') return undefined;
    if (!names && !/^(?:[+/][\w-]+)+\n?$/.test(text.slice(end + 1))) return undefined;
  }
  return flagset(wrap32(flags), wrap32(mask), type);
}

/** strtoul stops at the largest number where the text has a larger one. */
const wrap32 = (n: { value: bigint }): number => Number(BigInt.asUintN(32, n.value));

function flagset(flags: number, mask: number, type: string | undefined): Value {
  const kept = (flags & mask) >>> 0;
  return type === undefined ? { kind: 'flagset', flags: kept, mask } : { kind: 'flagset', flags: kept, mask, type };
}

/** `+set/cleared`, each a name, a nick or a number. */
function readFlagNames(text: string, type: string, names: readonly Flag[]): Value | undefined {
  let flags = 0;
  let mask = 0;
  if (text === '') return flagset(0, 0, type);
  const signed = /^[+/]/.test(text) ? text : `+${text}`;
  for (const [, sign, name = ''] of signed.matchAll(/([+/])([^+/]*)/g)) {
    const flag = names.find((f) => f.name === name || f.nick === name);
    const number = readUnsigned(name, 0);
    if (!flag && number.end !== name.length) return undefined;
    const bits = flag ? flag.value : wrap32(number);
    mask |= bits;
    if (sign === '+') flags |= bits;
  }
  return flagset(flags >>> 0, mask >>> 0, type);
}

/** Types of which only the printed text is kept. */
function readOther(type: string, text: string): Value | undefined {
  const other = (printed: string | undefined): Value | undefined =>
    printed === undefined ? undefined : { kind: 'other', type, text: printed };
  switch (type) {
    case 'float': {
      const value = readFloating(text, MAX_FLOAT);
      return value === undefined || value > MAX_FLOAT || value < -MAX_FLOAT
        ? undefined
        : other(printDouble(Math.fround(value)));
    }
    case 'glong':
      return other(readInt64(text, -0x8000000000000000n, 0x7fffffffffffffffn, false)?.toString());
    case 'gulong':
      return other(readUint64(text, 64)?.toString());
    case 'guchar':
      return other(readUint64(text, 8)?.toString());
    case 'buffer':
      return /^(?:[0-9a-fA-F]{2})*$/.test(text) ? other(text.toLowerCase()) : undefined;
    case 'date':
      return other(readDate(text));
    case 'type':
      return other(text);
    case 'datetime':
    case 'gdatetime':
    case 'sample':
    case 'taglist':
    case 'GBytes':
    case 'GstCapsFeatures':
    case 'GstSegment':
      return other(text);
    default:
      return undefined;
  }
}

const MAX_FLOAT = 3.4028234663852886e38;

function readDate(text: string): string | undefined {
  const match = /^\s*(\d{1,4})-\s*(\d{1,2})-\s*(\d{1,2})/.exec(text);
  if (!match) return undefined;
  const [year, month, day] = match.slice(1).map(Number) as [number, number, number];
  const date = new Date(Date.UTC(2000, month - 1, day));
  date.setUTCFullYear(year, month - 1, day);
  if (year < 1 || date.getUTCMonth() !== month - 1 || date.getUTCDate() !== day) return undefined;
  return `${String(year).padStart(4, '0')}-${String(month).padStart(2, '0')}-${String(day).padStart(2, '0')}`;
}
