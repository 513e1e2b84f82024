/**
 * What the messages of a run mean: lines in, explanations out, one for each message that is known or is an error. A message
 * may have several lines, of which one tells most. Where it belongs in the text is for the server to say, who knows the text.
 */
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
  readonly clues: Clues;
}

/** What the message says of its place. */
export interface Clues {
  /** Names from the outermost bin to the element. */
  readonly path: readonly string[];
  /** Parts of the message by what they are: `element`, `from`, `to`, `factory`, `property`, `file`, `key`, `group`. */
  readonly words: Readonly<Record<string, string>>;
  /** Rules that may have found the same in the text. */
  readonly rules: readonly string[];
  /** Caps that were offered to a pad and not taken, where GST_DEBUG told so before. */
  readonly refused?: { readonly pad: string; readonly caps: string };
}

/** Lines of one message that are looked at. */
const MOST_LINES = 12;
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
  #open: Message | undefined;
  #refused: Clues['refused'];

  constructor(table: CauseTable) {
    this.#table = table;
  }

  /** The next line. What is returned is the message that it ended, if that has something to tell. */
  take(entry: LogEntry, line: number): Explanation | undefined {
    if (entry.debug) this.#listen(entry.debug.level, entry.debug.category, entry.debug.object, entry.debug.message);
    if (entry.continues && this.#open) {
      const { texts } = this.#open;
      if (texts.length < MOST_LINES) texts.push(entry.text);
      if (entry.path.length > 0) this.#open.path = entry.path;
      return undefined;
    }
    const before = this.#finish();
    if (worthALook(entry)) this.#open = { line, entry, texts: [entry.text], path: entry.path };
    return before;
  }

  /** At the end of the run, or after a while of silence: the message that is still open. */
  finish(): Explanation | undefined {
    return this.#finish();
  }

  /** How often a message came that was told once. */
  count({ headline, cause, clues }: Pick<Explanation, 'headline' | 'cause' | 'clues'>): number {
    return this.#told.get(keyOf(headline, cause, clues)) ?? 0;
  }

  #listen(level: string, category: string, pad: string, message: string): void {
    if (level !== 'WARN' && level !== 'INFO') return;
    if (category !== 'GST_CAPS' && category !== 'GST_PADS') return;
    const caps = /^caps (.+) not accepted/.exec(message)?.[1];
    if (caps !== undefined) this.#refused = { pad, caps };
  }

  #finish(): Explanation | undefined {
    const message = this.#open;
    this.#open = undefined;
    if (!message) return undefined;
    const found = best(message.texts.flatMap((text) => this.#table.recognise(text) ?? []));
    const { entry } = message;
    if (!found && entry.kind !== 'error' && !(entry.level === 'error' && entry.debug === undefined)) return undefined;
    if (found && quiet(entry) && found.cause.severity !== 'info' && found.cause.severity !== 'noise') return undefined;
    const words = { ...(entry.element === '' ? {} : { element: entry.element }), ...found?.words };
    const clues: Clues = {
      path: message.path,
      words,
      rules: found?.cause.rules ?? [],
      ...(found?.cause.id === 'not-negotiated' && this.#refused && { refused: this.#refused }),
    };
    const headline = headlineOf(message);
    const key = keyOf(headline, found?.cause, clues);
    const times = (this.#told.get(key) ?? 0) + 1;
    if (this.#told.size >= MOST_KNOWN) this.#told.clear();
    this.#told.set(key, times);
    if (times > 1) return undefined;
    const fill = (text: string | undefined): string =>
      (text ?? '').replace(/\{(\w+)\}/g, (_, name: string) => words[name as keyof typeof words] ?? '…');
    return {
      line: message.line,
      severity: found?.cause.severity ?? (entry.level === 'warning' ? 'warning' : 'error'),
      headline,
      cause: found?.cause,
      meaning: fill(found?.cause.meaning),
      usually: fill(found?.cause.cause),
      fix: fill(found?.cause.fix),
      clues,
    };
  }
}

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
const keyOf = (headline: string, cause: Cause | undefined, { words, path }: Clues): string =>
  cause ? [cause.id, ...Object.entries(words).flat()].join('\0') : [headline, ...path].join('\0');
