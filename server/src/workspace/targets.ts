/** The machines that can be named, each made once: what the programs give to {@link World} and to lists of choices. */
import type { Load } from '../catalog/bundled.ts';
import type { DeviceProfile } from '../catalog/device.ts';
import type { ElementSpec } from '../catalog/element.ts';
import { liveCatalog } from '../catalog/live.ts';
import { listTargets, makeTarget, type TargetChoice } from '../model/choose-target.ts';
import { readProjectFile } from '../model/project-file.ts';
import type { Target } from '../model/target.ts';

export interface Targets {
  /** The machine of these words, such as `orin-nano-8gb` and `deepstream-7.1`; no words: the default. */
  named(words: readonly string[]): Target | undefined;
  /** Why the words name no machine, as a sentence; undefined where they do. */
  problem(words: readonly string[]): string | undefined;
  choices(): readonly TargetChoice[];
  /** What is wrong with the project's file, as sentences. */
  readonly projectProblems: readonly string[];
}

/** What a device said of its own elements. */
export interface LiveTables {
  /** The target that they hold for, in a person's words. */
  readonly target: string;
  readonly elements: readonly ElementSpec[];
  /** Whether the device has no other elements. */
  readonly complete: boolean;
  /** Another one for other tables. */
  readonly revision: number;
}

/** Where a project says which target it is for, and adds or corrects devices. */
export const PROJECT_FILE = '.jetson-pipelines.json';

/** More combinations of words than a project has; what a hostile file names beyond them is made anew each time. */
const MOST_KEPT = 200;

/**
 * The machines of the tables that `load` reads, with what the text of a project's file says of them. Where that file names
 * a target, it is the default. `live` goes before the tables of the target that it names.
 */
export function makeTargets(load: Load, projectText?: string, live?: LiveTables): Targets {
  const shipped = (id: string): DeviceProfile | undefined => {
    const text = /^[a-z0-9.-]+$/.test(id) ? load(`devices/${id}.json`) : undefined;
    return text === undefined ? undefined : (JSON.parse(text) as DeviceProfile);
  };
  const project = projectText === undefined ? undefined : readProjectFile(projectText, shipped);
  const sources = { load, devices: project?.devices ?? [] };
  const made = new Map<string, ReturnType<typeof makeTarget>>();
  const make = (words: readonly string[]): ReturnType<typeof makeTarget> => {
    const key = words.length > 0 ? words.join(' ') : (project?.target ?? '');
    let target = made.get(key);
    if (!target) {
      target = withLive(makeTarget(key, sources), key, live);
      if (made.size < MOST_KEPT) made.set(key, target);
    }
    return target;
  };
  const wrong = make([]);
  const projectProblems = [...(project?.problems ?? []), ...('problem' in wrong ? [wrong.problem] : [])];
  // A project that names no target we know is judged as one that names none.
  if ('problem' in wrong) made.set(project?.target ?? '', makeTarget('', sources));
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
      choices ??= listTargets(sources);
      return choices;
    },
    projectProblems,
  };
}

function withLive(
  target: ReturnType<typeof makeTarget>,
  key: string,
  live: LiveTables | undefined,
): ReturnType<typeof makeTarget> {
  if (!live || 'problem' in target || key !== live.target) return target;
  const { elements, complete, revision } = live;
  return { ...target, catalog: liveCatalog(elements, target.catalog, complete), complete, revision };
}
