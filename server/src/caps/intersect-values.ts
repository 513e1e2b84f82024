/** Intersection of field values, as gst_value_intersect makes it (GStreamer 1.22, gstvalue.c). */
import type { Value } from './caps.ts';
import {
  basicValue,
  compareFractions,
  compatible,
  distinctStrings,
  equal,
  equalPlain,
  type Kind,
  type List,
  sameType,
} from './compare.ts';
import { intersectStructures } from './structure.ts';

/** What both values allow; undefined where they have nothing in common. */
export function intersectValues(a: Value, b: Value): Value | undefined {
  if (a.kind === 'list') return b.kind === 'list' ? intersectLists(a, b) : intersectListWith(a, b);
  if (b.kind === 'list') return intersectListWith(b, a);
  if (equalPlain(a, b)) return a;
  switch (a.kind) {
    case 'int':
      return b.kind === 'intRange' && inIntRange(a.value, b) ? a : undefined;
    case 'int64':
      return b.kind === 'int64Range' && inInt64Range(a.value, b) ? a : undefined;
    case 'double':
      return b.kind === 'doubleRange' && b.min <= a.value && b.max >= a.value ? a : undefined;
    case 'fraction':
      return b.kind === 'fractionRange' && inFractionRange(a, b) ? a : undefined;
    case 'intRange':
      if (b.kind === 'intRange') return intersectIntRanges(a, b);
      return b.kind === 'int' && inIntRange(b.value, a) ? b : undefined;
    case 'int64Range':
      if (b.kind === 'int64Range') return intersectInt64Ranges(a, b);
      return b.kind === 'int64' && inInt64Range(b.value, a) ? b : undefined;
    case 'doubleRange':
      if (b.kind === 'doubleRange') return intersectDoubleRanges(a, b);
      return b.kind === 'double' && a.min <= b.value && a.max >= b.value ? b : undefined;
    case 'fractionRange':
      if (b.kind === 'fractionRange') return intersectFractionRanges(a, b);
      return b.kind === 'fraction' && inFractionRange(b, a) ? b : undefined;
    case 'array':
      return b.kind === 'array' ? intersectArrays(a, b) : undefined;
    case 'flagset':
      return b.kind === 'flagset' ? intersectFlagsets(a, b) : undefined;
    case 'other':
      return b.kind === 'other' ? intersectInner(a, b) : undefined;
    default:
      return undefined;
  }
}

/** Whether {@link intersectValues} would find something, without making it. */
export function valuesIntersect(a: Value, b: Value): boolean {
  if (a.kind === 'list' && b.kind === 'list') return listsIntersect(a, b);
  if (a.kind === 'list') return a.values.some((v) => valuesIntersect(v, b));
  if (b.kind === 'list') return b.values.some((v) => valuesIntersect(v, a));
  if (a.kind === 'array' && b.kind === 'array') {
    return a.values.length === b.values.length && a.values.every((v, i) => valuesIntersect(v, b.values[i]!));
  }
  return intersectValues(a, b) !== undefined;
}

/** Joins two values in one list without doubles, as gst_value_list_merge; a single value stays one. */
export function mergeValues(a: Value, b: Value): Value {
  const left = a.kind === 'list' ? a.values : [a];
  const right = b.kind === 'list' ? b.values : [b];
  const values = [...left, ...right.filter((v) => !left.some((w) => equal(w, v)))];
  return values.length === 1 && right.length > 0 ? values[0]! : { kind: 'list', values };
}

/** Two lists of different basic types never meet, although `{ 1 }` and `{ [ 1, 2 ] }` have a value in common. */
function comparable(a: List, b: List): boolean {
  const x = basicValue(a);
  const y = basicValue(b);
  return x !== undefined && y !== undefined && sameType(x, y);
}

function listsIntersect(a: List, b: List): boolean {
  if (!comparable(a, b)) return false;
  const left = distinctStrings(a);
  const right = left && distinctStrings(b);
  if (left && right) {
    for (const s of left) if (right.has(s)) return true;
    return false;
  }
  return a.values.some((v) => b.values.some((w) => valuesIntersect(v, w)));
}

function intersectLists(a: List, b: List): Value | undefined {
  if (!comparable(a, b)) return undefined;
  const left = distinctStrings(a);
  const right = left && distinctStrings(b);
  if (left && right) return intersectStrings(a, b, right);
  const visited = new Uint8Array(b.values.length);
  const values: Value[] = [];
  let start = 0;
  for (const x of a.values) {
    for (let j = start; j < b.values.length; j++) {
      if (visited[j] !== 0) continue;
      const both = intersectValues(x, b.values[j]!);
      if (both === undefined) continue;
      visited[j] = 1;
      if (j === start) start++;
      values.push(both);
      break;
    }
  }
  return listOf(values, a);
}

/** Lists of formats meet again and again in negotiation, so that their meetings are kept as long as both lists live. */
function intersectStrings(a: List, b: List, strings: ReadonlySet<string | null>): Value | undefined {
  if (a === b && a.values.length > 1) return a;
  let meetings = met.get(a);
  if (!meetings) met.set(a, (meetings = new WeakMap()));
  const known = meetings.get(b);
  if (known !== undefined) return known ?? undefined;
  const both = listOf(
    a.values.filter((v) => v.kind === 'string' && strings.has(v.value)),
    a,
  );
  meetings.set(b, both ?? null);
  return both;
}

const met = new WeakMap<List, WeakMap<List, Value | null>>();

/** The values as one value; `like` itself where nothing was left out, so that unchanged lists stay shared. */
function listOf(values: readonly Value[], like: List): Value | undefined {
  if (values.length === 0) return undefined;
  if (values.length === 1) return values[0];
  if (values.length === like.values.length && values.every((v, i) => v === like.values[i])) return like;
  return { kind: 'list', values };
}

function intersectListWith(list: List, one: Value): Value | undefined {
  if (one.kind === 'string') {
    const strings = distinctStrings(list);
    if (strings) return strings.has(one.value) ? one : undefined;
  }
  let found: Value | undefined;
  for (const v of list.values) {
    const both = intersectValues(v, one);
    if (both === undefined) continue;
    if (found === undefined) found = both;
    else if (found.kind === 'list') found = { kind: 'list', values: [...found.values, both] };
    else if (compatible(found, both)) found = mergeValues(found, both);
  }
  return found;
}

const inIntRange = (n: number, r: Kind<'intRange'>): boolean => r.min <= n && r.max >= n && n % r.step === 0;

const inInt64Range = (n: bigint, r: Kind<'int64Range'>): boolean => r.min <= n && r.max >= n && n % r.step === 0n;

const inFractionRange = (f: Kind<'fraction'>, r: Kind<'fractionRange'>): boolean =>
  compareFractions(r.min, [f.num, f.den]) <= 0 && compareFractions(r.max, [f.num, f.den]) >= 0;

/** Greatest common divisor, never negative. */
export function gcd(a: number, b: number): number {
  while (b !== 0) [a, b] = [b, a % b];
  return Math.abs(a);
}

function gcd64(a: bigint, b: bigint): bigint {
  while (b !== 0n) [a, b] = [b, a % b];
  return a < 0n ? -a : a;
}

function larger(a: bigint, b: bigint): bigint {
  if (a < b) return b;
  return a;
}

function intersectIntRanges(a: Kind<'intRange'>, b: Kind<'intRange'>): Value | undefined {
  const step = Math.trunc(a.step / gcd(a.step, b.step)) * b.step;
  if (step > 0x7fffffff) return undefined;
  // The library computes in 32 bits; the sum wraps at the upper end as it does there.
  const low = (Math.max(a.min, b.min) + step - 1) | 0;
  const min = Math.trunc(low / step) * step;
  const max = Math.trunc(Math.min(a.max, b.max) / step) * step;
  if (min < max) return { kind: 'intRange', min, max, step };
  return min === max ? { kind: 'int', value: min + 0 } : undefined;
}

function intersectInt64Ranges(a: Kind<'int64Range'>, b: Kind<'int64Range'>): Value | undefined {
  const step = (a.step / gcd64(a.step, b.step)) * b.step;
  if (step > 0x7fffffffffffffffn) return undefined;
  const low = BigInt.asIntN(64, larger(a.min, b.min) + step - 1n);
  const min = (low / step) * step;
  const max = (-larger(-a.max, -b.max) / step) * step;
  if (min < max) return { kind: 'int64Range', min, max, step };
  return min === max ? { kind: 'int64', value: min } : undefined;
}

function intersectDoubleRanges(a: Kind<'doubleRange'>, b: Kind<'doubleRange'>): Value | undefined {
  const min = Math.max(a.min, b.min);
  const max = Math.min(a.max, b.max);
  if (min < max) return { kind: 'doubleRange', min, max };
  // GStreamer 1.22 sets the common end with the setter for ints, which fails: the result is 0.
  return min === max ? { kind: 'double', value: 0 } : undefined;
}

function intersectFractionRanges(a: Kind<'fractionRange'>, b: Kind<'fractionRange'>): Value | undefined {
  const min = compareFractions(a.min, b.min) < 0 ? b.min : a.min;
  const max = compareFractions(a.max, b.max) > 0 ? b.max : a.max;
  const order = compareFractions(min, max);
  if (order < 0) return { kind: 'fractionRange', min, max };
  return order === 0 ? { kind: 'fraction', num: min[0], den: min[1] } : undefined;
}

function intersectArrays(a: Kind<'array'>, b: Kind<'array'>): Value | undefined {
  if (a.values.length !== b.values.length) return undefined;
  const values: Value[] = [];
  for (const [i, v] of a.values.entries()) {
    const both = intersectValues(v, b.values[i]!);
    if (both === undefined) return undefined;
    values.push(both);
  }
  return { kind: 'array', values };
}

function intersectFlagsets(a: Kind<'flagset'>, b: Kind<'flagset'>): Value | undefined {
  const common = a.mask & b.mask;
  if ((a.flags & common) !== (b.flags & common)) return undefined;
  if (a.type !== b.type && a.type !== undefined && b.type !== undefined) return undefined;
  const flags = ((a.flags & a.mask) | (b.flags & b.mask)) >>> 0;
  const mask = (a.mask | b.mask) >>> 0;
  const type = a.type ?? b.type;
  return type === undefined ? { kind: 'flagset', flags, mask } : { kind: 'flagset', flags, mask, type };
}

/** Nested structures meet like others; nested caps only when they are equal, which was asked before. */
function intersectInner(a: Kind<'other'>, b: Kind<'other'>): Value | undefined {
  if (a.type !== 'structure' || b.type !== 'structure' || !a.inner || !b.inner) return undefined;
  const left = a.inner === 'any' ? undefined : a.inner[0];
  const right = b.inner === 'any' ? undefined : b.inner[0];
  const both = left && right && intersectStructures(left, right, []);
  return both && { kind: 'other', type: 'structure', text: '', inner: [both] };
}
