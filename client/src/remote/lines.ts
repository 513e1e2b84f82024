/**
 * Bytes into lines, for every program that runs anywhere: decoded once as a stream, cut at line ends, bounded in length and
 * in number. What a line means is for the streams to say.
 */
import { StringDecoder } from 'node:string_decoder';

export interface Line {
  /** Without its line end. */
  readonly text: string;
  readonly from: 'out' | 'err';
  /** Milliseconds on this machine's clock when its end arrived: a board's clock may be wrong. */
  readonly at: number;
  /** The line was longer than {@link LONGEST} and goes on in the next one. */
  readonly cut?: true;
}

/** Characters after which a line is cut, so that a program without line ends cannot fill the memory. */
export const LONGEST = 65_536;

/** A stream of text cut into lines. `\n`, `\r\n` and a lone `\r` (progress lines that overwrite each other) end a line. */
export class LineCutter {
  readonly #decoder = new StringDecoder('utf8');
  readonly #from: Line['from'];
  #rest = '';
  #skipNewline = false;

  constructor(from: Line['from']) {
    this.#from = from;
  }

  /** Lines that the piece completes. A broken UTF-8 sequence becomes U+FFFD. */
  take(piece: Uint8Array): Line[] {
    return this.#cut(this.#decoder.write(Buffer.from(piece.buffer, piece.byteOffset, piece.byteLength)));
  }

  /** What is left when the stream ends. */
  finish(): Line[] {
    const lines = this.#cut(this.#decoder.end());
    if (this.#rest !== '') lines.push(this.#line(this.#rest));
    this.#rest = '';
    return lines;
  }

  #cut(piece: string): Line[] {
    let text = piece;
    if (this.#skipNewline && text !== '') {
      if (text.startsWith('\n')) text = text.slice(1);
      this.#skipNewline = false;
    }
    const lines: Line[] = [];
    let start = 0;
    for (const match of text.matchAll(/\r\n|\n|\r/g)) {
      lines.push(...this.#long(this.#rest + text.slice(start, match.index)));
      this.#rest = '';
      start = match.index + match[0].length;
      if (match[0] === '\r' && start === text.length) this.#skipNewline = true;
    }
    this.#rest += text.slice(start);
    while (this.#rest.length > LONGEST) {
      lines.push({ ...this.#line(this.#rest.slice(0, LONGEST)), cut: true });
      this.#rest = this.#rest.slice(LONGEST);
    }
    return lines;
  }

  #long(text: string): Line[] {
    const lines: Line[] = [];
    let at = 0;
    for (; text.length - at > LONGEST; at += LONGEST) {
      lines.push({ ...this.#line(text.slice(at, at + LONGEST)), cut: true });
    }
    lines.push(this.#line(text.slice(at)));
    return lines;
  }

  #line(text: string): Line {
    return { text, from: this.#from, at: Date.now() };
  }
}

/** How many lines wait for a reader before the source is held back, and at how many it may go on. */
const HIGH = 20_000;
const LOW = 5_000;

/** What can be held back while the reader catches up. */
export interface Valve {
  pause(): void;
  resume(): void;
}

/** A queue of lines with one reader. Lines are never dropped: the valve is closed while many wait. */
export class LineQueue implements AsyncIterable<Line> {
  readonly #waiting: Line[] = [];
  #head = 0;
  #wake: (() => void) | undefined;
  #ended = false;
  #held = false;
  #left = false;
  readonly #valve: Valve;

  constructor(valve: Valve) {
    this.#valve = valve;
  }

  push(lines: readonly Line[]): void {
    if (this.#left || lines.length === 0) return;
    for (const line of lines) this.#waiting.push(line);
    if (!this.#held && this.#waiting.length - this.#head > HIGH) {
      this.#held = true;
      this.#valve.pause();
    }
    this.#wake?.();
  }

  end(): void {
    this.#ended = true;
    this.#wake?.();
  }

  async *[Symbol.asyncIterator](): AsyncIterator<Line> {
    try {
      while (true) {
        const line = this.#waiting[this.#head];
        if (line) {
          this.#head += 1;
          if (this.#head > 4096) {
            this.#waiting.splice(0, this.#head);
            this.#head = 0;
          }
          if (this.#held && this.#waiting.length - this.#head < LOW) {
            this.#held = false;
            this.#valve.resume();
          }
          yield line;
        } else if (this.#ended) return;
        else {
          await new Promise<void>((resolve) => {
            this.#wake = resolve;
          });
          this.#wake = undefined;
        }
      }
    } finally {
      // A reader that leaves early must not leave the program hanging on a full pipe.
      this.#left = true;
      this.#waiting.length = 0;
      if (this.#held) this.#valve.resume();
    }
  }
}
