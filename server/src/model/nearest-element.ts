/** Which element was probably meant by a name that no table has. Answers are kept: a project repeats its slips. */
import type { Catalog } from '../catalog/catalog.ts';
import { type Nearest, nearest } from './nearest.ts';

/** The nearest element that the catalog names; see {@link nearest}. */
export function nearestElement(written: string, catalog: Catalog): Nearest | undefined {
  const { answers, byLength } = namesOf(catalog);
  if (answers.has(written)) return answers.get(written);
  const length = lengthOf(written);
  const near: string[] = [];
  for (let at = length - FURTHEST; at <= length + FURTHEST; at++) near.push(...(byLength.get(at) ?? []));
  const found = nearest(written, near);
  if (answers.size < MOST_ANSWERS) answers.set(written, found);
  return found;
}

/** Names whose lengths differ by more letters are never near. */
const FURTHEST = 3;
const MOST_ANSWERS = 10_000;

interface Names {
  readonly byLength: ReadonlyMap<number, readonly string[]>;
  readonly answers: Map<string, Nearest | undefined>;
}

const known = new WeakMap<Catalog, Names>();

function namesOf(catalog: Catalog): Names {
  let names = known.get(catalog);
  if (!names) {
    const byLength = new Map<number, string[]>();
    for (const { name } of catalog.heads()) {
      const length = lengthOf(name);
      const same = byLength.get(length);
      if (same) same.push(name);
      else byLength.set(length, [name]);
    }
    names = { byLength, answers: new Map() };
    known.set(catalog, names);
  }
  return names;
}

/** Counted as names are compared: without `-` and `_`. */
const lengthOf = (name: string): number => name.replace(/[-_]/g, '').length;
