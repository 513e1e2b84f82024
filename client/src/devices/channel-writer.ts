/** Writes lines into an output channel in pieces: the editor is asked once a while and not for each line. A flood is thinned, and says so. */

/** Milliseconds between two pieces. */
const PAUSE = 100;
/** Lines of one piece; of more only the latest are shown. */
const MOST = 2000;

export interface Channel {
  append(text: string): void;
}

export class ChannelWriter {
  readonly #channel: Channel;
  #lines: string[] = [];
  #skipped = 0;
  #timer: NodeJS.Timeout | undefined;

  constructor(channel: Channel) {
    this.#channel = channel;
  }

  take(line: string): void {
    this.#lines.push(line);
    if (this.#lines.length >= 2 * MOST) {
      this.#skipped += this.#lines.length - MOST;
      this.#lines = this.#lines.slice(-MOST);
    }
    this.#timer ??= setTimeout(() => this.finish(), PAUSE);
  }

  /** Writes what is left. */
  finish(): void {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    if (this.#lines.length === 0) return;
    const skipped = this.#skipped > 0 ? `… ${this.#skipped} lines are left out here …\n` : '';
    this.#channel.append(`${skipped}${this.#lines.join('\n')}\n`);
    this.#lines = [];
    this.#skipped = 0;
  }
}
