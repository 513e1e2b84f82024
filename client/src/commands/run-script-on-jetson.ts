import * as vscode from 'vscode';
import { RUNNABLES, type RunnablesResult } from '../../../server/src/protocol.ts';
import type { Command } from '../command.ts';
import { askRunDevice } from '../devices/ask-device.ts';
import { startRun } from '../devices/start-run.ts';
import { programOf, wantedScript } from '../devices/wanted.ts';

/** Runs the whole script on the device, with the files that its pipelines name. */
export const command: Command = {
  id: 'jetsonPipelines.runScriptOnJetson',
  title: 'Run This Script on Jetson',
  icon: '$(run-all)',
  enablement: 'isWorkspaceTrusted',
  async run({ devices, language }, word) {
    const uri = word instanceof vscode.Uri ? word : vscode.window.activeTextEditor?.document.uri;
    if (!uri || !programOf(uri.fsPath)) throw new Error('Open a shell or Python script first (.sh, .py).');
    const document = await vscode.workspace.openTextDocument(uri);
    const device = await askRunDevice(devices);
    if (!device) return;
    if (document.isDirty) await document.save();
    const params = { textDocument: { uri: language.uriOf(document) } };
    const { runnables } = await language.request<RunnablesResult>(RUNNABLES, params);
    await startRun(devices, device, wantedScript(uri.fsPath, uri.toString(), runnables));
  },
};
