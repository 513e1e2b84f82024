/** Which pipeline or configuration of which document is meant by a command. */
import * as vscode from 'vscode';
import { RUNNABLES, type Runnable, type RunnablesParams, type RunnablesResult } from '../../../server/src/protocol.ts';
import { askPipelineFile } from '../views/ask-document.ts';
import type { Server } from './device-tables.ts';

export interface Chosen {
  readonly document: vscode.TextDocument;
  readonly runnable: Runnable;
}

/**
 * The one at the address and place that a lens gives, else the selection, the one under the cursor, the only one, or the answer to a
 * question. What is run is what is saved, so the document is saved. Undefined where there is none or the person turned away.
 */
export async function chooseRunnable(server: Server, words: readonly unknown[]): Promise<Chosen | undefined> {
  const uri = uriIn(words);
  const document = uri
    ? await vscode.workspace.openTextDocument(uri)
    : (vscode.window.activeTextEditor?.document ?? (await askPipelineFile('A pipeline of which file?')));
  if (!document) return undefined;
  const runnable = await choose(server, document, words);
  if (!runnable) return undefined;
  if (document.isDirty && !document.isUntitled) await document.save();
  return { document, runnable };
}

/** The lens gives an address and a place, the explorer an address. */
function uriIn([first]: readonly unknown[]): vscode.Uri | undefined {
  if (first instanceof vscode.Uri) return first;
  return typeof first === 'string' ? vscode.Uri.parse(first) : undefined;
}

function placeIn([, second]: readonly unknown[]): vscode.Position | undefined {
  const place = second as
    | { line?: unknown; character?: unknown; start?: { line: number; character: number } }
    | undefined;
  const { line, character } = place?.start ?? place ?? {};
  return typeof line === 'number' && typeof character === 'number' ? new vscode.Position(line, character) : undefined;
}

async function choose(
  server: Server,
  document: vscode.TextDocument,
  words: readonly unknown[],
): Promise<Runnable | undefined> {
  const editor = vscode.window.activeTextEditor;
  const shown = editor?.document === document ? editor : undefined;
  const given = placeIn(words);
  const selected = given || !shown || shown.selection.isEmpty ? '' : document.getText(shown.selection);
  const ask = async (more: Partial<RunnablesParams>): Promise<readonly Runnable[]> => {
    const params: RunnablesParams = { textDocument: { uri: document.uri.toString() }, ...more };
    return (await server.request<RunnablesResult>(RUNNABLES, params)).runnables;
  };
  const found = selected.trim() === '' ? await ask({}) : await ask({ text: selected });
  const at = given ?? shown?.selection.active;
  const here = found.filter(({ range }) => at && contains(range, at)).at(-1);
  if (selected === '' && here) return here;
  if (found.length <= 1) {
    if (found.length === 0) void vscode.window.showInformationMessage('There is no pipeline here that could be run.');
    return found[0];
  }
  const items = found.map((runnable) => ({
    label: runnable.title,
    description: `line ${runnable.range.start.line + 1}`,
    runnable,
  }));
  return (await vscode.window.showQuickPick(items, { title: 'Which pipeline?' }))?.runnable;
}

function contains({ start, end }: Runnable['range'], { line, character }: vscode.Position): boolean {
  const after = line > start.line || (line === start.line && character >= start.character);
  return after && (line < end.line || (line === end.line && character <= end.character));
}
