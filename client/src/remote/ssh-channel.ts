/** One program on an SSH channel: its command line, its two streams as lines, its exit. */
import { randomBytes } from 'node:crypto';
import type { ClientChannel } from 'ssh2';
import { type Line, LineCutter, LineQueue } from './lines.ts';
import { commandLine } from './quote.ts';
import { type ExecOptions, type Exit, RemoteError, type Running, type SignalName } from './runner.ts';

/** Asks for a channel that runs a command; `take` may be called with an error instead. */
export type OpenChannel = (command: string, take: (error: Error | undefined, channel: ClientChannel) => void) => void;

/** sshd lets ten sessions share a connection (MaxSessions); a refused one is asked for again this often, this far apart. */
const TRIES = 40;
const PAUSE = 250;

/** Starts the program. `gone` settles when the connection is lost or closed. Never throws. */
export function runOnChannel(
  open: OpenChannel,
  words: readonly string[],
  options: ExecOptions,
  gone: Promise<RemoteError | undefined>,
  terminal = false,
): Running {
  const mark = `jp${randomBytes(9).toString('hex')}`;
  let channel: ClientChannel | undefined;
  /** What was asked of the program before its channel was there. */
  const early: (() => void)[] = [];
  const onChannel = (act: (channel: ClientChannel) => void): void => {
    if (channel) act(channel);
    else early.push(() => channel && act(channel));
  };
  const lines = new LineQueue({
    pause: () => {
      channel?.pause();
      channel?.stderr.pause();
    },
    resume: () => {
      channel?.resume();
      channel?.stderr.resume();
    },
  });
  let settle: (exit: Exit) => void = () => {};
  const exit = new Promise<Exit>((resolve) => {
    settle = resolve;
  });
  const fail = (text: string, ended: Exit): void => {
    lines.push([{ text, from: 'err', at: Date.now() }]);
    lines.end();
    settle(ended);
  };
  const attach = (opened: ClientChannel): void => {
    channel = opened;
    const out = afterMark(mark, terminal ? 2 : 1, new LineCutter('out'));
    const err = afterMark(mark, 1, new LineCutter('err'));
    opened.on('data', (piece: Buffer) => lines.push(out.take(piece)));
    opened.stderr.on('data', (piece: Buffer) => lines.push(err.take(piece)));
    let ended: Exit | undefined;
    opened.on('exit', (code: number | null, signal?: string) => {
      ended = code === null ? { signal: signal ?? 'unknown' } : { code };
    });
    opened.on('error', () => {});
    opened.once('close', () => {
      lines.push([...out.finish(), ...err.finish()]);
      lines.end();
      // The status comes before the end; where it did not, the other side went away in between.
      if (ended) settle(ended);
      else void gone.then((error) => settle({ lost: error ?? new RemoteError('lost', 'The connection was closed.') }));
      setTimeout(
        () => settle({ lost: new RemoteError('lost', 'The device ended the program without a word.') }),
        1000,
      ).unref();
    });
    for (const act of early.splice(0)) act();
    if (options.input !== undefined) opened.end(options.input);
  };
  const begin = (command: string, tries: number): void => {
    try {
      open(command, (error, opened) => {
        if (!error) return attach(opened);
        if (/open failed/i.test(error.message) && tries > 1) {
          setTimeout(() => begin(command, tries - 1), PAUSE);
          return;
        }
        const lost = new RemoteError(
          'failed',
          `The device does not start another program: ${error.message}`,
          'Stop one of those that run.',
        );
        fail(lost.message, { lost });
      });
    } catch (error) {
      fail((error as Error).message, { lost: new RemoteError('lost', 'The connection is gone.', '', error) });
    }
  };
  void gone.then((error) => {
    if (channel) return;
    lines.end();
    settle({ lost: error ?? new RemoteError('lost', 'The connection was closed.') });
  });
  try {
    begin(commandLine({ ...options, words, mark }), TRIES);
  } catch (error) {
    fail((error as Error).message, { code: 126 });
  }
  options.abort?.addEventListener('abort', () => {
    onChannel((opened) => {
      opened.end();
      setTimeout(() => opened.close(), 2000).unref();
    });
  });
  return {
    lines,
    write: (text) => onChannel((opened) => void opened.write(text)),
    end: () => onChannel((opened) => opened.end()),
    signal: (name: SignalName) => onChannel((opened) => opened.signal(name)),
    exit,
  };
}

/** How much a login shell may say before the program; what comes above this is given as it is. */
const LONGEST_GREETING = 262_144;

/**
 * Drops what comes before the mark: greetings of `.bashrc`, `.cshrc`, `config.fish`. Without a mark all is kept. A terminal shows
 * the marks of both streams.
 */
function afterMark(mark: string, marks: number, cutter: LineCutter): { take(piece: Buffer): Line[]; finish(): Line[] } {
  let before: Buffer | undefined = Buffer.alloc(0);
  let missing = marks;
  return {
    take: (piece) => {
      if (!before) return cutter.take(piece);
      before = Buffer.concat([before, piece]);
      for (let end = lineEndAfter(before, mark); end >= 0; end = lineEndAfter(before, mark)) {
        before = before.subarray(end + 1);
        missing -= 1;
        if (missing > 0) continue;
        const rest = before;
        before = undefined;
        return cutter.take(rest);
      }
      if (before.length <= LONGEST_GREETING) return [];
      const all = before;
      before = undefined;
      return cutter.take(all);
    },
    finish: () => [...(before && before.length > 0 ? cutter.take(before) : []), ...cutter.finish()],
  };
}

function lineEndAfter(bytes: Buffer, mark: string): number {
  const at = bytes.indexOf(mark);
  return at < 0 ? -1 : bytes.indexOf('\n', at);
}
