/**
 * The analytics canvas: the shapes of an nvdsanalytics file over a frame. What is dragged becomes an edit of the text
 * document, so that undo, saving and findings are the editor's own.
 */
import * as vscode from 'vscode';
import { addShape, movePoints, readAnalytics, removeShape, type TextChange } from './analytics-file.ts';
import { pageHtml, pageRoot } from './page.ts';
import type { CanvasToPage } from './panel-messages.ts';
import { canvasMessage } from './read-message.ts';

const TYPE = 'jetsonPipelines.canvas';

export class AnalyticsCanvases implements vscode.Disposable {
  readonly #extension: vscode.Uri;
  readonly #open = new Map<string, Canvas>();

  constructor(extension: vscode.Uri) {
    this.#extension = extension;
  }

  /** Shows the shapes of a document beside it, over a picture where one is given. */
  show(document: vscode.TextDocument, picture?: vscode.Uri): void {
    const key = document.uri.toString();
    const known = this.#open.get(key);
    if (known) {
      known.panel.reveal(undefined, true);
      if (picture) known.put(picture);
      return;
    }
    const canvas = new Canvas(document, this.#extension);
    if (picture) canvas.put(picture);
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
  /** The last change of the page that was made, or could not be. */
  #turn = 0;
  /** Changes are made one after the other: each is a place in the text that the one before has left. */
  #work: Promise<void> = Promise.resolve();

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
    const icon = (theme: string) => vscode.Uri.joinPath(extension, 'docs', 'images', `deepstream-${theme}.svg`);
    this.panel.iconPath = { light: icon('light'), dark: icon('dark') };
    const own = document.uri.toString();
    const subscriptions = [
      this.panel.webview.onDidReceiveMessage((message: unknown) => {
        this.#work = this.#work.then(() => this.#take(message)).catch((error: unknown) => this.#failed(error));
      }),
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
    const { width, height } = drawing;
    this.#send({ type: 'show', drawing: { width, height, shapes }, turn: this.#turn });
  }

  async #take(sent: unknown): Promise<void> {
    const message = canvasMessage(sent);
    const text = this.#document.getText();
    switch (message?.type) {
      case 'ready':
        this.#ready = true;
        this.#turn = 0;
        this.#show();
        this.#showPicture();
        break;
      case 'points':
        await this.#change(message.turn, movePoints(text, message.section, message.key, message.points));
        break;
      case 'add':
        await this.#change(message.turn, addShape(text, message.kind, message.stream, message.points));
        break;
      case 'remove':
        await this.#change(message.turn, removeShape(text, message.section, message.key));
        break;
      case 'undo':
      case 'redo':
        await this.#history(message.type);
        break;
      case 'save':
        await this.#document.save();
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
  async #change(turn: number, change: TextChange | undefined): Promise<void> {
    if (change) {
      const edit = new vscode.WorkspaceEdit();
      const range = new vscode.Range(this.#document.positionAt(change.start), this.#document.positionAt(change.end));
      edit.replace(this.#document.uri, range, change.text);
      await vscode.workspace.applyEdit(edit);
    }
    this.#turn = turn;
    this.#show();
  }

  /** The editor undoes in the text that has the focus, so the text gets it for a moment. */
  async #history(step: 'undo' | 'redo'): Promise<void> {
    await vscode.window.showTextDocument(this.#document, { viewColumn: this.#column() });
    await vscode.commands.executeCommand(step);
    this.panel.reveal();
  }

  /** Where the text is, or is to be, shown. */
  #column(): vscode.ViewColumn {
    const shown = vscode.window.visibleTextEditors.find(({ document }) => document === this.#document);
    return shown?.viewColumn ?? vscode.ViewColumn.One;
  }

  #failed(error: unknown): void {
    const reason = error instanceof Error ? error.message : String(error);
    void vscode.window.showErrorMessage(`The regions could not be changed: ${reason}`);
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
    await vscode.window.showTextDocument(this.#document, { viewColumn: this.#column(), selection: range });
  }

  async #pick(): Promise<void> {
    const [picture] =
      (await vscode.window.showOpenDialog({
        title: 'A frame of the camera',
        filters: { Pictures: ['png', 'jpg', 'jpeg', 'webp', 'bmp', 'gif'] },
      })) ?? [];
    if (picture) this.put(picture);
  }

  /** Draws over this picture. */
  put(picture: vscode.Uri): void {
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
