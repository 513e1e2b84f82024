/** What devices' own gst-inspect says, harvested when asked, kept on disk by device, and given to the server for the chosen one. */
import { mkdir, readFile, rename, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type * as vscode from 'vscode';
import { TABLES, type TablesParams } from '../../../server/src/protocol.ts';
import { type Harvest, type HarvestCache, type HarvestProgress, harvest } from '../remote/harvest.ts';
import type { Runner } from '../remote/runner.ts';

/** The part of the language client that is needed here. */
export interface Server {
  request<R>(method: string, params: unknown): Promise<R>;
  notify(method: string, params: unknown): void;
}

/** The last harvest of a device. Plain JSON. */
interface Kept {
  /** Every element that the device lists could be read: then it has no others. */
  readonly complete: boolean;
  readonly cache: HarvestCache;
}

export class DeviceTables {
  readonly #folder: string;
  readonly #server: Server;

  constructor(storage: vscode.Uri, server: Server) {
    this.#folder = join(storage.fsPath, 'elements');
    this.#server = server;
  }

  /** Asks the device for its elements and keeps them; plugins that have not changed since the last time are not asked again. */
  async harvest(
    runner: Runner,
    device: string,
    around: { readonly progress: (progress: HarvestProgress) => void; readonly abort: AbortSignal },
  ): Promise<Harvest> {
    const before = await this.#read(device);
    const found = await harvest(runner, { layer: device, ...(before && { cache: before.cache }), ...around });
    const complete = found.unreadable.length === 0 && found.blacklisted === 0;
    await this.#write(device, { complete, cache: found.cache });
    return found;
  }

  /** Puts a device's elements before the tables of its target. False where it has never been harvested. */
  async use(device: string, target: string): Promise<boolean> {
    const kept = await this.#read(device);
    const elements = Object.values(kept?.cache.plugins ?? {}).flatMap((plugin) => plugin.elements);
    await this.#give({ device, target, elements, complete: elements.length > 0 && kept?.complete === true });
    return elements.length > 0;
  }

  /** Whether the harvest is of another GStreamer than `version`, `1.22.0`. */
  async isStale(device: string, version: string): Promise<boolean> {
    const kept = await this.#read(device);
    return kept !== undefined && !kept.cache.gstreamer.endsWith(` ${version}`);
  }

  /** Takes the elements of a device away again; what was harvested stays for the next time. */
  async drop(device: string, target: string): Promise<void> {
    await this.#give({ device, target, elements: [], complete: false });
  }

  async #give(tables: TablesParams): Promise<void> {
    await this.#server.request(TABLES, tables);
  }

  #file(device: string): string {
    return join(this.#folder, `${encodeURIComponent(device)}.json`);
  }

  async #read(device: string): Promise<Kept | undefined> {
    try {
      const kept = JSON.parse(await readFile(this.#file(device), 'utf8')) as Kept;
      return kept.cache.format === 1 ? kept : undefined;
    } catch {
      // Never harvested, or the file is of no use: the device is asked for everything.
      return undefined;
    }
  }

  async #write(device: string, kept: Kept): Promise<void> {
    await mkdir(this.#folder, { recursive: true });
    const part = `${this.#file(device)}.${process.pid}.part`;
    await writeFile(part, JSON.stringify(kept));
    await rename(part, this.#file(device));
  }
}
