import * as vscode from 'vscode';
import type { Command } from '../command.ts';
import { TEGRASTATS_VIEW } from '../views/tegrastats-view.ts';

/** Shows measurements that were saved, as curves. */
export const command: Command = {
  id: 'jetsonPipelines.openRecording',
  title: 'Open Recording of Measurements',
  icon: '$(graph-line)',
  async run({ tegrastats }) {
    await vscode.commands.executeCommand(`${TEGRASTATS_VIEW}.focus`);
    await tegrastats.open();
  },
};
