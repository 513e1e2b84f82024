import * as vscode from 'vscode';
import { RUNNABLES, type Runnable, type RunnablesParams, type RunnablesResult } from '../../../server/src/protocol.ts';
import type { Command, Rooms } from '../command.ts';
import { askRunDevice } from '../devices/ask-device.ts';
import { startRun } from '../devices/start-run.ts';
import { wantedRunnable } from '../devices/wanted.ts';
import { askPipelineFile } from '../views/ask-document.ts';

/** Runs the selected pipeline, or the one under the cursor or at the place that is given, on the device. */
export const command: Command = {
  id: 'jetsonPipelines.runOnJetson',
  title: 'Run on Jetson',
  icon: '$(play)',
  enablement: 'isWorkspaceTrusted',
  async run(rooms, ...words) {
    if (!vscode.workspace.isTrusted) throw new Error('This workspace is not trusted, so nothing is run.');
    const uri = uriIn(words);
    const document = uri
      ? await vscode.workspace.openTextDocument(uri)
      : (vscode.window.activeTextEditor?.document ?? (await askPipelineFile('Run a pipeline of which file?')));
    if (!document) return;
    const runnable = await choose(rooms, document, words);
    if (!runnable) return;
    const wanted = wantedRunnable(document.uri.fsPath, document.uri.toString(), runnable);
    const device = await askRunDevice(rooms.devices);
    if (!device) return;
    // What runs there is what is saved.
    if (document.isDirty && !document.isUntitled) await document.save();
    await startRun(rooms.devices, device, wanted);
  },
};

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
  rooms: Rooms,
  document: vscode.TextDocument,
  words: readonly unknown[],
): Promise<Runnable | undefined> {
  const editor = vscode.window.activeTextEditor;
  const shown = editor?.document === document ? editor : undefined;
  const given = placeIn(words);
  const selected = given || !shown || shown.selection.isEmpty ? '' : document.getText(shown.selection);
  const ask = async (more: Partial<RunnablesParams>): Promise<readonly Runnable[]> => {
    const params: RunnablesParams = { textDocument: { uri: rooms.language.uriOf(document) }, ...more };
    return (await rooms.language.request<RunnablesResult>(RUNNABLES, params)).runnables;
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
  return (await vscode.window.showQuickPick(items, { title: 'Run which pipeline?' }))?.runnable;
}

function contains({ start, end }: Runnable['range'], { line, character }: vscode.Position): boolean {
  const after = line > start.line || (line === start.line && character >= start.character);
  return after && (line < end.line || (line === end.line && character <= end.character));
}
