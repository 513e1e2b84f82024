import type { Edit } from './edit.ts';
import type { OffsetMap } from './offset-map.ts';
import type { Span } from './span.ts';

/** The character that fills a hole in an excerpt: what stands there is known only when the program runs. */
export const HOLE = '\uFFFC';

/** A stretch of an excerpt that is known only at run time: `$WIDTH`, `{width}`, `%d`. Filled with {@link HOLE}s. */
export interface Hole {
  /** Where the filler stands in the excerpt. */
  readonly span: Span;
  /** What the document says there, as written. */
  readonly source: string;
}

/**
 * How sure the host is that this text is meant to be run as it stands.
 * `code`: it is given to GStreamer. `comment`: a command in a comment or prose; gets hints at most.
 * `guess`: a bare string that looks like a pipeline.
 */
export type Certainty = 'code' | 'comment' | 'guess';

/** What the host program that receives the pipeline demands of it beyond GStreamer's own grammar. */
export type Consumer =
  | 'gst-launch'
  | 'parse-launch'
  | 'opencv-capture'
  | 'opencv-writer'
  | 'rtsp-factory'
  | 'jetson-utils';

/** A mistake in the host's own language that changes what the pipeline becomes, found by the host. Spans are the document's. */
export interface HostProblem {
  /** Slug; the finding's rule id. A rule file of that name holds title, reason and examples. */
  readonly rule: string;
  readonly severity: 'error' | 'warning' | 'hint';
  readonly span: Span;
  readonly message: string;
  readonly fixes?: readonly { readonly title: string; readonly edits: readonly Edit[]; readonly safe: boolean }[];
}

/** A pipeline or a configuration lifted out of a document as the text that its program would be given. */
export interface Excerpt {
  readonly language: 'launch' | 'config';
  /** The text after the host's unescaping, with holes filled by {@link HOLE}. */
  readonly text: string;
  /** From the text back to the document. */
  readonly map: OffsetMap;
  readonly holes: readonly Hole[];
  /** Id of the host that found it. */
  readonly host: string;
  /** Where in the host: `command`, `call:parse_launch`, `string`, `comment`, `assignment`, `argv-list`, `value:KEY`, `fence` … */
  readonly context: string;
  readonly certainty: Certainty;
  readonly consumer: Consumer;
  /** The whole construct in the document: the command, the call, the literal. */
  readonly span: Span;
  /** gst-launch's own options found in the command, with their document spans. */
  readonly options: readonly { readonly text: string; readonly span: Span }[];
  /** True where the text is a part of a pipeline that a program puts together; then ends are not judged. */
  readonly fragment: boolean;
  readonly problems: readonly HostProblem[];
  /** For a configuration: what is known of it from outside. */
  readonly config?: ConfigOrigin;
  /**
   * The text as the host would have it written at that place: escapes and quotes put in. `at` is the excerpt offset it
   * goes to, `end` the one up to which it replaces what is there; equal to `at` for an insertion.
   */
  write(text: string, at: number, end?: number): string;
}

/** How a configuration came to be one: a file's name tells its syntax, a file that refers to it the format it expects. */
export interface ConfigOrigin {
  /** Format id; undefined where the text alone has to tell. */
  readonly format: string | undefined;
  readonly syntax: 'ini' | 'yaml' | 'other';
}

/** What a host is asked about. */
export interface HostFile {
  /** Path or URI path with `/`; decides by name and extension. Empty when there is none. */
  readonly path: string;
  /** VS Code language id; `undefined` when not known. */
  readonly languageId?: string;
}

/** Finds excerpts in one kind of document. Pure: text in, excerpts out; never throws. */
export interface Host {
  readonly id: string;
  /** VS Code language ids that belong to this host. */
  readonly languageIds: readonly string[];
  accepts(file: HostFile): boolean;
  /** `known(name)` tells whether an element of that name is in the tables; bare strings are judged by it. */
  excerpts(text: string, around: HostAround): Excerpt[];
}

/** What hosts may ask of the rest of the program. */
export interface HostAround {
  known(element: string): boolean;
  /** Whether the document as a whole is a DeepStream configuration, and which; undefined where it is none. */
  configuration?(text: string): ConfigOrigin | undefined;
  /** The host for a language id, for documents within documents (a fence in Markdown, `run:` in YAML). */
  host(languageId: string): Host | undefined;
}

/** Whether the span of excerpt text has anything unknown in it. */
export const touchesHole = (excerpt: Pick<Excerpt, 'holes'>, s: Span): boolean =>
  excerpt.holes.some((hole) => hole.span.start < s.end && s.start < hole.span.end);
