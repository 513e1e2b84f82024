/** GLib as the judge of key files: asks `gkeyfile_oracle.py` and compares what it says with what we read. */
import { type ChildProcessWithoutNullStreams, spawn } from 'node:child_process';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { asGLibReads, readKeyFile } from '../../server/src/syntax/config/ini/lower.ts';
import { refusal } from '../../server/src/syntax/config/tree.ts';
import {
  asBoolean,
  asDouble,
  asInteger,
  asList,
  asString,
  asUint64,
  type ReadValue,
} from '../../server/src/syntax/config/values.ts';

/** What GLib says of a file: the code of its error, or groups with their keys and raw values. */
export type GLibFile = { readonly error: number } | { readonly groups: [string, [string, string | null][]][] };
/** What GLib's getters say of one raw value; null where they refuse it. */
export type GLibValue = Record<string, unknown>;

/** A running oracle. Questions are answered in order. */
export class GLibOracle {
  readonly #program: ChildProcessWithoutNullStreams;
  readonly #lines: AsyncIterator<string>;

  constructor() {
    this.#program = spawn('/usr/bin/python3', [fileURLToPath(new URL('gkeyfile_oracle.py', import.meta.url))]);
    this.#program.stderr.pipe(process.stderr);
    this.#lines = createInterface({ input: this.#program.stdout })[Symbol.asyncIterator]();
  }

  async files(files: readonly Uint8Array[]): Promise<GLibFile[]> {
    const answers: GLibFile[] = [];
    for (const file of files) {
      answers.push((await this.#ask({ base64: Buffer.from(file).toString('base64') })) as GLibFile);
    }
    return answers;
  }

  async values(values: readonly string[]): Promise<GLibValue[]> {
    if (values.length === 0) return [];
    return ((await this.#ask({ values })) as { answers: GLibValue[] }).answers;
  }

  end(): void {
    this.#program.stdin.end();
  }

  async #ask(question: unknown): Promise<unknown> {
    this.#program.stdin.write(`${JSON.stringify(question)}\n`);
    const answer = await this.#lines.next();
    if (answer.done) throw new Error('the GLib oracle ended');
    return JSON.parse(answer.value);
  }
}

/** GKeyFileError. */
const CODES = { 'unknown-encoding': 0, parse: 1, 'group-not-found': 4 } as const;

/** Where our reading of the file differs from GLib's; undefined where it does not. */
export function fileDifference(bytes: Uint8Array, theirs: GLibFile): string | undefined {
  const tree = readKeyFile(new TextDecoder('utf-8', { ignoreBOM: true }).decode(bytes));
  const problem = refusal(tree);
  if ('error' in theirs) {
    if (!problem) return `GLib refuses it (${theirs.error}), we read it`;
    const code = CODES[problem.code ?? 'parse'];
    return code === theirs.error ? undefined : `GLib's error is ${theirs.error}, ours ${code}: ${problem.message}`;
  }
  if (problem) return `GLib reads it, we say: ${problem.message}`;
  const ours = JSON.stringify(
    [...(asGLibReads(tree) ?? [])].map(([name, keys]) => {
      const last = new Map(keys.map((key) => [key.name.text, key.value.text]));
      return [name, keys.map((key) => [key.name.text, last.get(key.name.text)])];
    }),
  );
  const expected = JSON.stringify(theirs.groups);
  return ours === expected ? undefined : `GLib reads\n${expected}\nwe read\n${ours}`;
}

/** Where our reading of a raw value differs from GLib's getters. */
export function valueDifference(raw: string, theirs: GLibValue): string | undefined {
  const ours: GLibValue = {
    integer: plain(asInteger(raw)),
    boolean: plain(asBoolean(raw)),
    double: plain(asDouble(raw)),
    uint64: plain(asUint64(raw)),
    string: plain(asString(raw)),
    'integer-list': plain(asList(raw, 'integer')),
    'boolean-list': plain(asList(raw, 'boolean')),
    'double-list': plain(asList(raw, 'double')),
    'string-list': plain(asList(raw, 'string')),
  };
  const wrong = Object.keys(ours).filter((getter) => !same(ours[getter], theirs[getter], getter.startsWith('double')));
  if (wrong.length === 0) return undefined;
  return wrong
    .map(
      (getter) =>
        `${JSON.stringify(raw)} as ${getter}: GLib ${JSON.stringify(theirs[getter])}, we ${JSON.stringify(ours[getter])}`,
    )
    .join('\n');
}

function plain(read: ReadValue<unknown>): unknown {
  if (!read.ok) return null;
  return typeof read.value === 'bigint' ? String(read.value) : read.value;
}

function same(ours: unknown, theirs: unknown, double: boolean): boolean {
  if (Array.isArray(ours) && Array.isArray(theirs)) {
    return ours.length === theirs.length && ours.every((item, i) => same(item, theirs[i], double));
  }
  if (double && typeof ours === 'number') return Object.is(ours, fromRepr(theirs as string));
  return ours === theirs;
}

function fromRepr(repr: string | null): number | undefined {
  if (repr === null) return undefined;
  return repr === 'inf' ? Infinity : repr === '-inf' ? -Infinity : Number(repr);
}
