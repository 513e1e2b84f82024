import type { Edit } from '../text/edit.ts';
import type { Span } from '../text/span.ts';
import type { Reading } from './read.ts';

export type Severity = 'error' | 'warning' | 'hint';

/** What a rule says about one place. Spans are the excerpt's. */
export interface Finding {
  readonly span: Span;
  /** What, why, and what to do where there is no fix; one or two sentences. */
  readonly message: string;
  /** Where it differs from the rule's own. */
  readonly severity?: Severity;
  readonly related?: readonly Related[];
  readonly fixes?: readonly Fix[];
  readonly tag?: 'unnecessary' | 'deprecated';
  /** True where another error inside the span is the cause, if there is one: then that is told, and this is not. */
  readonly givesWay?: boolean;
}

/** The other end of a conflict. `path` is another file's, as in {@link Around}; undefined means this text. */
export interface Related {
  readonly span: Span;
  readonly message: string;
  readonly path?: string;
}

export interface Fix {
  /** In the imperative: "Insert nvvidconv". */
  readonly title: string;
  readonly edits: readonly Edit[];
  /** Safe ones keep the meaning that was surely meant, and may be applied to a whole file or by `gst-lint --fix`. */
  readonly safe: boolean;
}

/** A kind of mistake: what it is, why it matters, how to see and to mend it. One file a rule; the file's name is the id. */
export interface Rule {
  readonly id: string;
  readonly title: string;
  /** The reason, and what it costs. */
  readonly why: string;
  readonly severity: Severity;
  /** What it looks at: commands, configurations, or pipelines of both kinds. */
  readonly on: 'launch' | 'config' | 'pipeline';
  readonly examples: readonly RuleExample[];
  check(reading: Reading, around: Around): Iterable<Finding>;
}

/** `bad` gives exactly this finding and no other error or warning; `good` gives none; bad with its first fix is good, where it has one. */
export interface RuleExample {
  readonly bad: string;
  readonly good: string;
  /** A target's id; the default target where left out. */
  readonly target?: string;
  /** The language the example is written in, where it is not the rule's own: `shellscript`, `python`. */
  readonly language?: string;
  /** What both texts are called, where the rule looks at the name. */
  readonly names?: { readonly bad: string; readonly good: string };
  /** Other files of a config example, path → text. */
  readonly files?: Readonly<Record<string, string>>;
}

/** Other files, already read; how the world outside the text is asked. All paths are relative to the text's own folder or absolute. */
export interface Around {
  /** Where the text itself lies; undefined where it is not a file. */
  readonly path: string | undefined;
  /** Undefined where it cannot be known (the path is another machine's, or no folder is open). */
  exists(path: string): boolean | undefined;
  /**
   * The readings of another file of the project; empty where it cannot be read or has none. `format` is the id of the
   * configuration that is expected there.
   */
  readings(path: string, format?: string): readonly Reading[];
  /** The text of a small file; undefined where it cannot be read. */
  text(path: string): string | undefined;
  /** Names of the files in the folder that the path lies in; empty where that is another machine's or is not there. */
  beside(path: string): readonly string[];
}
