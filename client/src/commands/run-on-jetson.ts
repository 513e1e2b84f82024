import * as vscode from 'vscode';
import type { Command } from '../command.ts';
import { askRunDevice } from '../devices/ask-device.ts';
import { chooseRunnable } from '../devices/choose-runnable.ts';
import { startRun } from '../devices/start-run.ts';
import { wantedRunnable } from '../devices/wanted.ts';

/** Runs the selected pipeline, or the one under the cursor or at the place that is given, on the device. */
export const command: Command = {
  id: 'jetsonPipelines.runOnJetson',
  title: 'Run on Jetson',
  icon: '$(play)',
  enablement: 'isWorkspaceTrusted',
  async run({ devices, language }, ...words) {
    if (!vscode.workspace.isTrusted) throw new Error('This workspace is not trusted, so nothing is run.');
    const chosen = await chooseRunnable(language, words);
    if (!chosen) return;
    const { uri } = chosen.document;
    const wanted = wantedRunnable(uri.fsPath, uri.toString(), chosen.runnable);
    const device = await askRunDevice(devices);
    if (device) await startRun(devices, device, wanted);
  },
};
