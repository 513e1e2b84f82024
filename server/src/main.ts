/**
 * The language server: LSP over standard input and output (`--stdio`, also without any option) or over Node's IPC
 * (`--node-ipc`, as VS Code starts it). Opens no socket, starts no process, writes no file.
 */
import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { createConnection, ProposedFeatures } from 'vscode-languageserver/node';
import { diskFiles, loadTable, schemasFolder } from './disk.ts';
import { serve } from './lsp/serve.ts';
import { makeTargets } from './workspace/targets.ts';

if (!process.argv.some((word) => word === '--node-ipc' || word === '--stdio')) process.argv.push('--stdio');

const rulesPage = join(dirname(schemasFolder()), 'docs', 'rules.md');

serve(createConnection(ProposedFeatures.all), {
  files: diskFiles,
  targets: (projectText) => makeTargets(loadTable, projectText),
  rulesPage: existsSync(rulesPage) ? pathToFileURL(rulesPage).href : undefined,
});
