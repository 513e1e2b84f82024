/** Read-only documents that show how a text was read. */
import * as vscode from 'vscode';

const SCHEME = 'jetson-pipelines-reading';

export class ReadingView implements vscode.Disposable {
  readonly #texts = new Map<string, string>();
  readonly #changed = new vscode.EventEmitter<vscode.Uri>();
  readonly #registration = vscode.workspace.registerTextDocumentContentProvider(SCHEME, {
    onDidChange: this.#changed.event,
    provideTextDocumentContent: (uri) => this.#texts.get(uri.toString()) ?? '',
  });

  /** Opens the text beside the document that it speaks of; a second time for the same document replaces the first. */
  async show(of: vscode.TextDocument, text: string): Promise<void> {
    const name = of.uri.path.slice(of.uri.path.lastIndexOf('/') + 1);
    const uri = vscode.Uri.from({ scheme: SCHEME, path: `/${name} as read`, query: of.uri.toString() });
    this.#texts.set(uri.toString(), text);
    this.#changed.fire(uri);
    const document = await vscode.workspace.openTextDocument(uri);
    await vscode.window.showTextDocument(document, { viewColumn: vscode.ViewColumn.Beside, preserveFocus: true });
  }

  dispose(): void {
    this.#registration.dispose();
    this.#changed.dispose();
  }
}
