/**
 * The contract that everything above a device is written against: run words, get lines, an exit, a way to stop; move files.
 * This machine, an SSH host, a container on either and the demo device fulfil it alike.
 */
import type { Line } from './lines.ts';

export type { Line } from './lines.ts';

/** Where a runner works, for titles and messages. */
export interface Where {
  readonly kind: 'local' | 'ssh' | 'container' | 'demo';
  /** As a person knows it: `jetson-01`, `jetson-01 › deepstream:7.1`. */
  readonly title: string;
}

export interface Runner {
  readonly where: Where;
  /** Runs a program with exactly these words; no shell of the device ever reads them. Never throws: what fails is the exit. */
  exec(words: readonly string[], options?: ExecOptions): Running;
  /** The same on a terminal of that size, for programs that ask a person. Out and err come as one. */
  pty(words: readonly string[], size: TerminalSize, options?: ExecOptions): Running;
  /**
   * Copies a file of this machine to the device, whole or not at all: written beside the target, then renamed. Relative
   * paths start at the home folder; missing folders are made. Rejects with a {@link RemoteError}.
   */
  upload(from: string, to: string, options?: TransferOptions): Promise<void>;
  /** Copies a file of the device to this machine, whole or not at all. Rejects with a {@link RemoteError}. */
  download(from: string, to: string, options?: TransferOptions): Promise<void>;
  /** Ends what still runs and lets go. Safe to call twice. */
  dispose(): Promise<void>;
}

export interface ExecOptions {
  /** Set for the program by `env`, since a stock sshd accepts only LANG and LC_*. Names are letters, digits and `_`. */
  readonly env?: Readonly<Record<string, string>>;
  /** The folder to start in; relative to the home folder. */
  readonly folder?: string;
  /** Written to the program's standard input, which then ends. Without it the input stays open until {@link Running.end}. */
  readonly input?: string;
  /** Asked to stop when it fires: the input ends, then the channel is closed. */
  readonly abort?: AbortSignal;
}

export interface TerminalSize {
  readonly columns: number;
  readonly rows: number;
}

export interface TransferOptions {
  /** Bytes moved so far, and all. */
  readonly progress?: (done: number, total: number) => void;
  readonly abort?: AbortSignal;
}

export interface Running {
  /**
   * What the program prints, cut into lines, once: only one reader. Bounded: a program that floods is held back until the
   * reader has caught up, so whoever starts one must read its lines or call `collect`.
   */
  readonly lines: AsyncIterable<Line>;
  write(text: string): void;
  /** Ends the program's standard input. */
  end(): void;
  /** Asks the far side to deliver a signal. sshd refuses that for root: see `launch.ts` for a way that always works. */
  signal(name: SignalName): void;
  /** Settles once; never rejects. */
  readonly exit: Promise<Exit>;
}

export type SignalName = 'INT' | 'TERM' | 'KILL' | 'HUP';

/** How a program ended. `lost`: the connection went first, so nobody knows. */
export type Exit = { readonly code: number } | { readonly signal: string } | { readonly lost: Error };

/** What went wrong with a device, in words for a person. `kind` is for programs. */
export class RemoteError extends Error {
  readonly kind: RemoteErrorKind;
  /** What the person can do; empty where nothing is known to help. */
  readonly advice: string;

  constructor(kind: RemoteErrorKind, message: string, advice = '', cause?: unknown) {
    super(message, cause === undefined ? undefined : { cause });
    this.name = 'RemoteError';
    this.kind = kind;
    this.advice = advice;
  }
}

export type RemoteErrorKind =
  | 'unreachable'
  | 'refused'
  | 'timeout'
  | 'name-not-found'
  | 'not-ssh'
  | 'host-key-changed'
  | 'host-key-revoked'
  | 'host-key-not-accepted'
  | 'authentication'
  | 'cancelled'
  | 'lost'
  | 'no-sftp'
  | 'no-space'
  | 'permission'
  | 'no-such-file'
  | 'failed';

/** All that a program printed, for short answers. `cut`: more came than was kept. */
export interface Collected {
  readonly out: string;
  readonly err: string;
  readonly exit: Exit;
  readonly cut: boolean;
}

/** Reads a program to its end. Keeps at most `maximum` characters of each stream and reads on without keeping. */
export async function collect(running: Running, maximum = 16_000_000): Promise<Collected> {
  const kept = { out: [] as string[], err: [] as string[] };
  const size = { out: 0, err: 0 };
  let cut = false;
  for await (const { text, from } of running.lines) {
    size[from] += text.length + 1;
    if (size[from] > maximum) cut = true;
    else kept[from].push(text);
  }
  return { out: kept.out.join('\n'), err: kept.err.join('\n'), exit: await running.exit, cut };
}

/** Reads and forgets what a program prints, so that it is not held back. */
export function ignoreLines(running: Running): void {
  void (async () => {
    for await (const _ of running.lines);
  })();
}

/** Whether a program ended well. */
export const endedWell = (exit: Exit): boolean => 'code' in exit && exit.code === 0;

/** An exit in words: `exit code 1`, `signal SIGKILL`, `connection lost`. */
export function describeExit(exit: Exit): string {
  if ('code' in exit) return `exit code ${exit.code}`;
  if ('signal' in exit) return `signal ${exit.signal}`;
  return `connection lost (${exit.lost.message})`;
}
