import * as vscode from 'vscode';
import { GRAPH, type GraphResult, type Runnable } from '../../../server/src/protocol.ts';
import type { Command } from '../command.ts';
import { askRunDevice } from '../devices/ask-device.ts';
import { chooseRunnable } from '../devices/choose-runnable.ts';
import type { Server } from '../devices/device-tables.ts';
import { firstPicture } from '../devices/first-picture.ts';
import { type Flow, tapped } from '../devices/look.ts';
import { goOn, prepareRun } from '../devices/start-run.ts';
import { wantedRunnable } from '../devices/wanted.ts';

/** Runs the pipeline for a moment, without its sinks, and shows the first picture behind the element under the cursor. */
export const command: Command = {
  id: 'jetsonPipelines.lookAtPicture',
  title: 'Look at the Picture Behind This Element',
  icon: '$(device-camera)',
  enablement: 'isWorkspaceTrusted',
  async run({ devices, language }, ...words) {
    const chosen = await chooseRunnable(language, words);
    if (!chosen) return;
    const { document, runnable } = chosen;
    const at = vscode.window.activeTextEditor?.selection.active ?? new vscode.Position(0, 0);
    const index = elementAt(runnable, at);
    const element = index === undefined ? undefined : runnable.elements[index];
    if (index === undefined || !element) throw new Error('Put the cursor on an element of a pipeline first.');
    const device = await askRunDevice(devices);
    if (!device) return;
    const flow = await flowBehind(language, document.uri.toString(), at, index);
    const wanted = wantedRunnable(document.uri.fsPath, document.uri.toString(), runnable);
    const ready = await prepareRun(devices, device, { ...wanted, options: {} });
    if (!ready || !(await goOn(ready.findings, wanted.title, device.name))) return;
    const { runner, order } = ready;
    const onJetson = devices.connections.board(device.name)?.said.model !== undefined;
    // The words begin with options, which are no elements.
    const tap = (file: string) => tapped(order.words.slice(1), index, flow, onJetson, file);
    const title = `A look behind ${element.factory} on ${device.name}`;
    const progress = { location: vscode.ProgressLocation.Notification, title, cancellable: true } as const;
    const picture = await vscode.window.withProgress(progress, async (_progress, token) => {
      const abort = new AbortController();
      const watch = token.onCancellationRequested(() => abort.abort());
      try {
        return await firstPicture(runner, order, tap, abort.signal);
      } finally {
        watch.dispose();
      }
    });
    if (picture)
      await vscode.commands.executeCommand('vscode.open', vscode.Uri.file(picture), vscode.ViewColumn.Beside);
  },
};

/** The number of the element at a place, or before it, in the order of the text. */
function elementAt({ elements }: Runnable, { line, character }: vscode.Position): number | undefined {
  const at = elements.findLastIndex(
    ({ range: { start } }) => start.line < line || (start.line === line && start.character <= character),
  );
  return at < 0 ? undefined : at;
}

/** What flows behind an element, as far as the server can tell. */
async function flowBehind(server: Server, uri: string, position: vscode.Position, index: number): Promise<Flow> {
  const { line, character } = position;
  const params = { textDocument: { uri }, position: { line, character } };
  const { graph } = await server.request<GraphResult>(GRAPH, params);
  const link = graph?.links.find(({ from }) => from === index);
  if (!link) return { memory: 'other', encoded: false };
  const encoded = /^(?:video\/(?!x-raw)|image\/)/.test(link.caps);
  return { memory: link.memory === 'nvmm' ? 'nvmm' : 'other', encoded };
}
