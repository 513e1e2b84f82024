import * as vscode from 'vscode';
import { AS_COMMAND, type AsCommandParams, type AsCommandResult } from '../../../server/src/protocol.ts';
import type { Command } from '../command.ts';

/** Opens beside a deepstream-app configuration the gst-launch command that does the same, as a script of its own. */
export const command: Command = {
  id: 'jetsonPipelines.writeAsCommand',
  title: 'Write as gst-launch Command',
  icon: '$(terminal)',
  async run({ language }) {
    const document = vscode.window.activeTextEditor?.document;
    if (!document) {
      void vscode.window.showInformationMessage('Open a deepstream-app configuration first.');
      return;
    }
    const params: AsCommandParams = { textDocument: { uri: language.uriOf(document) } };
    const { text } = await language.request<AsCommandResult>(AS_COMMAND, params);
    if (text === undefined) {
      void vscode.window.showInformationMessage(
        'This file is no deepstream-app configuration, or its sources stand in another file.',
      );
      return;
    }
    const script = await vscode.workspace.openTextDocument({ language: 'shellscript', content: `#!/bin/sh\n${text}` });
    await vscode.window.showTextDocument(script, { viewColumn: vscode.ViewColumn.Beside });
  },
};
