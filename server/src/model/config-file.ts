/** A configuration's text met with its format: every section and key with its table entry, where there is one. */
import type { ConfigFormat, KeySpec, SectionSpec } from '../catalog/config-format.ts';
import { readConfig, syntaxOf } from '../syntax/config/read.ts';
import type { ConfigSyntax, ConfigTree, KeyNode } from '../syntax/config/tree.ts';
import type { Word } from '../syntax/launch/tree.ts';
import type { ConfigOrigin, HostFile } from '../text/excerpt.ts';
import type { Span } from '../text/span.ts';
import { keySpec, sectionSpec } from './config-names.ts';
import { type RecognisedBy, recognise, saidFormat } from './recognise.ts';

export interface ConfigFile {
  readonly format: ConfigFormat | undefined;
  /** What the format was told by; undefined where there is none. */
  readonly recognisedBy: RecognisedBy | undefined;
  readonly tree: ConfigTree;
  /** In file order; a group written twice stands here twice. */
  readonly sections: readonly ConfigSection[];
}

export interface ConfigSection {
  readonly name: string;
  readonly nameSpan: Span;
  /** `[name]` with its brackets. */
  readonly header: Span;
  readonly span: Span;
  readonly spec: SectionSpec | undefined;
  /** What stands in the place of `%u`: 3 of `source3`. */
  readonly number: number | undefined;
  readonly keys: readonly ConfigKey[];
}

export interface ConfigKey {
  readonly name: string;
  readonly nameSpan: Span;
  readonly span: Span;
  /** As the program reads it: blanks in front are not part of it, a trailing `# text` is. */
  readonly value: string;
  readonly valueSpan: Span;
  readonly spec: KeySpec | undefined;
  /** What stands in the place of `%u` or `%s`: `gate` of `line-crossing-gate`. */
  readonly label: string | undefined;
  /** Items of a YAML sequence. */
  readonly items: readonly Word[] | undefined;
  /** More structure stands below (YAML): not to be judged. */
  readonly nested: boolean;
  /** `key[xx]=…`, which GLib drops. */
  readonly dropped: boolean;
}

/** What is known of the text from outside. */
export interface ConfigHints {
  /** The file's path with `/`; its suffix tells the syntax and its name, last of all, the format. */
  readonly path?: string;
  /** The format that a referring file expects here. */
  readonly format?: string;
  /** Where it was found before. */
  readonly syntax?: ConfigSyntax;
}

/** Reads a configuration: text → tree → met with the format that it is recognised as. Never throws. */
export function readConfigFile(text: string, formats: Iterable<ConfigFormat>, hints: ConfigHints = {}): ConfigFile {
  const known = last;
  // A document is recognised first and read right after that: once is enough.
  if (known?.config.tree.text === text && known.formats === formats && sameHints(known, hints)) return known.config;
  const tree = readConfig(text, hints.syntax ?? syntaxOf(text, hints.path ?? ''));
  const found = recognise(tree, formats, { path: hints.path ?? '', format: hints.format });
  const config = meet(tree, found?.format, found?.by);
  last = { formats, config, hints };
  return config;
}

interface LastRead {
  readonly formats: Iterable<ConfigFormat>;
  readonly config: ConfigFile;
  readonly hints: ConfigHints;
}

let last: LastRead | undefined;

/** Whether the hints are those that the file was read with, or what came of them. */
const sameHints = ({ config, hints }: LastRead, now: ConfigHints): boolean =>
  (now.path === hints.path && now.format === hints.format && now.syntax === hints.syntax) ||
  (now.path === undefined && now.syntax === config.tree.syntax && now.format === config.format?.id);

/**
 * Whether a document is a configuration, and which; undefined where it is none. One that a person declared to be one, by its
 * language or by a comment, is one even if nothing of it is known.
 */
export function configurationOf(
  text: string,
  formats: Iterable<ConfigFormat>,
  file: HostFile,
  expected?: string,
): ConfigOrigin | undefined {
  const { format, tree } = readConfigFile(text, formats, { path: file.path, format: expected });
  const declared = file.languageId === 'deepstream-config' || saidFormat(text) !== undefined;
  return format || declared ? { format: format?.id, syntax: tree.syntax } : undefined;
}

/** All sections of that name in file order; a key file makes one of them. */
export const sectionsNamed = (config: ConfigFile, name: string): readonly ConfigSection[] =>
  indexOf(config, () => config.sections).get(name) ?? [];

/** The first section of that name; undefined where there is none. */
export const sectionNamed = (config: ConfigFile, name: string): ConfigSection | undefined =>
  sectionsNamed(config, name)[0];

/** The key of that name that counts in this section alone: the last one; undefined where there is none. */
export const keyOf = (section: ConfigSection, name: string): ConfigKey | undefined =>
  indexOf(section, () => section.keys.filter((key) => !key.dropped))
    .get(name)
    ?.at(-1);

/** The key of that name that counts, over all groups of the section's name. */
export function keyNamed(config: ConfigFile, section: string, name: string): ConfigKey | undefined {
  const homes = sectionsNamed(config, section);
  if (homes.length < 2) return homes[0] && keyOf(homes[0], name);
  return indexOf(homes, () => homes.flatMap((home) => home.keys.filter((key) => !key.dropped)))
    .get(name)
    ?.at(-1);
}

/** By name, kept as long as their owner: files with very many groups or keys are asked very often. */
function indexOf<T extends { readonly name: string }>(
  owner: object,
  all: () => readonly T[],
): ReadonlyMap<string, readonly T[]> {
  let found = indexes.get(owner) as Map<string, T[]> | undefined;
  if (!found) {
    found = new Map();
    for (const one of all()) {
      const same = found.get(one.name);
      if (same) same.push(one);
      else found.set(one.name, [one]);
    }
    indexes.set(owner, found);
  }
  return found;
}

const indexes = new WeakMap<object, unknown>();

function meet(tree: ConfigTree, format: ConfigFormat | undefined, by: RecognisedBy | undefined): ConfigFile {
  return {
    format,
    recognisedBy: by,
    tree,
    sections: tree.sections.map((section) => {
      const known = format && sectionSpec(format, section.name.text);
      return {
        name: section.name.text,
        nameSpan: section.name.span,
        header: section.header,
        span: section.span,
        spec: known?.spec,
        number: known?.label === undefined || known.label === '' ? undefined : Number(known.label),
        keys: section.keys.map((key) => meetKey(key, known?.spec)),
      };
    }),
  };
}

function meetKey(key: KeyNode, section: SectionSpec | undefined): ConfigKey {
  const known = section && keySpec(section, key.name.text);
  return {
    name: key.name.text,
    nameSpan: key.name.span,
    span: key.span,
    value: key.value.text,
    valueSpan: key.value.span,
    spec: known?.spec,
    label: known?.label,
    items: key.value.items,
    nested: key.value.nested === true,
    dropped: key.dropped,
  };
}
