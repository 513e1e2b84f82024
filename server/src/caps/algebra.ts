/**
 * The algebra of caps, equal to GStreamer 1.22's (gstcaps.c). Values are never changed: results share what stayed as
 * it was. How single values meet is in the files beside this one.
 */
import type { Caps, Structure, Value } from './caps.ts';
import { equal } from './compare.ts';
import { printCaps, printStructure, printValue, typeName } from './print.ts';
import {
  type Features,
  intersectStructures,
  isCapsEqual,
  isCapsSubset,
  isFixed,
  isStructureSubset,
  sameFeatures,
  structuresIntersect,
} from './structure.ts';
import { subtractValues, uniteValues } from './subtract-values.ts';

export { isFixed, printCaps, printStructure, printValue, typeName };

/** In whose order the alternatives come: the first caps', or by the sum of both places (GST_CAPS_INTERSECT_ZIG_ZAG). */
export type IntersectMode = 'first' | 'zig-zag';

/** What both caps allow: gst_caps_intersect_full. */
export function intersect(a: Caps, b: Caps, mode: IntersectMode = 'first'): Caps {
  if (a === b) return a;
  if (a.length === 0 || b.length === 0) return NONE;
  if (a === 'any') return b;
  if (b === 'any') return a;
  const result: Structure[] = [];
  if (mode === 'first') {
    for (const s of a) for (const t of b) meet(s, t, result);
  } else {
    for (let sum = 0; sum < a.length + b.length - 1; sum++) {
      let j = Math.min(sum, a.length - 1);
      for (let k = sum - j; k < b.length && j >= 0; k++, j--) meet(a[j]!, b[k]!, result);
    }
  }
  return result;
}

/** Whether the caps have something in common: gst_caps_can_intersect. Cheaper than the intersection. */
export function canIntersect(a: Caps, b: Caps): boolean {
  if (a === b) return true;
  if (a.length === 0 || b.length === 0) return false;
  if (a === 'any' || b === 'any') return true;
  return a.some((s) =>
    b.some((t) => s.media === t.media && sameFeatures(s.features, t.features) && structuresIntersect(s, t)),
  );
}

/** Whether `b` takes all that `a` allows: gst_caps_is_subset. */
export const isSubset = (a: Caps, b: Caps): boolean => isCapsSubset(a, b);

/** Whether the caps allow the same: gst_caps_is_equal. */
export const isEqual = (a: Caps, b: Caps): boolean => isCapsEqual(a, b);

/** The alternatives of both, less those of `b` that `a` has already: gst_caps_merge. */
export function merge(a: Caps, b: Caps): Caps {
  if (a === 'any' || b === 'any') return 'any';
  const result = [...a];
  for (const structure of b) mergeStructure(result, structure);
  return result;
}

/**
 * What `a` allows and `b` does not: gst_caps_subtract. Undefined where GStreamer has no answer: something is taken
 * from ANY, or from an alternative with `(ANY)` features.
 */
export function subtract(a: Caps, b: Caps): Caps | undefined {
  if (b === 'any' || a.length === 0) return NONE;
  if (b.length === 0) return a;
  if (a === 'any') return undefined;
  let rest: readonly Structure[] = a;
  for (const without of b) {
    const left: Structure[] = [];
    for (const from of rest) {
      if (from.features === 'any') return undefined;
      const parts =
        from.media === without.media && sameFeatures(from.features, without.features)
          ? subtractStructure(from, without)
          : undefined;
      if (parts) left.push(...parts);
      else left.push(from);
    }
    if (left.length === 0) return NONE;
    rest = left;
  }
  return simplify(rest);
}

/**
 * One alternative for each combination of list members: gst_caps_normalize. Caps that would grow beyond 65,536
 * alternatives, on which GStreamer would work for minutes, are handed back unchanged.
 */
export function normalize(caps: Caps): Caps {
  if (caps === 'any') return caps;
  const result: Structure[] = [...caps];
  for (let i = 0; i < result.length; i++) {
    for (;;) {
      const list = firstList(result[i]!);
      if (!list) break;
      const [name, values] = list;
      if (result.length + values.length > MOST_ALTERNATIVES) return caps;
      for (const v of values.slice(1)) result.push(withField(result[i]!, name, v));
      result[i] = withField(result[i]!, name, values[0]!);
    }
  }
  return result;
}

/** The same caps in fewer alternatives, in GStreamer's order: gst_caps_simplify. */
export function simplify(caps: Caps): Caps {
  if (caps === 'any' || caps.length < 2) return caps;
  const all = [...caps].sort((s, t) =>
    s.media < t.media ? -1 : s.media > t.media ? 1 : t.fields.size - s.fields.size,
  );
  const alike = (s: Structure, t: Structure): boolean => s.media === t.media && sameFeatures(s.features, t.features);
  let start = all.length - 1;
  for (let i = start; i >= 0; i--) {
    // The library keeps looking at the features of the place, which a replaced structure leaves as they are.
    let current = all[i]!;
    if (!alike(current, all[start]!)) start = i;
    for (let j = start; j >= 0; j--) {
      if (j === i) continue;
      const other = all[j]!;
      if (!alike(current, other)) break;
      const found = simplifyPair(current, other);
      if (!found) continue;
      if (found.other) all[j] = found.other;
      if (found.rest) {
        current = found.rest;
        all[i] = current;
      } else {
        all.splice(i, 1);
        start--;
        break;
      }
    }
  }
  return all;
}

/** The first alternative with the first value in each field: gst_caps_fixate. ANY, which cannot be fixated, stays. */
export function fixate(caps: Caps): Caps {
  const first = caps === 'any' ? undefined : caps[0];
  if (!first) return caps;
  return [{ ...fixateStructure(first), features: first.features === 'any' ? [] : first.features }];
}

const NONE: Caps = [];
const MOST_ALTERNATIVES = 65_536;

function meet(s: Structure, t: Structure, into: Structure[]): void {
  if (s.media !== t.media || !sameFeatures(s.features, t.features)) return;
  const both = intersectStructures(s, t, s.features === 'any' ? t.features : s.features);
  if (both) mergeStructure(into, both);
}

/** Adds the structure unless one is there that allows all of it; `(ANY)` features neither swallow nor are swallowed. */
function mergeStructure(into: Structure[], structure: Structure): void {
  for (let i = into.length - 1; i >= 0; i--) {
    const there = into[i]!;
    const features: Features = structure.features;
    if (
      (features !== 'any' || there.features === 'any') &&
      sameFeatures(features, there.features) &&
      isStructureSubset(structure, there)
    ) {
      return;
    }
  }
  into.push(structure);
}

/** The parts of `from` that `without` does not allow; undefined where that cannot be said in caps. */
function subtractStructure(from: Structure, without: Structure): Structure[] | undefined {
  const parts: Structure[] = [];
  for (const [name, value] of without.fields) {
    const own = from.fields.get(name);
    if (own === undefined) return undefined;
    const rest = subtractValues(own, value);
    if (rest === undefined) continue;
    if (equal(rest, own)) return undefined;
    parts.unshift(withField(from, name, rest));
  }
  return parts;
}

/** `rest`: what is left of the structure; `other`: the neighbour, where it took the structure in. */
function simplifyPair(structure: Structure, other: Structure): { rest?: Structure; other?: Structure } | undefined {
  const parts = subtractStructure(structure, other);
  if (parts && parts.length < 2) return parts[0] ? { rest: parts[0] } : {};
  let differing: string | undefined;
  let union: Value | undefined;
  for (const [name, value] of structure.fields) {
    const theirs = other.fields.get(name);
    if (theirs === undefined) return undefined;
    if (equal(theirs, value)) continue;
    if (differing !== undefined) return undefined;
    differing = name;
    union = uniteValues(theirs, value);
  }
  if (differing === undefined || union === undefined || structure.fields.size !== other.fields.size) return undefined;
  return { other: withField(other, differing, union) };
}

function firstList(s: Structure): [string, readonly Value[]] | undefined {
  for (const [name, v] of s.fields) if (v.kind === 'list' && v.values.length > 0) return [name, v.values];
  return undefined;
}

function withField(s: Structure, name: string, value: Value): Structure {
  const fields = new Map(s.fields);
  fields.set(name, value);
  return { media: s.media, features: s.features, fields };
}

function fixateStructure(s: Structure): Structure {
  const fields = new Map<string, Value>();
  for (const [name, value] of s.fields) fields.set(name, fixateValue(value));
  return { media: s.media, features: s.features, fields };
}

/** gst_value_fixate. Ranges of 64-bit ints are left alone, as GStreamer 1.22 leaves them. */
function fixateValue(v: Value): Value {
  switch (v.kind) {
    case 'intRange':
      return { kind: 'int', value: v.min };
    case 'doubleRange':
      return { kind: 'double', value: v.min };
    case 'fractionRange':
      return { kind: 'fraction', num: v.min[0], den: v.min[1] };
    case 'list':
      return v.values.length > 0 ? fixateValue(v.values[0]!) : v;
    case 'array':
      return { kind: 'array', values: v.values.map(fixateValue) };
    case 'flagset':
      return { ...v, mask: 0xffffffff };
    case 'other':
      if (v.type !== 'structure' || v.inner === undefined || v.inner === 'any') return v;
      return { ...v, inner: v.inner.map(fixateStructure) };
    default:
      return v;
  }
}
