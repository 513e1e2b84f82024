/**
 * `gst-launch-1.0` of the demo device. What a pipeline does follows from its text, as the judge reads it; what it prints has
 * the form of GStreamer 1.20.
 */
import { posix } from 'node:path';
import type { Refusal, Rehearsal, RehearsedElement } from '../../../../server/src/protocol.ts';
import { BOARD, type Board } from './board.ts';
import { FileError } from './files.ts';
import { DebugLog } from './gst-debug.ts';
import { dotOf } from './gst-dot.ts';
import type { Process, Program } from './machine.ts';
import { fromBytes, toBytes } from './pipes.ts';
import { testCard } from './test-card.ts';

export const gstLaunch =
  (board: Board): Program =>
  async (process) => {
    const words = [...process.arguments];
    const flags = new Set<string>();
    while (words[0]?.startsWith('-') && words[0] !== '-') {
      const option = words.shift()!;
      if (option === '--version') {
        await process.say(`gst-launch-1.0 version ${BOARD.gstreamer}\nGStreamer ${BOARD.gstreamer}\n`);
        return 0;
      }
      for (const letter of option.startsWith('--') ? [LONG[option] ?? ''] : option.slice(1)) flags.add(letter);
    }
    const text = words.map(escaped).join(' ');
    const rehearsal = await process.wait(
      board.judge.rehearse({ kind: 'launch', text: fromBytes(text), target: BOARD.target }),
    );
    return new GstRun(board, process, rehearsal, flags).run();
  };

const LONG: Readonly<Record<string, string>> = {
  '--eos-on-shutdown': 'e',
  '--verbose': 'v',
  '--quiet': 'q',
  '--messages': 'm',
  '--tags': 't',
};

/** gst_parse_launchv: blanks of a word are escaped outside double quotes. */
function escaped(word: string): string {
  let text = '';
  let quoted = false;
  for (let at = 0; at < word.length; at++) {
    const one = word[at]!;
    if (one === '"' && word[at - 1] !== '\\') quoted = !quoted;
    text += one === ' ' && !quoted ? '\\ ' : one;
  }
  return text;
}

/** What a sink that does not wait for the clock gains. */
const UNSYNCED = 6;
const TICK = 250;
/** Bytes of a file that is written. */
const LARGEST = 256 * 1024;

/** One run of a pipeline, from the parser's verdict to its end. */
export class GstRun {
  readonly #board: Board;
  readonly #process: Process;
  readonly #what: Rehearsal;
  readonly #flags: ReadonlySet<string>;
  readonly #log: DebugLog;
  #interrupted = 0;
  #snapshots = 0;
  #wake: (() => void) | undefined;

  constructor(board: Board, process: Process, what: Rehearsal, flags: ReadonlySet<string>) {
    this.#board = board;
    this.#process = process;
    this.#what = what;
    this.#flags = flags;
    this.#log = new DebugLog(process, what);
  }

  async run(): Promise<number> {
    const { refusal } = this.#what;
    await this.#log.beginning();
    if (refusal?.stage === 'parse') {
      const built = refusal.message.startsWith('empty')
        ? 'ERROR: pipeline could not be constructed: '
        : 'WARNING: erroneous pipeline: ';
      await this.#complain(`${built}${refusal.message}${refusal.message.startsWith('empty') ? '.' : ''}`);
      return 1;
    }
    await this.#say('Setting pipeline to PAUSED ...');
    await this.#dot('NULL_READY');
    await this.#process.sleep(40);
    const failed = refusal?.stage === 'start' ? refusal : this.#missing();
    if (failed) {
      await this.#error(failed);
      await this.#say("ERROR: pipeline doesn't want to preroll.");
      await this.#complain('Failed to set pipeline to PAUSED.');
      await this.#say('Setting pipeline to NULL ...');
      await this.#say('Freeing pipeline ...');
      return 255;
    }
    await this.#hardware();
    await this.#dot('READY_PAUSED');
    await this.#say(this.#what.live ? 'Pipeline is live and does not need PREROLL ...' : 'Pipeline is PREROLLING ...');
    await this.#process.sleep(60);
    if (this.#flags.has('v')) await this.#caps();
    await this.#say('Pipeline is PREROLLED ...');
    await this.#say('Setting pipeline to PLAYING ...');
    await this.#say('New clock: GstSystemClock');
    if (this.#what.live) await this.#say('Redistribute latency...');
    await this.#dot('PAUSED_PLAYING');
    await this.#log.playing();
    this.#process.onSignal = (signal) => {
      if (signal === 'INT') this.#interrupted += 1;
      else if (signal === 'HUP') this.#snapshots += 1;
      else return false;
      this.#wake?.();
      return true;
    };
    const began = performance.now();
    this.#board.works(this.#process, this.#what.load);
    try {
      const broken = await this.#play(refusal);
      const seconds = (performance.now() - began) / 1000;
      await this.#say(
        `Execution ended after 0:${String(Math.floor(seconds / 60)).padStart(2, '0')}:${(seconds % 60).toFixed(9).padStart(12, '0')}`,
      );
      await this.#say('Setting pipeline to NULL ...');
      await this.#say('Freeing pipeline ...');
      return broken ? 1 : 0;
    } finally {
      this.#board.works(this.#process, undefined);
    }
  }

  /** Plays until the end of the stream, an interrupt or a failure; true for the last. */
  async #play(refusal: Refusal | undefined): Promise<boolean> {
    const { rate, frames } = this.#what;
    const synced = this.#what.live || !this.#what.elements.some(isUnsynced);
    let done = 0;
    let snapshots = 0;
    let last = performance.now();
    for (;;) {
      const fps = (rate * (synced ? 1 : UNSYNCED)) / this.#board.strain;
      const left = frames === undefined ? Number.POSITIVE_INFINITY : ((frames - done) / fps) * 1000;
      await this.#pause(Math.min(TICK, left));
      const now = performance.now();
      const new_ = ((now - last) / 1000) * fps;
      last = now;
      done += new_;
      await this.#frames(done, fps);
      if (refusal) {
        await this.#error(refusal);
        return true;
      }
      if (this.#snapshots > snapshots) {
        snapshots = this.#snapshots;
        await this.#snapshot();
      }
      if (this.#interrupted > 0) {
        await this.#say('handling interrupt.');
        await this.#say('Interrupt: Stopping pipeline ...');
        if (!this.#flags.has('e')) return false;
        await this.#say('EOS on shutdown enabled -- Forcing EOS on the pipeline');
        await this.#say('Waiting for EOS...');
        await this.#process.sleep(120);
        await this.#say('Got EOS from element "pipeline0".');
        await this.#say('EOS received - stopping pipeline...');
        return false;
      }
      if (frames !== undefined && done >= frames - 0.5) {
        await this.#say('Got EOS from element "pipeline0".');
        return false;
      }
    }
  }

  /** Ends early where a signal comes. */
  async #pause(milliseconds: number): Promise<void> {
    if (this.#interrupted > 0) return;
    let timer: NodeJS.Timeout | undefined;
    await this.#process
      .wait(
        new Promise<void>((resolve) => {
          this.#wake = resolve;
          timer = setTimeout(resolve, milliseconds);
        }),
      )
      .finally(() => clearTimeout(timer));
  }

  /** What every tick brings: files grow, frames are counted, the debug log goes on. */
  async #frames(done: number, fps: number): Promise<void> {
    for (const element of this.#what.elements) {
      for (const { path, how } of element.files) if (how === 'write') this.#fill(element, path, done);
    }
    if (this.#flags.has('v')) {
      for (const element of this.#what.elements.filter(({ factory }) => factory === 'fpsdisplaysink')) {
        const average = Math.min(fps, fps * (0.97 + Math.random() * 0.03));
        await this.#say(
          `${pathOf(element)}: last-message = rendered: ${Math.round(done)}, dropped: 0, current: ${fps.toFixed(2)}, average: ${average.toFixed(2)}`,
        );
      }
    }
    await this.#log.frames(done);
  }

  /** A picture is one; any other file grows. A full disk stops that, as on a board, and the pipeline goes on. */
  #fill(sink: RehearsedElement, path: string, done: number): void {
    const { files } = this.#process;
    const file = this.#process.path(toBytes(path));
    const into = this.#what.links.find(({ to }) => to === sink.name);
    const encoder = this.#what.elements.find(({ name }) => name === into?.from);
    try {
      if (encoder?.factory === 'pngenc') {
        const { caps = '' } = this.#what.links.find(({ to }) => to === encoder.name) ?? {};
        const size = (name: string): number => Number(new RegExp(`${name}=\\(int\\)(\\d+)`).exec(caps)?.[1] ?? 0);
        files.write(file, testCard(size('width') || 320, size('height') || 240, done).toString('latin1'));
        return;
      }
      const entry = files.at(file);
      const size = entry?.is === 'file' ? entry.text.length : 0;
      const wanted = Math.min(LARGEST, Math.round(done * 400));
      if (wanted > size) files.write(file, '\0'.repeat(wanted - size), 'append');
    } catch (error) {
      if (!(error instanceof FileError)) throw error;
    }
  }

  /** A file or a device that the text names and the board has not. */
  #missing(): Refusal | undefined {
    const { files } = this.#process;
    for (const element of this.#what.elements) {
      for (const { path, how } of element.files) {
        const file = this.#process.path(toBytes(path));
        if (how === 'write') {
          try {
            files.write(file, '');
          } catch (error) {
            if (!(error instanceof FileError)) throw error;
            return {
              stage: 'start',
              element: element.name,
              message: `Could not open file "${path}" for writing.`,
              debug: [
                '../plugins/elements/gstfilesink.c(533): gst_file_sink_open_file ()',
                `system error: ${error.message}`,
              ],
            };
          }
        } else if (files.at(file)) continue;
        else if (how === 'read') {
          return {
            stage: 'start',
            element: element.name,
            message: 'Resource not found.',
            debug: ['../plugins/elements/gstfilesrc.c(533): gst_file_src_start ()', `No such file "${path}"`],
          };
        } else {
          return {
            stage: 'start',
            element: element.name,
            message: 'Configuration file parsing failed',
            debug: ['gstnvinfer.cpp(912): gst_nvinfer_start ()', `Config file path: ${path}`],
          };
        }
      }
      const device = element.factory === 'v4l2src' ? settingOf(element, 'device') : undefined;
      if (device !== undefined && !files.at(toBytes(device))) {
        return {
          stage: 'start',
          element: element.name,
          message: `Cannot identify device '${device}'.`,
          debug: ['../sys/v4l2/v4l2_calls.c(608): gst_v4l2_open ()', 'system error: No such file or directory'],
        };
      }
    }
    return undefined;
  }

  /** What NVIDIA's libraries print when their engines are opened. */
  async #hardware(): Promise<void> {
    for (const element of this.#what.elements) {
      if (element.factory === 'nvv4l2decoder') {
        await this.#say('Opening in BLOCKING MODE ');
        await this.#say('NvMMLiteOpen : Block : BlockType = 261 ');
        await this.#say('NvMMLiteBlockCreate : Block : BlockType = 261 ');
      } else if (element.factory === 'nvarguscamerasrc') {
        await this.#say('GST_ARGUS: Creating output stream');
        await this.#say('CONSUMER: Waiting until producer is connected...');
        await this.#say('GST_ARGUS: Available Sensor modes :');
        await this.#say(
          'GST_ARGUS: 1920 x 1080 FR = 29.999999 fps Duration = 33333334 ; Analog Gain range min 1.000000, max 10.625000; Exposure Range min 13000, max 683709000;',
        );
        await this.#say('GST_ARGUS: Setup Complete, Starting captures for 0 seconds');
        await this.#say('CONSUMER: Producer has connected; continuing.');
      }
    }
  }

  async #caps(): Promise<void> {
    const by = new Map(this.#what.elements.map((element) => [element.name, element]));
    for (const { from, to, fromPad, toPad, caps } of this.#what.links) {
      if (caps === '' || caps === 'EMPTY') continue;
      await this.#say(`${pathOf(by.get(from)!)}.GstPad:${fromPad}: caps = ${caps}`);
      await this.#say(`${pathOf(by.get(to)!)}.GstPad:${toPad}: caps = ${caps}`);
    }
  }

  async #snapshot(): Promise<void> {
    if (this.#process.env.get('GST_DEBUG_DUMP_DOT_DIR') === undefined) {
      await this.#say('SIGHUP: not dumping dot file snapshot, GST_DEBUG_DUMP_DOT_DIR environment variable not set.');
      return;
    }
    await this.#say('SIGHUP: dumping dot file snapshot ...');
    await this.#dot('snapshot');
  }

  async #dot(change: string): Promise<void> {
    const folder = this.#process.env.get('GST_DEBUG_DUMP_DOT_DIR');
    if (folder === undefined || folder === '') return;
    const time = this.#log.time().replace(/:/g, '.');
    const path = posix.join(this.#process.path(folder), `${time}-gst-launch.${change}.dot`);
    try {
      this.#process.files.write(path, toBytes(dotOf(this.#what, change)));
    } catch (error) {
      // GStreamer says nothing either where the folder is missing.
      if (!(error instanceof FileError)) throw error;
    }
  }

  async #error({ element, message, debug = [] }: Refusal): Promise<void> {
    const of = this.#what.elements.find(({ name }) => name === element);
    const path = of ? pathOf(of) : '/GstPipeline:pipeline0';
    await this.#complain(`ERROR: from element ${path}: ${message}`);
    await this.#dot('error');
    if (debug.length === 0) return;
    await this.#complain('Additional debug info:');
    await this.#complain(`${debug[0]}: ${path}${debug.length > 1 ? ':' : ''}`);
    for (const line of debug.slice(1)) await this.#complain(line);
  }

  async #say(line: string): Promise<void> {
    if (!this.#flags.has('q')) await this.#process.say(toBytes(`${line}\n`));
  }

  #complain(line: string): Promise<void> {
    return this.#process.complain(toBytes(`${line}\n`));
  }
}

export const pathOf = ({ typeName, name }: RehearsedElement): string => `/GstPipeline:pipeline0/${typeName}:${name}`;

export const settingOf = (element: RehearsedElement, name: string): string | undefined =>
  element.settings.find((one) => one.startsWith(`${name}=`))?.slice(name.length + 1);

const isUnsynced = (element: RehearsedElement): boolean =>
  (element.factory === 'fakesink' && settingOf(element, 'sync') !== 'true') ||
  element.factory === 'filesink' ||
  (element.does === 'sink' && settingOf(element, 'sync') === 'false');
