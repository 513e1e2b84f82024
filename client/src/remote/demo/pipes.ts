/** How programs of the demo device give each other bytes: pipes, files as input and output, and the two ends of a channel. */

/** Where a program reads from. Text is bytes, one character each. */
export interface Input {
  /** What is there, waiting for something; undefined at the end. */
  read(): Promise<string | undefined>;
  /** Gives back what was read too far. */
  unread(text: string): void;
}

/** Where a program writes to. */
export interface Output {
  /** Settles once the reader can take more. */
  write(text: string): Promise<void> | void;
}

/** Nobody reads any more: the writer is ended as by SIGPIPE. */
export class BrokenPipe extends Error {}

/** Bytes in a pipe before its writer has to wait. */
const FULL = 65_536;

/** A pipe between two programs, a fifo, or a program's standard input. */
export class Pipe implements Input, Output {
  #text = '';
  #ended = false;
  #left = false;
  #wakeReader: (() => void) | undefined;
  #wakeWriters: (() => void)[] = [];

  async read(): Promise<string | undefined> {
    while (this.#text === '') {
      if (this.#ended) return undefined;
      await new Promise<void>((resolve) => {
        this.#wakeReader = resolve;
      });
    }
    const text = this.#text;
    this.#text = '';
    for (const wake of this.#wakeWriters.splice(0)) wake();
    return text;
  }

  unread(text: string): void {
    this.#text = text + this.#text;
  }

  async write(text: string): Promise<void> {
    if (this.#left) throw new BrokenPipe();
    this.#text += text;
    this.#wakeReader?.();
    if (this.#text.length > FULL) await new Promise<void>((resolve) => this.#wakeWriters.push(resolve));
    if (this.#left) throw new BrokenPipe();
  }

  /** The writer has nothing more to say. */
  end(): void {
    this.#ended = true;
    this.#wakeReader?.();
  }

  /** The reader has gone. */
  leave(): void {
    this.#left = true;
    for (const wake of this.#wakeWriters.splice(0)) wake();
  }
}

/** A text to be read. */
export function textInput(text: string): Input {
  let rest = text;
  return {
    read: async () => {
      if (rest === '') return undefined;
      const all = rest;
      rest = '';
      return all;
    },
    unread: (back) => {
      rest = back + rest;
    },
  };
}

export const noInput: Input = textInput('');
export const nowhere: Output = { write: () => {} };

/** The next line without its end; undefined at the end. `whole` is false for a last line without an end. */
export async function readLine(input: Input): Promise<{ readonly text: string; readonly whole: boolean } | undefined> {
  let line = '';
  for (;;) {
    const piece = await input.read();
    if (piece === undefined) return line === '' ? undefined : { text: line, whole: false };
    line += piece;
    const end = line.indexOf('\n');
    if (end < 0) continue;
    if (end + 1 < line.length) input.unread(line.slice(end + 1));
    return { text: line.slice(0, end), whole: true };
  }
}

export async function readAll(input: Input): Promise<string> {
  let all = '';
  for (let piece = await input.read(); piece !== undefined; piece = await input.read()) all += piece;
  return all;
}

/** UTF-8 as the demo device has it, one character for each byte, and back. */
export const toBytes = (text: string): string => Buffer.from(text, 'utf8').toString('latin1');
export const fromBytes = (bytes: string): string => Buffer.from(bytes, 'latin1').toString('utf8');
