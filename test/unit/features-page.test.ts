/** What docs/features.md says of us is so: each row names a protocol test that is there, and no answer is without a row. */
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, it } from 'node:test';
import { capabilities } from '../../server/src/lsp/capabilities.ts';

const root = join(import.meta.dirname, '../..');
const rows = readFileSync(join(root, 'docs/features.md'), 'utf8')
  .split('\n')
  .flatMap((line) => {
    const cells = line.split(' | ').map((cell) => cell.replace(/^\| | \|$/g, ''));
    return /^\| `/.test(line) ? [{ method: cells[0]!.replaceAll('`', ''), cells, ours: cells.at(-1)! }] : [];
  });

/** The method that each of the server's capabilities stands for. */
const methods: Readonly<Record<string, string>> = {
  diagnosticProvider: 'textDocument/diagnostic',
  codeActionProvider: 'textDocument/codeAction',
  hoverProvider: 'textDocument/hover',
  completionProvider: 'textDocument/completion',
  definitionProvider: 'textDocument/definition',
  referencesProvider: 'textDocument/references',
  documentHighlightProvider: 'textDocument/documentHighlight',
  renameProvider: 'textDocument/rename',
  linkedEditingRangeProvider: 'textDocument/linkedEditingRange',
  documentLinkProvider: 'textDocument/documentLink',
  documentSymbolProvider: 'textDocument/documentSymbol',
  workspaceSymbolProvider: 'workspace/symbol',
  selectionRangeProvider: 'textDocument/selectionRange',
  inlayHintProvider: 'textDocument/inlayHint',
  codeLensProvider: 'textDocument/codeLens',
  colorProvider: 'textDocument/documentColor',
  documentFormattingProvider: 'textDocument/formatting',
  documentRangeFormattingProvider: 'textDocument/rangeFormatting',
  documentOnTypeFormattingProvider: 'textDocument/onTypeFormatting',
  foldingRangeProvider: 'textDocument/foldingRange',
  callHierarchyProvider: 'textDocument/prepareCallHierarchy',
  semanticTokensProvider: 'textDocument/semanticTokens/full',
};

describe('the table of features', () => {
  it('has a row of the same width for each method, once', () => {
    assert.ok(rows.length > 20);
    for (const { method, cells } of rows) assert.equal(cells.length, 8, method);
    assert.equal(new Set(rows.map(({ method }) => method)).size, rows.length);
  });

  for (const { method, ours } of rows) {
    if (ours === '–') continue;
    it(`${method} has its test`, () => {
      const [, file, name] = /^yes: `([\w-]+\.test\.ts)`, "(.+)"$/.exec(ours) ?? [];
      assert.ok(file !== undefined && name !== undefined, ours);
      const text = readFileSync(join(root, 'test/protocol', file), 'utf8');
      const named = ["'", '"', '`'].some((quote) => text.includes(`test(${quote}${name}${quote}`));
      assert.ok(named || text.includes(`test(\`${name} (\${host})\``), `no test of this name in ${file}: ${name}`);
    });
  }

  it('has a row for everything that the server says it can do', () => {
    for (const one of Object.keys(capabilities({}))) {
      if (!one.endsWith('Provider')) continue;
      const row = rows.find(({ method }) => method === methods[one]);
      assert.ok(row && row.ours !== '–', one);
    }
  });
});
