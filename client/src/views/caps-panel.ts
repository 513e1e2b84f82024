/** The caps inspector: two elements side by side, what the one gives, what the other takes, where they meet. */
import * as vscode from 'vscode';
import { CAPS_MEETING, type CapsMeeting, type CapsMeetingParams } from '../../../server/src/protocol.ts';
import type { Language } from '../language-client.ts';
import { pageHtml, pageRoot } from './page.ts';
import type { CapsToPage } from './panel-messages.ts';
import { capsMessage } from './read-message.ts';

const TYPE = 'jetsonPipelines.caps';

export class CapsPanel implements vscode.Disposable {
  readonly #extension: vscode.Uri;
  readonly #language: Language;
  #panel: vscode.WebviewPanel | undefined;
  #ready = false;
  #shown: CapsToPage | undefined;
  /** The document whose target decides which tables are asked. */
  #document: vscode.TextDocument | undefined;

  constructor(extension: vscode.Uri, language: Language) {
    this.#extension = extension;
    this.#language = language;
  }

  /** Shows the two elements; empty names leave the choice to the page. */
  show(document: vscode.TextDocument, from: string, to: string): void {
    this.#document = document;
    if (this.#panel) this.#panel.reveal(undefined, true);
    else this.#open();
    void this.#ask(from, to);
  }

  dispose(): void {
    this.#panel?.dispose();
  }

  #open(): void {
    const panel = vscode.window.createWebviewPanel(
      TYPE,
      'Caps Inspector',
      { viewColumn: vscode.ViewColumn.Beside, preserveFocus: true },
      { enableScripts: true, localResourceRoots: [pageRoot(this.#extension)] },
    );
    const icon = (theme: string) => vscode.Uri.joinPath(this.#extension, 'docs', 'images', `pipeline-${theme}.svg`);
    panel.iconPath = { light: icon('light'), dark: icon('dark') };
    this.#panel = panel;
    this.#ready = false;
    panel.webview.onDidReceiveMessage((sent: unknown) => {
      const message = capsMessage(sent);
      if (message?.type === 'ready') {
        this.#ready = true;
        if (this.#shown) this.#send(this.#shown);
      } else if (message?.type === 'ask') void this.#ask(message.from, message.to);
    });
    panel.onDidDispose(() => {
      this.#panel = undefined;
      this.#shown = undefined;
    });
    panel.webview.html = pageHtml(panel.webview, this.#extension, 'caps', 'Caps inspector');
  }

  async #ask(from: string, to: string): Promise<void> {
    if (!this.#document) return;
    const params: CapsMeetingParams = { textDocument: { uri: this.#language.uriOf(this.#document) }, from, to };
    try {
      const meeting = await this.#language.request<CapsMeeting | null>(CAPS_MEETING, params);
      this.#shown = meeting
        ? { type: 'show', meeting }
        : { type: 'empty', message: 'Open a file with a pipeline first: its target says which tables are asked.' };
    } catch (error) {
      const reason = error instanceof Error ? error.message : String(error);
      this.#shown = { type: 'empty', message: `The server gave no answer: ${reason}` };
    }
    this.#send(this.#shown);
  }

  #send(message: CapsToPage): void {
    if (this.#ready) void this.#panel?.webview.postMessage(message);
  }
}
