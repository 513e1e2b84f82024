/**
 * What is measured on the devices: tegrastats while somebody looks, frame rates of the runs, and the moments at which runs began
 * and ended. One history a device, whoever asks.
 */
import * as vscode from 'vscode';
import { rateReadings, readingsOf } from '../remote/board-readings.ts';
import { type Addition, History, type Mark, type Measurements, type Reading } from '../remote/measurements.ts';
import type { Session } from '../remote/session.ts';
import { readRates } from '../remote/streams/perf.ts';
import { type BoardWatch, watchBoard } from '../remote/watch-board.ts';
import { type Connections, explain } from './connections.ts';
import type { KnownDevices } from './known-devices.ts';
import type { ActiveRun, Runs } from './runs.ts';

export type WatchState =
  | { readonly is: 'idle' }
  | { readonly is: 'starting' }
  | { readonly is: 'watching' }
  /** `why`: in words. `again`: it is tried again by itself. */
  | { readonly is: 'failed'; readonly why: string; readonly again: boolean };

interface Board {
  readonly history: History;
  /** Who wants it watched. */
  readonly holders: Set<object>;
  state: WatchState;
  watch?: BoardWatch;
  milliseconds: number;
  /** Grows with every start and stop, so that what comes late is not taken for the present. */
  turn: number;
  retry?: NodeJS.Timeout;
  /** Keeps the connection, and has it back when it is lost. */
  letGo?: () => void;
  session?: Session;
}

export type BoardNews =
  | { readonly device: string; readonly kind: 'added'; readonly addition: Addition }
  | { readonly device: string; readonly kind: 'marked'; readonly mark: Mark }
  | { readonly device: string; readonly kind: 'state' };

/** Before a tegrastats that has ended is started again, in milliseconds. */
const PAUSE = 2_000;

export class BoardWatches implements vscode.Disposable {
  readonly #known: KnownDevices;
  readonly #connections: Connections;
  readonly #boards = new Map<string, Board>();
  readonly #running = new Set<ActiveRun>();
  readonly #news = new vscode.EventEmitter<BoardNews>();
  readonly #subscriptions: readonly vscode.Disposable[];
  readonly onNews = this.#news.event;

  constructor(known: KnownDevices, connections: Connections, runs: Runs) {
    this.#known = known;
    this.#connections = connections;
    this.#subscriptions = [
      runs.onLine(({ run, line }) => {
        const rates = readRates(line.text);
        if (rates && rates.length > 0) this.add(run.order.device, line.at, rateReadings(rates));
      }),
      runs.onDidChange(() => this.#markRuns(runs.active)),
    ];
  }

  state(device: string): WatchState {
    return this.#boards.get(device)?.state ?? { is: 'idle' };
  }

  milliseconds(device: string): number {
    return this.#board(device).milliseconds;
  }

  measurements(device: string): Measurements {
    return this.#board(device).history.measurements;
  }

  /** Wants the device watched until {@link release}. Watching begins at once where the device is connected or `connect` is set. */
  hold(device: string, holder: object, connect = false): void {
    const board = this.#board(device);
    // A device that has no tegrastats is not asked again and again by those who wait already.
    const wanted = board.state.is === 'idle' || !board.holders.has(holder);
    board.holders.add(holder);
    const busy = board.state.is === 'starting' || board.state.is === 'watching';
    if (busy || !(connect || wanted)) return;
    if (connect || this.#connections.state(device).is === 'ready') void this.#start(device, 0);
  }

  release(device: string, holder: object): void {
    const board = this.#boards.get(device);
    if (board?.holders.delete(holder) && board.holders.size === 0) this.#stop(device);
  }

  /** Milliseconds between two samples, from now on. */
  setInterval(device: string, milliseconds: number): void {
    const board = this.#board(device);
    if (board.milliseconds === milliseconds) return;
    board.milliseconds = milliseconds;
    if (board.state.is !== 'watching') return;
    this.#end(board);
    void this.#start(device, 0);
  }

  /** Takes readings that others have of a device. `at` is in milliseconds since 1970. */
  add(device: string, at: number, readings: readonly Reading[]): void {
    for (const run of this.#running) if (run.order.device === device) keepPeaks(run, readings);
    const addition = this.#board(device).history.add(at / 1000, readings);
    this.#news.fire({ device, kind: 'added', addition });
  }

  dispose(): void {
    for (const board of this.#boards.values()) this.#end(board);
    for (const subscription of this.#subscriptions) subscription.dispose();
    this.#news.dispose();
  }

  #board(device: string): Board {
    let board = this.#boards.get(device);
    if (!board) {
      board = { history: new History(device), holders: new Set(), state: { is: 'idle' }, milliseconds: 1_000, turn: 0 };
      this.#boards.set(device, board);
    }
    return board;
  }

  async #start(device: string, tries: number): Promise<void> {
    const board = this.#board(device);
    const turn = ++board.turn;
    clearTimeout(board.retry);
    const known = this.#known.named(device);
    if (!known) return;
    this.#become(device, { is: 'starting' });
    let why: string;
    let lasted = false;
    try {
      const session = this.#connections.session(known);
      // Once it was there, the session has it back by itself, as long as it is held.
      const runner = await (tries === 0 ? this.#connections.connect(known) : session.again());
      if (turn !== board.turn) return;
      this.#hold(board, session);
      const watch = watchBoard(runner, board.milliseconds, (sample, at) => {
        if (turn !== board.turn) return;
        if (board.state.is !== 'watching') this.#become(device, { is: 'watching' });
        lasted = true;
        this.add(device, at, readingsOf(sample));
      });
      board.watch = watch;
      why = (await watch.ended) ?? '';
    } catch (error) {
      why = explain(error);
    }
    if (turn !== board.turn) return;
    delete board.watch;
    // A curve is not drawn across a time of which nothing is known.
    if (lasted) this.add(device, Date.now(), []);
    if (this.#connections.state(device).is === 'idle') {
      // It was let go on purpose.
      this.#become(device, { is: 'idle' });
      return;
    }
    const again = lasted && board.holders.size > 0;
    this.#become(device, { is: 'failed', why, again });
    if (again) board.retry = setTimeout(() => void this.#start(device, tries + 1), PAUSE);
  }

  #hold(board: Board, session: Session): void {
    if (board.session === session) return;
    board.letGo?.();
    board.session = session;
    board.letGo = session.hold();
  }

  #stop(device: string): void {
    const board = this.#board(device);
    const watched = board.state.is === 'watching';
    this.#end(board);
    if (watched) this.add(device, Date.now(), []);
    this.#become(device, { is: 'idle' });
  }

  #end(board: Board): void {
    board.turn += 1;
    clearTimeout(board.retry);
    board.watch?.stop();
    delete board.watch;
    board.letGo?.();
    delete board.letGo;
    delete board.session;
  }

  #become(device: string, state: WatchState): void {
    this.#board(device).state = state;
    this.#news.fire({ device, kind: 'state' });
  }

  #markRuns(active: readonly ActiveRun[]): void {
    const now = new Set(active);
    for (const run of now) if (!this.#running.has(run)) this.#mark(run, 'start');
    for (const run of this.#running) if (!now.has(run)) this.#mark(run, 'stop');
    this.#running.clear();
    for (const run of now) this.#running.add(run);
  }

  #mark({ order }: ActiveRun, kind: Mark['kind']): void {
    const mark: Mark = { at: Date.now() / 1000, kind, title: order.title };
    this.#board(order.device).history.mark(mark);
    this.#news.fire({ device: order.device, kind: 'marked', mark });
  }
}

/** What is remembered of a run: the most of these, by the id of the series. */
const PEAKS: readonly (readonly [RegExp, string])[] = [
  [/^cpu$/, 'most CPU (%)'],
  [/^gpu$/, 'most GPU (%)'],
  [/^ram$/, 'most RAM (MB)'],
  [/^temperature\./, 'hottest (°C)'],
  [/^rail\.(?:VDD_IN|POM_5V_IN|VIN)$/, 'most power (W)'],
];

function keepPeaks({ figures }: ActiveRun, readings: readonly Reading[]): void {
  for (const { id, value } of readings) {
    const name = PEAKS.find(([ids]) => ids.test(id))?.[1];
    if (name !== undefined && value > (figures.get(name) ?? Number.NEGATIVE_INFINITY)) figures.set(name, value);
  }
}
