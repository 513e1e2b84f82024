/** The shape of a document: symbols, foldings, growing selections; and symbols of the whole workspace. */
import {
  type CancellationToken,
  type DocumentSymbol,
  type FoldingRange,
  type SelectionRange,
  type SelectionRangeParams,
  type SymbolInformation,
  SymbolKind,
} from 'vscode-languageserver/node';
import { suits } from '../features/completion.ts';
import { around, folds } from '../features/structure.ts';
import { type SymbolNode, symbols } from '../features/symbols.ts';
import type { Reading } from '../model/read.ts';
import { LineIndex } from '../text/line-index.ts';
import type { Span } from '../text/span.ts';
import { readingsOf } from '../workspace/analyze.ts';
import { uriOf } from '../workspace/paths.ts';
import { search } from '../workspace/search.ts';
import { type Lines, toRange } from './convert.ts';
import { type Asked, describe, readingAt } from './handler.ts';
import type { Session } from './session.ts';

const KINDS: Readonly<Record<SymbolNode['kind'], SymbolKind>> = {
  pipeline: SymbolKind.Module,
  element: SymbolKind.Class,
  group: SymbolKind.Namespace,
  key: SymbolKind.Property,
};

export function documentSymbols({ analysis, lines }: Asked): DocumentSymbol[] {
  return analysis.readings.flatMap((reading) => symbols(reading).map((node) => symbol(node, reading, lines)));
}

function symbol(node: SymbolNode, reading: Reading, lines: Lines): DocumentSymbol {
  const own = reading.excerpt.map.toDocument(node.nameSpan);
  const whole = reading.excerpt.map.toDocument(node.span);
  // The name must lie in the whole, also where a constant was filled in from elsewhere.
  const inside = own.start >= whole.start && own.end <= whole.end ? own : { start: whole.start, end: whole.start };
  return {
    name: node.name === '' ? '?' : node.name,
    kind: KINDS[node.kind],
    detail: node.detail,
    range: toRange(lines, whole),
    selectionRange: toRange(lines, inside),
    children: node.children.map((child) => symbol(child, reading, lines)),
  };
}

/** By line, as editors fold: only what has more than one. */
export function foldingRanges({ analysis, lines }: Asked): FoldingRange[] {
  const found = new Map<number, FoldingRange>();
  for (const reading of analysis.readings) {
    for (const span of folds(reading)) {
      const { start, end } = toRange(lines, reading.excerpt.map.toDocument(span));
      const endLine = end.character === 0 && end.line > start.line ? end.line - 1 : end.line;
      if (endLine > start.line && !found.has(start.line)) found.set(start.line, { startLine: start.line, endLine });
    }
  }
  return [...found.values()].sort((a, b) => a.startLine - b.startLine);
}

export function selectionRanges(asked: Asked, { positions }: SelectionRangeParams): SelectionRange[] {
  const { lines } = asked;
  return positions.map((position) => {
    const inside = readingAt(asked, lines.offsetAt(position));
    const empty: SelectionRange = { range: { start: position, end: position } };
    if (!inside) return empty;
    const { map, span } = inside.reading.excerpt;
    const spans: Span[] = [...around(inside.reading, inside.offset).map((one) => map.toDocument(one)), span];
    let parent: SelectionRange | undefined;
    let outer: Span | undefined;
    for (const one of spans.reverse()) {
      if (outer && (one.start < outer.start || one.end > outer.end)) continue;
      if (outer && one.start === outer.start && one.end === outer.end) continue;
      parent = { range: toRange(lines, one), ...(parent && { parent }) };
      outer = one;
    }
    return parent ?? empty;
  });
}

/** So many files are looked through, and so many symbols told. */
const MOST_FILES = 3000;
const MOST_SYMBOLS = 500;

/** Named elements, pipelines and groups of the workspace that suit the query. Gives up its turn between files. */
export async function workspaceSymbols(
  session: Session,
  query: string,
  token: CancellationToken,
): Promise<SymbolInformation[]> {
  const found: SymbolInformation[] = [];
  const { world } = session.store;
  let count = 0;
  for (const path of search(session.folders, world.files)) {
    if (++count > MOST_FILES || found.length >= MOST_SYMBOLS) break;
    if (count % 20 === 0) await new Promise(setImmediate);
    if (token.isCancellationRequested) return [];
    const text = world.files.read(path);
    if (text === undefined) continue;
    try {
      found.push(...symbolsOf(path, text, session, query));
    } catch (error) {
      session.connection.console.error(describe(error));
    }
  }
  return found.slice(0, MOST_SYMBOLS);
}

function symbolsOf(path: string, text: string, { store: { world } }: Session, query: string): SymbolInformation[] {
  const lines = new LineIndex(text);
  const uri = uriOf(path);
  return readingsOf(path, text, world).flatMap((reading) =>
    symbols(reading)
      .flatMap((top) => [top, ...top.children])
      .filter(
        ({ kind, detail, name }) => kind !== 'key' && !(kind === 'element' && detail === '') && suits(query, name),
      )
      .map(({ name, kind, detail, nameSpan }) => ({
        name,
        kind: KINDS[kind],
        containerName: detail,
        location: { uri, range: toRange(lines, reading.excerpt.map.toDocument(nameSpan)) },
      })),
  );
}
