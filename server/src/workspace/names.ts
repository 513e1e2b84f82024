/**
 * All places of a name, over the texts that share it: pieces of one pipeline in a program, calls that look an element up by
 * its name, and configurations that name each other.
 */
import { nameAt, type Occurrence, sameName } from '../features/names.ts';
import { writtenPaths } from '../features/paths.ts';
import type { Reading } from '../model/read.ts';
import type { Span } from '../text/span.ts';
import { readingsOf, type World } from './analyze.ts';
import type { Analysis } from './document.ts';
import { folderOf, isAbsolute, pathOf, resolvePath, uriOf } from './paths.ts';
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
  readonly occurrence: Occurrence;
  /** Where the name stands that was asked about. */
  readonly at: Span;
  readonly places: readonly NamePlace[];
}

/** More configurations than a project has are not looked through for those that name a file. */
const MOST_FILES = 1000;

/** The name at a place and all places of it. `here` keeps to the document. */
export function namePlaces(
  analysis: Analysis,
  inside: { readonly reading: Reading; readonly offset: number },
  world: World,
  folders: readonly string[] | 'here',
): Named | undefined {
  const occurrence = nameAt(inside.reading, inside.offset);
  if (!occurrence) return undefined;
  const { uri } = analysis.document;
  const places: NamePlace[] = [];
  const add = (where: string, reading: Reading, list: readonly Occurrence[]): void => {
    const { excerpt } = reading;
    for (const { span, gives } of list) {
      places.push({
        uri: where,
        span: excerpt.map.toDocument(span),
        gives,
        write: (name) => excerpt.write(name, span.start, span.end),
      });
    }
  };
  for (const reading of analysis.readings) {
    // A whole pipeline's names are its own; pieces of one share theirs.
    const shares = reading === inside.reading || (reading.excerpt.fragment && inside.reading.excerpt.fragment);
    if (shares || reading.kind === 'config') add(uri, reading, sameName(reading, occurrence));
  }
  if (occurrence.kind === 'element') places.push(...lookups(analysis, occurrence.name));
  else if (folders !== 'here' && occurrence.kind === 'inference') {
    for (const path of relatives(analysis, world, folders)) {
      for (const reading of at(path, world)) add(uriOf(path), reading, sameName(reading, occurrence));
    }
  }
  return { occurrence, at: inside.reading.excerpt.map.toDocument(occurrence.span), places: once(places) };
}

/** `get_by_name("sink")` in the program around the pipeline. */
function lookups({ document: { text, uri } }: Analysis, name: string): NamePlace[] {
  const found: NamePlace[] = [];
  const call =
    /by_?name(?:_recurse_up)?(?:::<[\w:<>]*>)?\s*\(\s*(?:[\w.>()-]{1,60},\s*)?(?:b|c|r)?(["'])([\w%:-]{1,200})\1/gi;
  for (const match of text.matchAll(call)) {
    if (match[2] !== name) continue;
    const start = match.index + match[0].length - 1 - name.length;
    found.push({ uri, span: { start, end: start + name.length }, gives: false, write: (other) => other });
  }
  return found;
}

/** Configurations that the document names, that name it, and so on. Without the document itself. */
function relatives(analysis: Analysis, world: World, folders: readonly string[]): string[] {
  const start = pathOf(analysis.document.uri);
  const named = new Map<string, ReadonlySet<string>>();
  let count = 0;
  for (const path of search(folders, world.files)) {
    if (!/\.(?:txt|ya?ml|ini|cfg|conf)$/i.test(path)) continue;
    if (++count > MOST_FILES) break;
    named.set(path, new Set(at(path, world).flatMap((reading) => pathsOf(reading, path))));
  }
  named.set(start, new Set(analysis.readings.flatMap((reading) => pathsOf(reading, start))));
  const reached = new Set([start]);
  for (const path of reached) {
    for (const other of named.get(path) ?? []) if (named.has(other)) reached.add(other);
    for (const [other, theirs] of named) if (theirs.has(path)) reached.add(other);
  }
  reached.delete(start);
  return [...reached];
}

const pathsOf = (reading: Reading, path: string): string[] =>
  writtenPaths(reading).map((written) => resolvePath(folderOf(path), written.path));

function at(path: string, world: World): readonly Reading[] {
  const text = isAbsolute(path) ? world.files.read(path) : undefined;
  return text === undefined ? [] : readingsOf(path, text, world);
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
