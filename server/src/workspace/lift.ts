/** Document → excerpts: which host reads it, what hosts are told of the world, and what of an earlier reading holds. */
import { configurationOf } from '../model/config-file.ts';
import type { Target } from '../model/target.ts';
import type { Excerpt, Host, HostAround, HostFile } from '../text/excerpt.ts';
import type { World } from './analyze.ts';
import { LARGEST_FILE } from './files.ts';
import { hostFor } from './host-for.ts';
import { type Lifting, relift } from './relift.ts';
import { standing } from './standing.ts';

/** A document's excerpts, and all that they depended on. */
export interface Lifted extends Lifting {
  readonly file: HostFile;
  readonly target: Target;
  readonly expected: string | undefined;
}

/**
 * The excerpts of a text. `expected` is the format that other files expect of it; a name that says nothing is no
 * hindrance then. `previous` are those of an earlier version of the text.
 */
export function lift(
  file: HostFile,
  text: string,
  world: World,
  expected = world.project?.expectedFormat(file.path),
  previous?: Lifted,
): Lifted {
  const { target } = world;
  const readable = text.length <= LARGEST_FILE && !text.includes('\0');
  const host = readable ? (hostFor(file) ?? (expected === undefined ? undefined : hostFor(CONFIGURATION))) : undefined;
  const read = (part: string): readonly Excerpt[] => (host ? ask(host, part, file, world, expected) : []);
  const same =
    previous?.file.path === file.path &&
    previous.file.languageId === file.languageId &&
    previous.target === target &&
    previous.expected === expected;
  // The paragraphs of a pipeline file hang together by the names in them, so it is read whole each time.
  const inParts = same && host?.id !== 'launch';
  const standings = (host && inParts && relift(previous, text, read)) || read(text).map(standing);
  return { file, text, target, expected, standings };
}

const CONFIGURATION: HostFile = { path: '', languageId: 'deepstream-config' };

function ask(host: Host, text: string, file: HostFile, world: World, expected: string | undefined): readonly Excerpt[] {
  const around: HostAround = {
    known: (element) => isKnown(element, world.target),
    configuration: (whole) => configurationOf(whole, world.target.catalog.formats(), file, expected),
    host: (languageId) => hostFor({ path: '', languageId }),
  };
  try {
    // A file that is a configuration holds no commands; any other belongs to the host of its language.
    const configuration = hostFor(CONFIGURATION);
    const maybe = /\.ya?ml$/i.test(file.path) || configuration?.accepts(file) === true;
    const whole = maybe && configuration !== host ? configuration?.excerpts(text, around) : undefined;
    return whole?.length ? whole : host.excerpts(text, around);
  } catch (error) {
    world.log(`host ${host.id} failed: ${error instanceof Error ? (error.stack ?? error.message) : error}`);
    return [];
  }
}

/** Whether any table, of this target or another, has an element of that name. */
function isKnown(element: string, target: Target): boolean {
  let known = knownNames.get(target.catalog);
  if (!known) knownNames.set(target.catalog, (known = new Map()));
  let answer = known.get(element);
  if (answer === undefined) {
    answer = target.catalog.element(element) !== undefined || target.catalog.elsewhere(element).length > 0;
    if (known.size < 20_000) known.set(element, answer);
  }
  return answer;
}

const knownNames = new WeakMap<Target['catalog'], Map<string, boolean>>();
