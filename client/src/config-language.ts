/** Gives DeepStream's configurations their language when they are opened: most are called `.txt`, and are plain text then. */
import * as vscode from 'vscode';
import {
  DOCUMENT_LANGUAGE,
  type DocumentLanguageParams,
  type DocumentLanguageResult,
} from '../../server/src/protocol.ts';
import type { Language } from './language-client.ts';

export class ConfigLanguage implements vscode.Disposable {
  readonly #language: Language;
  readonly #subscriptions: vscode.Disposable[];
  /** Documents that were asked about while they are shown: a person who chooses plain text afterwards has it. */
  readonly #asked = new Set<string>();

  constructor(language: Language) {
    this.#language = language;
    this.#subscriptions = [
      vscode.workspace.onDidOpenTextDocument((document) => void this.#look(document)),
      language.onDidChange(() => this.#lookAtAll()),
      vscode.window.tabGroups.onDidChangeTabs(({ closed }) => {
        for (const { input } of closed) {
          if (input instanceof vscode.TabInputText) this.#asked.delete(input.uri.toString());
        }
      }),
    ];
    this.#lookAtAll();
  }

  dispose(): void {
    for (const subscription of this.#subscriptions) subscription.dispose();
  }

  #lookAtAll(): void {
    for (const document of vscode.workspace.textDocuments) void this.#look(document);
  }

  async #look(document: vscode.TextDocument): Promise<void> {
    const key = document.uri.toString();
    if (document.languageId !== 'plaintext' || this.#language.state !== 'running' || this.#asked.has(key)) return;
    this.#asked.add(key);
    const params: DocumentLanguageParams = { textDocument: { uri: this.#language.uriOf(document) } };
    try {
      const { languageId } = await this.#language.request<DocumentLanguageResult>(DOCUMENT_LANGUAGE, params);
      if (languageId && !document.isClosed) await vscode.languages.setTextDocumentLanguage(document, languageId);
    } catch {
      // The server is being restarted, or the document was closed meanwhile: it is asked about again.
      this.#asked.delete(key);
    }
  }
}
