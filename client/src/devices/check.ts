/** What a check before a run is: a pure look at what is planned, what the board is, and what it answered. One file a check in `preflight/`. */
import type { Board } from './board-facts.ts';
import type { Planned } from './plan.ts';
import type { Release } from './releases.ts';

export interface Check {
  readonly id: string;
  /** It looks at names of elements alone, which hold also for a script that fills in the rest as it runs. */
  readonly byNames?: true;
  /** What must be asked of the device for it, beside what the board says anyway. */
  readonly asks?: (planned: Planned) => Partial<Questions>;
  readonly run: (around: Around) => readonly Finding[];
}

/** A finding is a promise: an error surely fails, a warning runs but costs or misses something. */
export interface Finding {
  readonly severity: 'error' | 'warning';
  /** What is wrong and what to do, in one or two sentences. */
  readonly text: string;
}

export interface Questions {
  /** Elements that are asked for by name. */
  readonly elements: readonly string[];
  /** Programs that must be on the PATH. */
  readonly programs: readonly string[];
  /** Files, as the program is given them. */
  readonly files: readonly string[];
}

export interface Answers {
  /** Undefined where the device could not tell. */
  readonly hasElement: (name: string) => boolean | undefined;
  readonly hasProgram: (name: string) => boolean | undefined;
  /** Seconds since 1970 of a file's last change; undefined where it is not there, `unknown` where nobody could tell. */
  readonly changed: (path: string) => number | undefined | 'unknown';
  /** Whether something listens on the port. */
  readonly taken: (protocol: 'tcp' | 'udp', port: number) => boolean;
}

export interface Around {
  readonly planned: Planned;
  readonly board: Board;
  readonly answers: Answers;
  readonly releases: readonly Release[];
}
