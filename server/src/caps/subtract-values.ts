/** Difference, subset and union of field values, as gst_value_subtract and its kin make them (GStreamer 1.22, gstvalue.c). */
import type { Structure, Value } from './caps.ts';
import { compareFractions, compatible, distinctStrings, equal, equalPlain, type Kind, type List } from './compare.ts';
import { gcd } from './intersect-values.ts';
import { isStructureSubset } from './structure.ts';

/** What the first allows and the second does not; undefined where nothing is left. */
export function subtractValues(a: Value, b: Value): Value | undefined {
  if (a.kind === 'list') return subtractFromList(a, b);
  if (b.kind === 'list') return subtractList(a, b);
  switch (a.kind) {
    case 'int':
      if (b.kind === 'intRange') return a.value < b.min || a.value > b.max || a.value % b.step !== 0 ? a : undefined;
      break;
    case 'int64':
      if (b.kind === 'int64Range') return a.value < b.min || a.value > b.max || a.value % b.step !== 0n ? a : undefined;
      break;
    case 'double':
      if (b.kind === 'doubleRange') return a.value < b.min || a.value > b.max ? a : undefined;
      break;
    case 'fraction':
      if (b.kind === 'fractionRange') {
        const one = [a.num, a.den] as const;
        return compareFractions(one, b.min) < 0 || compareFractions(one, b.max) > 0 ? a : undefined;
      }
      break;
    case 'intRange':
      if (b.kind === 'int') return subtractIntFromRange(a, b.value);
      if (b.kind === 'intRange') return subtractIntRanges(a, b);
      break;
    case 'int64Range':
      if (b.kind === 'int64') return subtractInt64FromRange(a, b.value);
      if (b.kind === 'int64Range') return subtractInt64Ranges(a, b);
      break;
    // There are no open ranges, so that one value cannot be taken out of these.
    case 'doubleRange':
      if (b.kind === 'double') return a;
      if (b.kind === 'doubleRange') return subtractDoubleRanges(a, b);
      break;
    case 'fractionRange':
      if (b.kind === 'fraction') return a;
      if (b.kind === 'fractionRange') return subtractFractionRanges(a, b);
      break;
    default:
      break;
  }
  return equalPlain(a, b) ? undefined : a;
}

/** gst_value_is_subset. A range is no subset of a list that holds a wider range, since lists are looked through by equality. */
export function isValueSubset(a: Value, b: Value): boolean {
  if (a.kind === 'intRange' && b.kind === 'intRange') return isIntRangeSubset(a, b);
  if (a.kind === 'int64Range' && b.kind === 'int64Range') return isInt64RangeSubset(a, b);
  if (a.kind === 'flagset' && b.kind === 'flagset') return (a.flags & a.mask) === (b.flags & a.mask & b.mask);
  if (a.kind === 'other' && b.kind === 'other' && a.type === 'structure' && b.type === 'structure') {
    const [left, right] = [structureIn(a), structureIn(b)];
    return left !== undefined && right !== undefined && isStructureSubset(left, right);
  }
  if (b.kind === 'list') {
    if (a.kind === 'list') return isListSubset(a, b);
    return b.values.some((v) => equal(a, v));
  }
  return subtractValues(a, b) === undefined && subtractValues(b, a) !== undefined;
}

/** One value that stands for both, as gst_value_union; undefined where GStreamer gives up. */
export function uniteValues(a: Value, b: Value): Value | undefined {
  if (!compatible(a, b)) return undefined;
  if (a.kind === 'int' && b.kind === 'intRange') return uniteIntWithRange(a.value, b);
  if (a.kind === 'intRange' && b.kind === 'int') return uniteIntWithRange(b.value, a);
  if (a.kind === 'intRange' && b.kind === 'intRange') return uniteIntRanges(a, b);
  if (a.kind === 'flagset' && b.kind === 'flagset' && a.type === undefined && b.type === undefined) {
    const common = a.mask & b.mask;
    if ((a.flags & common) !== (b.flags & common)) return undefined;
    const mask = (a.mask | b.mask) >>> 0;
    return { kind: 'flagset', flags: (((a.flags & ~b.mask) | (b.flags & b.mask)) & mask) >>> 0, mask };
  }
  if (a.kind === 'other' && b.kind === 'other' && a.type === 'structure' && b.type === 'structure') {
    const [left, right] = [structureIn(a), structureIn(b)];
    if (left && right && left.media === right.media) return uniteStructures(left, right);
  }
  return concatValues(a, b);
}

const structureIn = (v: Kind<'other'>): Structure | undefined =>
  v.inner && v.inner !== 'any' ? v.inner[0] : undefined;

/** Field by field; undefined where one field cannot be united. */
function uniteStructures(a: Structure, b: Structure): Value | undefined {
  const fields = new Map(a.fields);
  for (const [name, value] of b.fields) {
    const own = a.fields.get(name);
    const united = own === undefined ? value : uniteValues(own, value);
    if (united === undefined) return undefined;
    fields.set(name, united);
  }
  return { kind: 'other', type: 'structure', text: '', inner: [{ media: a.media, features: [], fields }] };
}

/** The first value's members, then the second's, in one list. */
const concatValues = (a: Value, b: Value): Value => ({
  kind: 'list',
  values: [...(a.kind === 'list' ? a.values : [a]), ...(b.kind === 'list' ? b.values : [b])],
});

function isListSubset(a: List, b: List): boolean {
  if (a.values.length > b.values.length) return false;
  const left = distinctStrings(a);
  const right = left && distinctStrings(b);
  if (left && right) {
    for (const s of left) if (!right.has(s)) return false;
    return true;
  }
  return a.values.every((v) => b.values.some((w) => equal(v, w)));
}

function subtractFromList(list: List, b: Value): Value | undefined {
  let rest: Value | undefined;
  for (const v of list.values) {
    const left = subtractValues(v, b);
    if (left === undefined) continue;
    rest = rest === undefined ? left : concatValues(rest, left);
  }
  return rest;
}

function subtractList(a: Value, list: List): Value | undefined {
  let rest: Value | undefined = a;
  for (const v of list.values) {
    rest = subtractValues(rest, v);
    if (rest === undefined) return undefined;
  }
  return rest;
}

function intsFrom(min: number, max: number, step: number): Value | undefined {
  if (min < max) return { kind: 'intRange', min, max, step };
  return min === max ? { kind: 'int', value: min } : undefined;
}

function both(a: Value | undefined, b: Value | undefined): Value | undefined {
  return a && b ? concatValues(a, b) : (a ?? b);
}

function subtractIntFromRange(range: Kind<'intRange'>, n: number): Value | undefined {
  let { min, max } = range;
  const { step } = range;
  if (min >= max) return undefined;
  if (n < min || n > max || n % step !== 0) return range;
  // At the ends of 32 bits the library moves aside not to overflow, and loses a neighbour by it.
  if (n >= 0x7fffffff - step + 1) {
    max -= step;
    n -= step;
  }
  if (n <= -0x80000000 + step - 1) {
    min += step;
    n += step;
  }
  return both(intsFrom(min, n - step, step), intsFrom(n + step, max, step)) ?? range;
}

/** Ranges of different steps have no difference in GStreamer (it stops the program); here the first stays as it is. */
function subtractIntRanges(a: Kind<'intRange'>, b: Kind<'intRange'>): Value | undefined {
  const { step } = a;
  if (step !== b.step) return a;
  if (b.max >= a.max && b.min <= a.min) return undefined;
  const below = intsFrom(a.min, Math.min((b.min - step) | 0, a.max), step);
  const above = intsFrom(Math.max((b.max + step) | 0, a.min), a.max, step);
  if (b.max >= a.max) return below;
  return b.min <= a.min ? above : both(below, above);
}

function int64sFrom(min: bigint, max: bigint, step: bigint): Value | undefined {
  if (min < max) return { kind: 'int64Range', min, max, step };
  return min === max ? { kind: 'int64', value: min } : undefined;
}

function subtractInt64FromRange(range: Kind<'int64Range'>, n: bigint): Value | undefined {
  let { min, max } = range;
  const { step } = range;
  if (min >= max) return undefined;
  if (n < min || n > max || n % step !== 0n) return range;
  if (n >= 0x7fffffffffffffffn - step + 1n) {
    max -= step;
    n -= step;
  }
  if (n <= -0x8000000000000000n + step - 1n) {
    min += step;
    n += step;
  }
  return both(int64sFrom(min, n - step, step), int64sFrom(n + step, max, step)) ?? range;
}

function subtractInt64Ranges(a: Kind<'int64Range'>, b: Kind<'int64Range'>): Value | undefined {
  const { step } = a;
  if (step !== b.step) return a;
  if (b.max >= a.max && b.min <= a.min) return undefined;
  const lowEnd = BigInt.asIntN(64, b.min - step);
  const highStart = BigInt.asIntN(64, b.max + step);
  const below = int64sFrom(a.min, lowEnd < a.max ? lowEnd : a.max, step);
  const above = int64sFrom(highStart > a.min ? highStart : a.min, a.max, step);
  if (b.max >= a.max) return below;
  return b.min <= a.min ? above : both(below, above);
}

function subtractDoubleRanges(a: Kind<'doubleRange'>, b: Kind<'doubleRange'>): Value | undefined {
  const end = Math.min(b.min, a.max);
  const start = Math.max(b.max, a.min);
  return both(
    a.min < end ? { kind: 'doubleRange', min: a.min, max: end } : undefined,
    start < a.max ? { kind: 'doubleRange', min: start, max: a.max } : undefined,
  );
}

function subtractFractionRanges(a: Kind<'fractionRange'>, b: Kind<'fractionRange'>): Value | undefined {
  const end = compareFractions(a.max, b.min) < 0 ? a.max : b.min;
  const start = compareFractions(a.min, b.max) > 0 ? a.min : b.max;
  return both(
    compareFractions(a.min, end) < 0 ? { kind: 'fractionRange', min: a.min, max: end } : undefined,
    compareFractions(start, a.max) < 0 ? { kind: 'fractionRange', min: start, max: a.max } : undefined,
  );
}

function isIntRangeSubset(a: Kind<'intRange'>, b: Kind<'intRange'>): boolean {
  if (a.min < b.min || a.max > b.max) return false;
  if (b.min === b.max) return b.min % a.step === 0;
  return gcd(a.step, b.step) === Math.min(a.step, b.step);
}

/** Here the library compares the ends in units of each range's own step. */
function isInt64RangeSubset(a: Kind<'int64Range'>, b: Kind<'int64Range'>): boolean {
  const low = b.min / b.step;
  const high = b.max / b.step;
  if (a.min / a.step < low || a.max / a.step > high) return false;
  if (low === high) return b.min % a.step === 0n;
  const [small, large] = a.step < b.step ? [a.step, b.step] : [b.step, a.step];
  return large % small === 0n;
}

function uniteIntWithRange(n: number, range: Kind<'intRange'>): Value | undefined {
  const { min, max, step } = range;
  if (min <= n && max >= n && n % step === 0) return range;
  if (n === ((min - step) | 0)) return { kind: 'intRange', min: n, max, step };
  if (n === ((max + step) | 0)) return { kind: 'intRange', min, max: n, step };
  return undefined;
}

function uniteIntRanges(a: Kind<'intRange'>, b: Kind<'intRange'>): Value | undefined {
  if (isIntRangeSubset(a, b)) return b;
  if (isIntRangeSubset(b, a)) return a;
  if (a.step === b.step) {
    const { step } = a;
    const touches = (x: Kind<'intRange'>, y: Kind<'intRange'>): boolean =>
      x.min / step <= ((y.max / step + 1) | 0) && x.max / step >= ((y.min / step - 1) | 0);
    if (!touches(a, b) && !touches(b, a)) return undefined;
    return { kind: 'intRange', min: Math.min(a.min, b.min), max: Math.max(a.max, b.max), step };
  }
  const single = a.min === a.max ? a : b.min === b.max ? b : undefined;
  if (!single) return undefined;
  const range = single === a ? b : a;
  const { step } = range;
  // The library forgets here that ranges are kept in units of their step, so that the ends come out multiplied.
  if (single.min === range.min - step) {
    return { kind: 'intRange', min: Math.imul(range.min - step, step), max: Math.imul(range.max, step), step };
  }
  if (single.min === range.max + step) {
    return { kind: 'intRange', min: Math.imul(range.min, step), max: Math.imul(range.max + step, step), step };
  }
  return undefined;
}
