/** The devices that a person has told of, kept in the settings; which one runs are for, kept with the workspace. */
import * as vscode from 'vscode';
import { SECTION } from '../../../server/src/protocol.ts';
import { type KnownDevice, readDevice, writeDevice } from './known-device.ts';

export type { KnownDevice } from './known-device.ts';

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
    const value = devices.map(writeDevice);
    const settings = vscode.workspace.getConfiguration(SECTION);
    await settings.update(KEY, value.length > 0 ? value : undefined, vscode.ConfigurationTarget.Global);
  }
}
