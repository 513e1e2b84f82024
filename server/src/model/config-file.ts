import type { ConfigFormat, KeySpec, SectionSpec } from '../catalog/config-format.ts';
import type { Span } from '../text/span.ts';

/** A configuration's text met with its format: every section and key with its table entry, where there is one. */
export interface ConfigFile {
  readonly format: ConfigFormat | undefined;
  readonly sections: readonly ConfigSection[];
}

export interface ConfigSection {
  readonly name: string;
  readonly nameSpan: Span;
  readonly span: Span;
  readonly spec: SectionSpec | undefined;
  readonly keys: readonly ConfigKey[];
}

export interface ConfigKey {
  readonly name: string;
  readonly nameSpan: Span;
  readonly span: Span;
  /** As the program reads it: blanks in front are not part of it, a trailing `# text` is. */
  readonly value: string;
  readonly valueSpan: Span;
  readonly spec: KeySpec | undefined;
}
