/**
 * The one connection to a device that all uses share: made when first needed, closed when nobody has used it for a while, made
 * again, with growing pauses, while somebody watches a run through it.
 */
import { followRun, type Run } from './launch.ts';
import type { Line } from './lines.ts';
import { RemoteError, type RemoteErrorKind, type Runner, type Running } from './runner.ts';

/** A connection that says when it is gone; `undefined` where it was let go on purpose. */
export type Connected = Runner & { readonly gone: Promise<RemoteError | undefined> };

export type SessionState =
  | { readonly is: 'idle' }
  | { readonly is: 'connecting' }
  | { readonly is: 'ready' }
  /** Lost, and tried again by itself in so many seconds. */
  | { readonly is: 'waiting'; readonly why: RemoteError; readonly seconds: number }
  /** Lost, or never there; only the next use tries again. */
  | { readonly is: 'lost'; readonly why: RemoteError };

export interface SessionOptions {
  readonly open: (abort: AbortSignal) => Promise<Connected>;
  /** Seconds without any use until it is closed; 600 where left out. */
  readonly idleSeconds?: number;
  /** Seconds before each try to have it back; the last one is used from then on. */
  readonly backOff?: readonly number[];
  readonly changed?: (state: SessionState) => void;
}

const BACK_OFF = [1, 2, 4, 8, 15, 30];

/** Errors that no waiting mends: a person has to do something. */
const FINAL: ReadonlySet<RemoteErrorKind> = new Set([
  'authentication',
  'cancelled',
  'host-key-changed',
  'host-key-not-accepted',
  'host-key-revoked',
  'not-ssh',
]);

export class Session {
  readonly #options: SessionOptions;
  #state: SessionState = { is: 'idle' };
  #abort = new AbortController();
  #opening: Promise<Runner> | undefined;
  #open: Connected | undefined;
  #uses = 0;
  #holds = 0;
  #idle: NodeJS.Timeout | undefined;
  #retry: NodeJS.Timeout | undefined;
  #closed = false;
  #waiting: { readonly resolve: (runner: Runner) => void; readonly reject: (why: unknown) => void }[] = [];

  constructor(options: SessionOptions) {
    this.#options = options;
  }

  get state(): SessionState {
    return this.#state;
  }

  /** The open connection, or a new one. Rejects with a {@link RemoteError}. */
  runner(): Promise<Runner> {
    if (this.#closed) return Promise.reject(new RemoteError('cancelled', 'The connection was closed.'));
    clearTimeout(this.#retry);
    this.#opening ??= this.#connect();
    return this.#opening;
  }

  /** The connection once it is there again, however long that takes. Rejects where no waiting helps. */
  again(): Promise<Runner> {
    if (this.#state.is !== 'waiting') return this.runner();
    return new Promise((resolve, reject) => this.#waiting.push({ resolve, reject }));
  }

  /** Keeps the connection: it is not closed when idle, and is made again when lost. The answer lets go. */
  hold(): () => void {
    this.#holds += 1;
    this.#rest();
    let held = true;
    return () => {
      if (!held) return;
      held = false;
      this.#holds -= 1;
      this.#rest();
    };
  }

  /** For good. What still runs there is stopped by the device, but for runs that outlive. */
  async close(): Promise<void> {
    this.#closed = true;
    clearTimeout(this.#retry);
    clearTimeout(this.#idle);
    this.#abort.abort();
    this.#giveUp(new RemoteError('cancelled', 'The connection was closed.'));
    await this.#open?.dispose();
    this.#become({ is: 'idle' });
  }

  async #connect(): Promise<Runner> {
    this.#become({ is: 'connecting' });
    try {
      const open = await this.#options.open(this.#abort.signal);
      if (this.#closed) {
        await open.dispose();
        throw new RemoteError('cancelled', 'The connection was closed.');
      }
      this.#open = open;
      void open.gone.then((why) => this.#gone(open, why));
      this.#become({ is: 'ready' });
      this.#rest();
      const runner = this.#counted(open);
      for (const { resolve } of this.#waiting.splice(0)) resolve(runner);
      return runner;
    } catch (error) {
      this.#opening = undefined;
      const why = error instanceof RemoteError ? error : new RemoteError('failed', (error as Error).message, '', error);
      if (!this.#closed) this.#become({ is: 'lost', why });
      throw why;
    }
  }

  #gone(open: Connected, why: RemoteError | undefined): void {
    if (this.#open !== open) return;
    this.#open = undefined;
    this.#opening = undefined;
    clearTimeout(this.#idle);
    if (this.#closed) return;
    if (why === undefined) this.#become({ is: 'idle' });
    else if (this.#holds > 0) this.#tryAgain(why, 0);
    else this.#become({ is: 'lost', why });
  }

  #tryAgain(why: RemoteError, tries: number): void {
    const steps = this.#options.backOff ?? BACK_OFF;
    const seconds = steps[Math.min(tries, steps.length - 1)] ?? 30;
    this.#become({ is: 'waiting', why, seconds });
    this.#retry = setTimeout(() => {
      if (this.#closed || this.#opening) return;
      this.#opening = this.#connect();
      this.#opening.catch((error: RemoteError) => {
        if (this.#closed) return;
        if (FINAL.has(error.kind) || this.#holds === 0) this.#giveUp(error);
        else this.#tryAgain(error, tries + 1);
      });
    }, seconds * 1000);
  }

  #giveUp(why: RemoteError): void {
    for (const { reject } of this.#waiting.splice(0)) reject(why);
  }

  /** Starts the clock where nobody uses it, stops it where somebody does. */
  #rest(): void {
    clearTimeout(this.#idle);
    if (this.#uses > 0 || this.#holds > 0 || !this.#open) return;
    this.#idle = setTimeout(() => void this.#open?.dispose(), (this.#options.idleSeconds ?? 600) * 1000);
    this.#idle.unref();
  }

  #become(state: SessionState): void {
    this.#state = state;
    this.#options.changed?.(state);
  }

  #counted(open: Connected): Runner {
    const use = <T>(over: Promise<T>): Promise<T> => {
      this.#uses += 1;
      this.#rest();
      const done = (): void => {
        this.#uses -= 1;
        this.#rest();
      };
      over.then(done, done);
      return over;
    };
    const watched = (running: Running): Running => {
      void use(running.exit);
      return running;
    };
    return {
      where: open.where,
      exec: (words, options) => watched(open.exec(words, options)),
      pty: (words, size, options) => watched(open.pty(words, size, options)),
      upload: (from, to, options) => use(open.upload(from, to, options)),
      download: (from, to, options) => use(open.download(from, to, options)),
      dispose: () => open.dispose(),
    };
  }
}

/**
 * Follows a run that outlives the connection, through as many losses of it as there are. Every line comes once, but for one in
 * which the connection was lost: that comes cut, then whole. The run ends as `lost` only where the connection cannot be had back.
 */
export function followThrough(session: Session, id: string, words: readonly string[] = []): Run {
  const release = session.hold();
  const began = performance.now();
  let current: Run | undefined;
  let left = false;
  /** Asked for, whichever connection carries it there. */
  let wish: 'stop' | 'kill' | undefined;
  let end: (ended: Awaited<Run['ended']>) => void = () => {};
  const ended = new Promise<Awaited<Run['ended']>>((resolve) => {
    end = resolve;
  });
  let tellPid: (pid: number | undefined) => void = () => {};
  const pid = new Promise<number | undefined>((resolve) => {
    tellPid = resolve;
  });
  const finish = (last: Awaited<Run['ended']>): void => {
    release();
    tellPid(undefined);
    end({ ...last, milliseconds: performance.now() - began });
  };
  async function* lines(): AsyncGenerator<Line> {
    let told = 0;
    let last = '';
    for (;;) {
      try {
        current = followRun(await session.again(), id, words);
      } catch (error) {
        const text = (error as Error).message;
        return finish({ how: 'lost', exit: { lost: error as Error }, milliseconds: 0, text });
      }
      void current.pid.then((known) => known !== undefined && tellPid(known));
      if (left) current.leave();
      if (wish) void current[wish]();
      let at = 0;
      // The log is told from its start each time.
      for await (const line of current.lines) {
        at += 1;
        // The line in which the connection was lost comes again, whole.
        if (at <= told && !(at === told && line.text !== last)) continue;
        last = line.text;
        yield line;
      }
      told = Math.max(told, at);
      const over = await current.ended;
      if (over.how !== 'lost' || left) return finish(over);
    }
  }
  const act = async (how: 'stop' | 'kill'): Promise<Awaited<Run['ended']>> => {
    wish = how;
    if (current) void current[how]();
    return ended;
  };
  return {
    id,
    words,
    outlives: true,
    lines: lines(),
    pid,
    ended,
    stop: () => act('stop'),
    kill: () => act('kill'),
    snapshot: () => current?.snapshot(),
    leave: () => {
      left = true;
      current?.leave();
    },
  };
}
