import * as vscode from 'vscode';
import type { Command } from '../command.ts';

/** Makes all safe fixes of the open file at once. */
export const command: Command = {
  id: 'jetsonPipelines.fixAll',
  title: 'Fix All Safely Fixable Problems in This File',
  icon: '$(wand)',
  async run() {
    const document = vscode.window.activeTextEditor?.document;
    if (!document) {
      void vscode.window.showInformationMessage('Open a file with a pipeline first.');
      return;
    }
    const all = new vscode.Range(0, 0, document.lineCount, 0);
    const actions = await vscode.commands.executeCommand<vscode.CodeAction[]>(
      'vscode.executeCodeActionProvider',
      document.uri,
      all,
      'source.fixAll.jetsonPipelines',
    );
    const edit = actions.find((action) => action.kind?.value === 'source.fixAll.jetsonPipelines')?.edit;
    if (!edit) {
      void vscode.window.setStatusBarMessage('Nothing in this file has a safe fix.', 4000);
      return;
    }
    await vscode.workspace.applyEdit(edit);
  },
};
