/** The debug log in the panel: which log and which of its lines are shown. The page draws the rows it asks for. */
import * as vscode from 'vscode';
import type { DeviceRooms } from '../devices/rooms.ts';
import type { RunLog } from '../devices/run-logs.ts';
import { readFilter } from '../remote/log-filter.ts';
import type { LogView as Filtered, LogRow } from '../remote/log-store.ts';
import { pageHtml, pageRoot } from './page.ts';
import type { LogFilterWords, LogLine, LogList, LogToHost, LogToPage } from './panel-messages.ts';
import { logMessage } from './read-message.ts';

export const LOG_VIEW = 'jetsonPipelines.log';

/** How often the page is told of new lines at most, in milliseconds. */
const REST = 80;
/** Rows of the end that are sent unasked. */
const TAIL = 60;
/** Names offered for the filter. */
const NAMES = 60;
/** Lines that are copied at once. */
const MOST_COPIED = 100_000;
/** Explanations of which the page is told at once; later ones come with their rows. */
const MOST_TOLD = 20;
const NO_FILTER: LogFilterWords = { level: '', category: '', element: '', text: '' };

export class LogPanel implements vscode.WebviewViewProvider, vscode.Disposable {
  readonly #extension: vscode.Uri;
  readonly #rooms: DeviceRooms;
  readonly #subscriptions: readonly vscode.Disposable[];
  #view: vscode.WebviewView | undefined;
  #ready = false;
  #log: RunLog | undefined;
  #filter = NO_FILTER;
  #filterProblem = '';
  #filtered: Filtered | undefined;
  #leave: (() => void) | undefined;
  #generation = 0;
  /** Number of the oldest line when the generation began. */
  #first = 0;
  /** Number of the line that the page has asked for first. */
  #topNumber: number | undefined;
  /** Length of the list that the page was last given the end of. */
  #told = -1;
  #timer: NodeJS.Timeout | undefined;

  constructor(extension: vscode.Uri, rooms: DeviceRooms) {
    this.#extension = extension;
    this.#rooms = rooms;
    this.#subscriptions = [
      vscode.window.registerWebviewViewProvider(LOG_VIEW, this),
      rooms.logs.onDidChange((log) => this.#hear(log)),
      rooms.logs.onExplained(({ log, explanations }) => {
        if (log === this.#log) for (const { line } of explanations.slice(0, MOST_TOLD)) this.#renew(line);
      }),
      rooms.runs.onDidStart(({ show }) => {
        if (show) void vscode.commands.executeCommand(`${LOG_VIEW}.focus`, { preserveFocus: true });
      }),
    ];
  }

  resolveWebviewView(view: vscode.WebviewView): void {
    this.#view = view;
    this.#ready = false;
    view.webview.options = { enableScripts: true, localResourceRoots: [pageRoot(this.#extension)] };
    view.webview.onDidReceiveMessage((sent: unknown) => {
      const message = logMessage(sent);
      if (message) void this.#take(message);
    });
    view.onDidChangeVisibility(() => this.#later());
    view.onDidDispose(() => {
      if (this.#view === view) this.#view = undefined;
    });
    view.webview.html = pageHtml(view.webview, this.#extension, 'log', 'Debug log');
  }

  /** Shows a log. */
  async show(log: RunLog): Promise<void> {
    this.#turnTo(log);
    await vscode.commands.executeCommand(`${LOG_VIEW}.focus`);
  }

  /** Asks for a saved log and shows it. */
  async open(): Promise<void> {
    const [file] = (await vscode.window.showOpenDialog({ title: 'Open a saved log' })) ?? [];
    if (!file) return;
    const title = `Reading ${file.path.slice(file.path.lastIndexOf('/') + 1)}`;
    const log = await vscode.window.withProgress({ location: vscode.ProgressLocation.Window, title }, () =>
      this.#rooms.logs.open(file.fsPath),
    );
    await this.show(log);
  }

  /** Asks where, and writes the lines that pass the filter. */
  async save(): Promise<void> {
    const log = this.#log;
    if (!log || !this.#filtered) return;
    const folder = vscode.workspace.workspaceFolders?.[0]?.uri;
    const file = await vscode.window.showSaveDialog({
      title: 'Save the lines that are shown',
      filters: { Log: ['log', 'txt'] },
      ...(folder && { defaultUri: vscode.Uri.joinPath(folder, `${log.order?.device ?? 'saved'}.log`) }),
    });
    if (!file) return;
    await log.store.save(file.fsPath, this.#filtered);
    void vscode.window.showInformationMessage(`Saved ${file.fsPath}.`);
  }

  dispose(): void {
    clearTimeout(this.#timer);
    this.#drop();
    for (const subscription of this.#subscriptions) subscription.dispose();
  }

  #hear(log: RunLog): void {
    const { logs } = this.#rooms;
    const gone = this.#log && !logs.find(this.#log.id);
    // A new run is what one wants to see; a log that was cleared goes on as the next one.
    const fresh = log.running && logs.all[0] === log && log !== this.#log;
    if (gone || fresh || !this.#log) this.#turnTo(logs.all[0]);
    else this.#later();
  }

  #turnTo(log: RunLog | undefined): void {
    if (log !== this.#log) {
      this.#log = log;
      // Another run has other elements, and would seem to have printed nothing.
      this.#filter = { ...this.#filter, element: '', category: '' };
      this.#send({ type: 'filtered', filter: this.#filter });
      this.#apply();
    }
  }

  #drop(): void {
    this.#leave?.();
    this.#leave = undefined;
    this.#filtered?.dispose();
    this.#filtered = undefined;
  }

  /** The filter over the log, from its start. */
  #apply(): void {
    this.#drop();
    this.#generation += 1;
    this.#told = -1;
    this.#topNumber = undefined;
    const log = this.#log;
    if (log) {
      const filter = readFilter(sourceOf(this.#filter));
      this.#filterProblem = 'problem' in filter ? filter.problem : '';
      const view = 'problem' in filter ? log.store.view() : log.store.view(filter);
      this.#filtered = view;
      this.#first = log.store.first;
      this.#leave = log.store.onChange(() => this.#later());
      void view.ready.then(() => this.#later());
    }
    this.#later();
  }

  #later(): void {
    this.#timer ??= setTimeout(() => {
      this.#timer = undefined;
      this.#tell();
    }, REST);
  }

  #tell(): void {
    if (!this.#ready || !this.#view?.visible) return;
    this.#send({ type: 'list', list: this.#list() });
  }

  #list(): LogList {
    const log = this.#log;
    const view = this.#filtered;
    const store = log?.store;
    let anchor: number | undefined;
    if (store && view && store.first !== this.#first) {
      // Lines were let go, so all places have moved.
      this.#first = store.first;
      this.#generation += 1;
      this.#told = -1;
      if (this.#topNumber !== undefined) anchor = view.placeOf(this.#topNumber);
    }
    return {
      log: log?.id ?? '',
      logs: this.#rooms.logs.all.map(({ id, title, running }) => ({ id, title, running })),
      generation: this.#generation,
      length: view?.length ?? 0,
      total: store ? store.end - store.first : 0,
      gone: store?.first ?? 0,
      problem: store?.problem ?? '',
      filterProblem: this.#filterProblem,
      searching: view !== undefined && view.progress < 1,
      errors: store?.count('error') ?? 0,
      warnings: store?.count('warning') ?? 0,
      elements: names(store?.elements()),
      categories: names(store?.categories()),
      tail: this.#tail(),
      anchor,
    };
  }

  /** A row that the page may have already is another one now. */
  #renew(line: number): void {
    const from = this.#filtered?.placeOf(line);
    if (from === undefined || this.#filtered?.numberAt(from) !== line) return;
    const rows = this.#filtered.rows(from, 1).map((row) => lineOf(row, this.#log));
    this.#send({ type: 'rows', generation: this.#generation, from, rows });
  }

  #tail(): LogLine[] {
    const view = this.#filtered;
    if (!view || view.length === this.#told) return [];
    this.#told = view.length;
    return view.rows(Math.max(0, view.length - TAIL), TAIL).map((row) => lineOf(row, this.#log));
  }

  async #take(message: LogToHost): Promise<void> {
    try {
      await this.#answer(message);
    } catch (error) {
      void vscode.window.showErrorMessage(`Debug log: ${error instanceof Error ? error.message : String(error)}`);
    }
  }

  async #answer(message: LogToHost): Promise<void> {
    switch (message.type) {
      case 'ready':
        this.#ready = true;
        this.#told = -1;
        this.#log ??= this.#rooms.logs.all[0];
        if (!this.#filtered) this.#apply();
        this.#send({ type: 'filtered', filter: this.#filter });
        this.#tell();
        break;
      case 'want': {
        const { generation, from, count } = message;
        if (generation !== this.#generation || !this.#filtered) break;
        const found = this.#filtered.rows(from, Math.min(count, 1_000));
        this.#topNumber = found[0]?.number;
        this.#send({ type: 'rows', generation, from, rows: found.map((row) => lineOf(row, this.#log)) });
        break;
      }
      case 'filter':
        this.#filter = message.filter;
        this.#apply();
        break;
      case 'choose':
        this.#turnTo(this.#rooms.logs.find(message.log));
        break;
      case 'reveal':
        await this.#reveal(message.element);
        break;
      case 'copy':
        await this.#copy(message.generation, message.from, message.to);
        break;
      case 'save':
        await this.save();
        break;
      case 'open':
        await this.open();
        break;
      case 'clear':
        if (this.#log) this.#rooms.logs.clear(this.#log.id);
        break;
    }
  }

  async #copy(generation: number, from: number, to: number): Promise<void> {
    if (generation !== this.#generation || !this.#filtered) return;
    const rows = this.#filtered.rows(from, Math.min(to - from + 1, MOST_COPIED));
    await vscode.env.clipboard.writeText(rows.map(({ text }) => `${text}\n`).join(''));
    if (to - from + 1 > MOST_COPIED) {
      void vscode.window.showWarningMessage(
        `Only the first ${MOST_COPIED} lines were copied; Save writes all of them.`,
      );
    }
  }

  /** To the element's text, where the run has come from one. */
  async #reveal(element: string): Promise<void> {
    const source = this.#log?.order?.source;
    const found = source?.elements.find(({ name }) => name === element);
    if (!source || !found) {
      const why = source
        ? 'It does not stand in the text: it was made by another element.'
        : 'This log came from no text.';
      void vscode.window.showInformationMessage(`${element}: ${why}`);
      return;
    }
    const editor = await vscode.window.showTextDocument(vscode.Uri.parse(source.uri), {
      viewColumn: vscode.ViewColumn.One,
    });
    const { start, end } = found.range;
    const range = new vscode.Range(start.line, start.character, end.line, end.character);
    editor.selection = new vscode.Selection(range.start, range.end);
    editor.revealRange(range, vscode.TextEditorRevealType.InCenterIfOutsideViewport);
  }

  #send(message: LogToPage): void {
    if (this.#ready) void this.#view?.webview.postMessage(message);
  }
}

const names = (list: readonly { readonly name: string }[] | undefined): string[] =>
  (list ?? [])
    .slice(0, NAMES)
    .map(({ name }) => name)
    .sort();

/** The words of the page as one filter. */
function sourceOf({ level, category, element, text }: LogFilterWords): string {
  const field = (name: string, value: string) => (value === '' ? [] : [`${name}:"${value.replace(/["\\]/g, '\\$&')}"`]);
  return [...field('level', level), ...field('category', category), ...field('element', element), text].join(' ');
}

function lineOf({ number, at, kind, level, element, category, text, continues, debug }: LogRow, log?: RunLog): LogLine {
  const startedAt = log?.startedAt;
  const explained = log?.explanations.get(number);
  const seconds = debug?.seconds ?? (startedAt === undefined ? undefined : Math.max(0, at - startedAt) / 1000);
  return {
    number,
    time: seconds === undefined ? '' : seconds.toFixed(3),
    ...{ kind, level, element, category, continues },
    text: debug ? debug.message : text,
    origin: debug
      ? `${debug.file}:${debug.line}, ${debug.function}, ${debug.object}, thread ${debug.thread}, process ${debug.pid}`
      : '',
    cause: explained?.cause && { title: explained.meaning, cause: explained.usually, fix: explained.fix },
  };
}
