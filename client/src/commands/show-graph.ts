import * as vscode from 'vscode';
import type { Command } from '../command.ts';
import { askPipelineFile } from '../views/ask-document.ts';

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
    if (editor) {
      graphs.show(editor.document, editor.selection.active);
      return;
    }
    const document = await askPipelineFile('Draw the pipelines of which file?');
    if (!document) return;
    await vscode.window.showTextDocument(document);
    graphs.show(document, new vscode.Position(0, 0));
  },
};

/** A menu gives other things behind the file; a lens gives an address in words, and a place. */
function positionOf(place: unknown): vscode.Position | undefined {
  const { line, character } = (place ?? {}) as { line?: unknown; character?: unknown };
  return typeof line === 'number' && typeof character === 'number' ? new vscode.Position(line, character) : undefined;
}
