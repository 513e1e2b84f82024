import * as vscode from 'vscode';
import type { Command } from '../command.ts';
import { chooseRunnable } from '../devices/choose-runnable.ts';
import { planOf } from '../devices/plan.ts';
import { receivers } from '../devices/receive.ts';
import { sshTarget } from '../devices/ssh-hosts.ts';

/** Gives the command that shows on another machine what a pipeline sends over the network. */
export const command: Command = {
  id: 'jetsonPipelines.receiveStream',
  title: 'Receive What This Pipeline Sends',
  icon: '$(broadcast)',
  async run({ devices, language }, ...words) {
    const chosen = await chooseRunnable(language, words);
    if (!chosen) return;
    const device = devices.known.current();
    const address = device?.kind === 'ssh' ? (await sshTarget(device)).host : '';
    const found = receivers(planOf(chosen.runnable), address);
    if (found.length === 0) {
      void vscode.window.showInformationMessage('This pipeline sends nothing over the network.');
      return;
    }
    const items = found.map(({ title, command, note }) => ({
      label: title,
      description: note,
      detail: command,
      command,
    }));
    const item = await vscode.window.showQuickPick(items, {
      title: 'Enter copies the command for the machine that looks',
    });
    if (!item?.command) return;
    await vscode.env.clipboard.writeText(item.command);
    void vscode.window.showInformationMessage('Copied. Run it in a terminal of the machine that looks.');
  },
};
