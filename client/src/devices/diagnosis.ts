/** What a point of the checklist is: a question to the device in a few lines of shell, and a pure reading of the answer. One file a point in `diagnose/`. */
import type { Board } from './board-facts.ts';
import type { Release } from './releases.ts';

export interface Point {
  readonly id: string;
  /** `CSI camera daemon`. */
  readonly title: string;
  /** Shell lines for /bin/sh that change nothing and print what `read` needs; empty where the board's facts are enough. */
  readonly script: string;
  readonly read: (out: string, around: { readonly board: Board; readonly releases: readonly Release[] }) => Result;
}

export interface Result {
  /** `unknown`: the device does not say, or is no Jetson. */
  readonly is: 'good' | 'bad' | 'note' | 'unknown';
  /** What was found, in one or two sentences. */
  readonly text: string;
  readonly fix?: PointFix;
}

export interface PointFix {
  /** In words, with the command to type. */
  readonly text: string;
  /** Can be run as root after a yes. */
  readonly words?: readonly string[];
}

export interface Diagnosis extends Result {
  readonly id: string;
  readonly title: string;
}

export const good = (text: string): Result => ({ is: 'good', text });
export const unknown = (text: string): Result => ({ is: 'unknown', text });
