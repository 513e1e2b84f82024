/** The demo device's shell: runs scripts over the machine's processes and files. */
import { posix } from 'node:path';
import { readOverseen } from '../launch-script.ts';
import { FileError } from './files.ts';
import { type Process, type Program, type SignalName, type StartOptions, statusNumber } from './machine.ts';
import { oversee } from './oversee.ts';
import { BrokenPipe, type Input, noInput, nowhere, type Output, Pipe, textInput } from './pipes.ts';
import { builtins } from './shell-builtins.ts';
import { SumError } from './shell-sums.ts';
import {
  type Command,
  type Pipeline,
  parseScript,
  type Redirect,
  type Script,
  ShellSyntaxError,
  type Step,
  type Word,
} from './shell-syntax.ts';
import { ExpansionError, expandOne, expandPattern, expandWords, type Values } from './shell-words.ts';

/** `sh`, `bash`, `dash`: `-c script name words…`, a script file, or a script on the input. */
export const shellProgram: Program = async (process) => {
  const run = readOverseen(process.words);
  if (run) return oversee(process, run);
  const words = [...process.arguments];
  let script: string | undefined;
  let exitOnError = false;
  while (words[0]?.startsWith('-') && words[0] !== '-') {
    const option = words.shift()!;
    if (option === '--') break;
    if (/^-[a-z]*e/.test(option)) exitOnError = true;
    if (/^-[a-z]*c$/.test(option)) {
      script = words.shift();
      if (script === undefined) {
        await process.complain(`${process.name}: -c requires an argument\n`);
        return 2;
      }
      break;
    }
    if (option === '-o') words.shift();
  }
  let name = process.words[0]!;
  if (script !== undefined) name = words.shift() ?? name;
  else if (words.length > 0) {
    name = words.shift()!;
    try {
      script = process.files.read(process.path(name));
    } catch (error) {
      await process.complain(`${process.name}: ${name}: ${(error as Error).message}\n`);
      return 127;
    }
  } else script = await process.all();
  return runScript(process, script, name, words, { exitOnError });
};

/** Runs a script in a process and gives its status. */
export async function runScript(
  process: Process,
  script: string,
  name: string,
  parameters: readonly string[],
  { exitOnError = false } = {},
): Promise<number> {
  const shell = Shell.of(process, name, parameters);
  shell.exitOnError = exitOnError;
  process.onSignal = (signal) => shell.take(signal);
  return shell.main(script);
}

/** The streams by their numbers. */
export interface Descriptor {
  readonly in?: Input;
  readonly out?: Output;
}

/** `break 2`, `return`, `exit`: unwinds as far as it has to. */
export class Leave extends Error {
  readonly how: 'break' | 'continue' | 'return' | 'exit';
  levels: number;

  constructor(how: Leave['how'], levels: number) {
    super(how);
    this.how = how;
    this.levels = levels;
  }
}

export interface ShellState {
  readonly variables: Map<string, string>;
  readonly exported: Set<string>;
  readonly functions: Map<string, Command>;
  readonly traps: Map<string, string>;
}

export class Shell implements Values {
  readonly process: Process;
  readonly name: string;
  readonly state: ShellState;
  parameters: readonly string[];
  folder: string;
  descriptors: ReadonlyMap<number, Descriptor>;
  status = 0;
  exitOnError = false;
  /** Functions that run now, for `return` and `local`. */
  readonly locals: Map<string, string | undefined>[] = [];
  /** Background jobs: process id → its status. */
  readonly jobs = new Map<number, Promise<number>>();
  lastJob: number | undefined;
  #pending: SignalName[] = [];
  #tested = 0;

  private constructor(
    process: Process,
    name: string,
    parameters: readonly string[],
    state: ShellState,
    folder: string,
    descriptors: ReadonlyMap<number, Descriptor>,
  ) {
    this.process = process;
    this.name = name;
    this.parameters = parameters;
    this.state = state;
    this.folder = folder;
    this.descriptors = descriptors;
  }

  static of(process: Process, name: string, parameters: readonly string[]): Shell {
    const state: ShellState = {
      variables: new Map(process.env),
      exported: new Set(process.env.keys()),
      functions: new Map(),
      traps: new Map(),
    };
    return new Shell(
      process,
      name,
      parameters,
      state,
      process.folder,
      new Map([
        [0, { in: process.input }],
        [1, { out: process.out }],
        [2, { out: process.err }],
      ]),
    );
  }

  /** A shell that starts as this one is and changes nothing here. */
  copy(process = this.process): Shell {
    const { variables, exported, functions } = this.state;
    const state: ShellState = {
      variables: new Map(variables),
      exported: new Set(exported),
      functions: new Map(functions),
      traps: new Map(),
    };
    const shell = new Shell(process, this.name, this.parameters, state, this.folder, this.descriptors);
    shell.status = this.status;
    shell.exitOnError = this.exitOnError;
    return shell;
  }

  get bash(): boolean {
    return posix.basename(this.process.words[0] ?? '') === 'bash';
  }

  get input(): Input {
    return this.descriptors.get(0)?.in ?? noInput;
  }

  get out(): Output {
    return this.descriptors.get(1)?.out ?? nowhere;
  }

  async say(text: string): Promise<void> {
    const taken = this.out.write(text);
    if (taken) await this.process.wait(taken);
  }

  async complain(text: string): Promise<void> {
    const taken = this.descriptors.get(2)?.out?.write(`${posix.basename(this.name)}: ${text}\n`);
    if (taken) await this.process.wait(taken);
  }

  get(name: string): string | undefined {
    switch (name) {
      case '?':
        return String(this.status);
      case '#':
        return String(this.parameters.length);
      case '$':
        return String(this.process.pid);
      case '!':
        return this.lastJob === undefined ? undefined : String(this.lastJob);
      case '-':
        return this.exitOnError ? 'e' : '';
      case '0':
        return this.name;
      case 'PWD':
        return this.folder;
      case 'BASH_VERSION':
        return this.bash ? '5.1.16(1)-release' : undefined;
    }
    return /^\d+$/.test(name) ? this.parameters[Number(name) - 1] : this.state.variables.get(name);
  }

  set(name: string, value: string): void {
    this.state.variables.set(name, value);
  }

  list(folder: string): readonly string[] {
    return this.process.files.list(this.path(folder));
  }

  exists(path: string): boolean {
    return this.process.files.link(this.path(path)) !== undefined;
  }

  path(path: string): string {
    return posix.resolve(this.folder, path);
  }

  /** What is in force for programs. */
  get environment(): Map<string, string> {
    const environment = new Map<string, string>();
    for (const name of this.state.exported) {
      const value = this.state.variables.get(name);
      if (value !== undefined) environment.set(name, value);
    }
    environment.set('PWD', this.folder);
    return environment;
  }

  async output(script: Script): Promise<string> {
    let text = '';
    const shell = this.copy();
    shell.descriptors = new Map([
      ...this.descriptors,
      [1, { out: { write: (piece: string) => void (text += piece) } }],
    ]);
    this.#substituted = await shell.whole(script);
    return text.replace(/\n+$/, '');
  }

  /** Reads and runs a text as the shell's own script. Never rejects but for a signal. */
  async main(text: string): Promise<number> {
    let script: Script;
    try {
      script = parseScript(text);
    } catch (error) {
      if (!(error instanceof ShellSyntaxError)) throw error;
      await this.complain(error.message);
      return 2;
    }
    return this.whole(script);
  }

  /** Runs a script to its end, traps at the end included. */
  async whole(script: Script): Promise<number> {
    const status = await this.#guarded(() => this.run(script));
    const last = this.state.traps.get('EXIT');
    if (last === undefined) return status;
    this.state.traps.delete('EXIT');
    this.status = status;
    let left: number | undefined;
    await this.#guarded(async () => {
      try {
        await this.run(parseScript(last));
      } catch (error) {
        if (error instanceof Leave && error.how === 'exit') left = this.status;
        throw error;
      }
    });
    return left ?? status;
  }

  async #guarded(act: () => Promise<void>): Promise<number> {
    try {
      await act();
      return this.status;
    } catch (error) {
      if (error instanceof Leave) return this.status;
      if (error instanceof ExpansionError || error instanceof SumError || error instanceof ShellSyntaxError) {
        await this.complain(error.message);
        return 2;
      }
      throw error;
    }
  }

  async run(script: Script): Promise<void> {
    for (const step of script) {
      await this.#step(step);
      this.process.check();
      await this.#runTraps();
    }
  }

  /** Takes a signal for which there is a trap. */
  take(signal: SignalName): boolean {
    const trap = this.state.traps.get(signal);
    if (trap === undefined) return false;
    if (trap !== '') this.#pending.push(signal);
    return true;
  }

  async #runTraps(): Promise<void> {
    for (const signal of this.#pending.splice(0)) {
      const { status } = this;
      await this.run(parseScript(this.state.traps.get(signal) ?? ''));
      this.status = status;
    }
  }

  async #step(step: Step): Promise<void> {
    if (step.background) {
      this.#background(step);
      this.status = 0;
      return;
    }
    const last = step.rest.length;
    const run = async (pipeline: Pipeline, tested: boolean): Promise<void> => {
      if (tested || pipeline.negated) this.#tested += 1;
      try {
        await this.#pipeline(pipeline);
      } finally {
        if (tested || pipeline.negated) this.#tested -= 1;
      }
      if (this.exitOnError && !tested && !pipeline.negated && this.#tested === 0 && this.status !== 0) {
        throw new Leave('exit', 1);
      }
    };
    await run(step.first, last > 0);
    for (const [at, { when, next }] of step.rest.entries()) {
      if ((this.status === 0) === (when === '&&')) await run(next, at < last - 1);
    }
  }

  #background(step: Step): void {
    const [only] = step.first.commands;
    const plain =
      step.rest.length === 0 && step.first.commands.length === 1 && !step.first.negated && only?.is === 'simple';
    const start = (program: Program): void => {
      const { process, exit } = this.process.machine.start([this.name], this.#startOptions(), program);
      this.lastJob = process.pid;
      this.jobs.set(process.pid, exit.then(statusNumber));
    };
    start(async (process) => {
      const shell = this.copy(process);
      if (!shell.descriptors.get(0)?.in) shell.descriptors = new Map([...shell.descriptors, [0, { in: noInput }]]);
      process.onSignal = (signal) => shell.take(signal);
      return shell.#guarded(async () => {
        // A program alone takes the place of the shell that would start it.
        if (plain) await shell.#command(only, true);
        else await shell.#step({ ...step, background: false });
      });
    });
  }

  #startOptions(): StartOptions {
    return {
      env: this.environment,
      folder: this.folder,
      input: this.input,
      out: this.out,
      err: this.descriptors.get(2)?.out ?? nowhere,
      group: this.process.group,
      parent: this.process.pid,
    };
  }

  async #pipeline({ commands, negated }: Pipeline): Promise<void> {
    const [first] = commands;
    if (commands.length === 1) await this.#command(first!);
    else {
      const pipes = commands.slice(1).map(() => new Pipe());
      const all = commands.map(async (command, at) => {
        const shell = this.copy();
        const descriptors = new Map(this.descriptors);
        if (at > 0) descriptors.set(0, { in: pipes[at - 1]! });
        if (at < pipes.length) descriptors.set(1, { out: pipes[at]! });
        shell.descriptors = descriptors;
        try {
          return await shell.#guarded(() => shell.#command(command));
        } catch (error) {
          if (error instanceof BrokenPipe) return 141;
          throw error;
        } finally {
          pipes[at]?.end();
          pipes[at - 1]?.leave();
        }
      });
      this.status = (await Promise.all(all)).at(-1)!;
    }
    if (negated) this.status = this.status === 0 ? 1 : 0;
  }

  /** `instead`: the program takes this shell's place, as `exec` has it. */
  async #command(command: Command, instead = false): Promise<void> {
    const kept = this.descriptors;
    try {
      this.descriptors = await this.#redirected(command.redirects);
    } catch (error) {
      if (!(error instanceof FileError)) throw error;
      this.descriptors = kept;
      await this.complain(error.message);
      this.status = command.is === 'simple' ? 2 : 1;
      return;
    }
    try {
      if (command.is === 'simple') await this.#simple(command.settings, command.words, instead);
      else await this.#compound(command);
    } finally {
      if (!this.#keepsDescriptors) this.descriptors = kept;
      this.#keepsDescriptors = false;
    }
  }

  /** Status of the last command whose output a word took; it counts where a command has no words. */
  #substituted: number | undefined;

  /** Set by an `exec` without a program: its redirections stay. */
  #keepsDescriptors = false;

  async #redirected(redirects: readonly Redirect[]): Promise<ReadonlyMap<number, Descriptor>> {
    if (redirects.length === 0) return this.descriptors;
    const descriptors = new Map(this.descriptors);
    for (const { fd, kind, target } of redirects) {
      const text = await expandOne(target, this);
      if (kind === '<<') descriptors.set(fd, { in: textInput(text) });
      else if (kind === '<&' || kind === '>&') {
        if (text === '-') descriptors.delete(fd);
        else {
          const other = descriptors.get(Number(text));
          if (!other) throw new NoDescriptor(text);
          descriptors.set(fd, other);
        }
      } else descriptors.set(fd, this.#open(text, kind));
    }
    return descriptors;
  }

  #open(name: string, kind: '<' | '>' | '>>' | '<>'): Descriptor {
    const { files } = this.process;
    const path = this.path(name);
    const entry = files.at(path);
    try {
      if (entry?.is === 'fifo') return { in: entry.pipe, out: entry.pipe };
      if (path === '/dev/stdout' || path === '/dev/stderr')
        return this.descriptors.get(path.endsWith('t') ? 1 : 2) ?? {};
      if (entry?.is === 'device') return { in: noInput, out: nowhere };
      if (kind === '<' || (kind === '<>' && entry))
        return { in: textInput(files.read(path)), out: { write: (text) => files.write(path, text, 'append') } };
      files.write(path, '', kind === '>>' ? 'append' : 'new');
      return { out: { write: (text) => files.write(path, text, 'append') } };
    } catch (error) {
      if (error instanceof FileError)
        error.message = `${kind === '<' ? 'cannot open' : 'cannot create'} ${name}: ${error.message}`;
      throw error;
    }
  }

  async #simple(
    settings: readonly { name: string; value: Word }[],
    written: readonly Word[],
    instead: boolean,
  ): Promise<void> {
    this.#substituted = undefined;
    const words = await expandWords(written, this);
    const values: [string, string][] = [];
    for (const { name, value } of settings) values.push([name, await expandOne(value, this)]);
    if (words.length === 0) {
      for (const [name, value] of values) this.set(name, value);
      this.status = this.#substituted ?? 0;
      return;
    }
    if (words[0] === 'exec') {
      if (words.length > 1) {
        await this.#program(words.slice(1), values);
        throw new Leave('exit', 1);
      }
      this.#keepsDescriptors = true;
      return;
    }
    const called = this.state.functions.get(words[0]!);
    if (called) {
      for (const [name, value] of values) this.set(name, value);
      await this.#call(called, words.slice(1));
      return;
    }
    const builtin = builtins[words[0]!];
    if (builtin && !instead) {
      const old = values.map(([name]) => [name, this.state.variables.get(name)] as const);
      for (const [name, value] of values) this.set(name, value);
      this.status = await builtin(this, words.slice(1));
      for (const [name, value] of old) {
        if (value === undefined) this.state.variables.delete(name);
        else this.set(name, value);
      }
      return;
    }
    if (builtin) this.status = await builtin(this, words.slice(1));
    else await this.#program(words, values, instead);
  }

  async #program(
    words: readonly string[],
    values: readonly (readonly [string, string])[],
    instead = false,
  ): Promise<void> {
    const options = this.#startOptions();
    const env = new Map([...options.env, ...values]);
    const { machine } = this.process;
    const path = machine.find(words[0]!, env, this.folder);
    if (instead && path !== undefined) {
      // The same process goes on as that program, so that its id is the one the shell was told.
      const { process } = this;
      process.words = words;
      process.env.clear();
      for (const [name, value] of env) process.env.set(name, value);
      Object.assign(process, { folder: this.folder, input: options.input, out: options.out, err: options.err });
      process.onSignal = () => false;
      this.status = await machine.programs.get(path)!(process);
      return;
    }
    this.status = statusNumber(await this.process.wait(machine.start(words, { ...options, env }).exit));
  }

  async #call(body: Command, parameters: readonly string[]): Promise<void> {
    const kept = this.parameters;
    this.parameters = parameters;
    const locals = new Map<string, string | undefined>();
    this.locals.push(locals);
    try {
      await this.#command(body);
    } catch (error) {
      if (!(error instanceof Leave) || error.how !== 'return') throw error;
    } finally {
      this.parameters = kept;
      this.locals.pop();
      for (const [name, value] of locals) {
        if (value === undefined) this.state.variables.delete(name);
        else this.state.variables.set(name, value);
      }
    }
  }

  async #compound(command: Exclude<Command, { is: 'simple' }>): Promise<void> {
    switch (command.is) {
      case 'group':
        return this.run(command.body);
      case 'subshell': {
        const shell = this.copy();
        this.status = await shell.whole(command.body);
        return;
      }
      case 'if': {
        for (const { when, body } of command.branches) {
          if (await this.#holds(when)) return this.run(body);
        }
        this.status = 0;
        return this.run(command.otherwise);
      }
      case 'while':
      case 'until': {
        let status = 0;
        while ((await this.#holds(command.when)) === (command.is === 'while')) {
          if (!(await this.#round(command.body))) return;
          status = this.status;
        }
        this.status = status;
        return;
      }
      case 'for': {
        const over = command.over ? await expandWords(command.over, this) : this.parameters;
        this.status = 0;
        for (const value of over) {
          this.set(command.name, value);
          if (!(await this.#round(command.body))) return;
        }
        return;
      }
      case 'case': {
        const word = await expandOne(command.word, this);
        this.status = 0;
        for (const { patterns, body } of command.branches) {
          for (const pattern of patterns) {
            if (new RegExp(`^(?:${await expandPattern(pattern, this)})$`).test(word)) return this.run(body);
          }
        }
        return;
      }
      case 'function':
        this.state.functions.set(command.name, command.body);
        this.status = 0;
    }
  }

  async #holds(script: Script): Promise<boolean> {
    this.#tested += 1;
    try {
      await this.run(script);
    } finally {
      this.#tested -= 1;
    }
    return this.status === 0;
  }

  /** One turn of a loop; false where it is left. */
  async #round(body: Script): Promise<boolean> {
    try {
      await this.run(body);
      return true;
    } catch (error) {
      if (!(error instanceof Leave) || error.how === 'return' || error.how === 'exit') throw error;
      error.levels -= 1;
      if (error.levels > 0) throw error;
      return error.how === 'continue';
    } finally {
      // Other programs have their turn, and a loop without an end can be ended.
      await this.process.wait(new Promise<void>((resolve) => setImmediate(resolve)));
    }
  }
}

class NoDescriptor extends FileError {
  constructor(number: string) {
    super('ENOENT');
    this.message = `${number}: Bad file descriptor`;
  }
}
