/** Writes a picture that a page has made to a file of the user's choice. */
import * as vscode from 'vscode';

export async function savePicture(of: vscode.TextDocument, kind: 'svg' | 'png', text: string): Promise<void> {
  const name = `${of.uri.path.slice(of.uri.path.lastIndexOf('/') + 1).replace(/\.[^.]*$/, '')}.${kind}`;
  const folder = vscode.workspace.getWorkspaceFolder(of.uri)?.uri ?? vscode.workspace.workspaceFolders?.[0]?.uri;
  const uri = await vscode.window.showSaveDialog({
    ...(folder ? { defaultUri: vscode.Uri.joinPath(folder, name) } : {}),
    filters: { [kind.toUpperCase()]: [kind] },
    title: 'Save the graph',
  });
  if (!uri) return;
  await vscode.workspace.fs.writeFile(uri, Buffer.from(text, kind === 'png' ? 'base64' : 'utf8'));
  const open = 'Open';
  if ((await vscode.window.showInformationMessage(`Saved ${uri.fsPath}.`, open)) === open) {
    await vscode.commands.executeCommand('vscode.open', uri);
  }
}
