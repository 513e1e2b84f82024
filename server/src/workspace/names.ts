/**
 * All places of a name, over the texts that share it: pieces of one pipeline in a program, calls that look a name up,
 * pipelines in files of their own that a program reads, and configurations that name each other.
 */
import { nameAt, type Occurrence, occurrences, sameName } from '../features/names.ts';
import { writtenPaths } from '../features/paths.ts';
import type { Reading } from '../model/read.ts';
import type { Span } from '../text/span.ts';
import { readingsOf, type World } from './analyze.ts';
import type { Analysis } from './document.ts';
import { lookupAt, lookupsOf } from './lookups.ts';
import { pathOf, resolveWritten, uriOf } from './paths.ts';
import { search } from './search.ts';

export interface NamePlace {
  readonly uri: string;
  /** In the document. */
  readonly span: Span;
  readonly gives: boolean;
  /** Another name as it is written there. */
  write(name: string): string;
}

export interface Named {
  readonly name: Pick<Occurrence, 'kind' | 'name'>;
  /** Where the name stands that was asked about. */
  readonly at: Span;
  readonly places: readonly NamePlace[];
  /** The file in which another name of the kind is given already, among what the name is shared by. */
  taken(other: string): string | undefined;
}

/** More files than a project has are not looked through. */
const MOST_FILES = 3000;

/** The name at a document's offset and all places of it. `'here'` keeps to the document. */
export function namePlaces(
  analysis: Analysis,
  offset: number,
  inside: { readonly reading: Reading; readonly offset: number } | undefined,
  world: World,
  folders: readonly string[] | 'here',
): Named | undefined {
  const { uri, text } = analysis.document;
  const own = inside && nameAt(inside.reading, inside.offset);
  const looked = own ? undefined : lookupAt(text, offset);
  const name = own ?? (looked && { ...looked, scope: undefined });
  if (!name) return undefined;
  const at = own && inside ? inside.reading.excerpt.map.toDocument(own.span) : looked!.span;
  const here = placesIn(uri, text, analysis.readings, name, own && inside?.reading);
  const elsewhere = folders === 'here' ? [] : placesElsewhere(analysis, name, world, folders);
  const taken = (other: string): string | undefined => {
    const wanted = { ...name, name: other };
    // An element's name is taken in its own pipeline only.
    const own = analysis.readings.filter((reading) => reading.kind === 'config' || sameName(reading, name).length > 0);
    if (own.some((reading) => gives(reading, wanted))) return pathOf(uri);
    if (name.kind !== 'inference' || folders === 'here') return undefined;
    const others = relatives(analysis, world, folders);
    return others.find(({ readings }) => readings.some((reading) => gives(reading, wanted)))?.path;
  };
  return { name, at, places: once([...here, ...elsewhere]), taken };
}

/** Ids of inferences that are given in other files of the project, with the files' names. */
export const inferencesElsewhere = (
  analysis: Analysis,
  world: World,
  folders: readonly string[],
): { readonly id: string; readonly where: string }[] =>
  relatives(analysis, world, folders).flatMap(({ path, readings }) =>
    readings
      .flatMap((reading) => occurrences(reading))
      .filter(({ kind, gives }) => kind === 'inference' && gives)
      .map(({ name }) => ({ id: name, where: path.slice(path.lastIndexOf('/') + 1) })),
  );

/** Everywhere that a file is named, by its absolute path; the document as it is being edited. */
export function pathPlaces(
  path: string,
  analysis: Analysis,
  world: World,
  folders: readonly string[],
): { readonly uri: string; readonly span: Span }[] {
  const own = pathOf(analysis.document.uri);
  const last = path.slice(path.lastIndexOf('/') + 1);
  const others = [...textsBelow(folders, world)].filter(([other, text]) => other !== own && text.includes(last));
  const all: [string, readonly Reading[]][] = [
    [own, analysis.readings],
    ...others.map(([other, text]): [string, readonly Reading[]] => [other, readingsOf(other, text, world)]),
  ];
  return all.flatMap(([home, readings]) =>
    readings.flatMap((reading) =>
      writtenPaths(reading)
        .filter((written) => resolveWritten(written.path, home, folders, world.files) === path)
        .map(({ span }) => ({
          uri: home === own ? analysis.document.uri : uriOf(home),
          span: reading.excerpt.map.toDocument(span),
        })),
    ),
  );
}

/** A name of whatever scope where a program looks it up: there, it has none. */
type Sought = Pick<Occurrence, 'kind' | 'name'> & { readonly scope: string | undefined };

/** `home` is the reading that the name was asked about in. */
function placesIn(
  uri: string,
  text: string,
  readings: readonly Reading[],
  name: Sought,
  home: Reading | undefined,
): NamePlace[] {
  const found = lookupsOf(text, name).map(
    ({ span }): NamePlace => ({ uri, span, gives: false, write: (other) => other }),
  );
  // A whole pipeline's names are its own, unless a program looks them up: then it means whichever it has made. Pieces of
  // one share theirs, and so do configurations.
  const shared = home === undefined || found.length > 0;
  for (const reading of readings) {
    const { excerpt } = reading;
    const shares =
      shared || reading === home || reading.kind === 'config' || (excerpt.fragment && home.excerpt.fragment);
    if (!shares) continue;
    for (const { span, gives } of sameName(reading, name)) {
      found.push({
        uri,
        span: excerpt.map.toDocument(span),
        gives,
        write: (other) => excerpt.write(other, span.start, span.end),
      });
    }
  }
  return found;
}

function placesElsewhere(analysis: Analysis, name: Sought, world: World, folders: readonly string[]): NamePlace[] {
  switch (name.kind) {
    case 'inference':
      return relatives(analysis, world, folders).flatMap(({ path, readings }) =>
        placesIn(uriOf(path), '', readings, name, undefined),
      );
    case 'element':
    case 'shape':
      return programsAndTheirs(analysis, name, world, folders);
    case 'pad':
      return [];
  }
}

interface Other {
  readonly path: string;
  readonly readings: readonly Reading[];
}

/** Configurations and pipelines that the document names, that name it, and so on. Without the document itself. */
function relatives(analysis: Analysis, world: World, folders: readonly string[]): Other[] {
  const start = pathOf(analysis.document.uri);
  const others = new Map<string, { readonly readings: readonly Reading[]; readonly names: ReadonlySet<string> }>();
  const pathsOf = (path: string, readings: readonly Reading[]): Set<string> =>
    new Set(
      readings.flatMap((reading) =>
        writtenPaths(reading).map((written) => resolveWritten(written.path, path, folders, world.files)),
      ),
    );
  for (const [path, text] of textsBelow(folders, world)) {
    if (!/gie|unique-id|config-file/.test(text)) continue;
    const readings = readingsOf(path, text, world);
    if (readings.length > 0) others.set(path, { readings, names: pathsOf(path, readings) });
  }
  others.set(start, { readings: analysis.readings, names: pathsOf(start, analysis.readings) });
  const reached = new Set([start]);
  for (const path of reached) {
    for (const other of others.get(path)?.names ?? []) if (others.has(other)) reached.add(other);
    for (const [other, { names }] of others) if (names.has(path)) reached.add(other);
  }
  reached.delete(start);
  return [...reached].map((path) => ({ path, readings: others.get(path)!.readings }));
}

/**
 * A program that looks the name up and mentions the file by its name, and what else it mentions that gives the name. A
 * file is mentioned by its last part, since where a program is started is not known.
 */
function programsAndTheirs(analysis: Analysis, name: Sought, world: World, folders: readonly string[]): NamePlace[] {
  const { uri, text } = analysis.document;
  const start = pathOf(uri);
  const programs = new Map<string, string>();
  const others: string[] = [];
  for (const [path, read] of textsBelow(folders, world)) {
    if (path === start) continue;
    if (lookupsOf(read, name).length > 0) programs.set(path, read);
    else others.push(path);
  }
  if (lookupsOf(text, name).length > 0) programs.set(start, text);
  if (programs.size === 0) return [];
  const reached = new Map([[start, analysis.readings]]);
  const mentions = (program: string | undefined, path: string): boolean =>
    program?.includes(path.slice(path.lastIndexOf('/') + 1)) === true;
  const reach = (path: string, read: string | undefined): void => {
    if (reached.has(path) || read === undefined) return;
    const readings = readingsOf(path, read, world);
    if (programs.has(path) || readings.some((one) => gives(one, name))) reached.set(path, readings);
  };
  for (const path of reached.keys()) {
    const program = programs.get(path);
    if (program !== undefined) {
      for (const other of others) if (mentions(program, other)) reach(other, world.files.read(other));
    } else {
      for (const [other, read] of programs) if (mentions(read, path)) reach(other, read);
    }
  }
  reached.delete(start);
  return [...reached].flatMap(([path, readings]) =>
    placesIn(uriOf(path), programs.get(path) ?? '', readings, name, undefined),
  );
}

const gives = (reading: Reading, name: Sought): boolean => sameName(reading, name).some((one) => one.gives);

/** The files that hosts read, with their texts. */
function* textsBelow(folders: readonly string[], world: World): Generator<[string, string]> {
  let count = 0;
  for (const path of search(folders, world.files)) {
    if (++count > MOST_FILES) return;
    const text = world.files.read(path);
    if (text !== undefined) yield [path, text];
  }
}

function once(places: readonly NamePlace[]): NamePlace[] {
  const seen = new Set<string>();
  return places.filter(({ uri, span }) => {
    const key = `${uri} ${span.start}`;
    if (seen.has(key)) return false;
    seen.add(key);
    return true;
  });
}
