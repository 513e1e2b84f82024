/** The devices that a person has told of, kept in the settings; which one runs are for, kept with the workspace. */
import * as vscode from 'vscode';
import { SECTION } from '../../../server/src/protocol.ts';

/** One device as the settings keep it. Secrets are never in here. */
export interface KnownDevice {
  /** Unique; what the person calls it. */
  readonly name: string;
  /** `local`: this machine. Everything else is reached over SSH. */
  readonly kind: 'ssh' | 'local';
  /** Address, or an alias of ~/.ssh/config. Empty for this machine. */
  readonly host: string;
  readonly user?: string;
  readonly port?: number;
}

const KEY = 'devices';
const CURRENT = 'jetsonPipelines.device';
const TARGET = 'jetsonPipelines.deviceTarget';

export class KnownDevices implements vscode.Disposable {
  readonly #changed = new vscode.EventEmitter<void>();
  readonly #memory: vscode.Memento;
  readonly #watch: vscode.Disposable;
  /** Fires when a device has come, gone or changed, and when another one is the current one. */
  readonly onDidChange = this.#changed.event;

  constructor(memory: vscode.Memento) {
    this.#memory = memory;
    this.#watch = vscode.workspace.onDidChangeConfiguration((event) => {
      if (event.affectsConfiguration(`${SECTION}.${KEY}`)) this.#changed.fire();
    });
  }

  /** In the order of the settings. Only the user's own settings count: a workspace must not bring devices along. */
  all(): readonly KnownDevice[] {
    const found = vscode.workspace.getConfiguration(SECTION).inspect<unknown>(KEY);
    const list = found?.globalValue ?? [];
    const names = new Set<string>();
    return (Array.isArray(list) ? list : []).flatMap((value: unknown) => {
      const device = readDevice(value);
      if (!device || names.has(device.name)) return [];
      names.add(device.name);
      return [device];
    });
  }

  named(name: string): KnownDevice | undefined {
    return this.all().find((device) => device.name === name);
  }

  /** The one that runs are for: chosen for the workspace, or the only one there is. */
  current(): KnownDevice | undefined {
    const all = this.all();
    const chosen = this.#memory.get<string>(CURRENT);
    return all.find(({ name }) => name === chosen) ?? (all.length === 1 ? all[0] : undefined);
  }

  async choose(name: string | undefined): Promise<void> {
    await this.#memory.update(CURRENT, name);
    this.#changed.fire();
  }

  /** The target that the chosen device was found to be, for the time before it is connected again. */
  get target(): { readonly device: string; readonly words: string } | undefined {
    return this.#memory.get(TARGET);
  }

  async rememberTarget(device: string, words: string): Promise<void> {
    await this.#memory.update(TARGET, { device, words });
  }

  async add(device: KnownDevice): Promise<void> {
    await this.#write([...this.all().filter(({ name }) => name !== device.name), device]);
  }

  async remove(name: string): Promise<void> {
    await this.#write(this.all().filter((device) => device.name !== name));
  }

  async rename(from: string, to: string): Promise<void> {
    await this.#write(this.all().map((device) => (device.name === from ? { ...device, name: to } : device)));
    if (this.#memory.get<string>(CURRENT) === from) await this.choose(to);
  }

  dispose(): void {
    this.#watch.dispose();
    this.#changed.dispose();
  }

  async #write(devices: readonly KnownDevice[]): Promise<void> {
    const value = devices.map(({ name, kind, host, user, port }) =>
      kind === 'local' ? { name, local: true } : { name, host, ...(user && { user }), ...(port && { port }) },
    );
    const settings = vscode.workspace.getConfiguration(SECTION);
    await settings.update(KEY, value.length > 0 ? value : undefined, vscode.ConfigurationTarget.Global);
  }
}

/** A device out of the settings; undefined for what is none. */
export function readDevice(value: unknown): KnownDevice | undefined {
  if (typeof value !== 'object' || value === null) return undefined;
  const { name, host, user, port, local } = value as Record<string, unknown>;
  if (typeof name !== 'string' || name.trim() === '') return undefined;
  if (local === true) return { name, kind: 'local', host: '' };
  if (typeof host !== 'string' || !isHost(host)) return undefined;
  return {
    name,
    kind: 'ssh',
    host,
    ...(typeof user === 'string' && user !== '' && { user }),
    ...(typeof port === 'number' && Number.isInteger(port) && port > 0 && port < 65_536 && { port }),
  };
}

/** A name or an address; what could be an option of ssh is none. */
export const isHost = (text: string): boolean => /^[A-Za-z0-9_[:][A-Za-z0-9_.:%[\]-]*$/.test(text);

/** `nvidia@192.168.55.1:2222`, `jetson-01`; undefined for anything else. */
export function readAddress(text: string): Pick<KnownDevice, 'host' | 'user' | 'port'> | undefined {
  const match =
    /^(?:([^\s@]+)@)?(\[[^\]\s]+\]|[^\s:@]+|[0-9A-Fa-f:]*:[0-9A-Fa-f:]*:[0-9A-Fa-f:]*)(?::(\d{1,5}))?$/.exec(
      text.trim(),
    );
  const host = match?.[2]?.replace(/^\[|\]$/g, '');
  if (!match || !host || !isHost(host)) return undefined;
  const port = match[3] === undefined ? undefined : Number(match[3]);
  if (port !== undefined && (port < 1 || port > 65_535)) return undefined;
  return { host, ...(match[1] && { user: match[1] }), ...(port && { port }) };
}
