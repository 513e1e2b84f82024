/** Which file a command means, where none has the cursor: a page or the walkthrough may be in front. */
import * as vscode from 'vscode';

const PIPELINES = '**/*.{gst,gstlaunch}';
const MOST = 50;

/** A pipeline file of the workspace: the only one, or the one that the person picks; undefined where there is none. */
export async function askPipelineFile(title: string): Promise<vscode.TextDocument | undefined> {
  const found = await vscode.workspace.findFiles(PIPELINES, undefined, MOST);
  const items = found
    .map((uri) => ({ label: vscode.workspace.asRelativePath(uri), uri }))
    .sort((a, b) => (a.label < b.label ? -1 : 1));
  const chosen = items.length > 1 ? await vscode.window.showQuickPick(items, { title }) : items[0];
  if (chosen) return vscode.workspace.openTextDocument(chosen.uri);
  if (items.length === 0) void vscode.window.showInformationMessage('Open a file with a pipeline first.');
  return undefined;
}
