import * as vscode from 'vscode';
import type { Command } from '../command.ts';

/** Opens the walkthrough. */
export const command: Command = {
  id: 'jetsonPipelines.getStarted',
  title: 'Get Started',
  icon: '$(rocket)',
  async run({ devices }) {
    const { id } = devices.context.extension;
    await vscode.commands.executeCommand('workbench.action.openWalkthrough', `${id}#start`, false);
  },
};
