/**
 * The analytics canvas: the shapes of an nvdsanalytics file over a frame. What is dragged becomes an edit of the text
 * document, so that undo, saving and findings are the editor's own.
 */
import * as vscode from 'vscode';
import { addShape, movePoints, readAnalytics, removeShape, type TextChange } from './analytics-file.ts';
import { pageHtml, pageRoot } from './page.ts';
import type { CanvasToHost, CanvasToPage } from './panel-messages.ts';

const TYPE = 'jetsonPipelines.canvas';

export class AnalyticsCanvases implements vscode.Disposable {
  readonly #extension: vscode.Uri;
  readonly #open = new Map<string, Canvas>();

  constructor(extension: vscode.Uri) {
    this.#extension = extension;
  }

  /** Shows the shapes of a document beside it. */
  show(document: vscode.TextDocument): void {
    const key = document.uri.toString();
    const known = this.#open.get(key);
    if (known) {
      known.panel.reveal(undefined, true);
      return;
    }
    const canvas = new Canvas(document, this.#extension);
    this.#open.set(key, canvas);
    canvas.panel.onDidDispose(() => this.#open.delete(key));
  }

  dispose(): void {
    for (const { panel } of this.#open.values()) panel.dispose();
  }
}

class Canvas {
  readonly panel: vscode.WebviewPanel;
  readonly #document: vscode.TextDocument;
  readonly #extension: vscode.Uri;
  #ready = false;
  #picture: vscode.Uri | undefined;

  constructor(document: vscode.TextDocument, extension: vscode.Uri) {
    this.#document = document;
    this.#extension = extension;
    const name = document.uri.path.slice(document.uri.path.lastIndexOf('/') + 1);
    this.panel = vscode.window.createWebviewPanel(
      TYPE,
      `Regions: ${name}`,
      { viewColumn: vscode.ViewColumn.Beside, preserveFocus: true },
      { enableScripts: true, localResourceRoots: [pageRoot(extension)] },
    );
    const own = document.uri.toString();
    const subscriptions = [
      this.panel.webview.onDidReceiveMessage((message: CanvasToHost) => void this.#take(message)),
      vscode.workspace.onDidChangeTextDocument((change) => {
        if (change.document.uri.toString() === own) this.#show();
      }),
      vscode.languages.onDidChangeDiagnostics(({ uris }) => {
        if (uris.some((uri) => uri.toString() === own)) this.#show();
      }),
    ];
    this.panel.onDidDispose(() => {
      for (const subscription of subscriptions) subscription.dispose();
    });
    this.panel.webview.html = pageHtml(this.panel.webview, extension, 'canvas', 'Analytics regions');
  }

  #show(): void {
    const drawing = readAnalytics(this.#document.getText());
    if (!drawing) {
      this.#send({
        type: 'empty',
        message:
          'This file is no configuration of nvdsanalytics: it needs a [property] group with config-width and config-height.',
      });
      return;
    }
    const found = vscode.languages.getDiagnostics(this.#document.uri);
    const shapes = drawing.shapes.map((shape) => ({
      ...shape,
      problems: found
        .filter(({ range }) => range.start.line <= shape.line && shape.line <= range.end.line)
        .map(({ severity, message }) => ({ severity: SEVERITIES[severity], message })),
    }));
    this.#send({ type: 'show', drawing: { width: drawing.width, height: drawing.height, shapes } });
  }

  async #take(message: CanvasToHost): Promise<void> {
    const text = this.#document.getText();
    switch (message?.type) {
      case 'ready':
        this.#ready = true;
        this.#show();
        this.#showPicture();
        break;
      case 'points':
        await this.#change(movePoints(text, message.section, message.key, message.points));
        break;
      case 'add':
        await this.#change(addShape(text, message.kind, message.stream, message.points));
        break;
      case 'remove':
        await this.#change(removeShape(text, message.section, message.key));
        break;
      case 'reveal':
        await this.#reveal(message.section, message.key);
        break;
      case 'pickPicture':
        await this.#pick();
        break;
      case 'clearPicture':
        this.#picture = undefined;
        this.#showPicture();
        break;
    }
  }

  /** One edit, and so one step of undo. What cannot be made is drawn as the file has it again. */
  async #change(change: TextChange | undefined): Promise<void> {
    if (change) {
      const edit = new vscode.WorkspaceEdit();
      const range = new vscode.Range(this.#document.positionAt(change.start), this.#document.positionAt(change.end));
      edit.replace(this.#document.uri, range, change.text);
      if (await vscode.workspace.applyEdit(edit)) return;
    }
    this.#show();
  }

  async #reveal(section: string, key: string): Promise<void> {
    const drawing = readAnalytics(this.#document.getText());
    const shape = drawing?.shapes.find((one) => one.section === section && one.key === key);
    if (!shape) return;
    const range = new vscode.Range(
      this.#document.positionAt(shape.value.start),
      this.#document.positionAt(shape.value.end),
    );
    const shown = vscode.window.visibleTextEditors.find(({ document }) => document === this.#document);
    await vscode.window.showTextDocument(this.#document, {
      viewColumn: shown?.viewColumn ?? vscode.ViewColumn.One,
      selection: range,
    });
  }

  async #pick(): Promise<void> {
    const [picture] =
      (await vscode.window.showOpenDialog({
        title: 'A frame of the camera',
        filters: { Pictures: ['png', 'jpg', 'jpeg', 'webp', 'bmp', 'gif'] },
      })) ?? [];
    if (!picture) return;
    this.#picture = picture;
    const folder = vscode.Uri.joinPath(picture, '..');
    this.panel.webview.options = {
      enableScripts: true,
      localResourceRoots: [pageRoot(this.#extension), folder],
    };
    // The page is loaded anew with what it may reach; it asks for all when it is ready.
    this.#ready = false;
    this.panel.webview.html = pageHtml(this.panel.webview, this.#extension, 'canvas', 'Analytics regions');
  }

  #showPicture(): void {
    const address = this.#picture && this.panel.webview.asWebviewUri(this.#picture).toString();
    this.#send({ type: 'picture', address });
  }

  #send(message: CanvasToPage): void {
    if (this.#ready) void this.panel.webview.postMessage(message);
  }
}

const SEVERITIES = ['error', 'warning', 'hint', 'hint'] as const;
