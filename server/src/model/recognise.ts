/**
 * Which format a configuration is: a comment decides, else its groups and keys, else the file that refers to it, else its
 * name. A text that is none of ours is none, which is the usual case for a `.txt`.
 */
import type { ConfigFormat } from '../catalog/config-format.ts';
import { firstLine } from '../syntax/config/read.ts';
import type { ConfigTree } from '../syntax/config/tree.ts';
import { fits, keySpec, sectionSpec } from './config-names.ts';

export type RecognisedBy = 'comment' | 'keys' | 'reference' | 'name';

export interface Recognised {
  readonly format: ConfigFormat;
  readonly by: RecognisedBy;
}

/** The tree's format; undefined where it is none. Time grows with the keys times the formats. */
export function recognise(
  tree: ConfigTree,
  formats: Iterable<ConfigFormat>,
  hints: { readonly path: string; readonly format: string | undefined },
): Recognised | undefined {
  const all = [...formats];
  const said = saidFormat(tree.text);
  const commented = all.find((format) => format.id === said);
  if (commented) return { format: commented, by: 'comment' };

  if (isProse(tree)) return undefined;
  const fitting = all.filter((format) => format.syntax.includes(tree.syntax));
  const hinted = fitting.find((format) => format.id === hints.format);
  const named = fitting.filter((format) => format.files.some((pattern) => isCalled(hints.path, pattern)));
  const names = namesOf(tree);

  const decided = fitting.find((format) => decides(format, tree, names));
  if (decided) return { format: decided, by: 'keys' };
  const judged = best(
    fitting.filter((format) => format.judged),
    tree,
    names,
    [hinted, ...named],
  );
  if (judged) return { format: judged, by: 'keys' };
  if (hinted) return { format: hinted, by: 'reference' };
  // A template with every key commented out still tells by them what it is for.
  const template = best(
    fitting.filter((format) => format.judged),
    tree,
    { sections: names.sections, keys: [...names.keys, ...commentedKeys(tree)] },
    named,
  );
  if (template) return { format: template, by: 'keys' };
  const called = named.find((format) => tree.sections.some((section) => sectionSpec(format, section.name.text)));
  if (called) return { format: called, by: 'name' };
  // What has no table comes last: it only says that the file is not a stranger.
  const other = best(
    fitting.filter((format) => !format.judged),
    tree,
    names,
    [],
  );
  return other && { format: other, by: 'keys' };
}

/** The format that a `gst-lint: format nvinfer` comment names; undefined where there is none. */
export const saidFormat = (text: string): string | undefined =>
  /^[ \t]*#[^\n]*?gst-lint:[ \t]*format[ \t]+([\w-]+)/m.exec(text)?.[1];

/** Names of a tree, each once. */
interface Names {
  readonly sections: readonly string[];
  readonly keys: readonly string[];
}

function namesOf(tree: ConfigTree): Names {
  const sections = new Set<string>();
  const keys = new Set<string>();
  for (const section of tree.sections) {
    sections.add(section.name.text);
    for (const key of section.keys) keys.add(key.name.text);
  }
  return { sections: [...sections], keys: [...keys] };
}

/** Text of another kind that shows pieces of a configuration: most of its lines are nothing that a key file knows. */
function isProse(tree: ConfigTree): boolean {
  const keys = tree.sections.reduce((sum, section) => sum + section.keys.length, 0);
  return tree.syntax === 'ini' && tree.problems.length > 5 && tree.problems.length > keys + tree.sections.length;
}

const commentedKeys = (tree: ConfigTree): string[] =>
  tree.comments.flatMap((comment) => /^([A-Za-z][\w-]*)[ \t]*=/.exec(comment.text)?.[1] ?? []);

function decides(format: ConfigFormat, tree: ConfigTree, names: Names): boolean {
  const { begins, decides: telling } = format.signs;
  if (begins?.includes(/^\w+(?=\s*\{)/.exec(firstLine(tree.text))?.[0] ?? '')) return true;
  return (telling ?? []).some((pattern) => names.sections.some((name) => fits(pattern, name)));
}

/** The format that explains the most of the tree, of those whose signs are there. `favoured` ones win where two are equal. */
function best(
  formats: readonly ConfigFormat[],
  tree: ConfigTree,
  names: Names,
  favoured: readonly (ConfigFormat | undefined)[],
): ConfigFormat | undefined {
  let found: ConfigFormat | undefined;
  let most = Number.NEGATIVE_INFINITY;
  for (const format of formats) {
    const points = score(format, tree, names);
    if (points === undefined) continue;
    if (points > most || (points === most && favoured.includes(format) && !favoured.includes(found))) {
      found = format;
      most = points;
    }
  }
  return found;
}

/** How well the format explains the tree; undefined where its signs are missing. */
function score(format: ConfigFormat, tree: ConfigTree, names: Names): number | undefined {
  const { sections = [], keys = [], atLeast = 1, only = false } = format.signs;
  if (only && !names.sections.every((name) => sections.some((pattern) => fits(pattern, name)))) return undefined;
  const signs =
    sections.filter((pattern) => names.sections.some((name) => fits(pattern, name))).length +
    keys.filter((pattern) => names.keys.some((name) => fits(pattern, name))).length;
  if (signs < atLeast) return undefined;
  if (!format.judged) return signs;
  let known = 0;
  let unknown = 0;
  for (const section of tree.sections) {
    const spec = sectionSpec(format, section.name.text)?.spec;
    if (!spec) {
      unknown += 1 + section.keys.length;
      continue;
    }
    for (const key of section.keys) {
      if (keySpec(spec, key.name.text)) known++;
      else if (spec.closed) unknown++;
    }
  }
  // One sign can be chance. A file without keys that count (a template) needs a group of ours.
  const bare = tree.sections.every((section) => section.keys.length === 0);
  if (known === 0 && signs < 3 && !(bare && unknown === 0)) return undefined;
  return signs * SIGN + known - unknown;
}

/** How many ordinary keys a sign outweighs. */
const SIGN = 5;

/** Whether the file is called so; `*` stands for anything. */
function isCalled(path: string, pattern: string): boolean {
  const name = path.slice(path.lastIndexOf('/') + 1);
  let at = 0;
  const parts = pattern.split('*');
  for (const [i, part] of parts.entries()) {
    if (i === parts.length - 1) return name.endsWith(part) && name.length - part.length >= at;
    const found = i === 0 ? (name.startsWith(part) ? 0 : -1) : name.indexOf(part, at);
    if (found < 0) return false;
    at = found + part.length;
  }
  return true;
}
