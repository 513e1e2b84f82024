/** What gst_structure_* and gst_caps_features_* decide about single alternatives of caps. Whole caps are in algebra.ts. */
import type { Caps, Structure, Value } from './caps.ts';
import { equal, sameType } from './compare.ts';
import { intersectValues, valuesIntersect } from './intersect-values.ts';
import { isValueSubset } from './subtract-values.ts';

export type Features = Structure['features'];

/** Whether buffers of the one description may be those of the other: `(ANY)` equals all. */
export function sameFeatures(a: Features, b: Features): boolean {
  if (a === b || a === 'any' || b === 'any') return true;
  if (a.length !== b.length) return false;
  for (const f of a) if (!b.includes(f)) return false;
  return true;
}

/** The alternative that both allow; undefined where they contradict each other. Features are not looked at. */
export function intersectStructures(a: Structure, b: Structure, features: Features): Structure | undefined {
  if (a.media !== b.media) return undefined;
  const fields = new Map<string, Value>();
  for (const [name, value] of a.fields) {
    const other = b.fields.get(name);
    if (other === undefined) {
      fields.set(name, value);
      continue;
    }
    const both = intersectValues(value, other);
    if (both === undefined) return undefined;
    fields.set(name, both);
  }
  for (const [name, value] of b.fields) if (!a.fields.has(name)) fields.set(name, value);
  return { media: a.media, features, fields };
}

/** As gst_structure_can_intersect: nearly, not exactly, whether the intersection exists. */
export function structuresIntersect(a: Structure, b: Structure): boolean {
  if (a.media !== b.media) return false;
  if (a.fields === b.fields) return true;
  for (const [name, value] of a.fields) {
    const other = b.fields.get(name);
    if (other === undefined || equal(value, other)) continue;
    if (!mayIntersect(value, other) || !valuesIntersect(value, other)) return false;
  }
  return true;
}

/** Whether all that `a` allows is allowed by `b`. */
export function isStructureSubset(a: Structure, b: Structure): boolean {
  if (a.media !== b.media || b.fields.size > a.fields.size) return false;
  for (const [name, wide] of b.fields) {
    const narrow = a.fields.get(name);
    if (narrow === undefined) return false;
    if (!equal(narrow, wide) && !isValueSubset(narrow, wide)) return false;
  }
  return true;
}

export function equalStructures(a: Structure, b: Structure): boolean {
  if (a === b) return true;
  if (a.media !== b.media || a.fields.size !== b.fields.size) return false;
  for (const [name, value] of a.fields) {
    const other = b.fields.get(name);
    if (other === undefined || !equal(value, other)) return false;
  }
  return true;
}

/** gst_value_is_fixed: one value, not a choice. */
export function isValueFixed(v: Value): boolean {
  switch (v.kind) {
    case 'list':
    case 'intRange':
    case 'int64Range':
    case 'doubleRange':
    case 'fractionRange':
      return false;
    case 'array':
      return v.values.every(isValueFixed);
    case 'flagset':
      return v.mask === 0xffffffff;
    case 'other':
      return v.type !== 'structure' || v.inner === undefined || v.inner === 'any' || v.inner.every(hasFixedFields);
    default:
      return true;
  }
}

export function hasFixedFields(s: Structure): boolean {
  for (const v of s.fields.values()) if (!isValueFixed(v)) return false;
  return true;
}

/** Exactly one alternative with one value in each field, in a known memory. */
export const isFixed = (caps: Caps): boolean =>
  caps !== 'any' && caps.length === 1 && caps[0]!.features !== 'any' && hasFixedFields(caps[0]!);

/** gst_caps_is_subset. */
export function isCapsSubset(a: Caps, b: Caps): boolean {
  if (b === 'any' || a.length === 0) return true;
  if (a === 'any' || b.length === 0) return false;
  if (a === b) return true;
  for (let i = a.length - 1; i >= 0; i--) {
    const narrow = a[i]!;
    let found = false;
    for (let j = b.length - 1; j >= 0 && !found; j--) {
      const wide = b[j]!;
      found =
        (narrow.features !== 'any' || wide.features === 'any') &&
        sameFeatures(narrow.features, wide.features) &&
        isStructureSubset(narrow, wide);
    }
    if (!found) return false;
  }
  return true;
}

/** gst_caps_is_equal. */
export function isCapsEqual(a: Caps, b: Caps): boolean {
  if (a === b) return true;
  if (isFixed(a) && isFixed(b) && a !== 'any' && b !== 'any') {
    return sameFeatures(a[0]!.features, b[0]!.features) && equalStructures(a[0]!, b[0]!);
  }
  return isCapsSubset(a, b) && isCapsSubset(b, a);
}

/** gst_value_can_intersect: a look at the types only. */
function mayIntersect(a: Value, b: Value): boolean {
  if (sameType(a, b) || a.kind === 'list' || b.kind === 'list') return true;
  if (a.kind === 'flagset' && b.kind === 'flagset') return a.type === undefined || b.type === undefined;
  return RANGED[a.kind] === b.kind || RANGED[b.kind] === a.kind;
}

const RANGED: { readonly [kind in Value['kind']]?: Value['kind'] } = {
  int: 'intRange',
  int64: 'int64Range',
  double: 'doubleRange',
  fraction: 'fractionRange',
};
