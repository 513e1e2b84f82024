/** Equality of field values as gst_value_compare decides it (GStreamer 1.22, gstvalue.c), oddities included. */
import type { Value } from './caps.ts';
import { equalStructures, isCapsEqual } from './structure.ts';

export type List = Extract<Value, { kind: 'list' }>;
export type Kind<K extends Value['kind']> = Extract<Value, { kind: K }>;

/** Whether GStreamer takes the two values for equal: `{ 5 }` equals 5, and `{ 1, 2 }` equals `[ 1, 2 ]`. */
export function equal(a: Value, b: Value): boolean {
  if (a.kind === 'list') return b.kind === 'list' ? equalLists(a, b) : listEqualsOne(a, b);
  if (b.kind === 'list') return listEqualsOne(b, a);
  return equalPlain(a, b);
}

/** Whether both are of one GType. */
export function sameType(a: Value, b: Value): boolean {
  if (a.kind !== b.kind) return false;
  if (a.kind === 'other' || a.kind === 'flagset') return a.type === (b as typeof a).type;
  return true;
}

/** Equality of two values of which not exactly one is a list. */
export function equalPlain(a: Value, b: Value): boolean {
  switch (a.kind) {
    case 'int':
    case 'uint':
    case 'int64':
    case 'uint64':
    case 'double':
    case 'boolean':
    case 'string':
    case 'bitmask':
      return a.kind === b.kind && a.value === b.value;
    case 'fraction':
      return b.kind === 'fraction' && a.num === b.num && a.den === b.den;
    case 'flagset':
      return b.kind === 'flagset' && a.type === b.type && a.flags === b.flags && a.mask === b.mask;
    case 'intRange':
      return b.kind === 'intRange' && equalIntRanges(a, b);
    case 'int64Range':
      return b.kind === 'int64Range' && equalInt64Ranges(a, b);
    case 'doubleRange':
      return b.kind === 'doubleRange' && a.min === b.min && a.max === b.max;
    case 'fractionRange':
      return b.kind === 'fractionRange' && samePair(a.min, b.min) && samePair(a.max, b.max);
    case 'list':
      return b.kind === 'list' && equalLists(a, b);
    case 'array':
      return (
        b.kind === 'array' && a.values.length === b.values.length && a.values.every((v, i) => equal(v, b.values[i]!))
      );
    case 'other':
      return b.kind === 'other' && a.type === b.type && equalOthers(a, b);
  }
}

/** -1, 0 or 1 as the first fraction is below, equal to or above the second. Exact for 32-bit parts. */
export function compareFractions(a: readonly [number, number], b: readonly [number, number]): number {
  const left = a[0] * b[1];
  const right = b[0] * a[1];
  // Products beyond 2^53 lose their last bits; only then are they worth the slow way.
  if (Math.abs(left) < Number.MAX_SAFE_INTEGER && Math.abs(right) < Number.MAX_SAFE_INTEGER)
    return Math.sign(left - right);
  const exactLeft = BigInt(a[0]) * BigInt(b[1]);
  const exactRight = BigInt(b[0]) * BigInt(a[1]);
  return exactLeft < exactRight ? -1 : exactLeft > exactRight ? 1 : 0;
}

/** The first value that is no list or array, going into the first member; undefined where there is none. */
export function basicValue(v: Value): Value | undefined {
  let at: Value | undefined = v;
  while (at !== undefined && (at.kind === 'list' || at.kind === 'array')) at = at.values[0];
  return at;
}

/** Whether GStreamer would put the two in one list: same basic type, or a type and its range, or one of them empty. */
export function compatible(a: Value, b: Value): boolean {
  const x = basicValue(a);
  const y = basicValue(b);
  if (x === undefined || y === undefined || sameType(x, y)) return true;
  return RANGE_OF[x.kind] === y.kind || RANGE_OF[y.kind] === x.kind;
}

const RANGE_OF: { readonly [kind in Value['kind']]?: Value['kind'] } = {
  int: 'intRange',
  int64: 'int64Range',
  double: 'doubleRange',
  fraction: 'fractionRange',
};

/**
 * The strings of a list as a set, when it has strings only and each once: nearly all lists in practice (`format`).
 * Kept by list, since the lists of pad templates meet each other over and over.
 */
export function distinctStrings(list: List): ReadonlySet<string | null> | undefined {
  const known = stringSets.get(list);
  if (known !== undefined) return known ?? undefined;
  const set = new Set<string | null>();
  for (const v of list.values) {
    if (v.kind !== 'string' || set.has(v.value)) {
      stringSets.set(list, null);
      return undefined;
    }
    set.add(v.value);
  }
  stringSets.set(list, set);
  return set;
}

const stringSets = new WeakMap<List, ReadonlySet<string | null> | null>();

/** Lists are compared as bags: the order does not matter. */
function equalLists(a: List, b: List): boolean {
  const length = a.values.length;
  if (length !== b.values.length) return false;
  if (length === 0) return true;
  const first = a.values[0]!;
  if (!sameType(first, b.values[0]!)) return false;
  const left = distinctStrings(a);
  const right = left && distinctStrings(b);
  if (left && right) {
    if (a === b) return true;
    for (const s of left) if (!right.has(s)) return false;
    return true;
  }
  const taken = new Uint8Array(length);
  for (const x of a.values) {
    let found = false;
    for (let j = 0; j < length; j++) {
      if (taken[j] === 0 && equalUnder(first, x, b.values[j]!)) {
        taken[j] = 1;
        found = true;
        break;
      }
    }
    if (!found) return false;
  }
  return true;
}

/**
 * The library compares all members of two lists with the function for the type of the first member, also in lists
 * that mix types. Functions for ints see that the value is none and take 0; the others read the foreign memory as it is.
 */
function equalUnder(first: Value, a: Value, b: Value): boolean {
  if (sameType(first, a) && sameType(first, b)) return equalPlain(a, b);
  switch (first.kind) {
    case 'int':
    case 'uint':
      return (a.kind === first.kind ? a.value : 0) === (b.kind === first.kind ? b.value : 0);
    case 'int64':
    case 'uint64':
      return (a.kind === first.kind ? a.value : 0n) === (b.kind === first.kind ? b.value : 0n);
    default:
      return equalWords(first, wordsOf(a), wordsOf(b));
  }
}

/** The two 64-bit words of a GValue; the first is undefined where it is an address. */
type Words = readonly [bigint | undefined, bigint];

function equalWords(first: Value, [a, a2]: Words, [b, b2]: Words): boolean {
  const low = (word: bigint): bigint => BigInt.asUintN(32, word);
  if (first.kind === 'boolean') return (a === undefined || low(a) !== 0n) === (b === undefined || low(b) !== 0n);
  if (a === undefined || b === undefined) return false;
  switch (first.kind) {
    case 'double':
      return doubleOf(a) === doubleOf(b);
    case 'doubleRange':
      return doubleOf(a) === doubleOf(b) && doubleOf(a2) === doubleOf(b2);
    case 'intRange':
      return a === b && (a >> 32n === low(a) || low(a2) === low(b2));
    case 'fraction':
    case 'flagset':
      return low(a) === low(b) && low(a2) === low(b2);
    case 'bitmask':
    case 'fractionRange':
      return a === b;
    case 'string':
      return a === 0n && b === 0n;
    default:
      return false;
  }
}

function wordsOf(v: Value): Words {
  const word = (n: number): bigint => BigInt.asUintN(32, BigInt(n));
  switch (v.kind) {
    case 'int':
    case 'uint':
      return [word(v.value), 0n];
    case 'boolean':
      return [v.value ? 1n : 0n, 0n];
    case 'int64':
    case 'uint64':
    case 'bitmask':
      return [BigInt.asUintN(64, v.value), 0n];
    case 'double':
      return [bitsOf(v.value), 0n];
    case 'doubleRange':
      return [bitsOf(v.min), bitsOf(v.max)];
    case 'fraction':
      return [word(v.num), word(v.den)];
    case 'flagset':
      return [word(v.flags), word(v.mask)];
    case 'intRange':
      return [(word(Math.trunc(v.min / v.step)) << 32n) | word(Math.trunc(v.max / v.step)), word(v.step)];
    case 'string':
      return [v.value === null ? 0n : undefined, 0n];
    default:
      return [undefined, 0n];
  }
}

const memory = new DataView(new ArrayBuffer(8));

function bitsOf(double: number): bigint {
  memory.setFloat64(0, double);
  return memory.getBigUint64(0);
}

function doubleOf(bits: bigint): number {
  memory.setBigUint64(0, bits);
  return memory.getFloat64(0);
}

function listEqualsOne(list: List, one: Value): boolean {
  if (listEqualsRange(list, one)) return true;
  if (list.values.length === 0) return false;
  for (const v of list.values) if (!equal(v, one)) return false;
  return true;
}

/** As many ints as the range has, each of them in it; GStreamer does not ask whether they differ. */
function listEqualsRange(list: List, range: Value): boolean {
  const first = list.values[0];
  if (first?.kind === 'int' && range.kind === 'intRange') {
    const { min, max, step } = range;
    const count = (Math.trunc(max / step) - Math.trunc(min / step) + 1) >>> 0;
    if (list.values.length !== count) return false;
    for (const v of list.values) {
      const n = v.kind === 'int' ? v.value : 0;
      if (n < min || n > max || n % step !== 0) return false;
    }
    return true;
  }
  if (first?.kind === 'int64' && range.kind === 'int64Range') {
    const { min, max, step } = range;
    if (BigInt(list.values.length) !== BigInt.asUintN(64, max / step - min / step + 1n)) return false;
    for (const v of list.values) {
      const n = v.kind === 'int64' ? v.value : 0n;
      if (n < min || n > max || n % step !== 0n) return false;
    }
    return true;
  }
  return false;
}

/** Ranges are kept in units of their step, and compared in them. */
function equalIntRanges(a: Kind<'intRange'>, b: Kind<'intRange'>): boolean {
  if (a.step === b.step) return a.min === b.min && a.max === b.max;
  const low = Math.trunc(a.min / a.step);
  const high = Math.trunc(a.max / a.step);
  return low === Math.trunc(b.min / b.step) && high === Math.trunc(b.max / b.step) && low === high;
}

function equalInt64Ranges(a: Kind<'int64Range'>, b: Kind<'int64Range'>): boolean {
  if (a.step === b.step) return a.min === b.min && a.max === b.max;
  const low = a.min / a.step;
  const high = a.max / a.step;
  return low === b.min / b.step && high === b.max / b.step && low === high;
}

const samePair = (a: readonly [number, number], b: readonly [number, number]): boolean =>
  a[0] === b[0] && a[1] === b[1];

function equalOthers(a: Kind<'other'>, b: Kind<'other'>): boolean {
  if (a.inner !== undefined && b.inner !== undefined) {
    if (a.type !== 'structure') return isCapsEqual(a.inner, b.inner);
    const left = a.inner === 'any' ? undefined : a.inner[0];
    const right = b.inner === 'any' ? undefined : b.inner[0];
    return left !== undefined && right !== undefined && equalStructures(left, right);
  }
  // Two zeros of a float are equal although one prints a minus; a NaN is not even equal to itself.
  return a.type === 'float' ? Number(a.text) === Number(b.text) : a.text === b.text;
}
