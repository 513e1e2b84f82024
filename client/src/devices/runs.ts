/**
 * The runs of this window: started, followed, stopped, started again; and what became of earlier ones. Views listen to its
 * events; the lines also go to an output channel of the device.
 */
import * as vscode from 'vscode';
import type { Runnable } from '../../../server/src/protocol.ts';
import { type Ended, followRun, type KnownRun, launch, launchToOutlive, type Run } from '../remote/launch.ts';
import { shellLine } from '../remote/quote.ts';
import type { Line, Runner } from '../remote/runner.ts';
import { followThrough, type Session } from '../remote/session.ts';
import { ChannelWriter } from './channel-writer.ts';
import type { Places } from './run-words.ts';

/** All that is needed to start a run, now or again. Plain JSON. */
export interface RunOrder {
  readonly device: string;
  readonly title: string;
  readonly words: readonly string[];
  readonly folder: string;
  readonly env: Readonly<Record<string, string>>;
  /** Paths that it writes, relative to its folder or absolute. */
  readonly outputs: readonly string[];
  /** Goes on when the window is closed. */
  readonly outlives?: boolean;
  /** Files of this machine that it reads; they are brought to the device before each run where they are newer. */
  readonly brings?: { readonly files: readonly string[]; readonly places: Places };
  /** Where its text stands; undefined for what is no longer known. */
  readonly source?: RunSource;
}

/** The text that a run came from. */
export interface RunSource {
  /** Of the document, as the editor writes it. */
  readonly uri: string;
  /** In the order of making, as GStreamer counts default names. Empty for a script or a configuration. */
  readonly elements: Runnable['elements'];
  /** What was run of it, as it stood there. Empty for a script. */
  readonly text: string;
}

/** A run under way. */
export interface ActiveRun {
  readonly order: RunOrder;
  readonly run: Run;
  /** On this machine's clock, milliseconds since 1970. */
  readonly startedAt: number;
  readonly output: vscode.OutputChannel;
  /** Whether what shows runs comes to the front; a task has its terminal there. */
  readonly show: boolean;
  /** What others measure while it runs, `Most RAM (MB)` → 1234; remembered with it. */
  readonly figures: Map<string, number>;
}

/** One line that a run has printed. */
export interface RunLine {
  readonly run: ActiveRun;
  readonly line: Line;
}

/** A run that has ended, as it is remembered. Plain JSON. */
export interface PastRun {
  readonly order: RunOrder;
  readonly startedAt: number;
  readonly milliseconds: number;
  readonly how: Ended['how'];
  readonly text: string;
  /** What the program said when it failed. */
  readonly error?: string;
  readonly figures?: Readonly<Record<string, number>>;
}

export interface RunEnd {
  readonly run: ActiveRun;
  readonly past: PastRun;
}

const HISTORY = 'jetsonPipelines.history';
const MOST_PAST = 50;

export class Runs implements vscode.Disposable {
  readonly #memory: vscode.Memento;
  readonly #sessionOf: (device: string) => Session | undefined;
  readonly #active = new Set<ActiveRun>();
  readonly #left = new WeakSet<ActiveRun>();
  readonly #channels = new Map<string, vscode.OutputChannel>();
  readonly #changed = new vscode.EventEmitter<void>();
  readonly #started = new vscode.EventEmitter<ActiveRun>();
  readonly #line = new vscode.EventEmitter<RunLine>();
  readonly #ending = new vscode.EventEmitter<ActiveRun>();
  readonly #ended = new vscode.EventEmitter<RunEnd>();
  /** Fires when a run has started or ended. */
  readonly onDidChange = this.#changed.event;
  /** Fires before the first line of the run. */
  readonly onDidStart = this.#started.event;
  /** Every line of every run, in order. */
  readonly onLine = this.#line.event;
  /** Fires after the last line of the run, while figures can still be written into it. */
  readonly onWillEnd = this.#ending.event;
  /** Fires when the run is remembered. */
  readonly onDidEnd = this.#ended.event;

  /** `sessionOf`: the connection to a device, by its name. */
  constructor(memory: vscode.Memento, sessionOf: (device: string) => Session | undefined) {
    this.#memory = memory;
    this.#sessionOf = sessionOf;
  }

  get active(): readonly ActiveRun[] {
    return [...this.#active];
  }

  /** The latest first. */
  get history(): readonly PastRun[] {
    return this.#memory.get<readonly PastRun[]>(HISTORY, []);
  }

  /**
   * Starts it and returns; `ended` of the run tells the rest. One that outlives the window is followed through losses of the session.
   * `show`: what shows runs comes to the front. Rejects where the device cannot let it outlive the window.
   */
  async start(runner: Runner, order: RunOrder, show = true): Promise<ActiveRun> {
    if (!vscode.workspace.isTrusted) throw new Error('This workspace is not trusted, so nothing is run.');
    const options = { env: order.env, ...(order.folder !== '' && { folder: order.folder }) };
    if (!order.outlives) return this.#watch(launch(runner, order.words, options), order, Date.now(), show);
    const first = await launchToOutlive(runner, order.words, order.title, options);
    return this.#watch(this.#through(order, first), order, Date.now(), show);
  }

  /** Follows a run that was found on a device: its whole log so far, then what comes. */
  follow(runner: Runner, device: string, known: KnownRun): ActiveRun {
    const mine = this.active.find(({ run }) => run.id === known.id);
    if (mine) return mine;
    const past = this.history.find(({ order }) => order.device === device && order.title === known.title);
    const order: RunOrder = past?.order ?? {
      device,
      title: known.title,
      words: [],
      folder: '',
      env: {},
      outputs: [],
      outlives: true,
    };
    const first = followRun(runner, known.id, order.words);
    return this.#watch(this.#through(order, first), order, known.startedAt, true);
  }

  /** Looks away from a run that outlives the window: it goes on, and is found again on its device. */
  async leave(active: ActiveRun): Promise<void> {
    this.#left.add(active);
    active.run.leave();
    await active.run.ended;
  }

  /** Ends what still runs, with finished files; what is to outlive the window goes on. */
  async dispose(): Promise<void> {
    const closing = this.active.map(async ({ run }) => {
      if (run.outlives) run.leave();
      else await run.stop();
    });
    await Promise.all(closing);
    for (const channel of this.#channels.values()) channel.dispose();
    for (const emitter of [this.#changed, this.#started, this.#line, this.#ending, this.#ended]) emitter.dispose();
  }

  /** The run as it is followed from now on, whatever becomes of the connection. */
  #through({ device, words }: RunOrder, first: Run): Run {
    const session = this.#sessionOf(device);
    if (!session) return first;
    first.leave();
    return followThrough(session, first.id, words);
  }

  #watch(run: Run, order: RunOrder, startedAt: number, show: boolean): ActiveRun {
    const output = this.#channel(order);
    if (order.words.length > 0) output.appendLine(`$ ${shellLine(order.words)}`);
    const active: ActiveRun = { order, run, startedAt, output, show, figures: new Map() };
    this.#active.add(active);
    this.#started.fire(active);
    this.#changed.fire();
    void this.#follow(active);
    return active;
  }

  async #follow(active: ActiveRun): Promise<void> {
    const { run, output, order, startedAt, figures } = active;
    const writer = new ChannelWriter(output);
    let error: string | undefined;
    for await (const line of run.lines) {
      writer.take(line.text);
      this.#line.fire({ run: active, line });
      error = worse(error, line.text);
    }
    const { how, text, milliseconds } = await run.ended;
    writer.finish();
    output.appendLine(`— ${text} ${(milliseconds / 1000).toFixed(1)} s`);
    output.appendLine('');
    this.#active.delete(active);
    this.#ending.fire(active);
    const failed = how === 'failed' || how === 'not-started' || how === 'lost';
    const past: PastRun = {
      order,
      startedAt,
      milliseconds,
      how,
      text,
      ...(failed && error && { error }),
      ...(figures.size > 0 && { figures: Object.fromEntries(figures) }),
    };
    // What goes on has not ended.
    if (!this.#left.has(active)) await this.#memory.update(HISTORY, [past, ...this.history].slice(0, MOST_PAST));
    this.#ended.fire({ run: active, past });
    this.#changed.fire();
    if (!failed) return;
    const show = 'Show Log';
    const words = `${order.title} on ${order.device}: ${error ?? text}`;
    if ((await vscode.window.showErrorMessage(words, show)) === show) {
      await vscode.commands.executeCommand('jetsonPipelines.showDebugLog');
    }
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

/** The first error of an element or of the parser; else what looked like one last. Others follow from the first. */
function worse(known: string | undefined, line: string): string | undefined {
  const cause = /ERROR: from element|erroneous pipeline/;
  if (known !== undefined && cause.test(known)) return known;
  return /(?:WARNING: erroneous|ERROR|erroneous pipeline).*/.exec(line)?.[0] ?? known;
}
