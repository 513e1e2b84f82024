import { existsSync } from 'node:fs';
import { basename, dirname } from 'node:path';
import * as vscode from 'vscode';
import type { Command } from '../command.ts';
import { fetchOutputs, findOutputs } from '../devices/fetch-outputs.ts';
import type { ActiveRun, PastRun } from '../devices/runs.ts';

/** Copies the files that a run has written from its device into the folder of its text: of the run that is given, else the latest. */
export const command: Command = {
  id: 'jetsonPipelines.fetchOutputs',
  title: 'Fetch Outputs of Run',
  icon: '$(cloud-download)',
  enablement: 'isWorkspaceTrusted',
  async run({ devices }, word) {
    const { active, past } = (word ?? {}) as { active?: ActiveRun; past?: PastRun };
    const order =
      active?.order ?? past?.order ?? devices.runs.history.find(({ order }) => order.outputs.length > 0)?.order;
    if (!order || order.outputs.length === 0) throw new Error('This run writes no files.');
    const device = devices.known.named(order.device);
    if (!device) throw new Error(`There is no device ${order.device} any longer.`);
    const text = order.source && vscode.Uri.parse(order.source.uri);
    const folder = text?.scheme === 'file' ? dirname(text.fsPath) : vscode.workspace.workspaceFolders?.[0]?.uri.fsPath;
    if (!folder) throw new Error('Open a folder first, so that the files have a place.');
    const runner = await devices.connections.connect(device);
    const outputs = await findOutputs(runner, order.outputs, order.folder, folder);
    if (outputs.length === 0) throw new Error(`${order.outputs.join(', ')} is not on ${device.name}.`);
    const there = device.kind === 'local' ? [] : outputs.filter(({ to }) => existsSync(to));
    if (there.length > 0 && !(await mayReplace(there.map(({ to }) => basename(to))))) return;
    if (device.kind !== 'local') {
      const at = { location: vscode.ProgressLocation.Notification, cancellable: true } as const;
      await vscode.window.withProgress({ ...at, title: `From ${device.name}` }, async (progress, token) => {
        const abort = new AbortController();
        const watch = token.onCancellationRequested(() => abort.abort());
        try {
          await fetchOutputs(runner, outputs, (message) => progress.report({ message }), abort.signal);
        } catch (error) {
          if (!abort.signal.aborted) throw error;
        } finally {
          watch.dispose();
        }
      });
    }
    const names = outputs.map(({ to }) => basename(to)).join(', ');
    const show = 'Show';
    if ((await vscode.window.showInformationMessage(`${names} is here now.`, show)) === show) {
      await vscode.commands.executeCommand('revealInExplorer', vscode.Uri.file(outputs[0]!.to));
    }
  },
};

async function mayReplace(names: readonly string[]): Promise<boolean> {
  const replace = 'Replace';
  const question = `${names.join(', ')} is here already. Replace it with the device's?`;
  return (await vscode.window.showWarningMessage(question, { modal: true }, replace)) === replace;
}
