/** What the runs of this window have printed, one store of lines each, and logs that were opened. The oldest are let go. */
import { randomBytes } from 'node:crypto';
import { createReadStream, readdirSync, rmSync } from 'node:fs';
import { basename, join } from 'node:path';
import * as vscode from 'vscode';
import { Explainer, type Explanation } from '../remote/causes/explain.ts';
import type { CauseTable } from '../remote/causes/table.ts';
import { LineCutter } from '../remote/lines.ts';
import { LogStore } from '../remote/log-store.ts';
import type { Line } from '../remote/runner.ts';
import type { ActiveRun, RunOrder, Runs } from './runs.ts';

export interface RunLog {
  readonly id: string;
  readonly title: string;
  readonly store: LogStore;
  /** Milliseconds since 1970 at which times of lines begin to count; undefined for an opened file. */
  readonly startedAt: number | undefined;
  /** Undefined for an opened file. */
  readonly order: RunOrder | undefined;
  running: boolean;
  /** What messages mean that are known, by the number of their first line. Bounded. */
  readonly explanations: ReadonlyMap<number, Explanation>;
}

/** A log that is filled. */
interface Filling extends RunLog {
  readonly explainer: Explainer;
  readonly explanations: Map<number, Explanation>;
}

/** Explanations that came together. */
export interface Explained {
  readonly log: RunLog;
  readonly explanations: readonly Explanation[];
}

/** Logs that are kept. */
const MOST = 6;
/** Milliseconds for which lines are gathered: a view is told once and not for each line. */
const REST = 40;
const MOST_WAITING = 5_000;

/** Of one log on disk. */
const MOST_BYTES = 256 * 1024 * 1024;
const MOST_EXPLAINED = 5_000;

interface Feed {
  readonly log: Filling;
  waiting: Line[];
  timer: NodeJS.Timeout | undefined;
}

export class RunLogs implements vscode.Disposable {
  readonly #folder: string;
  readonly #feeds = new Map<ActiveRun, Feed>();
  readonly #changed = new vscode.EventEmitter<RunLog>();
  readonly #ended = new vscode.EventEmitter<{ readonly log: RunLog; readonly run: ActiveRun }>();
  readonly #subscriptions: readonly vscode.Disposable[];
  readonly #explained = new vscode.EventEmitter<Explained>();
  readonly #causes: () => CauseTable;
  #logs: Filling[] = [];
  /** Fires when a log has come or its run has ended. */
  readonly onDidChange = this.#changed.event;
  /** Fires when all lines of a run are in its log. */
  readonly onDidEnd = this.#ended.event;

  /** Fires when messages of a run were understood, or are errors that nobody explains. */
  readonly onExplained = this.#explained.event;

  /** `causes` is asked when the first log is made. `storage` is a folder of the extension's own; logs of this window are kept in it. */
  constructor(runs: Runs, causes: () => CauseTable, storage: string) {
    this.#causes = causes;
    const folder = join(storage, 'logs');
    this.#folder = join(folder, String(process.pid));
    removeLeft(folder);
    this.#subscriptions = [
      runs.onDidStart((run) => this.#begin(run)),
      runs.onLine(({ run, line }) => this.#take(run, line)),
      runs.onDidEnd(({ run }) => this.#end(run)),
    ];
  }

  /** The latest first. */
  get all(): readonly RunLog[] {
    return this.#logs;
  }

  find(id: string): RunLog | undefined {
    return this.#logs.find((log) => log.id === id);
  }

  /** Reads a saved log. Rejects where the file cannot be read. */
  async open(path: string): Promise<RunLog> {
    const log = this.#make(basename(path), undefined, undefined, true);
    try {
      const cutter = new LineCutter('out');
      for await (const piece of createReadStream(path)) this.#append(log, cutter.take(piece as Buffer));
      this.#append(log, cutter.finish());
      this.#tell(log, log.explainer.finish());
    } catch (error) {
      this.#logs = this.#logs.filter((one) => one !== log);
      log.store.dispose();
      throw error;
    } finally {
      log.running = false;
      this.#changed.fire(log);
    }
    return log;
  }

  /** Forgets a log; one whose run goes on begins anew. */
  clear(id: string): void {
    const log = this.find(id);
    if (!log) return;
    this.#logs = this.#logs.filter((one) => one !== log);
    for (const [run, feed] of this.#feeds) {
      if (feed.log !== log) continue;
      clearTimeout(feed.timer);
      this.#feeds.set(run, {
        log: this.#make(log.title, log.startedAt, log.order, true),
        waiting: [],
        timer: undefined,
      });
    }
    log.store.dispose();
    this.#changed.fire(log);
  }

  dispose(): void {
    for (const subscription of this.#subscriptions) subscription.dispose();
    for (const { timer } of this.#feeds.values()) clearTimeout(timer);
    for (const { store } of this.#logs) store.dispose();
    rmSync(this.#folder, { recursive: true, force: true });
    for (const emitter of [this.#changed, this.#ended, this.#explained]) emitter.dispose();
  }

  #make(title: string, startedAt: number | undefined, order: RunOrder | undefined, running: boolean): Filling {
    const id = randomBytes(6).toString('hex');
    const log: Filling = {
      ...{ id, title, startedAt, order, running },
      store: new LogStore(join(this.#folder, id), { bytes: MOST_BYTES }),
      explainer: new Explainer(this.#causes()),
      explanations: new Map(),
    };
    this.#logs = [log, ...this.#logs];
    for (const old of this.#logs.slice(MOST).filter((one) => !one.running)) {
      this.#logs = this.#logs.filter((one) => one !== old);
      old.store.dispose();
    }
    this.#changed.fire(log);
    return log;
  }

  #begin(run: ActiveRun): void {
    const { order, startedAt } = run;
    const clock = new Date(startedAt).toTimeString().slice(0, 5);
    const log = this.#make(`${order.device} ${clock} ${order.title}`, startedAt, order, true);
    this.#feeds.set(run, { log, waiting: [], timer: undefined });
  }

  #take(run: ActiveRun, line: Line): void {
    const feed = this.#feeds.get(run);
    if (!feed) return;
    feed.waiting.push(line);
    if (feed.waiting.length >= MOST_WAITING) this.#flush(feed);
    else feed.timer ??= setTimeout(() => this.#flush(feed), REST);
  }

  #flush(feed: Feed): void {
    clearTimeout(feed.timer);
    feed.timer = undefined;
    const lines = feed.waiting;
    feed.waiting = [];
    this.#append(feed.log, lines);
  }

  #append(log: Filling, lines: readonly Line[]): void {
    if (lines.length === 0) return;
    const first = log.store.end;
    const found = log.store.append(lines).flatMap((entry, i) => log.explainer.take(entry, first + i));
    this.#tell(log, found);
  }

  #tell(log: Filling, explanations: readonly Explanation[]): void {
    if (explanations.length === 0) return;
    for (const one of explanations) if (log.explanations.size < MOST_EXPLAINED) log.explanations.set(one.line, one);
    this.#explained.fire({ log, explanations });
  }

  #end(run: ActiveRun): void {
    const feed = this.#feeds.get(run);
    if (!feed) return;
    this.#flush(feed);
    this.#tell(feed.log, feed.log.explainer.finish());
    this.#feeds.delete(run);
    feed.log.running = false;
    this.#changed.fire(feed.log);
    this.#ended.fire({ log: feed.log, run });
  }
}

/** An editor that was killed could not remove its logs. Each window's folder is named by its process. */
function removeLeft(folder: string): void {
  try {
    for (const name of readdirSync(folder)) {
      if (/^\d+$/.test(name) && !isAlive(Number(name))) rmSync(join(folder, name), { recursive: true, force: true });
    }
  } catch {
    // There is no such folder yet.
  }
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}
