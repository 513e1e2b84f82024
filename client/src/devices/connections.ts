/** The devices' connections: one for each device, shared by all uses, made when first needed; and what each device said of itself. */
import * as vscode from 'vscode';
import type { Asker } from '../remote/asker.ts';
import type { DemoDevice, Judge } from '../remote/demo/device.ts';
import { knownHosts } from '../remote/host-keys.ts';
import { type KnownRun, listRuns } from '../remote/launch.ts';
import { localRunner } from '../remote/local.ts';
import { RemoteError, type Runner } from '../remote/runner.ts';
import { type Connected, Session, type SessionState } from '../remote/session.ts';
import { askBoard, type Board } from './board-facts.ts';
import type { KnownDevice } from './known-devices.ts';
import { knownHostsFiles, sshTarget } from './ssh-hosts.ts';

export type ConnectionState =
  | { readonly is: 'idle' }
  | { readonly is: 'connecting' }
  | { readonly is: 'ready'; readonly board: Board; readonly runs: readonly KnownRun[] }
  /** Lost while a run is watched, and tried again by itself in so many seconds. */
  | { readonly is: 'waiting'; readonly why: string; readonly seconds: number }
  /** `why`: in words, with what to do. */
  | { readonly is: 'lost'; readonly why: string };

/** What connections need to know of the others. */
export interface ConnectionsAround {
  /** The device that a container runs on. */
  readonly named: (name: string) => KnownDevice | undefined;
  /** Tells the demo device what a pipeline would do. */
  readonly judge: Judge;
}

interface Connection {
  readonly device: KnownDevice;
  readonly session: Session;
  state: ConnectionState;
  /** What it last said of itself; kept when the connection is closed for lack of use. */
  board?: Board;
  /** What the device is asked once each time it is connected. */
  asking?: Promise<void>;
}

const IDLE: ConnectionState = { is: 'idle' };

export class Connections implements vscode.Disposable {
  readonly #asker: Asker;
  readonly #around: ConnectionsAround;
  #demo: Promise<DemoDevice> | undefined;
  readonly #all = new Map<string, Connection>();
  readonly #changed = new vscode.EventEmitter<string>();
  /** Fires with the name of a device whose state has changed. */
  readonly onDidChange = this.#changed.event;

  constructor(asker: Asker, around: ConnectionsAround) {
    this.#asker = asker;
    this.#around = around;
  }

  /** The questions that only a person can answer, for what needs `sudo`. */
  get asker(): Asker {
    return this.#asker;
  }

  state(name: string): ConnectionState {
    return this.#all.get(name)?.state ?? IDLE;
  }

  /** What a device last said of itself, until it is disconnected. */
  board(name: string): Board | undefined {
    return this.#all.get(name)?.board;
  }

  /** The open connection, or a new one. Rejects with an error that says what to do. */
  connect(device: KnownDevice): Promise<Runner> {
    if (!vscode.workspace.isTrusted) {
      return Promise.reject(new Error('This workspace is not trusted, so nothing is run, here or on a device.'));
    }
    return this.#ready(this.#connection(device));
  }

  /** The connection itself, for what is to go on when it is lost. */
  session(device: KnownDevice): Session {
    return this.#connection(device).session;
  }

  /** Lets go; what runs there and was not to outlive the window is stopped by the device. */
  async disconnect(name: string): Promise<void> {
    const connection = this.#all.get(name);
    if (!connection) return;
    await this.#leaveContainers(name);
    this.#all.delete(name);
    this.#changed.fire(name);
    await connection.session.close();
  }

  /** Asks a connected device anew what it is. */
  async refresh(name: string): Promise<void> {
    const connection = this.#all.get(name);
    if (connection?.state.is !== 'ready') return;
    await this.#ask(connection, await connection.session.runner());
  }

  async dispose(): Promise<void> {
    await Promise.all([...this.#all.keys()].map((name) => this.disconnect(name)));
    await (await this.#demo)?.stop();
    this.#changed.dispose();
  }

  #connection(device: KnownDevice): Connection {
    const known = this.#all.get(device.name);
    if (known) return known;
    const session = new Session({
      open: (abort) => this.#reach(device, abort),
      changed: (state) => this.#follow(connection, state),
    });
    const connection: Connection = { device, session, state: IDLE };
    // What costs nothing is not let go for lack of use.
    if (device.kind === 'local' || device.kind === 'demo') session.hold();
    this.#all.set(device.name, connection);
    return connection;
  }

  async #ready(connection: Connection): Promise<Runner> {
    try {
      const runner = await connection.session.runner();
      connection.asking ??= this.#ask(connection, runner);
      await connection.asking;
      return runner;
    } catch (error) {
      delete connection.asking;
      this.#become(connection, { is: 'lost', why: explain(error) });
      throw new Error(explain(error));
    }
  }

  /** What a device says of itself, and what runs there without a window. */
  async #ask(connection: Connection, runner: Runner): Promise<void> {
    const board = await askBoard(runner);
    connection.board = board;
    this.#become(connection, { is: 'ready', board, runs: await listRuns(runner) });
  }

  #follow(connection: Connection, state: SessionState): void {
    // The device is asked first, also where nobody waits for it.
    if (state.is === 'ready') return void this.#ready(connection).catch(() => {});
    delete connection.asking;
    if (state.is === 'idle' || state.is === 'connecting') this.#become(connection, state);
    else this.#become(connection, { ...state, why: explain(state.why) });
    if (state.is === 'lost' || state.is === 'idle') void this.#leaveContainers(connection.device.name);
  }

  #reach(device: KnownDevice, abort: AbortSignal): Promise<Connected> {
    switch (device.kind) {
      case 'local':
        return Promise.resolve(withGone(localRunner(device.name)));
      case 'demo':
        return this.#toDemo(device, abort);
      case 'container':
        return this.#inContainer(device, abort);
      case 'ssh':
        return this.#overSsh(device, abort);
    }
  }

  async #toDemo(device: KnownDevice, abort: AbortSignal): Promise<Connected> {
    const { startDemoDevice } = await import('../remote/demo/device.ts');
    this.#demo ??= startDemoDevice(this.#around.judge);
    return (await this.#demo).connect(device.name, abort);
  }

  async #inContainer(device: KnownDevice, abort: AbortSignal): Promise<Connected> {
    const host = this.#around.named(device.on ?? '');
    if (!host) throw new RemoteError('failed', `There is no device ${device.on}.`, 'Add it first.');
    const { containerRunner } = await import('../remote/container.ts');
    const place = device.image === undefined ? { container: device.container ?? '' } : { image: device.image };
    return withGone(await containerRunner(await this.connect(host), place, { abort }));
  }

  async #overSsh(device: KnownDevice, abort: AbortSignal): Promise<Connected> {
    const target = await sshTarget(device);
    const { connectSsh } = await import('../remote/ssh.ts');
    return connectSsh(target, { asker: this.#asker, hostKeys: knownHosts({ files: knownHostsFiles }), abort });
  }

  /** Containers cannot be reached without the device that they run on. */
  async #leaveContainers(name: string): Promise<void> {
    const inside = [...this.#all.values()].filter(({ device }) => device.on === name);
    await Promise.all(inside.map(({ device }) => this.disconnect(device.name)));
  }

  #become(connection: Connection, state: ConnectionState): void {
    const { name } = connection.device;
    if (this.#all.get(name) !== connection) return;
    connection.state = state;
    this.#changed.fire(name);
  }
}

/** A runner that nobody can take away: it is gone only when it is let go. */
function withGone(runner: Runner): Connected {
  let tell: (gone: undefined) => void = () => {};
  const gone = new Promise<undefined>((resolve) => {
    tell = resolve;
  });
  const dispose = async (): Promise<void> => {
    await runner.dispose();
    tell(undefined);
  };
  return { ...runner, gone, dispose };
}

/** What happened and what to do. */
export function explain(error: unknown): string {
  if (error instanceof RemoteError) return [error.message, error.advice].filter((text) => text !== '').join(' ');
  return error instanceof Error ? error.message : String(error);
}
