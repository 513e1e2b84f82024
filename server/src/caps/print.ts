/** Caps as text, as gst_caps_to_string writes them (GStreamer 1.22). */
import type { Caps, Structure, Value } from './caps.ts';
import { basicValue } from './compare.ts';
import { FLAG_TYPES } from './flag-types.ts';
import { sameFeatures } from './structure.ts';

/** The caps as gst_caps_to_string prints them; reading the text gives equal caps. */
export function printCaps(caps: Caps): string {
  if (caps === 'any') return 'ANY';
  if (caps.length === 0) return 'EMPTY';
  return caps.map(printStructure).join('; ');
}

/** One alternative, without the `;` behind it. */
export function printStructure(s: Structure): string {
  return `${s.media}${printFeatures(s)}${printFields(s)}`;
}

/** A value without its type, as it stands behind `=(type)`: `1920`, `[ 1, 30 ]`, `{ NV12, I420 }`. */
export function printValue(v: Value): string {
  if (v.kind === 'list') return printMembers(v.values, '{ ', ' }', false);
  if (v.kind === 'array') return printMembers(v.values, '< ', ' >', false);
  return bracketed(v) ?? serialize(v) ?? 'NULL';
}

/** The type that GStreamer prints for a value: the members' for a list, the ends' for a range. */
export function typeName(v: Value): string {
  const basic = basicValue(v);
  if (basic === undefined) return 'int';
  switch (basic.kind) {
    case 'intRange':
      return 'int';
    case 'int64Range':
      return 'gint64';
    case 'doubleRange':
      return 'double';
    case 'fractionRange':
      return 'fraction';
    default:
      return ownTypeName(basic);
  }
}

/** A string as caps carry it: quoted and escaped where it has other characters than those of plain words. */
export function quoteString(s: string): string {
  if (PLAIN.test(s) && s !== 'NULL') return s;
  let out = '"';
  for (const byte of utf8.encode(s)) {
    const c = String.fromCharCode(byte);
    if (byte < 0x20 || byte >= 0x7f) out += `\\${byte >> 6}${(byte >> 3) & 7}${byte & 7}`;
    else out += PLAIN.test(c) ? c : `\\${c}`;
  }
  return `${out}"`;
}

/** A double as `%.17g` prints it, which is how GStreamer does. */
export function printDouble(x: number): string {
  if (Number.isNaN(x)) return 'nan';
  if (!Number.isFinite(x)) return x < 0 ? '-inf' : 'inf';
  if (x === 0) return Object.is(x, -0) ? '-0' : '0';
  const [digits = '', power = '0'] = x.toExponential(16).split('e');
  const exponent = Number(power);
  if (exponent < -4 || exponent >= 17) {
    return `${trimZeros(digits)}e${exponent < 0 ? '-' : '+'}${String(Math.abs(exponent)).padStart(2, '0')}`;
  }
  return trimZeros(placed(digits, exponent));
}

const PLAIN = /^[A-Za-z0-9_\-+/:.]+$/;
const utf8 = new TextEncoder();

const trimZeros = (digits: string): string => (digits.includes('.') ? digits.replace(/\.?0+$/, '') : digits);

/** `1.5` and 2 give `150`: scientific digits with the point put where the exponent says. */
function placed(digits: string, exponent: number): string {
  const sign = digits.startsWith('-') ? '-' : '';
  const plain = digits.replace(/[-.]/g, '');
  if (exponent < 0) return `${sign}0.${'0'.repeat(-exponent - 1)}${plain}`;
  return `${sign}${plain.slice(0, exponent + 1)}.${plain.slice(exponent + 1)}`;
}

function printFeatures({ features }: Structure): string {
  if (features === 'any') return '(ANY)';
  return sameFeatures(features, []) ? '' : `(${features.join(', ')})`;
}

function printFields(s: Structure): string {
  let text = '';
  for (const [name, value] of s.fields) text += `, ${name}=(${typeName(value)})${printValue(value)}`;
  return text;
}

function printMembers(values: readonly Value[], open: string, close: string, typed: boolean): string {
  let text = open;
  for (const [i, v] of values.entries()) {
    const one = (typed ? undefined : bracketed(v)) ?? serialize(v);
    // A null string cannot be printed in a list; GStreamer leaves it out, but not the comma before it.
    if (one === undefined) continue;
    text += `${typed ? `(${ownTypeName(v)})` : ''}${one}${i < values.length - 1 ? ', ' : ''}`;
  }
  return text + close;
}

/** Nested caps and structures stand in brackets. */
function bracketed(v: Value): string | undefined {
  if (v.kind !== 'other' || v.inner === undefined) return undefined;
  return v.type === 'structure' ? `[${printCaps(v.inner)};]` : `[${printCaps(v.inner)}]`;
}

/** gst_value_serialize; undefined for what has no text. */
function serialize(v: Value): string | undefined {
  switch (v.kind) {
    case 'int':
    case 'int64':
    case 'uint':
    case 'uint64':
    case 'boolean':
      return String(v.value);
    case 'double':
      return printDouble(v.value);
    case 'string':
      return v.value === null ? undefined : quoteString(v.value);
    case 'fraction':
      return `${v.num}/${v.den}`;
    case 'bitmask':
      return `0x${v.value.toString(16).padStart(16, '0')}`;
    case 'flagset':
      return printFlags(v);
    case 'intRange':
    case 'int64Range':
      return Number(v.step) === 1 ? `[ ${v.min}, ${v.max} ]` : `[ ${v.min}, ${v.max}, ${v.step} ]`;
    case 'doubleRange':
      return `[ ${printDouble(v.min)}, ${printDouble(v.max)} ]`;
    case 'fractionRange':
      return `[ ${v.min.join('/')}, ${v.max.join('/')} ]`;
    case 'list':
      return printMembers(v.values, '{ ', ' }', true);
    case 'array':
      return printMembers(v.values, '< ', ' >', true);
    case 'other':
      if (v.inner === undefined) return v.text;
      return quoteString(v.type === 'structure' ? `${printCaps(v.inner)};` : printCaps(v.inner));
  }
}

function printFlags(v: Extract<Value, { kind: 'flagset' }>): string {
  const names = (FLAG_TYPES.get(v.type ?? '') ?? [])
    .filter((flag) => (v.mask & flag.value) === flag.value)
    .map((flag) => `${(v.flags & flag.value) !== 0 ? '+' : '/'}${flag.nick}`);
  return `${v.flags.toString(16)}:${v.mask.toString(16)}${names.length > 0 ? `:${names.join('')}` : ''}`;
}

/** The value's own type, as a cast in a list of lists names it. */
function ownTypeName(v: Value): string {
  switch (v.kind) {
    case 'int64':
      return 'gint64';
    case 'uint64':
      return 'guint64';
    case 'intRange':
      return 'GstIntRange';
    case 'int64Range':
      return 'GstInt64Range';
    case 'doubleRange':
      return 'GstDoubleRange';
    case 'fractionRange':
      return 'GstFractionRange';
    case 'flagset':
      return v.type ?? 'flagset';
    case 'other':
      return v.type;
    default:
      return v.kind;
  }
}
