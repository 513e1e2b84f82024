/** Why two sets of caps do not meet: the part of the disagreement that a person can act on. */
import { intersect } from '../caps/algebra.ts';
import type { Caps, Structure } from '../caps/caps.ts';
import type { Conflict, Parties } from './pipeline.ts';

/** The disagreement between what is offered, what the filter lets through and what is taken. None of the three meet. */
export function conflictOf(offered: Caps, filter: Caps, taken: Caps): Conflict {
  if (isEmpty(intersect(offered, filter))) return between('offer-filter', offered, filter);
  if (isEmpty(intersect(filter, taken))) return between('filter-taker', filter, taken);
  return between('offer-taker', intersect(offered, filter), taken);
}

function between(parties: Parties, left: Caps, right: Caps): Conflict {
  if (left === 'any' || right === 'any' || left.length === 0 || right.length === 0)
    return { kind: 'nothing', between: parties };
  const sameMedia = pairs(left, right).filter(([a, b]) => a.media === b.media);
  if (sameMedia.length === 0) {
    return { kind: 'media', between: parties, left: names(left), right: names(right) };
  }
  const sameMemory = sameMedia.filter(([a, b]) => featuresMeet(a, b));
  if (sameMemory.length === 0)
    return { kind: 'memory', between: parties, left: memories(left), right: memories(right) };
  // Of the alternatives that come nearest, the fields that keep them apart.
  let fewest: readonly string[] | undefined;
  for (const [a, b] of sameMemory) {
    const apart = fieldsApart(a, b);
    if (apart.length > 0 && (!fewest || apart.length < fewest.length)) fewest = apart;
  }
  return { kind: 'field', between: parties, fields: fewest ?? [] };
}

const isEmpty = (caps: Caps): boolean => caps !== 'any' && caps.length === 0;

const pairs = (left: readonly Structure[], right: readonly Structure[]): [Structure, Structure][] =>
  left.flatMap((a) => right.map((b): [Structure, Structure] => [a, b]));

const bare = (s: Structure): Structure => ({ media: s.media, features: s.features, fields: new Map() });

const featuresMeet = (a: Structure, b: Structure): boolean => !isEmpty(intersect([bare(a)], [bare(b)]));

function fieldsApart(a: Structure, b: Structure): string[] {
  const apart: string[] = [];
  for (const [name, value] of a.fields) {
    const other = b.fields.get(name);
    if (other === undefined) continue;
    const one = { media: a.media, features: [], fields: new Map([[name, value]]) };
    const two = { media: a.media, features: [], fields: new Map([[name, other]]) };
    if (isEmpty(intersect([one], [two]))) apart.push(name);
  }
  return apart;
}

const names = (caps: readonly Structure[]): string[] => [...new Set(caps.map((s) => s.media))];

const memories = (caps: readonly Structure[]): string[] => [
  ...new Set(
    caps.map((s) =>
      s.features === 'any' ? 'any memory' : s.features.length === 0 ? 'memory:SystemMemory' : s.features.join(', '),
    ),
  ),
];
