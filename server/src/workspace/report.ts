import type { Analysis } from './document.ts';

/** A way to put findings on paper. One file in `reports/` each; the file's name is the id. */
export interface Report {
  readonly id: string;
  /** In a few words, for `gst-lint --help`. */
  readonly title: string;
  /** The whole report; ends in a line end unless it is empty. */
  write(analyses: readonly Analysis[], circumstances: Circumstances): string;
}

/** What a report says beside the findings. */
export interface Circumstances {
  /** How a document is called: its path as seen from where the program was started, with `/`. */
  nameOf(uri: string): string;
  /** The program's version. */
  readonly version: string;
  /** Whether colours may be used. */
  readonly colour: boolean;
  /** The text of another file that findings point at; undefined where it cannot be read. */
  textOf(uri: string): string | undefined;
}
