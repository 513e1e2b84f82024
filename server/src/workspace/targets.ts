/** The machines that can be named, each made once: what the programs give to {@link World} and to lists of choices. */
import type { Load } from '../catalog/bundled.ts';
import { listTargets, makeTarget, type TargetChoice } from '../model/choose-target.ts';
import type { Target } from '../model/target.ts';

export interface Targets {
  /** The machine of these words, such as `orin-nano-8gb` and `deepstream-7.1`; no words: the default. */
  named(words: readonly string[]): Target | undefined;
  /** Why the words name no machine, as a sentence; undefined where they do. */
  problem(words: readonly string[]): string | undefined;
  choices(): readonly TargetChoice[];
}

/** More combinations of words than a project has; what a hostile file names beyond them is made anew each time. */
const MOST_KEPT = 200;

/** The machines of the tables that `load` reads. */
export function makeTargets(load: Load): Targets {
  const made = new Map<string, ReturnType<typeof makeTarget>>();
  const make = (words: readonly string[]): ReturnType<typeof makeTarget> => {
    const key = words.join(' ');
    let target = made.get(key);
    if (!target) {
      target = makeTarget(key, { load });
      if (made.size < MOST_KEPT) made.set(key, target);
    }
    return target;
  };
  let choices: readonly TargetChoice[] | undefined;
  return {
    named(words) {
      const target = make(words);
      return 'problem' in target ? undefined : target;
    },
    problem(words) {
      const target = make(words);
      return 'problem' in target ? target.problem : undefined;
    },
    choices: () => {
      choices ??= listTargets({ load });
      return choices;
    },
  };
}
