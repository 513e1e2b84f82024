/** From a name to where it is given and used, from a path to its file, along links from element to element. */
import {
  type CallHierarchyIncomingCall,
  type CallHierarchyItem,
  type CallHierarchyOutgoingCall,
  type DocumentHighlight,
  DocumentHighlightKind,
  type DocumentLink,
  ErrorCodes,
  type LinkedEditingRanges,
  type Location,
  type Range,
  type ReferenceParams,
  type RenameParams,
  ResponseError,
  SymbolKind,
  type TextEdit,
  type WorkspaceEdit,
} from 'vscode-languageserver/node';
import { type ClassNumber, classAt } from '../features/class-label.ts';
import { elementAt, neighboursOf } from '../features/hierarchy.ts';
import { nameAt, refusedName, sameName } from '../features/names.ts';
import { writtenPaths } from '../features/paths.ts';
import type { Element } from '../model/pipeline.ts';
import type { LaunchReading } from '../model/read.ts';
import { type Span, touches } from '../text/span.ts';
import { type Named, type NamePlace, namePlaces, pathPlaces } from '../workspace/names.ts';
import { isAbsolute, pathOf, resolveWritten, uriOf } from '../workspace/paths.ts';
import { type Lines, toRange } from './convert.ts';
import type { Asked, AskedAt } from './handler.ts';

export function definition(asked: AskedAt): Location[] {
  const named = nameOf(asked, true);
  if (named) {
    const given = named.places.filter(({ gives }) => gives);
    return locations(asked, given.length > 0 ? given : (elementOfPad(asked) ?? named.places));
  }
  const label = labelOf(asked);
  if (label) {
    const line = label.number;
    const range = { start: { line, character: 0 }, end: { line, character: label.text.length } };
    return [{ uri: uriOf(label.path), range }];
  }
  const path = pathAt(asked);
  const start = { line: 0, character: 0 };
  return path === undefined ? [] : [{ uri: uriOf(path), range: { start, end: start } }];
}

export function references(asked: AskedAt, { context }: ReferenceParams): Location[] {
  const named = nameOf(asked, true);
  if (named) {
    return locations(
      asked,
      named.places.filter(({ gives }) => context.includeDeclaration || !gives),
    );
  }
  const path = pathAt(asked);
  const { analysis, session } = asked;
  return path === undefined ? [] : locations(asked, pathPlaces(path, analysis, session.store.world, session.folders));
}

export function highlights(asked: AskedAt): DocumentHighlight[] {
  return (nameOf(asked, false)?.places ?? []).map(({ span, gives }) => ({
    range: toRange(asked.lines, span),
    kind: gives ? DocumentHighlightKind.Write : DocumentHighlightKind.Read,
  }));
}

export function prepareRename(asked: AskedAt): { range: Range; placeholder: string } | null {
  const named = nameOf(asked, false);
  if (!named || named.name.kind === 'pad') return null;
  return { range: toRange(asked.lines, named.at), placeholder: named.name.name };
}

export function rename(asked: AskedAt, { newName }: RenameParams): WorkspaceEdit | null {
  const named = nameOf(asked, true);
  if (!named) return null;
  const refused = refusedName(named.name, newName);
  if (refused !== undefined) throw new ResponseError(ErrorCodes.InvalidParams, refused);
  const taken = newName === named.name.name ? undefined : named.taken(newName);
  if (taken !== undefined) {
    const where = taken === pathOf(asked.uri) ? 'here' : `in ${taken.slice(taken.lastIndexOf('/') + 1)}`;
    throw new ResponseError(ErrorCodes.InvalidParams, `"${newName}" is given to another one ${where} already.`);
  }
  const changes: Record<string, TextEdit[]> = {};
  for (const { uri, span, write } of named.places) {
    const lines = linesOf(asked, uri);
    if (!lines) continue;
    const edits = (changes[uri] ??= []);
    edits.push({ range: toRange(lines, span), newText: write(newName) });
  }
  return { changes };
}

/** Only where every place is written as the name is: an escape would be edited along with it. */
export function linkedEditing(asked: AskedAt): LinkedEditingRanges | null {
  const named = nameOf(asked, false);
  if (named?.name.kind !== 'element' || named.places.length < 2) return null;
  const { text } = asked.analysis.document;
  const { name } = named.name;
  if (!named.places.every(({ span }) => text.slice(span.start, span.end) === name)) return null;
  return { ranges: named.places.map(({ span }) => toRange(asked.lines, span)), wordPattern: '[\\w%:-]+' };
}

/** Every path that names a file that is there. */
export function documentLinks(asked: Asked): DocumentLink[] {
  return filesNamed(asked).map(({ span, path }) => ({ range: toRange(asked.lines, span), target: uriOf(path) }));
}

/** The file that the path at the place names; undefined where it is not there. */
const pathAt = (asked: AskedAt): string | undefined =>
  filesNamed(asked).find(({ span }) => touches(span, asked.offset))?.path;

function filesNamed({ session, analysis, uri }: Asked): { readonly span: Span; readonly path: string }[] {
  return analysis.readings.flatMap((reading) =>
    writtenPaths(reading).flatMap(({ span, path }) => {
      if (!isAbsolute(path) && !uri.startsWith('file:')) return [];
      const full = resolveWritten(path, pathOf(uri), session.folders, session.outside.files);
      return session.outside.files.exists(full) ? [{ span: reading.excerpt.map.toDocument(span), path: full }] : [];
    }),
  );
}

export function prepareHierarchy(asked: AskedAt): CallHierarchyItem[] | null {
  const { inside } = asked;
  if (inside?.reading.kind !== 'launch') return null;
  const element = elementAt(inside.reading, inside.offset);
  return element ? [hierarchyItem(asked, inside.reading, element)] : null;
}

export function incoming(asked: AskedAt): CallHierarchyIncomingCall[] {
  return along(asked, 'from').map(({ item, ranges }) => ({ from: item, fromRanges: ranges }));
}

export function outgoing(asked: AskedAt): CallHierarchyOutgoingCall[] {
  return along(asked, 'to').map(({ item, ranges }) => ({ to: item, fromRanges: ranges }));
}

/** The elements that feed the one at the place, or that it feeds, with the links between. */
function along(asked: AskedAt, side: 'from' | 'to'): { item: CallHierarchyItem; ranges: Range[] }[] {
  const { inside, lines } = asked;
  if (inside?.reading.kind !== 'launch') return [];
  const { reading } = inside;
  const element = elementAt(reading, inside.offset);
  if (!element) return [];
  return neighboursOf(reading, element, side).map(({ element: other, links }) => ({
    item: hierarchyItem(asked, reading, other),
    ranges: links.map((span) => toRange(lines, reading.excerpt.map.toDocument(span))),
  }));
}

function hierarchyItem({ lines, uri }: Asked, reading: LaunchReading, element: Element): CallHierarchyItem {
  const place = (span: Span): Range => toRange(lines, reading.excerpt.map.toDocument(span));
  return {
    name: element.named ? element.name : element.factory,
    kind: SymbolKind.Class,
    detail: element.named ? element.factory : element.name,
    uri,
    range: place(element.node?.span ?? element.span),
    selectionRange: place(element.span),
  };
}

/** The name at the place and where else it stands: in the document, or everywhere. */
export function nameOf({ analysis, offset, inside, session }: AskedAt, everywhere: boolean): Named | undefined {
  return namePlaces(analysis, offset, inside, session.store.world, everywhere ? session.folders : 'here');
}

/** Where the element of a pad that is referred to has its name. */
function elementOfPad({ inside, analysis }: AskedAt): NamePlace[] | undefined {
  const pad = inside && nameAt(inside.reading, inside.offset);
  if (pad?.kind !== 'pad') return undefined;
  const { excerpt } = inside!.reading;
  const given = sameName(inside!.reading, { kind: 'element', name: pad.scope, scope: '' }).filter(({ gives }) => gives);
  return given.map(({ span }) => ({
    uri: analysis.document.uri,
    span: excerpt.map.toDocument(span),
    gives: true,
    write: (name) => name,
  }));
}

/** The class that a number at the place stands for, with its line in the label file. */
export function labelOf({ inside, session, uri }: AskedAt): (ClassNumber & { path: string; text: string }) | undefined {
  const label = inside && classAt(inside.reading, inside.offset);
  if (!label) return undefined;
  const path = resolveWritten(label.file, pathOf(uri), session.folders, session.outside.files);
  const text = session.store.world.files.read(path)?.split('\n')[label.number]?.replace(/\r$/, '');
  return text === undefined || text.trim() === '' ? undefined : { ...label, path, text };
}

function locations(asked: Asked, places: readonly Pick<NamePlace, 'uri' | 'span'>[]): Location[] {
  return places.flatMap(({ uri, span }) => {
    const lines = linesOf(asked, uri);
    return lines ? [{ uri, range: toRange(lines, span) }] : [];
  });
}

const linesOf = ({ session, uri, lines }: Asked, other: string): Lines | undefined =>
  other === uri ? lines : session.linesOf(other);
