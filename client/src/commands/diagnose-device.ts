import * as vscode from 'vscode';
import type { Command } from '../command.ts';
import { askDevice } from '../devices/ask-device.ts';
import { releases } from '../devices/device-target.ts';
import { diagnose, diagnosisPage } from '../devices/diagnose.ts';
import { rooted } from '../devices/rooted.ts';
import { withSudo } from '../devices/with-sudo.ts';
import { endedWell } from '../remote/runner.ts';

/** Goes through the checklist of a device and shows what is wrong, and what to do. */
export const command: Command = {
  id: 'jetsonPipelines.diagnoseDevice',
  title: 'Diagnose Device',
  icon: '$(pulse)',
  enablement: 'isWorkspaceTrusted',
  async run({ devices, pages }, word) {
    const device = await askDevice(devices, word, 'Diagnose which device?');
    if (!device) return;
    const runner = await devices.connections.connect(device);
    await devices.connections.refresh(device.name);
    const state = devices.connections.state(device.name);
    if (state.is !== 'ready') return;
    const at = {
      location: vscode.ProgressLocation.Notification,
      title: `Diagnosing ${device.name}`,
      cancellable: true,
    };
    const found = await vscode.window.withProgress(at, async (_progress, token) => {
      const abort = new AbortController();
      const watch = token.onCancellationRequested(() => abort.abort());
      const all = await diagnose(runner, state.board, await releases(devices), abort.signal);
      watch.dispose();
      return token.isCancellationRequested ? [] : all;
    });
    if (found.length === 0) return;
    await pages.showMarkdown(`Diagnosis of ${device.name}`, diagnosisPage(device.name, found));
    for (const { title, fix } of found) {
      if (!fix?.words) continue;
      const yes = 'Do It';
      const question = `${title}: ${fix.text}`;
      if ((await vscode.window.showWarningMessage(question, yes)) !== yes) continue;
      const told = await withSudo(
        runner,
        devices.connections.asker,
        rooted(devices, device, `for ${title}`),
        fix.words,
      );
      if (!told) continue;
      if (!endedWell(told.exit)) throw new Error(`${fix.words.join(' ')} did not work: ${told.err.trim()}`);
      void vscode.window.showInformationMessage(`Done: ${fix.words.join(' ')}`);
    }
  },
};
