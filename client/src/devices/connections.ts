/** The devices' connections: one for each device, shared by all uses, made when first needed; and what each device said of itself. */
import * as vscode from 'vscode';
import type { Asker } from '../remote/asker.ts';
import type { DemoDevice, Judge } from '../remote/demo/device.ts';
import { knownHosts } from '../remote/host-keys.ts';
import { type KnownRun, listRuns } from '../remote/launch.ts';
import { localRunner } from '../remote/local.ts';
import { RemoteError, type Runner } from '../remote/runner.ts';
import type { SshRunner } from '../remote/ssh.ts';
import { askBoard, type Board } from './board-facts.ts';
import type { KnownDevice } from './known-devices.ts';
import { knownHostsFiles, sshTarget } from './ssh-hosts.ts';

export type ConnectionState =
  | { readonly is: 'idle' }
  | { readonly is: 'connecting' }
  | { readonly is: 'ready'; readonly board: Board; readonly runs: readonly KnownRun[] }
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
  state: ConnectionState;
  runner?: Promise<Runner>;
  abort?: AbortController;
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

  /** The open connection, or a new one. Rejects with an error that says what to do. */
  connect(device: KnownDevice): Promise<Runner> {
    if (!vscode.workspace.isTrusted) {
      return Promise.reject(new Error('This workspace is not trusted, so nothing is run, here or on a device.'));
    }
    const known = this.#all.get(device.name);
    if (known?.runner) return known.runner;
    const connection: Connection = { device, state: { is: 'connecting' }, abort: new AbortController() };
    this.#all.set(device.name, connection);
    connection.runner = this.#open(device, connection);
    this.#changed.fire(device.name);
    return connection.runner;
  }

  /** Lets go; what runs there and was not to outlive the window is stopped by the device. */
  async disconnect(name: string): Promise<void> {
    const connection = this.#all.get(name);
    if (!connection) return;
    await this.#leaveContainers(name);
    this.#all.delete(name);
    connection.abort?.abort();
    this.#changed.fire(name);
    const runner = await connection.runner?.catch(() => undefined);
    await runner?.dispose();
  }

  /** Asks a connected device anew what it is. */
  async refresh(name: string): Promise<void> {
    const connection = this.#all.get(name);
    if (connection?.state.is !== 'ready' || !connection.runner) return;
    this.#become(name, connection, await readyState(await connection.runner));
  }

  async dispose(): Promise<void> {
    await Promise.all([...this.#all.keys()].map((name) => this.disconnect(name)));
    await (await this.#demo)?.stop();
    this.#changed.dispose();
  }

  async #open(device: KnownDevice, connection: Connection): Promise<Runner> {
    const abort = connection.abort!.signal;
    try {
      const runner = await this.#reach(device, connection);
      this.#become(device.name, connection, await readyState(runner, abort));
      return runner;
    } catch (error) {
      delete connection.runner;
      this.#become(device.name, connection, { is: 'lost', why: explain(error) });
      throw new Error(explain(error));
    }
  }

  #reach(device: KnownDevice, connection: Connection): Promise<Runner> {
    switch (device.kind) {
      case 'local':
        return Promise.resolve(localRunner(device.name));
      case 'demo':
        return this.#toDemo(device, connection);
      case 'container':
        return this.#inContainer(device, connection);
      case 'ssh':
        return this.#overSsh(device, connection);
    }
  }

  async #toDemo(device: KnownDevice, connection: Connection): Promise<Runner> {
    const { startDemoDevice } = await import('../remote/demo/device.ts');
    this.#demo ??= startDemoDevice(this.#around.judge);
    return this.#watched(await (await this.#demo).connect(device.name, connection.abort?.signal), connection);
  }

  async #inContainer(device: KnownDevice, connection: Connection): Promise<Runner> {
    const host = this.#around.named(device.on ?? '');
    if (!host) throw new RemoteError('failed', `There is no device ${device.on}.`, 'Add it first.');
    const { containerRunner } = await import('../remote/container.ts');
    const place = device.image === undefined ? { container: device.container ?? '' } : { image: device.image };
    return containerRunner(await this.connect(host), place, { abort: connection.abort!.signal });
  }

  async #overSsh(device: KnownDevice, connection: Connection): Promise<Runner> {
    const target = await sshTarget(device);
    const { connectSsh } = await import('../remote/ssh.ts');
    const runner = await connectSsh(target, {
      asker: this.#asker,
      hostKeys: knownHosts({ files: knownHostsFiles }),
      abort: connection.abort!.signal,
    });
    return this.#watched(runner, connection);
  }

  #watched(runner: SshRunner, connection: Connection): Runner {
    void runner.gone.then((lost) => {
      if (!lost) return;
      delete connection.runner;
      this.#become(connection.device.name, connection, { is: 'lost', why: explain(lost) });
      void this.#leaveContainers(connection.device.name);
    });
    return runner;
  }

  /** Containers cannot be reached without the device that they run on. */
  async #leaveContainers(name: string): Promise<void> {
    const inside = [...this.#all.values()].filter(({ device }) => device.on === name);
    await Promise.all(inside.map(({ device }) => this.disconnect(device.name)));
  }

  #become(name: string, connection: Connection, state: ConnectionState): void {
    if (this.#all.get(name) !== connection) return;
    connection.state = state;
    this.#changed.fire(name);
  }
}

/** What a device says of itself, and what runs there without a window. */
async function readyState(runner: Runner, abort?: AbortSignal): Promise<ConnectionState> {
  const board = await askBoard(runner, abort);
  return { is: 'ready', board, runs: await listRuns(runner) };
}

/** What happened and what to do. */
export function explain(error: unknown): string {
  if (error instanceof RemoteError) return [error.message, error.advice].filter((text) => text !== '').join(' ');
  return error instanceof Error ? error.message : String(error);
}
