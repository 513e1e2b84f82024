/** The runs of this window: started, followed into an output channel each, stopped, started again; and what became of earlier ones. */
import * as vscode from 'vscode';
import { type Ended, launch, type Run } from '../remote/launch.ts';
import { shellLine } from '../remote/quote.ts';
import type { Line, Runner } from '../remote/runner.ts';

/** All that is needed to start a run, now or again. */
export interface RunOrder {
  readonly device: string;
  readonly title: string;
  readonly words: readonly string[];
  readonly folder: string;
  readonly env: Readonly<Record<string, string>>;
  /** Paths that it writes, relative to its folder or absolute. */
  readonly outputs: readonly string[];
}

/** A run under way. */
export interface ActiveRun {
  readonly order: RunOrder;
  readonly run: Run;
  readonly startedAt: number;
  readonly output: vscode.OutputChannel;
}

/** A run that has ended, as it is remembered. */
export interface PastRun {
  readonly order: RunOrder;
  readonly startedAt: number;
  readonly milliseconds: number;
  readonly how: Ended['how'];
  readonly text: string;
  /** What the program said last when it failed. */
  readonly error?: string;
}

const HISTORY = 'jetsonPipelines.history';
const MOST_PAST = 50;

export class Runs implements vscode.Disposable {
  readonly #memory: vscode.Memento;
  readonly #active = new Set<ActiveRun>();
  readonly #channels = new Map<string, vscode.OutputChannel>();
  readonly #changed = new vscode.EventEmitter<void>();
  readonly #line = new vscode.EventEmitter<{ readonly run: ActiveRun; readonly line: Line }>();
  readonly onDidChange = this.#changed.event;
  /** Every line of every run. */
  readonly onLine = this.#line.event;

  constructor(memory: vscode.Memento) {
    this.#memory = memory;
  }

  get active(): readonly ActiveRun[] {
    return [...this.#active];
  }

  /** The latest first. */
  get history(): readonly PastRun[] {
    return this.#memory.get<readonly PastRun[]>(HISTORY, []);
  }

  /** Starts it and returns at once; `ended` of the run tells the rest. */
  start(runner: Runner, order: RunOrder): ActiveRun {
    if (!vscode.workspace.isTrusted) throw new Error('This workspace is not trusted, so nothing is run.');
    const output = this.#channel(order);
    output.appendLine(`$ ${shellLine(order.words)}`);
    output.show(true);
    const run = launch(runner, order.words, { env: order.env, ...(order.folder !== '' && { folder: order.folder }) });
    const active: ActiveRun = { order, run, startedAt: Date.now(), output };
    this.#active.add(active);
    this.#changed.fire();
    void this.#follow(active);
    return active;
  }

  /** Ends what still runs, with finished files. */
  async dispose(): Promise<void> {
    await Promise.all(this.active.map(({ run }) => run.stop()));
    for (const channel of this.#channels.values()) channel.dispose();
    this.#changed.dispose();
    this.#line.dispose();
  }

  async #follow(active: ActiveRun): Promise<void> {
    const { run, output, order, startedAt } = active;
    let error: string | undefined;
    for await (const line of run.lines) {
      output.appendLine(line.text);
      this.#line.fire({ run: active, line });
      error = /(?:ERROR|erroneous pipeline|WARNING: erroneous).*/.exec(line.text)?.[0] ?? error;
    }
    const { how, text, milliseconds } = await run.ended;
    output.appendLine(`— ${text} ${(milliseconds / 1000).toFixed(1)} s`);
    output.appendLine('');
    this.#active.delete(active);
    const failed = how === 'failed' || how === 'not-started' || how === 'lost';
    const past: PastRun = { order, startedAt, milliseconds, how, text, ...(failed && error && { error }) };
    await this.#memory.update(HISTORY, [past, ...this.history].slice(0, MOST_PAST));
    this.#changed.fire();
    if (!failed) return;
    const show = 'Show Output';
    const words = `${order.title} on ${order.device}: ${error ?? text}`;
    if ((await vscode.window.showErrorMessage(words, show)) === show) output.show(true);
  }

  /** One channel for each device; a second run beside the first gets one of its own. */
  #channel({ device }: RunOrder): vscode.OutputChannel {
    const busy = new Set(this.active.map(({ output }) => output.name));
    let name = `Jetson: ${device}`;
    for (let number = 2; busy.has(name); number++) name = `Jetson: ${device} (${number})`;
    let channel = this.#channels.get(name);
    if (!channel) {
      channel = vscode.window.createOutputChannel(name);
      this.#channels.set(name, channel);
    }
    return channel;
  }
}
