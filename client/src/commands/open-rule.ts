import * as vscode from 'vscode';
import type { Command } from '../command.ts';

/** Opens the page of rules, at the rule whose id is given. */
export const command: Command = {
  id: 'jetsonPipelines.openRule',
  title: 'Open the Rules',
  icon: '$(book)',
  async run({ rulesPage }, rule) {
    const page = vscode.Uri.file(rulesPage);
    const place = typeof rule === 'string' ? page.with({ fragment: rule }) : page;
    await vscode.commands.executeCommand('markdown.showPreview', place);
  },
};
