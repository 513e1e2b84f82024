import * as vscode from 'vscode';
import type { Command } from '../command.ts';

/** Opens the graph of the pipeline under the cursor beside its text, or of a `.dot` file. */
export const command: Command = {
  id: 'jetsonPipelines.showGraph',
  title: 'Show Pipeline Graph',
  icon: '$(type-hierarchy)',
  async run({ graphs }, uri, place) {
    const file = typeof uri === 'string' ? vscode.Uri.parse(uri) : uri;
    if (file instanceof vscode.Uri) {
      graphs.show(await vscode.workspace.openTextDocument(file), positionOf(place));
      return;
    }
    const editor = vscode.window.activeTextEditor;
    if (!editor) {
      void vscode.window.showInformationMessage('Open a file with a pipeline, or a .dot file, first.');
      return;
    }
    graphs.show(editor.document, editor.selection.active);
  },
};

/** A menu gives other things behind the file; a lens gives an address in words, and a place. */
function positionOf(place: unknown): vscode.Position | undefined {
  const { line, character } = (place ?? {}) as { line?: unknown; character?: unknown };
  return typeof line === 'number' && typeof character === 'number' ? new vscode.Position(line, character) : undefined;
}
