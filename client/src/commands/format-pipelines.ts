import * as vscode from 'vscode';
import type { Command } from '../command.ts';

/** Lays out the pipelines of the open file, whatever language it is in; the rest of the file stays as it is. */
export const command: Command = {
  id: 'jetsonPipelines.formatPipelines',
  title: 'Format the Pipelines of This File',
  icon: '$(list-flat)',
  async run({ language }) {
    const editor = vscode.window.activeTextEditor;
    if (!editor) {
      void vscode.window.showInformationMessage('Open a file with a pipeline first.');
      return;
    }
    const { document, options, selections } = editor;
    const params = {
      textDocument: { uri: language.uriOf(document) },
      options: { tabSize: Number(options.tabSize) || 2, insertSpaces: options.insertSpaces !== false },
    };
    const { version } = document;
    const selected = selections.find((selection) => !selection.isEmpty);
    const edits = selected
      ? await language.request<Edits>('textDocument/rangeFormatting', { ...params, range: plain(selected) })
      : await language.request<Edits>('textDocument/formatting', params);
    if (!edits || edits.length === 0) {
      vscode.window.setStatusBarMessage('No pipeline here has a layout to change.', 4000);
      return;
    }
    if (document.version !== version) return;
    await editor.edit((edit) => {
      for (const { range, newText } of edits) edit.replace(toRange(range), newText);
    });
  },
};

interface Place {
  readonly line: number;
  readonly character: number;
}

interface Range {
  readonly start: Place;
  readonly end: Place;
}

type Edits = readonly { readonly range: Range; readonly newText: string }[] | null;

const plain = ({ start, end }: vscode.Range): Range => ({
  start: { line: start.line, character: start.character },
  end: { line: end.line, character: end.character },
});

const toRange = ({ start, end }: Range): vscode.Range =>
  new vscode.Range(start.line, start.character, end.line, end.character);
