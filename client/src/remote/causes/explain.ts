/**
 * What the messages of a run mean: lines in, explanations out, one for each message that is known or is an error. A message
 * may have several lines, of which one tells most. Where it belongs in the text is for the server to say, who knows the text.
 */
import type { RunClues } from '../../../../server/src/protocol.ts';
import type { DebugRecord } from '../streams/gst-debug.ts';
import type { LogEntry } from '../streams/log.ts';
import type { Cause, CauseTable, Recognised } from './table.ts';

export interface Explanation {
  /** Number of its first line, as the log counts. */
  readonly line: number;
  readonly severity: Cause['severity'];
  /** The first line. */
  readonly headline: string;
  /** Undefined for an error that no table has. */
  readonly cause: Cause | undefined;
  /** What it means, what usually leads to it, what to do: whole sentences, empty where nothing is known. */
  readonly meaning: string;
  readonly usually: string;
  readonly fix: string;
  /** What the message says of its place in the text. */
  readonly clues: RunClues;
}

/** Lines of one message that are looked at. */
const MOST_LINES = 12;
/** Lines in which the bus may repeat what GST_DEBUG told. */
const PATIENCE = 200;
const NONE: readonly Explanation[] = [];
/** Messages that are remembered, so that each is told once. */
const MOST_KNOWN = 2_000;

interface Message {
  readonly line: number;
  readonly entry: LogEntry;
  readonly texts: string[];
  path: readonly string[];
}

/** Explains the lines of one run, in order. */
export class Explainer {
  readonly #table: CauseTable;
  readonly #told = new Map<string, number>();
  /** Errors that GST_DEBUG told first: the bus tells them again, with the path of the element. */
  readonly #waiting = new Map<string, Explanation>();
  readonly #open: { said: Message | undefined; debug: Message | undefined } = { said: undefined, debug: undefined };
  #refused: RunClues['refused'];

  constructor(table: CauseTable) {
    this.#table = table;
  }

  /** The next line. What is returned are messages that it ended and that have something to tell, mostly none. */
  take(entry: LogEntry, line: number): readonly Explanation[] {
    if (entry.debug) this.#listen(entry.debug);
    // Other threads write GST_DEBUG between the lines of a message, which does not end it.
    const slot = entry.kind === 'debug' || entry.kind === 'tracer' ? 'debug' : 'said';
    const open = this.#open[slot];
    if (open && (entry.continues || belongTogether(open.entry.debug, entry.debug))) {
      if (open.texts.length < MOST_LINES) open.texts.push(entry.text);
      if (entry.path.length > 0) open.path = entry.path;
      return NONE;
    }
    const before = this.#finish(slot);
    if (worthALook(entry)) this.#open[slot] = { line, entry, texts: [entry.text], path: entry.path };
    const waiting = this.#open[slot === 'said' ? 'debug' : 'said'];
    const long = waiting && line - waiting.line > PATIENCE ? this.#finish(slot === 'said' ? 'debug' : 'said') : NONE;
    if (long.length === 0 && this.#waiting.size === 0) return before;
    return [...before, ...long, ...this.#release((one) => line - one.line > PATIENCE)];
  }

  /** At the end of the run, or after a while of silence: what is still open. */
  finish(): readonly Explanation[] {
    return [...this.#finish('debug'), ...this.#finish('said'), ...this.#release(() => true)];
  }

  /** How often a message came that was told once. */
  count({ headline, cause, clues }: Pick<Explanation, 'headline' | 'cause' | 'clues'>): number {
    return this.#told.get(keyOf(headline, cause, clues)) ?? 0;
  }

  /** Before 1.20 only DEBUG tells of caps that a pad did not take. */
  #listen({ category, object, message }: DebugRecord): void {
    if (category !== 'GST_CAPS' && category !== 'GST_PADS') return;
    const caps = /^caps (.+) not accepted/.exec(message)?.[1];
    if (caps !== undefined) this.#refused = { pad: object, caps };
  }

  #release(due: (one: Explanation) => boolean): Explanation[] {
    const released: Explanation[] = [];
    for (const [key, one] of this.#waiting) {
      if (!due(one)) continue;
      this.#waiting.delete(key);
      released.push(one);
    }
    return released;
  }

  #finish(slot: 'said' | 'debug'): readonly Explanation[] {
    const message = this.#open[slot];
    this.#open[slot] = undefined;
    if (!message) return NONE;
    const found = best(message.texts.flatMap((text) => this.#table.recognise(text) ?? []));
    const { entry } = message;
    if (!found && entry.kind !== 'error' && !(entry.level === 'error' && entry.debug === undefined)) return NONE;
    if (found && quiet(entry) && found.cause.severity !== 'info' && found.cause.severity !== 'noise') return NONE;
    const words = { ...(entry.element === '' ? {} : { element: entry.element }), ...found?.words };
    const clues: RunClues = {
      path: message.path,
      words,
      rules: found?.cause.rules ?? [],
      ...(found?.cause.unmet && { unmet: true, ...(this.#refused && { refused: this.#refused }) }),
    };
    const headline = headlineOf(message);
    const key = keyOf(headline, found?.cause, clues);
    const times = (this.#told.get(key) ?? 0) + 1;
    if (this.#told.size >= MOST_KNOWN) this.#told.clear();
    this.#told.set(key, times);
    const waited = this.#waiting.delete(key);
    if (times > 1 && !waited) return NONE;
    const fill = (text: string | undefined): string =>
      (text ?? '').replace(/\{(\w+)\}/g, (_, name: string) => words[name as keyof typeof words] ?? '…');
    const explanation: Explanation = {
      line: message.line,
      severity: found?.cause.severity ?? (entry.level === 'warning' ? 'warning' : 'error'),
      headline,
      cause: found?.cause,
      meaning: fill(found?.cause.meaning),
      usually: fill(found?.cause.cause),
      fix: fill(found?.cause.fix),
      clues,
    };
    if (!entry.debug || !POSTED.test(entry.debug.message)) return [explanation];
    this.#waiting.set(key, explanation);
    return NONE;
  }
}

/** How GST_DEBUG tells what an element posts on the bus: a line for the text, and one for its reason. */
const POSTED = /^(?:error|warning): /;

const belongTogether = (one: DebugRecord | undefined, other: DebugRecord | undefined): boolean =>
  one !== undefined &&
  other !== undefined &&
  POSTED.test(one.message) &&
  POSTED.test(other.message) &&
  one.object === other.object &&
  one.file === other.file &&
  one.line === other.line;

/** GST_DEBUG below INFO tells no causes, and INFO only what is no failure. */
const worthALook = ({ debug, kind }: LogEntry): boolean =>
  kind !== 'blank' && kind !== 'tracer' && (!debug || /^(?:ERROR|WARN|INFO)$/.test(debug.level));

const quiet = ({ debug }: LogEntry): boolean => debug?.level === 'INFO';

/** The first that is neither a consequence nor general; else the first general one; else the consequence. */
function best(found: readonly Recognised[]): Recognised | undefined {
  return (
    found.find(({ cause }) => !cause.follows && !cause.general) ?? found.find(({ cause }) => !cause.follows) ?? found[0]
  );
}

/** GST_DEBUG repeats on WARN what the bus tells, so the message itself and not its line is the headline. */
const headlineOf = ({ entry }: Message): string => (entry.debug ? entry.debug.message : entry.text).trim();

/** An error with its reason, whether the bus or GST_DEBUG told it, is one. */
const keyOf = (headline: string, cause: Cause | undefined, { words, path }: RunClues): string =>
  cause ? [cause.id, ...Object.entries(words).flat()].join('\0') : [headline, ...path].join('\0');
