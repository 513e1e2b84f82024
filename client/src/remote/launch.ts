/**
 * Starts a pipeline on a device and stops it so that its files are finished: INT first, which with `-e` becomes an end of stream,
 * then TERM, then KILL, always the whole process group, also when the connection is lost. Says why it ended. What the
 * lines mean is for `streams/` and `causes`.
 */
import { randomBytes } from 'node:crypto';
import { controlling, detached, following, forgetting, listing, overseen } from './launch-script.ts';
import type { Line } from './lines.ts';
import { collect, type Exit, endedWell, type Runner, type Running } from './runner.ts';

export interface LaunchOptions {
  /** `GST_DEBUG`, `GST_TRACERS`, `DISPLAY`, …; see {@link debugEnvironment}. */
  readonly env?: Readonly<Record<string, string>>;
  readonly folder?: string;
  /** Seconds that the program has to finish its files after INT; 10 where left out. A live RTSP source may need them. */
  readonly interruptSeconds?: number;
  /** Seconds after TERM before KILL; 3 where left out. */
  readonly termSeconds?: number;
}

/** A program under way on a device. */
export interface Run {
  readonly id: string;
  readonly words: readonly string[];
  /** It goes on when the connection or the editor is closed, and {@link listRuns} finds it again. */
  readonly outlives: boolean;
  /** What it prints, once. Must be read, or the program is held back. */
  readonly lines: AsyncIterable<Line>;
  /** Process id on the device, which is also that of its group; undefined where it never started. */
  readonly pid: Promise<number | undefined>;
  readonly ended: Promise<Ended>;
  /** Asks it to finish. The promise is {@link ended}. */
  stop(): Promise<Ended>;
  /** Ends it at once; files stay unfinished. */
  kill(): Promise<Ended>;
  /** SIGHUP: gst-launch-1.0 then writes a dot file of the running pipeline into `GST_DEBUG_DUMP_DOT_DIR`. */
  snapshot(): void;
  /** Stops watching. A run that outlives goes on; any other is stopped. */
  leave(): void;
}

export interface Ended {
  /**
   * `finished`: by itself, well; `failed`: by itself, badly; `stopped`: as asked, files finished; `killed`: as asked, by force;
   * `lost`: the connection went first; `not-started`: there is no such program, or it may not be run.
   */
  readonly how: 'finished' | 'failed' | 'stopped' | 'killed' | 'lost' | 'not-started';
  readonly exit: Exit;
  readonly milliseconds: number;
  /** For a person, one sentence. */
  readonly text: string;
}

/** A run that was found again. */
export interface KnownRun {
  readonly id: string;
  readonly title: string;
  readonly running: boolean;
  /** Exit status; undefined while it runs and where the device went down in between. */
  readonly code?: number;
  /** On the device's clock, milliseconds since 1970. */
  readonly startedAt: number;
}

/** Starts the words. They end with the connection. */
export function launch(runner: Runner, words: readonly string[], options: LaunchOptions = {}): Run {
  const tag = newId();
  const { interruptSeconds = 10, termSeconds = 3, env, folder } = options;
  const running = runner.exec(overseen(words, tag, interruptSeconds, termSeconds), {
    ...(env && { env }),
    ...(folder !== undefined && { folder }),
  });
  const control = (line: 'stop' | 'hup' | 'kill'): void =>
    line === 'stop' ? running.end() : running.write(`${line}\n`);
  return watched(running, { id: tag, tag, words, outlives: false, control, leave: () => running.end() });
}

/** Bytes of output that a run which outlives the window keeps on the device. */
const LOG_LIMIT = 64 * 1024 * 1024;

/**
 * Starts the words so that they outlive connection and editor, and follows their output. Rejects where the device cannot do that.
 * `title` is what {@link listRuns} shows later.
 */
export async function launchToOutlive(
  runner: Runner,
  words: readonly string[],
  title: string,
  options: LaunchOptions = {},
): Promise<Run> {
  const id = newId();
  const { interruptSeconds = 10, termSeconds = 3, env, folder } = options;
  const command = detached(id, title, LOG_LIMIT, overseen(words, id, interruptSeconds, termSeconds));
  const { exit, err } = await collect(
    runner.exec(command, { ...(env && { env }), ...(folder !== undefined && { folder }), input: '' }),
  );
  if (!endedWell(exit)) throw new Error(`The run could not be started: ${err}`);
  return followRun(runner, id, words);
}

/** Follows a run of {@link launchToOutlive}: its whole log so far, then what comes. */
export function followRun(runner: Runner, id: string, words: readonly string[] = []): Run {
  const followTag = newId();
  const running = runner.exec(overseen(following(id), followTag, 2, 2));
  const control = (line: 'stop' | 'hup' | 'kill'): void =>
    void collect(runner.exec(controlling(id, line), { input: '' }));
  return watched(running, {
    id,
    tag: id,
    alsoHide: followTag,
    words,
    outlives: true,
    control,
    leave: () => running.end(),
  });
}

/** Runs of {@link launchToOutlive} that this device knows, the latest first. */
export async function listRuns(runner: Runner): Promise<KnownRun[]> {
  const { out } = await collect(runner.exec(listing(), { input: '' }));
  const runs = out.split('\n').flatMap((line): KnownRun[] => {
    const [id, state, code, seconds, title] = line.split('\t');
    if (id === undefined || title === undefined) return [];
    const ended = /^\d+$/.test(code!) ? { code: Number(code) } : {};
    return [{ id, title, running: state === 'running' && code === '-', ...ended, startedAt: Number(seconds) * 1000 }];
  });
  return runs.sort((one, other) => other.startedAt - one.startedAt);
}

/** Removes what the device keeps of a run that has ended. False where it still runs. */
export async function forgetRun(runner: Runner, id: string): Promise<boolean> {
  return endedWell((await collect(runner.exec(forgetting(id), { input: '' }))).exit);
}

export interface DebugOptions {
  /** `2`, `*:3,nvinfer:5`. */
  readonly debug?: string;
  /** GST_TRACERS; `latency` stands for latency of the pipeline and of each element. */
  readonly tracers?: string;
  /** Folder on the device for dot files. */
  readonly dotFolder?: string;
  readonly display?: string;
}

/** The environment for a run that is watched: debug output without colours, tracers, dot files, display. */
export function debugEnvironment({ debug, tracers, dotFolder, display }: DebugOptions): Record<string, string> {
  const traced = tracers === 'latency' ? 'latency(flags=pipeline+element)' : tracers;
  // Tracers speak through the debug category of their own.
  const levels = [debug, traced && 'GST_TRACER:7'].filter((one) => one !== undefined && one !== '');
  return {
    GST_DEBUG_NO_COLOR: '1',
    ...(levels.length > 0 && { GST_DEBUG: levels.join(',') }),
    ...(traced && { GST_TRACERS: traced }),
    ...(dotFolder && { GST_DEBUG_DUMP_DOT_DIR: dotFolder }),
    ...(display && { DISPLAY: display }),
  };
}

const newId = (): string => `run${randomBytes(8).toString('hex')}`;

interface Watch {
  readonly id: string;
  /** The overseer's tag: its own lines are taken out. */
  readonly tag: string;
  readonly alsoHide?: string;
  readonly words: readonly string[];
  readonly outlives: boolean;
  readonly control: (line: 'stop' | 'hup' | 'kill') => void;
  readonly leave: () => void;
}

function watched(running: Running, { id, tag, alsoHide, words, outlives, control, leave }: Watch): Run {
  const began = performance.now();
  let asked: 'stop' | 'kill' | 'leave' | undefined;
  let tellPid: (pid: number | undefined) => void = () => {};
  const pid = new Promise<number | undefined>((resolve) => {
    tellPid = resolve;
  });
  const ended = running.exit.then((exit): Ended => {
    tellPid(undefined);
    return { ...verdict(exit, asked, words[0] ?? id), exit, milliseconds: performance.now() - began };
  });
  async function* lines(): AsyncGenerator<Line> {
    for await (const line of running.lines) {
      if (line.text.startsWith(`${tag} run `)) tellPid(Number(line.text.slice(tag.length + 5)));
      else if (alsoHide === undefined || !line.text.startsWith(`${alsoHide} run `)) yield line;
    }
  }
  const end = (how: 'stop' | 'kill'): Promise<Ended> => {
    asked = how;
    control(how);
    return ended;
  };
  return {
    id,
    words,
    outlives,
    lines: lines(),
    pid,
    ended,
    stop: () => end('stop'),
    kill: () => end('kill'),
    snapshot: () => control('hup'),
    leave: () => {
      asked ??= outlives ? 'leave' : 'stop';
      leave();
    },
  };
}

/** Names of the signals that end programs, by number, the same on every Linux that JetPack runs. */
const SIGNALS: Readonly<Record<number, string>> = {
  1: 'SIGHUP',
  2: 'SIGINT',
  3: 'SIGQUIT',
  4: 'SIGILL',
  5: 'SIGTRAP',
  6: 'SIGABRT',
  7: 'SIGBUS',
  8: 'SIGFPE',
  9: 'SIGKILL',
  11: 'SIGSEGV',
  13: 'SIGPIPE',
  15: 'SIGTERM',
};

function verdict(
  exit: Exit,
  asked: 'stop' | 'kill' | 'leave' | undefined,
  program: string,
): Pick<Ended, 'how' | 'text'> {
  if ('lost' in exit) {
    const text = 'The connection was lost. The device stops the run by itself and finishes its files.';
    return { how: 'lost', text: asked === 'leave' ? 'Not watched any longer.' : text };
  }
  const signal = 'signal' in exit ? exit.signal : exit.code > 128 ? SIGNALS[exit.code - 128] : undefined;
  if (asked === 'leave') return { how: 'finished', text: 'Not watched any longer; it goes on.' };
  if (asked !== undefined) {
    if (signal === 'SIGKILL' || signal === 'SIGTERM') {
      return { how: 'killed', text: `Ended by force (${signal}); files it was writing may be unusable.` };
    }
    return { how: 'stopped', text: 'Stopped as asked.' };
  }
  if (signal !== undefined) return { how: 'failed', text: `Ended by ${signal}${WHY[signal] ?? ''}.` };
  const code = 'code' in exit ? exit.code : 0;
  if (code === 0) return { how: 'finished', text: 'Finished.' };
  if (code === 127) return { how: 'not-started', text: `There is no program ${program} on the device.` };
  if (code === 126) return { how: 'not-started', text: `${program} cannot be run on the device.` };
  return { how: 'failed', text: `Failed with exit code ${code}.` };
}

const WHY: Readonly<Record<string, string>> = {
  SIGSEGV: ', a crash in one of its plugins or libraries',
  SIGABRT: ', by its own decision after an error it could not handle',
  SIGKILL: ', often because the device ran out of memory (dmesg tells)',
  SIGBUS: ', a crash; a full disk or a file that shrank can be the cause',
};
