/** Asks the real GStreamer about pairs of caps through `gst_caps_oracle.py`, and says the same of ours. */
import { type ChildProcessByStdio, spawn, spawnSync } from 'node:child_process';
import { createInterface } from 'node:readline';
import type { Readable, Writable } from 'node:stream';
import { fileURLToPath } from 'node:url';
import {
  canIntersect,
  fixate,
  intersect,
  isEqual,
  isSubset,
  merge,
  normalize,
  printCaps,
  simplify,
  subtract,
} from '../../server/src/caps/algebra.ts';
import type { Caps } from '../../server/src/caps/caps.ts';
import { parseCaps } from '../../server/src/syntax/caps/lower.ts';

export interface Pair {
  readonly a: string;
  readonly b: string;
  /** Whether normal form, simplification and difference are asked for too. */
  readonly heavy: boolean;
}

/** What is made of a pair, by operation; null where the library gives nothing. */
export type Answer = Readonly<Record<string, string | boolean | null>>;

/** The answer where GStreamer ended instead of answering. */
export const CRASHED: Answer = { crashed: true };

const PROGRAM = fileURLToPath(new URL('gst_caps_oracle.py', import.meta.url));
const PYTHON = '/usr/bin/python3';

/** Version of the GStreamer that would be asked; undefined where there is none. */
export function gstreamerVersion(): string | undefined {
  const { stdout } = spawnSync(PYTHON, [PROGRAM], { input: '{"op":"version"}\n', encoding: 'utf8' });
  return stdout?.startsWith('{') ? (JSON.parse(stdout) as { version: string }).version : undefined;
}

/** The pad templates of all plugins that are installed. */
export function installedTemplates(): readonly string[] {
  const { stdout } = spawnSync(PYTHON, [PROGRAM], {
    input: '{"op":"templates"}\n',
    encoding: 'utf8',
    maxBuffer: 64_000_000,
  });
  return stdout ? (JSON.parse(stdout) as { templates: string[] }).templates : [];
}

/** A running GStreamer. Call `close()` when done. */
export class CapsOracle {
  #child: ChildProcessByStdio<Writable, Readable, null> | undefined;
  #lines: AsyncIterator<string> | undefined;

  /** Answers in the order of the pairs. */
  async ask(pairs: readonly Pair[]): Promise<Answer[]> {
    const answers: Answer[] = [];
    while (answers.length < pairs.length) {
      this.#start();
      const rest = pairs.slice(answers.length);
      this.#child!.stdin.write(rest.map((pair) => `${JSON.stringify({ op: 'pair', ...pair })}\n`).join(''));
      for (const pair of rest) {
        const line = await this.#lines!.next();
        // A failed assertion of the library is printed on stdout before the program ends.
        if (!line.done && line.value.startsWith('{')) {
          answers.push(JSON.parse(line.value) as Answer);
          continue;
        }
        this.#child = undefined;
        answers.push(pair.heavy ? (await this.ask([{ ...pair, heavy: false }]))[0]! : CRASHED);
        break;
      }
    }
    return answers;
  }

  close(): void {
    this.#child?.stdin.end();
    this.#child?.kill();
  }

  #start(): void {
    if (this.#child) return;
    const child = spawn(PYTHON, [PROGRAM], { stdio: ['pipe', 'pipe', 'ignore'] });
    child.stdin.on('error', () => {});
    this.#child = child;
    this.#lines = createInterface({ input: child.stdout })[Symbol.asyncIterator]();
  }
}

/** What we make of the pair, in the oracle's words. */
export function ourAnswer(pair: Pair): Answer {
  const a = parseCaps(pair.a).caps;
  const b = parseCaps(pair.b).caps;
  const answer: Record<string, string | boolean | null> = { a: printed(a), b: printed(b) };
  if (a === undefined || b === undefined) return answer;
  answer.intersect = printCaps(intersect(a, b));
  answer.zigZag = printCaps(intersect(a, b, 'zig-zag'));
  answer.canIntersect = canIntersect(a, b);
  answer.aSubset = isSubset(a, b);
  answer.bSubset = isSubset(b, a);
  answer.equal = isEqual(a, b);
  answer.merged = printCaps(merge(a, b));
  if (a !== 'any' && a.length > 0) answer.fixated = printCaps(fixate(a));
  if (pair.heavy) {
    answer.normalized = printCaps(normalize(a));
    answer.simplified = printCaps(simplify(a));
    if (a !== 'any') answer.minus = printed(subtract(a, b));
  }
  return answer;
}

/** The operations on which ours differs; those that the library was not asked for, or ended on, are not judged. */
export function differences(theirs: Answer, ours: Answer): string[] {
  if (theirs.crashed) return [];
  return Object.keys(theirs).filter((operation) => theirs[operation] !== ours[operation]);
}

const printed = (caps: Caps | undefined): string | null => (caps === undefined ? null : printCaps(caps));
