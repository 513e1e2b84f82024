/** Talks to the real GStreamer through `gst_oracle.py`: pipelines in, verdicts out, in order. */
import { type ChildProcessByStdio, spawn } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import type { Readable, Writable } from 'node:stream';
import { fileURLToPath } from 'node:url';
import type { ElementSpec } from '../../server/src/catalog/element.ts';

/** Debian's own interpreter: the only one that has python3-gi. */
export const PYTHON = '/usr/bin/python3';

export interface Verdict {
  readonly ok: boolean;
  readonly errors: readonly { readonly code: string; readonly message: string }[];
  readonly elements: readonly { readonly factory: string; readonly name: string }[];
  readonly links: readonly (readonly string[])[];
  readonly conflicts: readonly (readonly string[])[];
  /** GStreamer itself crashed on the text. */
  readonly crashed?: boolean;
}

/** Everything that a stand-in needs to know of an element; what works in place says so in its behaviour. */
export const standIn = (spec: ElementSpec): object => ({
  name: spec.name,
  typeName: spec.typeName,
  pads: spec.pads,
  properties: spec.properties.filter((p) => p.writable),
  inPlace: spec.behaviour?.forward?.whole === true && spec.behaviour.backward?.whole === true,
});

/** The real GStreamer, with stand-ins for the elements given. Call `close()` when done. */
export class Gstreamer {
  readonly #folder = mkdtempSync(join(tmpdir(), 'gst-oracle-'));
  readonly #arguments: string[] = [fileURLToPath(new URL('gst_oracle.py', import.meta.url))];
  #child: ChildProcessByStdio<Writable, Readable, null> | undefined;
  #lines: AsyncIterator<string> | undefined;

  constructor(standIns: readonly ElementSpec[] = []) {
    if (standIns.length > 0) {
      const file = join(this.#folder, 'stand-ins.json');
      writeFileSync(file, JSON.stringify(standIns.map(standIn)));
      this.#arguments.push(file);
    }
  }

  async ask(pipeline: string): Promise<Verdict> {
    if (!this.#child) this.#start();
    this.#child!.stdin.write(`${JSON.stringify({ pipeline })}\n`);
    const line = await this.#lines!.next();
    if (!line.done) return JSON.parse(line.value) as Verdict;
    this.#child = undefined;
    return { ok: false, errors: [], elements: [], links: [], conflicts: [], crashed: true };
  }

  close(): void {
    this.#child?.stdin.end();
    this.#child?.kill();
    rmSync(this.#folder, { recursive: true, force: true });
  }

  #start(): void {
    const child = spawn(PYTHON, this.#arguments, { stdio: ['pipe', 'pipe', 'ignore'] });
    child.stdin.on('error', () => {});
    this.#child = child;
    this.#lines = createInterface({ input: child.stdout })[Symbol.asyncIterator]();
  }
}
