/**
 * What people usually write: counts over public pipelines, from `schemas/elements/habits.json`. They order lists of what is
 * possible and decide nothing else. Made by `scripts/habits.ts`.
 */

export interface Habits {
  readonly source: string;
  /** Element → element behind it → how often. The empty name stands for a chain's beginning and end. */
  readonly follows: Counts2;
  /** Elements that stand alone in their chain, named, for links elsewhere to lead to. */
  readonly alone: Counts;
  /** Element → property → how often. */
  readonly properties: Counts2;
  /** `element.property` → value of a closed set → how often. */
  readonly values: Counts2;
  /** Media types with their features, as written: `video/x-raw(memory:NVMM)`. */
  readonly media: Counts;
  /** Media type → field → how often. */
  readonly fields: Counts2;
  /** `media.field` → value → how often. */
  readonly fieldValues: Counts2;
}

export type Counts = Readonly<Record<string, number>>;
export type Counts2 = Readonly<Record<string, Counts>>;

/** Nothing was counted. */
export const noHabits: Habits = {
  source: '',
  follows: {},
  alone: {},
  properties: {},
  values: {},
  media: {},
  fields: {},
  fieldValues: {},
};

/** How often the words were counted together; 0 where never. Names come from texts, so no prototype is looked at. */
export const counted = (counts: Counts2, first: string, second: string): number => {
  const inner = Object.hasOwn(counts, first) ? counts[first]! : undefined;
  return inner && Object.hasOwn(inner, second) ? inner[second]! : 0;
};

/** The counts under a word; empty where there are none. */
export const countsOf = (counts: Counts2, word: string): Counts => (Object.hasOwn(counts, word) ? counts[word]! : {});
