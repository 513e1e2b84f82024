/** Latencies of the runs that are traced: for the curves of the device, and for whoever shows them beside the text. */
import * as vscode from 'vscode';
import { type Latency, LatencyMeter } from '../remote/latency.ts';
import { readDebugLine } from '../remote/streams/gst-debug.ts';
import { readLatency } from '../remote/streams/tracer.ts';
import type { BoardWatches } from './board-watches.ts';
import type { ActiveRun, Runs } from './runs.ts';

/** Milliseconds over which frames are taken together. */
const STEP = 1_000;

interface Traced {
  readonly meter: LatencyMeter;
  told: number;
}

export class Latencies implements vscode.Disposable {
  readonly #boards: BoardWatches;
  readonly #traced = new Map<ActiveRun, Traced>();
  readonly #changed = new vscode.EventEmitter<{ readonly run: ActiveRun; readonly latencies: readonly Latency[] }>();
  readonly #subscriptions: readonly vscode.Disposable[];
  /** Fires about once a second for a run that is traced, and at its end. */
  readonly onDidChange = this.#changed.event;

  constructor(runs: Runs, boards: BoardWatches) {
    this.#boards = boards;
    this.#subscriptions = [
      runs.onLine(({ run, line }) => {
        // Most lines are none, and there may be thousands a second.
        if (line.text.includes('latency')) this.#take(run, line.text, line.at);
      }),
      runs.onDidEnd(({ run }) => {
        this.#tell(run, Date.now());
        this.#traced.delete(run);
      }),
    ];
  }

  /** Those of a run under way; empty where it is not traced. */
  of(run: ActiveRun): readonly Latency[] {
    return this.#traced.get(run)?.meter.all ?? [];
  }

  dispose(): void {
    for (const subscription of this.#subscriptions) subscription.dispose();
    this.#changed.dispose();
  }

  #take(run: ActiveRun, text: string, at: number): void {
    const record = readDebugLine(text);
    const latency = record && readLatency(record);
    if (!latency) return;
    let traced = this.#traced.get(run);
    if (!traced) {
      traced = { meter: new LatencyMeter(), told: at };
      this.#traced.set(run, traced);
    }
    traced.meter.take(latency);
    if (at - traced.told >= STEP) this.#tell(run, at);
  }

  #tell(run: ActiveRun, at: number): void {
    const traced = this.#traced.get(run);
    if (!traced) return;
    traced.told = at;
    this.#boards.add(run.order.device, at, traced.meter.drain());
    this.#changed.fire({ run, latencies: traced.meter.all });
  }
}
