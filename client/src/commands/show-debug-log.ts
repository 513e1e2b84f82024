import * as vscode from 'vscode';
import type { Command } from '../command.ts';
import { LOG_VIEW } from '../views/log-view.ts';

/** Shows what the runs have printed. */
export const command: Command = {
  id: 'jetsonPipelines.showDebugLog',
  title: 'Show Debug Log',
  icon: '$(output)',
  async run() {
    await vscode.commands.executeCommand(`${LOG_VIEW}.focus`);
  },
};
