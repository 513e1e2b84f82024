import * as vscode from 'vscode';
import { SHOW_READING, type ShowReadingParams, type ShowReadingResult } from '../../../server/src/protocol.ts';
import type { Command } from '../command.ts';

/** Opens beside the text what the program made of the pipeline under the cursor, or of the whole file. */
export const command: Command = {
  id: 'jetsonPipelines.showReading',
  title: 'Show How This Was Read',
  icon: '$(list-tree)',
  async run({ language, readings }) {
    const editor = vscode.window.activeTextEditor;
    if (!editor) {
      void vscode.window.showInformationMessage('Open a file with a pipeline first.');
      return;
    }
    const { line, character } = editor.selection.active;
    const params: ShowReadingParams = {
      textDocument: { uri: language.uriOf(editor.document) },
      position: { line, character },
    };
    const { text } = await language.request<ShowReadingResult>(SHOW_READING, params);
    await readings.show(editor.document, text);
  },
};
