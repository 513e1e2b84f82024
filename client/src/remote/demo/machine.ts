/** Processes of the demo device: programs with words, environment, folder, streams, signals and an end. */
import { posix } from 'node:path';
import { Files } from './files.ts';
import { BrokenPipe, type Input, noInput, nowhere, type Output, readAll, readLine } from './pipes.ts';

/** How a process ended. */
export type Status = { readonly code: number } | { readonly signal: SignalName };
export type SignalName = 'HUP' | 'INT' | 'QUIT' | 'KILL' | 'USR1' | 'USR2' | 'PIPE' | 'TERM' | 'STOP' | 'CONT';

export const SIGNAL_NUMBERS: Readonly<Record<SignalName, number>> = {
  HUP: 1,
  INT: 2,
  QUIT: 3,
  KILL: 9,
  USR1: 10,
  PIPE: 13,
  TERM: 15,
  USR2: 12,
  CONT: 18,
  STOP: 19,
};

/** `INT`, `SIGINT` or `2`; undefined for what is no signal. */
export function signalOf(text: string): SignalName | undefined {
  const name = text.replace(/^SIG/, '');
  const found = Object.entries(SIGNAL_NUMBERS).find(([one, number]) => one === name || String(number) === text);
  return found?.[0] as SignalName | undefined;
}

/** The status as a shell has it. */
export const statusNumber = (status: Status): number =>
  'code' in status ? status.code : 128 + SIGNAL_NUMBERS[status.signal];

/** Runs with the process and gives its exit code. */
export type Program = (process: Process) => Promise<number> | number;

/** Ends a process from within: unwinds it. */
class Killed extends Error {
  readonly signal: SignalName;

  constructor(signal: SignalName) {
    super(signal);
    this.signal = signal;
  }
}

export interface StartOptions {
  readonly env: ReadonlyMap<string, string>;
  readonly folder: string;
  readonly input?: Input;
  readonly out?: Output;
  readonly err?: Output;
  /** Left out: a group of its own. */
  readonly group?: number;
  readonly parent?: number;
}

export class Process {
  readonly machine: Machine;
  readonly pid: number;
  readonly group: number;
  readonly parent: number;
  words: readonly string[];
  readonly env: Map<string, string>;
  folder: string;
  input: Input;
  out: Output;
  err: Output;
  readonly startedAt = Date.now();
  /** Takes a signal; true where that is all that happens. Never asked for KILL. */
  onSignal: (signal: SignalName) => boolean = () => false;
  #death: Killed | undefined;
  readonly #waiting = new Set<(death: Killed) => void>();

  constructor(machine: Machine, pid: number, words: readonly string[], options: StartOptions) {
    this.machine = machine;
    this.pid = pid;
    this.group = options.group ?? pid;
    this.parent = options.parent ?? 1;
    this.words = words;
    this.env = new Map(options.env);
    this.folder = options.folder;
    this.input = options.input ?? noInput;
    this.out = options.out ?? nowhere;
    this.err = options.err ?? nowhere;
  }

  get name(): string {
    return posix.basename(this.words[0] ?? '');
  }

  /** What is left of the words behind the program. */
  get arguments(): readonly string[] {
    return this.words.slice(1);
  }

  get files(): Files {
    return this.machine.files;
  }

  path(path: string): string {
    return posix.resolve(this.folder, path);
  }

  signal(name: SignalName): void {
    if (name === 'CONT' || name === 'STOP' || this.#death) return;
    if (name !== 'KILL' && this.onSignal(name)) return;
    this.#death = new Killed(name);
    for (const reject of this.#waiting) reject(this.#death);
    this.#waiting.clear();
  }

  /** The promise, unless the process is killed in between. All that a program waits for goes through here. */
  wait<Value>(promise: Promise<Value>): Promise<Value> {
    if (this.#death) return Promise.reject(this.#death);
    return new Promise<Value>((resolve, reject) => {
      this.#waiting.add(reject);
      promise.then(resolve, reject).finally(() => this.#waiting.delete(reject));
    });
  }

  /** Throws where it has been killed: a program that waits for nothing looks here. */
  check(): void {
    if (this.#death) throw this.#death;
  }

  async say(text: string): Promise<void> {
    await this.#write(this.out, text);
  }

  async complain(text: string): Promise<void> {
    await this.#write(this.err, text);
  }

  line(): ReturnType<typeof readLine> {
    return this.wait(readLine(this.input));
  }

  all(): Promise<string> {
    return this.wait(readAll(this.input));
  }

  async sleep(milliseconds: number): Promise<void> {
    let timer: NodeJS.Timeout | undefined;
    try {
      await this.wait(
        new Promise<void>((resolve) => {
          timer = setTimeout(resolve, milliseconds);
        }),
      );
    } finally {
      clearTimeout(timer);
    }
  }

  /** Runs another program with this one's streams, as a child. Settles with its status. */
  async child(words: readonly string[], changes: Partial<StartOptions> = {}): Promise<Status> {
    const { exit } = this.machine.start(words, {
      env: this.env,
      folder: this.folder,
      input: this.input,
      out: this.out,
      err: this.err,
      group: this.group,
      parent: this.pid,
      ...changes,
    });
    return this.wait(exit);
  }

  async #write(to: Output, text: string): Promise<void> {
    if (this.#death) throw this.#death;
    const taken = to.write(text);
    if (taken) await this.wait(taken);
  }
}

export class Machine {
  readonly files: Files;
  readonly processes = new Map<number, Process>();
  /** By absolute path. */
  readonly programs = new Map<string, Program>();
  #nextPid = 1800;

  constructor(freeBytes: number) {
    this.files = new Files(freeBytes);
  }

  /** Adds a program, which can then be seen as a file too. */
  install(path: string, program: Program): void {
    this.programs.set(path, program);
    this.files.put(path, { is: 'file', text: '\x7fELF', mode: 0o755, mtime: Math.floor(Date.now() / 1000) });
  }

  /** The path of a program by its name, looked up as a shell does. */
  find(name: string, env: ReadonlyMap<string, string>, folder: string): string | undefined {
    const places = name.includes('/')
      ? [posix.resolve(folder, name)]
      : (env.get('PATH') ?? '').split(':').map((one) => posix.join(one, name));
    return places.map((place) => this.files.real(place)).find((place) => this.programs.has(place));
  }

  /** Starts a program. `exit` never rejects. */
  start(
    words: readonly string[],
    options: StartOptions,
    program?: Program,
  ): { readonly process: Process; readonly exit: Promise<Status> } {
    const process = new Process(this, this.#nextPid++, words, options);
    this.processes.set(process.pid, process);
    this.#show(process);
    const path = program ? undefined : this.find(words[0] ?? '', options.env, options.folder);
    const run = program ?? (path === undefined ? notFound : this.programs.get(path)!);
    const exit = (async (): Promise<Status> => {
      try {
        return { code: (await run(process)) & 255 };
      } catch (error) {
        if (error instanceof Killed) return { signal: error.signal };
        if (error instanceof BrokenPipe) return { signal: 'PIPE' };
        await Promise.resolve(process.err.write(`${process.name}: ${(error as Error).message}\n`)).catch(() => {});
        return { code: 1 };
      } finally {
        this.processes.delete(process.pid);
        for (const name of ['stat', 'cmdline', 'status']) this.files.take(`/proc/${process.pid}/${name}`);
        this.files.take(`/proc/${process.pid}`);
      }
    })();
    return { process, exit };
  }

  /** What /proc tells of a process: proc(5). */
  #show(process: Process): void {
    const { pid, parent, group, startedAt } = process;
    const ticks = Math.floor(startedAt / 10) % 10_000_000;
    this.files.put(
      `/proc/${pid}/stat`,
      () =>
        `${pid} (${process.name}) S ${parent} ${group} ${group} 0 -1 4194304 0 0 0 0 0 0 0 0 20 0 1 0 ${ticks} 0 0\n`,
    );
    this.files.put(`/proc/${pid}/cmdline`, () => process.words.map((word) => `${word}\0`).join(''));
    this.files.put(
      `/proc/${pid}/status`,
      () =>
        `Name:\t${process.name}\nState:\tS (sleeping)\nPid:\t${pid}\nPPid:\t${parent}\nUid:\t1000\t1000\t1000\t1000\n`,
    );
  }

  /** Sends a signal to a process, or to a group by its negative number. False where there is none. */
  kill(pid: number, signal: SignalName | undefined): boolean {
    const hit = [...this.processes.values()].filter((one) => (pid < 0 ? one.group === -pid : one.pid === pid));
    if (signal) for (const one of hit) one.signal(signal);
    return hit.length > 0;
  }

  /** Ends everything. */
  halt(): void {
    for (const process of [...this.processes.values()]) process.signal('KILL');
  }
}

const notFound: Program = async (process) => {
  const [name = ''] = process.words;
  const there = name.includes('/') && process.files.at(process.path(name));
  await process.complain(`${name}: ${there ? 'Permission denied' : 'not found'}\n`);
  return there ? 126 : 127;
};
