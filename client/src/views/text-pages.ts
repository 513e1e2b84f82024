/** Texts of ours that are shown in the editor and belong to no file: read only, made anew when asked for again. */
import * as vscode from 'vscode';

const SCHEME = 'jetson-page';

export class TextPages implements vscode.TextDocumentContentProvider, vscode.Disposable {
  readonly #texts = new Map<string, string>();
  readonly #changed = new vscode.EventEmitter<vscode.Uri>();
  readonly #registration = vscode.workspace.registerTextDocumentContentProvider(SCHEME, this);
  readonly onDidChange = this.#changed.event;

  provideTextDocumentContent(uri: vscode.Uri): string {
    return this.#texts.get(uri.path) ?? '';
  }

  /** The address of a text under a name, such as `Diagnosis of orin.md`; a text of that name is replaced. */
  put(name: string, text: string): vscode.Uri {
    const uri = vscode.Uri.from({ scheme: SCHEME, path: `/${name.replaceAll('/', '∕')}` });
    this.#texts.set(uri.path, text);
    this.#changed.fire(uri);
    return uri;
  }

  /** Shows a Markdown text as it is meant to be read. */
  async showMarkdown(name: string, text: string): Promise<void> {
    await vscode.commands.executeCommand('markdown.showPreview', this.put(`${name}.md`, text));
  }

  /** Shows a plain text. */
  async showText(name: string, text: string): Promise<void> {
    await vscode.window.showTextDocument(await vscode.workspace.openTextDocument(this.put(name, text)), {
      preview: true,
    });
  }

  dispose(): void {
    this.#registration.dispose();
    this.#changed.dispose();
  }
}
