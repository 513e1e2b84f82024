/**
 * What each line is that a program on a device prints: which tool speaks, how grave it is, of which element. Lines in, entries
 * out, one for one. What a message means is for `causes.ts`.
 */
import { type DebugRecord, elementOfObject, readDebugLine, withoutEscapes } from './gst-debug.ts';

export type LogKind =
  | 'debug'
  | 'tracer'
  | 'state'
  | 'progress'
  | 'property'
  | 'bus'
  | 'error'
  | 'warning'
  | 'detail'
  | 'glib'
  | 'perf'
  | 'argus'
  | 'nvmm'
  | 'tensorrt'
  | 'deepstream'
  | 'tracker'
  | 'driver'
  | 'shell'
  /** A sentence on what the program does now: `Creating Pipeline`. */
  | 'step'
  /** A name and what it is: `ROI set to: x=320`. */
  | 'value'
  /** As a line before but for its numbers, as loops print. */
  | 'repeat'
  | 'blank'
  | 'plain';

export type LogLevel = 'error' | 'warning' | 'fixme' | 'info' | 'debug' | 'log' | 'trace' | 'memdump' | 'none';

export interface LogEntry {
  readonly kind: LogKind;
  readonly level: LogLevel;
  /** The line without colours. */
  readonly text: string;
  /** Name of the element it is about; empty where none is named. */
  readonly element: string;
  /** Names from the outermost bin to the element, where the line gives a path. */
  readonly path: readonly string[];
  /** Set for GST_DEBUG lines. */
  readonly debug?: DebugRecord;
  /** Belongs to the entry before: further lines of one message. */
  readonly continues: boolean;
}

const DEBUG_LEVELS = {
  ERROR: 'error',
  WARN: 'warning',
  FIXME: 'fixme',
  INFO: 'info',
  DEBUG: 'debug',
  LOG: 'log',
  TRACE: 'trace',
  MEMDUMP: 'memdump',
} as const;

/** In the order in which they are tried, so that the special stands before the general. */
const SHAPES: readonly (readonly [RegExp, LogKind, LogLevel])[] = [
  [/^\s*(?:\*\*)?PERF ?:/, 'perf', 'info'],
  [/^(?:\^C)?\*\* ERROR: ?<_intr_handler/, 'deepstream', 'info'],
  [/^(?:\^C)?\*\* ?ERROR: ?</, 'deepstream', 'error'],
  [/^\*\* ?WARN(?:ING)?: ?</, 'deepstream', 'warning'],
  [/^\*\* ?(?:INFO|DEBUG): ?</, 'deepstream', 'info'],
  [/^(?:\([^()]{1,80}:\d+\): )?[\w-]{1,40}-(?:CRITICAL|ERROR) \*\*:/, 'glib', 'error'],
  [/^(?:\([^()]{1,80}:\d+\): )?[\w-]{1,40}-(?:WARNING) \*\*:|^Failed to load plugin|^GLib \(/, 'glib', 'warning'],
  [/^(?:\([^()]{1,80}:\d+\): )?[\w-]{1,40}-(?:INFO|Message|DEBUG)(?: \*\*)?:/i, 'glib', 'info'],
  [/^(?:\^C)?\*\* (?:\([^()]{1,80}:\d+\): )?(?:CRITICAL|ERROR) ?(?:\*\*)?:/, 'glib', 'error'],
  [/^(?:\^C)?\*\* (?:\([^()]{1,80}:\d+\): )?WARNING ?(?:\*\*)?:/, 'glib', 'warning'],
  [/^(?:\^C)?\*\* (?:\([^()]{1,80}:\d+\): )?(?:Message|INFO|DEBUG) ?(?:\*\*)?:/i, 'glib', 'info'],
  [/^\*\*\* (?:[A-Z]\w*: |stack smashing)/, 'glib', 'error'],
  [/undefined symbol: |cannot open shared object file/, 'glib', 'warning'],
  [/^(?:ERROR|WARNING|INFO|DEBUG): .{0,120}?\[TRT\]/, 'tensorrt', 'info'],
  [
    /^(?:ERROR|WARNING|INFO): (?:\S+nvdsinfer\S* |\[(?:Implicit|FullDims|Explicit)|Deserialize|INT8|FP16|Overriding|Failed)/,
    'tensorrt',
    'warning',
  ],
  [/^\d+ +(?:INPUT|OUTPUT) +k(?:FLOAT|HALF|INT)/, 'tensorrt', 'info'],
  [
    /^\s*\(\d+\)\s+[\w:.-]+(?: \d+)?\s+[\dx.\s-]+\d*|^ {2,}layer +(?:input|inp_size)|^(?:Loading (?:pre-trained )?weights|Total (?:number of )?weights|Building (?:the )?(?:YOLO|complete)|Deserialize yolo|Output (?:yolo|blob)|Total number of (?:yolo )?layers|Layer \S+ )/i,
    'tensorrt',
    'info',
  ],
  [
    /^Implicit layer support|^Setting min object dimensions|^Load(?:ing)? new model|^Unknown or legacy key|^Warn(?:ing)?: '|^Error\. |^Failed to parse group/i,
    'deepstream',
    'warning',
  ],
  [/^(?:ERROR|WARNING|INFO): from element /, 'error', 'error'],
  [/^(?:ERROR|WARNING|INFO) from [^:]+: /, 'error', 'error'],
  [
    /^(?:WARNING: )?erroneous pipeline: |^ERROR: [Pp]ipeline|^Failed to set pipeline|^App run failed/i,
    'error',
    'error',
  ],
  [/^Additional debug info:|^Debug info: /, 'detail', 'none'],
  [
    /^(?:Setting pipelines? to|Pipeline is |Pipeline \d+ is|New clock|Redistribute latency|Got EOS from|EOS received|Execution ended|Freeing pipeline|handling interrupt|Interrupt: |Waiting for EOS|EOS on shutdown|SIGHUP|Caught SIG|Use Windows|Prerolled, waiting|Missing element|Setting state|App run successful|Quitting|Using winsys|Received EOS)/,
    'state',
    'info',
  ],
  [/^0:\d\d:\d\d\.\d \/ \d|^Progress: \(|^buffering\.\.\.|^Buffering/, 'progress', 'info'],
  [/^\/\w+:[^ ]+: [\w-]+ = /, 'property', 'info'],
  [/^Got message #\d+|^FOUND TAG/, 'bus', 'info'],
  [
    /^(?:GST_ARGUS|CONSUMER|PRODUCER)[: ]|^NvArgus|^ +(?:Camera (?:index|mode)|Output Stream|seconds to Run|Frame Rate) /,
    'argus',
    'info',
  ],
  [
    /^Error generated\.|^(?:\(\w+\) |SCF: |===.*?: )?(?:Error|WARNING)[ :].*(?:\(in |\(propagating|Camera|waitCsi|CameraProvider)|^\(Argus\)|^SCF:|^\(NvCameraUtils\)/,
    'argus',
    'error',
  ],
  [
    /^(?:NvMMLite|NVMEDIA|NvVideo|H26[45]: Profile|Opening in BLOCKING|===== (?:NVMEDIA|NvVideo)|NV buf|NVENC|NvxVideo|\[JPEG Decode\]|TVMR|Allocating new output|\S* ?reference in DPB)/,
    'nvmm',
    'info',
  ],
  [/^(?:gstnvtracker|\[NvMultiObjectTracker\]|\[NvTracker|~~ CLOG|\[NvDCF\]|!!)/, 'tracker', 'info'],
  [
    /^(?:nvstreammux|libnvosd|mimetype is|deepstream-app version|DeepStreamSDK|CUDA (?:Driver|Runtime)|TensorRT Version|cuDNN|libNVWarp|nvbufsurf|nvds)/i,
    'deepstream',
    'info',
  ],
  [
    /^(?:nvbuf_utils|NvRm|\*{3,4} ?NvRm|NvEGL|EGL |No EGL|No protocol specified|libv4l2|libEGL|\/dvs\/|Opening channel|Could not open device|Couldn't create|Error: |error: |imx\d|\d+: Memory Manager|ov\d)/,
    'driver',
    'error',
  ],
  [/^(?:\$ |\[exit \d+\]$|[\w.-]+@[\w.-]+:[^ ]*[#$] |[\w-]+\$ )/, 'shell', 'none'],
  [/^ERROR\b/, 'error', 'error'],
  [/^WARN(?:ING)?\b/, 'warning', 'warning'],
  [/^(?:INFO|DEBUG)\b:?|^[DIWE] \[\w+:\d+\]/, 'state', 'info'],
  [/^streaming stopped, reason /, 'detail', 'error'],
  [
    /^Traceback \(most recent call last\)|^[A-Z]\w*(?:Error|Exception): |^Segmentation fault|^Aborted\b|^Killed\b/,
    'error',
    'error',
  ],
  [/^\s*(?:\*+ )?(?:Now )?[A-Z][a-z]+ing\b/i, 'step', 'info'],
  [/^\s*(?:[-*•]\s+)?[\w.[\]/`'"-][\w .[\]/`'"#()-]{0,60}?\s*[:=](?:\s|$|(?=[\w.+-]+(?:\s|$)))/, 'value', 'info'],
];

/** Characters of a line that decide what it is. */
const LOOKED_AT = 2_000;
/** Lines after deepstream-app's errors that explain them. */
const EXPLANATION = 3;
/** More lines of GST_DEBUG end a message. */
const MOST_BETWEEN = 50;
const SHAPES_KEPT = 1_000;

/** Reads the lines of one program, in order. */
export class LogReader {
  /** Which lines may still belong to the message before: after an error its place, then its explanation. */
  #open: 'none' | 'error' | 'place' = 'none';
  /** Lines of GST_DEBUG since then: other threads write between the lines of a message. */
  #between = 0;
  /** The line before was of GST_DEBUG or went on with one. */
  #debug = false;
  /** Lines without a shape of their own since the error. */
  #explained = 0;
  readonly #shapes = new Set<string>();

  read(line: string): LogEntry {
    const text = withoutEscapes(line);
    const debug = readDebugLine(text);
    if (debug) {
      this.#debug = true;
      if (this.#between++ > MOST_BETWEEN) this.#open = 'none';
      const tracer = debug.category === 'GST_TRACER' && debug.level === 'TRACE';
      return entry(
        tracer ? 'tracer' : 'debug',
        DEBUG_LEVELS[debug.level],
        text,
        elementOfObject(debug.object),
        [],
        debug,
      );
    }
    const afterDebug = this.#debug;
    this.#debug = false;
    this.#between = 0;
    if (text.trim() === '') {
      if (this.#open !== 'error') this.#open = 'none';
      return entry('blank', 'none', text);
    }
    const start = text.slice(0, LOOKED_AT).trimEnd();
    const path = pathOf(start);
    const at = /^(?:ERROR|WARNING|INFO) from ([^:\s]+): /.exec(start)?.[1];
    // An explanation may look like anything: only what surely begins a message of its own ends it.
    if (
      this.#open === 'place' &&
      !/^(?:ERROR|WARNING|INFO|\*\*|Setting |Pipeline |Execution |Freeing |Got |New clock|\[exit )/.test(start)
    ) {
      return entry('detail', 'none', text, '', [], undefined, true);
    }
    if (this.#open === 'error' && path.length > 0 && /\(\d+\): /.test(start)) {
      this.#open = 'place';
      return entry('detail', 'none', text, path.at(-1), path, undefined, true);
    }
    for (const [shape, kind, level] of SHAPES) {
      if (!shape.test(start)) continue;
      if (kind === 'detail') {
        const continues = this.#open !== 'none';
        this.#open = path.length > 0 ? 'place' : 'error';
        return entry(kind, level, text, path.at(-1), path, undefined, continues);
      }
      this.#open = kind === 'error' ? 'error' : 'none';
      this.#explained = 0;
      const own = /^(?:WARNING|INFO)(?:: from| from)/.test(start)
        ? start.startsWith('W')
          ? 'warning'
          : 'info'
        : level;
      return entry(
        own === 'warning' && kind === 'error' ? 'warning' : kind,
        kind === 'tensorrt' ? trtLevel(start, level) : own,
        text,
        at ?? path.at(-1),
        path,
      );
    }
    if (afterDebug && /^(?:\s{2,}|\t|[<{}[\])]|[0-9a-f]{8}: )/.test(start)) {
      this.#debug = true;
      return entry('debug', 'none', text, '', [], undefined, true);
    }
    if (this.#open === 'error' && this.#explained < EXPLANATION) {
      this.#explained++;
      return entry('detail', 'none', text, '', [], undefined, true);
    }
    this.#open = 'none';
    return entry(this.#seen(start) ? 'repeat' : 'plain', 'none', text);
  }

  /** Whether a line of this shape came before. A program that never repeats itself must not fill the memory. */
  #seen(text: string): boolean {
    const shape = text.replace(/\d+(?:[.:]\d+)*|'[^']*'|"[^"]*"/g, '0');
    if (this.#shapes.has(shape)) return true;
    if (this.#shapes.size >= SHAPES_KEPT) this.#shapes.clear();
    this.#shapes.add(shape);
    return false;
  }
}

const trtLevel = (text: string, level: LogLevel): LogLevel =>
  text.startsWith('ERROR') ? 'error' : text.startsWith('WARN') ? 'warning' : text.startsWith('INFO') ? 'info' : level;

function entry(
  kind: LogKind,
  level: LogLevel,
  text: string,
  element = '',
  path: readonly string[] = [],
  debug?: DebugRecord,
  continues = false,
): LogEntry {
  return { kind, level, text, element, path, ...(debug ? { debug } : {}), continues };
}

/** `pipeline0`, `decodebin0`, `typefind` of `/GstPipeline:pipeline0/GstDecodeBin:decodebin0/GstTypeFindElement:typefind:`. */
function pathOf(text: string): string[] {
  const path = /(?:^|\s)((?:\/\w+:[^/:\s]+)+)(?:\.Gst\w*Pad:\w+)?:?(?=\s|$)/.exec(text)?.[1];
  return path === undefined
    ? []
    : path
        .split('/')
        .slice(1)
        .map((step) => step.slice(step.indexOf(':') + 1));
}
