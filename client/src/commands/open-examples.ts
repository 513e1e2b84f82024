import * as vscode from 'vscode';
import type { Command } from '../command.ts';

const NAME = 'jetson-pipelines-examples';
/** Remembers a folder of examples that is just being opened: a window that opens a folder starts anew. */
const FRESH = 'jetsonPipelines.freshExamples';

/** Copies the examples to a folder of the person's choice, since they are there to be changed, and opens them. */
export const command: Command = {
  id: 'jetsonPipelines.openExamples',
  title: 'Open the Examples',
  icon: '$(folder-opened)',
  async run({ devices: { context } }) {
    const [folder] =
      (await vscode.window.showOpenDialog({
        title: 'Where shall the examples be put?',
        openLabel: 'Put Them Here',
        canSelectFiles: false,
        canSelectFolders: true,
      })) ?? [];
    if (!folder) return;
    const examples = await freeName(folder);
    await vscode.workspace.fs.copy(vscode.Uri.joinPath(context.extensionUri, 'examples'), examples);
    await context.globalState.update(FRESH, examples.toString());
    const other = vscode.workspace.workspaceFolders !== undefined;
    await vscode.commands.executeCommand('vscode.openFolder', examples, { forceNewWindow: other });
  },
};

/** Opens the file to begin with, once, in the window that examples were just opened in. */
export async function welcomeExamples({ globalState }: vscode.ExtensionContext): Promise<void> {
  const folder = vscode.workspace.workspaceFolders?.[0]?.uri;
  if (!folder || globalState.get(FRESH) !== folder.toString()) return;
  await globalState.update(FRESH, undefined);
  await vscode.window.showTextDocument(vscode.Uri.joinPath(folder, 'try.gst'), { preview: false });
  await vscode.commands.executeCommand('workbench.actions.view.problems');
}

/** A folder that is not there yet: nothing is written over. */
async function freeName(folder: vscode.Uri): Promise<vscode.Uri> {
  for (let number = 1; ; number++) {
    const name = vscode.Uri.joinPath(folder, number === 1 ? NAME : `${NAME}-${number}`);
    const taken = await vscode.workspace.fs.stat(name).then(
      () => true,
      () => false,
    );
    if (!taken) return name;
  }
}
