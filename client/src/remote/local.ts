/** This machine as a runner: VS Code running on the Jetson itself, or a PC with GStreamer. */
import { type ChildProcess, spawn } from 'node:child_process';
import { createReadStream, createWriteStream } from 'node:fs';
import { mkdir, rename, rm, stat } from 'node:fs/promises';
import { homedir } from 'node:os';
import { dirname, resolve } from 'node:path';
import { Transform } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { partName, transferError } from './atomic.ts';
import { LineCutter, LineQueue } from './lines.ts';
import { shellLine } from './quote.ts';
import type { ExecOptions, Exit, Runner, Running, TerminalSize, TransferOptions, Where } from './runner.ts';

/** Programs run with this machine's environment, in the home folder unless told otherwise. */
export function localRunner(title = 'this machine'): Runner {
  const where: Where = { kind: 'local', title };
  const running = new Set<ChildProcess>();
  const start = (words: readonly string[], options: ExecOptions): Running => run(words, options, running);
  return {
    where,
    exec: (words, options = {}) => start(words, options),
    // util-linux's script gives a program a terminal; Node has none to give.
    pty: (words, size, options = {}) => start(['script', '-qec', withSize(words, size), '/dev/null'], options),
    upload: (from, to, options) => copy(resolve(from), atHome(to), options),
    download: (from, to, options) => copy(atHome(from), resolve(to), options),
    dispose: async () => {
      for (const child of running) child.kill('SIGTERM');
      running.clear();
    },
  };
}

const atHome = (path: string): string => resolve(homedir(), path);

const withSize = (words: readonly string[], { columns, rows }: TerminalSize): string =>
  `stty cols ${Math.trunc(columns)} rows ${Math.trunc(rows)}; exec ${shellLine(words)}`;

function run(words: readonly string[], options: ExecOptions, running: Set<ChildProcess>): Running {
  const [program = '', ...rest] = words;
  let child: ChildProcess;
  try {
    child = spawn(program, rest, {
      cwd: options.folder === undefined ? homedir() : atHome(options.folder),
      env: { ...process.env, ...options.env },
      stdio: ['pipe', 'pipe', 'pipe'],
    });
  } catch (error) {
    return stillborn(error as Error);
  }
  running.add(child);
  const sources = [child.stdout!, child.stderr!];
  const lines = new LineQueue({
    pause: () => sources.forEach((source) => void source.pause()),
    resume: () => sources.forEach((source) => void source.resume()),
  });
  (['out', 'err'] as const).forEach((from, at) => {
    const cutter = new LineCutter(from);
    sources[at]!.on('data', (piece: Buffer) => lines.push(cutter.take(piece)));
    sources[at]!.on('close', () => lines.push(cutter.finish()));
  });
  const exit = new Promise<Exit>((done) => {
    child.on('error', (error: NodeJS.ErrnoException) => {
      const missing = error.code === 'ENOENT';
      lines.push([{ text: missing ? `${program}: not found` : error.message, from: 'err', at: Date.now() }]);
      lines.end();
      // The status that a shell gives.
      done({ code: missing ? 127 : 126 });
    });
    child.on('exit', (code, signal) => done(code === null ? { signal: signal ?? 'unknown' } : { code }));
    child.on('close', () => {
      running.delete(child);
      lines.end();
    });
  });
  // A program that has ended no longer reads; that is no error of ours.
  child.stdin?.on('error', () => {});
  if (options.input !== undefined) child.stdin?.end(options.input);
  options.abort?.addEventListener('abort', () => {
    child.stdin?.end();
    setTimeout(() => child.kill('SIGTERM'), 2000).unref();
  });
  return {
    lines,
    write: (text) => void child.stdin?.write(text),
    end: () => void child.stdin?.end(),
    signal: (name) => void child.kill(`SIG${name}`),
    exit,
  };
}

function stillborn(error: Error): Running {
  const lines = new LineQueue({ pause: () => {}, resume: () => {} });
  lines.push([{ text: error.message, from: 'err', at: Date.now() }]);
  lines.end();
  return { lines, write: () => {}, end: () => {}, signal: () => {}, exit: Promise.resolve({ code: 126 }) };
}

async function copy(from: string, to: string, { progress, abort }: TransferOptions = {}): Promise<void> {
  const part = partName(to);
  try {
    const { size } = await stat(from);
    await mkdir(dirname(to), { recursive: true });
    let done = 0;
    const count = new Transform({
      transform(piece: Buffer, _encoding, next) {
        done += piece.length;
        progress?.(done, size);
        next(null, piece);
      },
    });
    await pipeline(createReadStream(from), count, createWriteStream(part), { ...(abort && { signal: abort }) });
    await rename(part, to);
  } catch (error) {
    await rm(part, { force: true });
    throw transferError(error, from, to);
  }
}
