/** The tegrastats panel in the side bar: which device or recording is shown, what the page is sent, and files. */
import { basename } from 'node:path';
import * as vscode from 'vscode';
import type { BoardNews } from '../devices/board-watches.ts';
import type { DeviceRooms } from '../devices/rooms.ts';
import { alertsOf, bottleneckOf, comparison } from '../remote/bottleneck.ts';
import { between, hidesEngines, type Measurements } from '../remote/measurements.ts';
import { readRecording, toCsv, toJson } from '../remote/recording-file.ts';
import { pageHtml, pageRoot } from './page.ts';
import type { StatsLook, StatsStatus, StatsToHost, StatsToPage } from './panel-messages.ts';
import { lookOf, statsMessage } from './read-message.ts';
import { writeWhole } from './write-whole.ts';

export const TEGRASTATS_VIEW = 'jetsonPipelines.tegrastats';

const LOOK = 'jetsonPipelines.statsLook';
const FIRST_LOOK: StatsLook = { window: 300, folded: ['clocks', 'engine-clocks'], hidden: [] };
/** How often the words above the charts are put together anew at most, in milliseconds. */
const REST = 1_000;

export class TegrastatsView implements vscode.WebviewViewProvider, vscode.Disposable {
  readonly #extension: vscode.Uri;
  readonly #rooms: DeviceRooms;
  readonly #subscriptions: readonly vscode.Disposable[];
  #view: vscode.WebviewView | undefined;
  #ready = false;
  #device: string | undefined;
  /** A recording that is shown in place of the device. */
  #opened: Measurements | undefined;
  /** Since when measurements are written to a file at the end of the recording, in seconds since 1970. */
  #recordingSince: number | undefined;
  #timer: NodeJS.Timeout | undefined;

  constructor(extension: vscode.Uri, rooms: DeviceRooms) {
    this.#extension = extension;
    this.#rooms = rooms;
    this.#subscriptions = [
      vscode.window.registerWebviewViewProvider(TEGRASTATS_VIEW, this),
      rooms.boards.onNews((news) => this.#hear(news)),
      rooms.known.onDidChange(() => this.#settle()),
      rooms.connections.onDidChange(() => this.#settle()),
    ];
  }

  resolveWebviewView(view: vscode.WebviewView): void {
    this.#view = view;
    this.#ready = false;
    view.webview.options = { enableScripts: true, localResourceRoots: [pageRoot(this.#extension)] };
    view.webview.onDidReceiveMessage((sent: unknown) => {
      const message = statsMessage(sent);
      if (message) void this.#take(message);
    });
    view.onDidChangeVisibility(() => this.#settle());
    view.onDidDispose(() => {
      if (this.#view !== view) return;
      this.#view = undefined;
      this.#ready = false;
      this.#settle();
    });
    view.webview.html = pageHtml(view.webview, this.#extension, 'tegrastats', 'tegrastats');
    this.#settle();
  }

  /** Shows a device. */
  async show(device: string): Promise<void> {
    this.#opened = undefined;
    this.#turnTo(device);
    await vscode.commands.executeCommand(`${TEGRASTATS_VIEW}.focus`);
  }

  /** Asks for a recording, JSON or CSV, and shows it. */
  async open(): Promise<void> {
    const [file] =
      (await vscode.window.showOpenDialog({ title: 'Open a recording', filters: { Recordings: ['json', 'csv'] } })) ??
      [];
    if (!file) return;
    const text = new TextDecoder().decode(await vscode.workspace.fs.readFile(file));
    this.#opened = readRecording(text, basename(file.path));
    this.#sendAll();
  }

  /** Asks where, and writes what is shown. */
  async save(measurements = this.#shown()): Promise<void> {
    if (!measurements || measurements.times.length === 0) {
      void vscode.window.showInformationMessage('Nothing has been measured yet.');
      return;
    }
    const folder = vscode.workspace.workspaceFolders?.[0]?.uri;
    const day = new Date(measurements.times.at(-1)! * 1000).toISOString().slice(0, 16).replace(/[:T]/g, '-');
    const name = `${measurements.device.replace(/[^\w.-]+/g, '_')}-${day}`;
    const file = await vscode.window.showSaveDialog({
      title: 'Save measurements',
      filters: { CSV: ['csv'], JSON: ['json'] },
      ...(folder && { defaultUri: vscode.Uri.joinPath(folder, `${name}.csv`) }),
    });
    if (!file) return;
    const text = file.path.endsWith('.json') ? toJson(measurements) : toCsv(measurements);
    await writeWhole(file, text);
    void vscode.window.showInformationMessage(`Saved ${file.fsPath}.`);
  }

  dispose(): void {
    clearTimeout(this.#timer);
    if (this.#device !== undefined) this.#rooms.boards.release(this.#device, this);
    for (const subscription of this.#subscriptions) subscription.dispose();
  }

  /** Makes all fit together: the device that is shown is watched while the view is seen or a recording goes on. */
  #settle(): void {
    const { known, boards } = this.#rooms;
    const names = known.all().map(({ name }) => name);
    if (this.#device === undefined || !names.includes(this.#device)) this.#turnTo(known.current()?.name ?? names[0]);
    if (this.#device !== undefined) {
      const wanted = (this.#view?.visible ?? false) || this.#recordingSince !== undefined;
      if (wanted) boards.hold(this.#device, this);
      else boards.release(this.#device, this);
    }
    this.#sendStatus();
  }

  #turnTo(device: string | undefined): void {
    if (this.#device === device) return;
    if (this.#device !== undefined) this.#rooms.boards.release(this.#device, this);
    this.#device = device;
    this.#recordingSince = undefined;
    if (device !== undefined && this.#view?.visible) this.#rooms.boards.hold(device, this);
    this.#sendAll();
  }

  #hear(news: BoardNews): void {
    const { device } = news;
    if (device !== this.#device || this.#opened) return;
    if (news.kind === 'added') this.#send({ type: 'add', device, addition: news.addition });
    else if (news.kind === 'marked') this.#send({ type: 'mark', device, mark: news.mark });
    if (news.kind === 'state') this.#sendStatus();
    else if (this.#timer === undefined) {
      this.#timer = setTimeout(() => {
        this.#timer = undefined;
        this.#sendStatus();
      }, REST);
    }
  }

  async #take(message: StatsToHost): Promise<void> {
    try {
      await this.#answer(message);
    } catch (error) {
      void vscode.window.showErrorMessage(`tegrastats: ${error instanceof Error ? error.message : String(error)}`);
    }
  }

  async #answer(message: StatsToHost): Promise<void> {
    const { boards, memory } = this.#rooms;
    switch (message.type) {
      case 'ready':
        this.#ready = true;
        this.#sendAll();
        break;
      case 'choose':
        this.#opened = undefined;
        this.#turnTo(message.device);
        break;
      case 'interval':
        if (this.#device !== undefined) boards.setInterval(this.#device, message.milliseconds);
        this.#sendStatus();
        break;
      case 'look':
        await memory.update(LOOK, message.look);
        break;
      case 'connect':
        if (this.#device !== undefined) boards.hold(this.#device, this, true);
        break;
      case 'record':
        await this.#record();
        break;
      case 'save':
        await this.save();
        break;
      case 'open':
        await this.open();
        break;
      case 'live':
        this.#opened = undefined;
        this.#sendAll();
        break;
    }
  }

  /** The first press begins, the second ends and asks for the file. Goes on while the view is hidden. */
  async #record(): Promise<void> {
    const since = this.#recordingSince;
    this.#recordingSince = since === undefined ? Date.now() / 1000 : undefined;
    this.#settle();
    if (since === undefined || this.#device === undefined) return;
    await this.save(between(this.#rooms.boards.measurements(this.#device), since, Number.POSITIVE_INFINITY));
  }

  #shown(): Measurements | undefined {
    return this.#opened ?? (this.#device === undefined ? undefined : this.#rooms.boards.measurements(this.#device));
  }

  #sendAll(): void {
    const look = lookOf(this.#rooms.memory.get(LOOK)) ?? FIRST_LOOK;
    const nothing = { device: '', series: [], times: [], values: [], marks: [] };
    this.#send({
      type: 'show',
      measurements: this.#shown() ?? nothing,
      look: this.#opened ? { ...look, window: 0 } : look,
    });
    this.#sendStatus();
  }

  #sendStatus(): void {
    if (!this.#ready) return;
    const { known, boards } = this.#rooms;
    const shown = this.#shown();
    const found = shown && bottleneckOf(shown);
    const device = this.#opened?.device ?? this.#device ?? '';
    const devices = known.all().map(({ name }) => ({
      name,
      alerts: boards.state(name).is === 'watching' ? alertsOf(boards.measurements(name)).length : 0,
    }));
    const status: StatsStatus = {
      device,
      devices,
      state: this.#opened ? 'recording-open' : boards.state(device).is,
      message: this.#message(),
      milliseconds: this.#device === undefined ? 1_000 : boards.milliseconds(this.#device),
      recording: this.#recordingSince !== undefined,
      bottleneck: found?.text ?? '',
      advice: found?.advice ?? '',
      comparison: shown && !this.#opened ? comparison(this.#rooms.predictions.of(device), shown) : '',
      alerts: shown ? alertsOf(shown) : [],
    };
    this.#send({ type: 'status', status });
  }

  #message(): string {
    if (this.#opened) return `A recording: ${this.#opened.device}.`;
    if (!vscode.workspace.isTrusted) return 'This workspace is not trusted, so nothing is run, here or on a device.';
    if (this.#device === undefined) return 'Add a device in the Devices view, and its load is shown here.';
    const state = this.#rooms.boards.state(this.#device);
    switch (state.is) {
      case 'idle':
        return `${this.#device} is not connected.`;
      case 'starting':
        return `Asking ${this.#device} …`;
      case 'failed':
        return state.again ? `${state.why} It is tried again.` : state.why;
      case 'watching':
        return hidesEngines(this.#rooms.boards.measurements(this.#device))
          ? `${this.#device} tells of its engines and its memory bus to root only: connect as root to see them.`
          : '';
    }
  }

  #send(message: StatsToPage): void {
    if (this.#ready) void this.#view?.webview.postMessage(message);
  }
}
