import * as vscode from 'vscode';
import { TARGETS, type TargetChoice } from '../../../server/src/protocol.ts';
import type { Command } from '../command.ts';

/** Asks for which machine pipelines are judged, and writes the setting where the project keeps its own. */
export const command: Command = {
  id: 'jetsonPipelines.chooseTarget',
  title: 'Choose Target',
  icon: '$(circuit-board)',
  async run({ language }) {
    const choices = await language.request<readonly TargetChoice[]>(TARGETS, {});
    const current = vscode.workspace.getConfiguration('jetsonPipelines').get<string>('target') ?? '';
    const assumed = {
      id: '',
      label: 'No module in particular',
      description: 'the Orin family; what fails on some modules only is a warning',
    };
    const items = [
      assumed,
      ...choices.map(({ id, title, detail }) => ({ id, label: title, description: id, detail })),
    ].map((item) => (item.id === current ? { ...item, label: `$(check) ${item.label}` } : item));
    const chosen = await vscode.window.showQuickPick(items, {
      title: 'For which machine are the pipelines of this project?',
      matchOnDescription: true,
      matchOnDetail: true,
    });
    if (!chosen) return;
    const scope = vscode.workspace.workspaceFolders
      ? vscode.ConfigurationTarget.Workspace
      : vscode.ConfigurationTarget.Global;
    await vscode.workspace.getConfiguration('jetsonPipelines').update('target', chosen.id || undefined, scope);
  },
};
