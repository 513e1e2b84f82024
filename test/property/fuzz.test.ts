import { join } from 'node:path';
import { it } from 'node:test';
import { fuzzWorlds, ownSeeds, runOne } from '../support/fuzz.ts';

/** `npm run fuzz` makes a million; these are enough to notice a slip before it is committed. */
const RUNS = 5_000;

it(`${RUNS} mutated documents of all hosts`, () => {
  const seeds = ownSeeds(join(import.meta.dirname, '../..'));
  const worlds = fuzzWorlds();
  for (let run = 0; run < RUNS; run++) runOne(seeds, 1, run, worlds);
});
