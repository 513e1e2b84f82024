/**
 * The language server: LSP over standard input and output (`--stdio`, also without any option) or over Node's IPC
 * (`--node-ipc`, as VS Code starts it). Opens no socket, starts no process, writes no file.
 */
import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { setFlagsFromString } from 'node:v8';
import { createConnection, ProposedFeatures } from 'vscode-languageserver/node';
import { diskFiles, loadTable, schemasFolder } from './disk.ts';
import { serve } from './lsp/serve.ts';
import { makeTargets } from './workspace/targets.ts';

// Every keystroke leaves some garbage, and V8 would let the heap double before it looks for it, with a young space that
// has grown while a large file was read. A small young space and a heap that grows by half cost no time that could be
// measured, and half of the memory.
setFlagsFromString('--semi-space-growth-factor=1');
setFlagsFromString('--heap-growing-percent=50');

if (!process.argv.some((word) => word === '--node-ipc' || word === '--stdio')) process.argv.push('--stdio');

const rulesPage = join(dirname(schemasFolder()), 'docs', 'rules.md');

serve(createConnection(ProposedFeatures.all), {
  files: diskFiles,
  targets: (projectText, live) => makeTargets(loadTable, projectText, live),
  rulesPage: existsSync(rulesPage) ? pathToFileURL(rulesPage).href : undefined,
});
