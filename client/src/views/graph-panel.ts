/**
 * The pipeline graph beside the text. This half keeps what is shown and follows the text and the cursor; the page shows
 * what it is told. `.dot` files, GStreamer's dumps among them, are shown in the same view.
 */
import * as vscode from 'vscode';
import {
  GRAPH,
  type GraphParams,
  type GraphResult,
  type PipelineGraph,
  type PlaceRange,
} from '../../../server/src/protocol.ts';
import type { Language } from '../language-client.ts';
import { type GraphLayout, MEMORY, toDot, WIDER } from './graph-layout.ts';
import { pageHtml, pageRoot } from './page.ts';
import type { GraphPicture, GraphToHost, GraphToPage } from './panel-messages.ts';
import { graphMessage } from './read-message.ts';
import { savePicture } from './save-picture.ts';

const TYPE = 'jetsonPipelines.graph';
const DOT_TYPE = 'jetsonPipelines.dot';

/** How long a text rests before its graph is drawn anew, in milliseconds. */
const REST = 250;

export interface GraphOptions {
  readonly extension: vscode.Uri;
  readonly language: Language;
  readonly layout: GraphLayout;
  /** Shows two elements' caps side by side. */
  inspect(document: vscode.TextDocument, from: string, to: string): void;
}

/** All graphs that are open, one a document. */
export class GraphPanels implements vscode.Disposable {
  readonly #options: GraphOptions;
  readonly #open = new Map<string, GraphPanel>();
  readonly #subscriptions: vscode.Disposable[];

  constructor(options: GraphOptions) {
    this.#options = options;
    this.#subscriptions = [
      vscode.window.registerWebviewPanelSerializer(TYPE, {
        deserializeWebviewPanel: async (panel, state: unknown) => {
          const uri = isState(state) ? vscode.Uri.parse(state.uri) : undefined;
          try {
            if (!uri) throw new Error('nothing was kept');
            this.#attach(panel, await vscode.workspace.openTextDocument(uri), undefined);
          } catch {
            // Its file is gone: an empty view would only be in the way.
            panel.dispose();
          }
        },
      }),
      vscode.window.registerCustomEditorProvider(DOT_TYPE, {
        resolveCustomTextEditor: (document, panel) => {
          new GraphPanel(panel, document, undefined, this.#options);
        },
      }),
    ];
  }

  /** Shows the graph of the pipeline at the place, or of the `.dot` file. */
  show(document: vscode.TextDocument, position: vscode.Position | undefined): void {
    const known = this.#open.get(document.uri.toString());
    if (known) {
      known.reveal(position);
      return;
    }
    const title = `Graph: ${document.uri.path.slice(document.uri.path.lastIndexOf('/') + 1)}`;
    const column = { viewColumn: vscode.ViewColumn.Beside, preserveFocus: true };
    this.#attach(vscode.window.createWebviewPanel(TYPE, title, column), document, position);
  }

  dispose(): void {
    for (const subscription of this.#subscriptions) subscription.dispose();
    for (const panel of this.#open.values()) panel.dispose();
  }

  #attach(panel: vscode.WebviewPanel, document: vscode.TextDocument, position: vscode.Position | undefined): void {
    const key = document.uri.toString();
    this.#open.get(key)?.dispose();
    const graph = new GraphPanel(panel, document, position, this.#options);
    this.#open.set(key, graph);
    panel.onDidDispose(() => {
      if (this.#open.get(key) === graph) this.#open.delete(key);
    });
  }
}

const isState = (state: unknown): state is { readonly uri: string } =>
  typeof state === 'object' && state !== null && typeof (state as { uri?: unknown }).uri === 'string';

class GraphPanel {
  readonly #panel: vscode.WebviewPanel;
  readonly #document: vscode.TextDocument;
  readonly #options: GraphOptions;
  readonly #subscriptions: vscode.Disposable[] = [];
  #index: number | undefined;
  #position: vscode.Position | undefined;
  #graph: PipelineGraph<PlaceRange> | undefined;
  #choices: GraphResult['choices'] = [];
  #shown: GraphToPage | undefined;
  #ready = false;
  #direction: 'LR' | 'TB' = 'LR';
  #timer: NodeJS.Timeout | undefined;
  /** Grows with every drawing that begins, so that a late one is not shown over a newer. */
  #drawing = 0;

  constructor(
    panel: vscode.WebviewPanel,
    document: vscode.TextDocument,
    position: vscode.Position | undefined,
    options: GraphOptions,
  ) {
    this.#panel = panel;
    this.#document = document;
    this.#options = options;
    this.#position = position;
    panel.webview.options = { enableScripts: true, localResourceRoots: [pageRoot(options.extension)] };
    const icon = (theme: string) => vscode.Uri.joinPath(options.extension, 'docs', 'images', `pipeline-${theme}.svg`);
    panel.iconPath = { light: icon('light'), dark: icon('dark') };
    this.#subscriptions.push(
      panel.webview.onDidReceiveMessage((sent: unknown) => this.#take(graphMessage(sent))),
      panel.onDidDispose(() => this.#end()),
      vscode.workspace.onDidChangeTextDocument((change) => {
        if (this.#is(change.document) && change.contentChanges.length > 0) this.#later();
      }),
      vscode.window.onDidChangeTextEditorSelection(({ textEditor, selections }) => {
        if (this.#is(textEditor.document) && selections[0]) this.#cursor(selections[0].active);
      }),
      vscode.languages.onDidChangeDiagnostics(({ uris }) => {
        if (uris.some((uri) => uri.toString() === this.#document.uri.toString())) this.#later();
      }),
      options.language.onDidChange(() => this.#later()),
    );
    panel.webview.html = pageHtml(panel.webview, options.extension, 'graph', 'Pipeline graph');
    void this.#draw();
  }

  reveal(position: vscode.Position | undefined): void {
    this.#panel.reveal(undefined, true);
    if (!position) return;
    this.#index = undefined;
    this.#position = position;
    void this.#draw();
  }

  dispose(): void {
    this.#panel.dispose();
  }

  #end(): void {
    clearTimeout(this.#timer);
    for (const subscription of this.#subscriptions) subscription.dispose();
  }

  #is(document: vscode.TextDocument): boolean {
    return document.uri.toString() === this.#document.uri.toString();
  }

  #later(): void {
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => void this.#draw(), REST);
  }

  async #draw(): Promise<void> {
    const drawing = ++this.#drawing;
    let shown: GraphToPage;
    try {
      shown = isDot(this.#document) ? await this.#drawDot() : await this.#drawPipeline();
    } catch (error) {
      shown = { type: 'empty', message: `The graph could not be drawn: ${reason(error)}` };
    }
    if (drawing !== this.#drawing) return;
    this.#shown = shown;
    this.#send(shown);
    if (this.#position) this.#select(this.#position);
  }

  async #drawDot(): Promise<GraphToPage> {
    const text = this.#document.getText();
    if (text.trim() === '') return { type: 'empty', message: 'The file is empty.' };
    const svg = await this.#options.layout.svg(text);
    const picture: GraphPicture = {
      ...{ svg, title: this.#document.fileName, foreign: true, shrink: 1, target: '', choices: [], index: 0 },
      ...{ elements: [], links: [], budget: [] },
    };
    return { type: 'show', picture };
  }

  async #drawPipeline(): Promise<GraphToPage> {
    const { language, layout } = this.#options;
    const params: GraphParams = {
      textDocument: { uri: language.uriOf(this.#document) },
      ...(this.#position ? { position: plain(this.#position) } : {}),
      ...(this.#index === undefined ? {} : { index: this.#index }),
    };
    const { graph, choices, index } = await language.request<GraphResult>(GRAPH, params);
    this.#graph = graph;
    this.#choices = choices;
    this.#index = index;
    if (!graph || graph.elements.length === 0) {
      return {
        type: 'empty',
        message:
          'No pipeline was found here. Write one, such as "videotestsrc ! videoconvert ! autovideosink", and its graph appears.',
      };
    }
    return { type: 'show', picture: pictureOf(graph, await layout.svg(toDot(graph, this.#direction)), choices, index) };
  }

  #cursor(position: vscode.Position): void {
    this.#position = position;
    const here = this.#choices.findIndex(({ range }) => toRange(range).contains(position));
    if (here >= 0 && here !== this.#index) {
      this.#index = here;
      void this.#draw();
    } else this.#select(position);
  }

  #select(position: vscode.Position): void {
    const found = this.#graph?.elements.findLast(({ place }) => {
      const range = toRange(place);
      return range.contains(position) || (range.end.isBefore(position) && this.#reaches(range, position));
    });
    this.#send({ type: 'select', element: found?.id });
  }

  /** Whether only the element's own properties stand between its name and the place. */
  #reaches(range: vscode.Range, position: vscode.Position): boolean {
    const between = this.#document.getText(new vscode.Range(range.end, position));
    return between.length < 2_000 && !/(?:^|\s)!(?:\s|$)/.test(between);
  }

  #send(message: GraphToPage): void {
    if (this.#ready) void this.#panel.webview.postMessage(message);
  }

  #take(message: GraphToHost | undefined): void {
    switch (message?.type) {
      case 'ready':
        this.#ready = true;
        void this.#panel.webview.postMessage({ type: 'keep', state: { uri: this.#document.uri.toString() } });
        if (this.#shown) this.#send(this.#shown);
        if (this.#position) this.#select(this.#position);
        break;
      case 'shape':
        if (message.direction === this.#direction) break;
        this.#direction = message.direction;
        if (!isDot(this.#document)) void this.#draw();
        break;
      case 'reveal':
        void this.#showText(message.what, message.id);
        break;
      case 'choose':
        this.#index = message.index;
        this.#position = undefined;
        void this.#draw();
        break;
      case 'inspect': {
        const link = this.#graph?.links.find(({ id }) => id === message.link);
        const name = (id: number) => this.#graph?.elements.find((element) => element.id === id)?.factory;
        const [from, to] = link ? [name(link.from), name(link.to)] : [];
        if (from && to) this.#options.inspect(this.#document, from, to);
        break;
      }
      case 'export':
        void savePicture(this.#document, message.kind, message.text);
        break;
      case 'failed':
        void vscode.window.showErrorMessage(`The graph could not be exported: ${message.message}`);
        break;
    }
  }

  async #showText(what: 'element' | 'link', id: number): Promise<void> {
    const parts = what === 'element' ? this.#graph?.elements : this.#graph?.links;
    const place = parts?.find((part) => part.id === id)?.place;
    if (!place) return;
    const shown = vscode.window.visibleTextEditors.find(({ document }) => this.#is(document));
    const editor = await vscode.window.showTextDocument(this.#document, {
      viewColumn: shown?.viewColumn ?? vscode.ViewColumn.One,
    });
    const range = toRange(place);
    editor.selection = new vscode.Selection(range.start, range.end);
    editor.revealRange(range, vscode.TextEditorRevealType.InCenterIfOutsideViewport);
  }
}

function pictureOf(
  graph: PipelineGraph<PlaceRange>,
  svg: string,
  choices: GraphResult['choices'],
  index: number,
): GraphPicture {
  const { elements, links, budget, target } = graph;
  return {
    svg,
    title: choices[index]?.title ?? '',
    foreign: false,
    shrink: WIDER,
    target,
    choices: choices.map(({ title }) => title),
    index,
    elements: elements.map(({ id, factory, name, problems }) => ({
      id,
      label: factory === name.replace(/\d+$/, '') ? factory : `${factory} ${name}`,
      problems,
    })),
    links: links.map(({ id, from, to, flow, caps, memory, verdict, problems }) => ({
      ...{ id, from, to, caps, memory, verdict, problems },
      label: [MEMORY[memory] ?? '', flow].filter((part) => part !== '').join(', '),
    })),
    budget,
  };
}

export const isDot = ({ uri, languageId }: vscode.TextDocument): boolean =>
  languageId === 'dot' || /\.(?:dot|gv)$/i.test(uri.path);

const plain = ({ line, character }: vscode.Position) => ({ line, character });

const toRange = ({ start, end }: PlaceRange): vscode.Range =>
  new vscode.Range(start.line, start.character, end.line, end.character);

const reason = (error: unknown): string => (error instanceof Error ? error.message : String(error));
