import * as vscode from 'vscode';
import type { Command } from '../command.ts';
import type { FoundRun } from '../devices/found-runs.ts';
import type { ActiveRun } from '../devices/runs.ts';

/** Asks a run to finish its files and end; by force only where it does not. */
export const command: Command = {
  id: 'jetsonPipelines.stopRun',
  title: 'Stop Run',
  icon: '$(debug-stop)',
  async run({ devices }, word) {
    const { active: given, found } = (word ?? {}) as { active?: ActiveRun; found?: FoundRun };
    if (found) {
      const runner = await devices.connections.connect(found.device);
      await devices.runs.follow(runner, found.device.name, found.known).run.stop();
      await devices.connections.refresh(found.device.name);
      return;
    }
    const { runs } = devices;
    let active = given ?? (runs.active.length === 1 ? runs.active[0] : undefined);
    if (!active) {
      const items = runs.active.map((one) => ({ label: one.order.title, description: one.order.device, one }));
      if (items.length === 0) {
        void vscode.window.showInformationMessage('Nothing of this window runs on a device.');
        return;
      }
      active = (await vscode.window.showQuickPick(items, { title: 'Stop which run?' }))?.one;
    }
    if (!active) return;
    const { run, order } = active;
    await vscode.window.withProgress(
      { location: vscode.ProgressLocation.Notification, title: `Finishing ${order.title} on ${order.device}` },
      () => run.stop(),
    );
  },
};
