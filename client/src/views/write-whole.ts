/** Writes a file of the person's choice whole or not at all, wherever the editor keeps files. */
import * as vscode from 'vscode';
import { partName } from '../remote/atomic.ts';

/** Written beside the target, then renamed. Rejects where that fails; nothing half-written stays. */
export async function writeWhole(file: vscode.Uri, text: string): Promise<void> {
  const part = file.with({ path: partName(file.path) });
  try {
    await vscode.workspace.fs.writeFile(part, new TextEncoder().encode(text));
    await vscode.workspace.fs.rename(part, file, { overwrite: true });
  } catch (error) {
    await vscode.workspace.fs.delete(part).then(undefined, () => {});
    throw error;
  }
}
