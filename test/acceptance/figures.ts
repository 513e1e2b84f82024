/**
 * What an acceptance measurement hands back: figures with their bars. `scripts/acceptance.ts` runs all measurements
 * of this folder on a folder of corpus files and prints them; a figure under its bar makes the command fail.
 */

export interface Figure {
  /** Short and stable, in the imperative of what is measured: `syntax verdict equal (torture.jsonl)`. */
  readonly name: string;
  /** A share from 0 to 1 where `unit` is `share`, else a count. */
  readonly value: number;
  readonly unit: 'share' | 'count';
  /** What must be reached: at least for a share, at most for a count. Undefined: told, but not judged. */
  readonly bar: number | undefined;
  /** The numbers behind the value, by what they count: `{ equal: 2390, judged: 2391, unjudged: 40 }`. */
  readonly counts: Readonly<Record<string, number>>;
  /** Every case that fell short, one line each: `p0147: GStreamer refuses, we accept: …`. */
  readonly exceptions: readonly string[];
}

/** What every measurement is given: a folder with `pipelines.jsonl`, `torture.jsonl` and whatever else it looks for. */
export interface Corpus {
  readonly folder: string;
  /** The rows of a JSON-lines file in the folder; empty where there is no such file. Lines that are no JSON throw. */
  rows<Row>(file: string): readonly Row[];
}

/** A measurement: `syntaxFigures`, `hostFigures`, `graphFigures`, `valueFigures`, `silenceFigures`. */
export type Measure = (corpus: Corpus) => Promise<readonly Figure[]> | readonly Figure[];

/** The corpus' names of languages as VS Code's, where they differ. */
export const LANGUAGES: Readonly<Record<string, string>> = {
  sh: 'shellscript',
  md: 'markdown',
  py: 'python',
  js: 'javascript',
  systemd: 'systemd-unit-file',
  plain: 'plaintext',
  cs: 'csharp',
};

/** A share as a figure; 1 where nothing was judged. */
export function share(
  name: string,
  equal: number,
  judged: number,
  bar: number | undefined,
  exceptions: readonly string[] = [],
  counts: Readonly<Record<string, number>> = {},
): Figure {
  const value = judged === 0 ? 1 : equal / judged;
  return { name, value, unit: 'share', bar, counts: { equal, judged, ...counts }, exceptions };
}

/** A count of things that should not be, as a figure. */
export function count(
  name: string,
  value: number,
  bar: number | undefined,
  exceptions: readonly string[] = [],
  counts: Readonly<Record<string, number>> = {},
): Figure {
  return { name, value, unit: 'count', bar, counts, exceptions };
}

/** Whether the figure reaches its bar. */
export function reached(figure: Figure): boolean {
  if (figure.bar === undefined) return true;
  return figure.unit === 'share' ? figure.value >= figure.bar : figure.value <= figure.bar;
}
