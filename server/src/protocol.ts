/**
 * Names and payloads of what client and server say to each other beyond LSP, and the settings both know.
 * Imports nothing, so that every room may know it.
 */

/** The section that all settings live in. */
export const SECTION = 'jetsonPipelines';

/** What a person can set, as the server uses it: always whole, defaults filled in. */
export interface Settings {
  /** Target id, `orin-nano-8gb`; empty: any Jetson is assumed. */
  readonly target: string;
  /** Rule id → severity; a rule that is not named keeps its own. */
  readonly rules: Readonly<Record<string, 'error' | 'warning' | 'hint' | 'off'>>;
  /** Whether files that are not open are looked at too. */
  readonly scope: 'open' | 'workspace';
}

export const defaultSettings: Settings = { target: '', rules: {}, scope: 'workspace' };

/** Client → server: how was this document read? Answer: {@link ShowReadingResult}. */
export const SHOW_READING = 'gst/showReading';

export interface ShowReadingParams {
  readonly textDocument: { readonly uri: string };
  /** The pipeline at this place only; all of the document where left out. */
  readonly position?: { readonly line: number; readonly character: number };
}

export interface ShowReadingResult {
  /** Plain text for a person, the same as `gst-lint dump model` prints. */
  readonly text: string;
}

/** Client → server: the machines that can be chosen. Answer: {@link TargetChoice}[]. */
export const TARGETS = 'gst/targets';

export interface TargetChoice {
  readonly id: string;
  readonly title: string;
  /** Engines and notable gaps in a few words: "no hardware encoder". */
  readonly detail: string;
}

/** Client → server: for which machine are this document's pipelines judged? Answer: {@link TargetShown}. */
export const DOCUMENT_TARGET = 'gst/documentTarget';

export interface DocumentTargetParams {
  readonly textDocument: { readonly uri: string };
}

export interface TargetShown {
  readonly id: string;
  readonly title: string;
  /** Nobody chose it. */
  readonly assumed: boolean;
}

/** Server → client, whenever it changes: what holds where a document says nothing else. */
export const STATUS = 'gst/status';

export interface Status {
  readonly target: TargetShown;
  /** Why the target that was set cannot be used; undefined where it can. */
  readonly problem?: string;
}
