/**
 * What the server shows of any text: nothing is thrown, and each answer is of the form that the protocol asks for. An editor
 * refuses a symbol whose name lies outside it, tokens that overlap, edits that do.
 */
import assert from 'node:assert/strict';
import { join } from 'node:path';
import { it } from 'node:test';
import type { DocumentSymbol, Range, SelectionRange } from 'vscode-languageserver/node';
import { codeLenses, documentColors, documentTokens, hints } from '../../server/src/lsp/decorations.ts';
import { type Asked, type AskedAt, readingAt } from '../../server/src/lsp/handler.ts';
import { hover } from '../../server/src/lsp/hover.ts';
import {
  definition,
  documentLinks,
  highlights,
  incoming,
  linkedEditing,
  outgoing,
  prepareHierarchy,
  prepareRename,
  rename,
} from '../../server/src/lsp/navigation.ts';
import { documentSymbols, foldingRanges, selectionRanges } from '../../server/src/lsp/outline.ts';
import { defaultSettings } from '../../server/src/protocol.ts';
import { LineIndex } from '../../server/src/text/line-index.ts';
import { analyze, type World } from '../../server/src/workspace/analyze.ts';
import { fuzzWorlds, inputOf, ownSeeds } from '../support/fuzz.ts';
import { documentOf } from '../support/world.ts';

const RUNS = 1_000;

it(`${RUNS} mutated documents are shown as an editor takes it`, () => {
  const seeds = ownSeeds(join(import.meta.dirname, '../..'));
  const worlds = fuzzWorlds();
  for (let run = 0; run < RUNS; run++) {
    const { path, text } = inputOf(seeds, 2, run);
    try {
      check(path, text, run, worlds[run % worlds.length]!);
    } catch (error) {
      throw new Error(`run ${run}, ${path}: ${JSON.stringify(text)}`, { cause: error });
    }
  }
});

function check(path: string, text: string, run: number, world: World): void {
  const analysis = analyze(documentOf(text, '', path), world);
  const lines = new LineIndex(text);
  const session = {
    settings: defaultSettings,
    capabilities: { experimental: { commands: { commands: ['jetsonPipelines.runOnJetson'] } } },
    store: { world },
    folders: [],
    outside: { files: world.files, rulesPage: undefined },
    linesOf: () => undefined,
  };
  const asked = { session, uri: analysis.document.uri, analysis, lines } as unknown as Asked;
  const all: Range = { start: lines.positionAt(0), end: lines.positionAt(text.length) };
  const size = ({ start, end }: Range): [number, number] => [lines.offsetAt(start), lines.offsetAt(end)];
  const holds = (range: Range): [number, number] => {
    const [start, end] = size(range);
    assert.ok(start <= end && end <= text.length, 'a range lies in the text');
    return [start, end];
  };

  tokensInOrder(documentTokens(asked).data, text);
  for (const { position } of hints(asked, { textDocument: asked, range: all })) {
    holds({ start: position, end: position });
  }
  for (const { range, command } of codeLenses(asked)) {
    holds(range);
    assert.notEqual(command?.title, '');
  }
  for (const { range } of [...documentColors(asked), ...documentLinks(asked)]) holds(range);
  for (const { startLine, endLine } of foldingRanges(asked)) assert.ok(startLine < endLine);
  for (const symbol of documentSymbols(asked)) nested(symbol, holds);

  for (let i = 0; i < 4; i++) {
    const offset = Math.imul(run + 1, 7919 * (i + 1)) % (text.length + 1);
    const position = lines.positionAt(Math.abs(offset));
    const at: AskedAt = { ...asked, offset: Math.abs(offset), inside: readingAt(asked, Math.abs(offset)) };
    const params = { textDocument: asked, position };
    for (const { range } of [...definition(at).filter(({ uri }) => uri === asked.uri), ...highlights(at)]) holds(range);
    hover(at);
    linkedEditing(at);
    prepareHierarchy(at);
    incoming(at);
    outgoing(at);
    const prepared = prepareRename(at);
    if (prepared) {
      const [start, end] = holds(prepared.range);
      assert.ok(start <= Math.abs(offset) && Math.abs(offset) <= end, 'what is renamed is under the cursor');
      const edits = rename(at, { ...params, newName: '7' })?.changes?.[asked.uri] ?? [];
      const places = edits.map(({ range }) => holds(range)).sort((a, b) => a[0] - b[0]);
      places.forEach(([from], n) => {
        assert.ok(n === 0 || places[n - 1]![1] <= from, 'edits do not overlap');
      });
    }
    const [selection] = selectionRanges(asked, { textDocument: asked, positions: [position] });
    for (let one: SelectionRange | undefined = selection; one?.parent; one = one.parent) {
      const [inner, outer] = [holds(one.range), holds(one.parent.range)];
      assert.ok(outer[0] <= inner[0] && inner[1] <= outer[1], 'a selection grows');
    }
  }
}

function nested(symbol: DocumentSymbol, holds: (range: Range) => [number, number]): void {
  const [start, end] = holds(symbol.range);
  const [from, to] = holds(symbol.selectionRange);
  assert.notEqual(symbol.name, '');
  assert.ok(start <= from && to <= end, "a symbol's name lies in it");
  for (const child of symbol.children ?? []) nested(child, holds);
}

/** Five numbers a token, as the protocol has them. */
function tokensInOrder(data: readonly number[], text: string): void {
  const lengths = text.split(/\r\n|\r|\n/).map((line) => line.length);
  let line = 0;
  let character = 0;
  let end = 0;
  for (let i = 0; i < data.length; i += 5) {
    const [lines, characters, length] = data.slice(i, i + 3) as [number, number, number];
    if (lines > 0) end = 0;
    line += lines;
    character = lines > 0 ? characters : character + characters;
    assert.ok(length > 0 && character >= end && character + length <= lengths[line]!, 'tokens stand in their lines');
    end = character + length;
  }
}
