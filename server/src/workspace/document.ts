import type { Severity } from '../model/finding.ts';
import type { Reading } from '../model/read.ts';
import type { Edit } from '../text/edit.ts';
import type { Span } from '../text/span.ts';

/** One version of an open or read file. */
export interface Document {
  readonly uri: string;
  readonly version: number;
  readonly text: string;
  readonly languageId: string;
}

/** All that is known of a document for a target. Findings are placed in the document and sorted by place. */
export interface Analysis {
  readonly document: Document;
  readonly readings: readonly Reading[];
  readonly findings: readonly Placed[];
  /** Absolute paths of the other files that the findings depend on, whether they are there or not. */
  readonly asked: ReadonlySet<string>;
}

/** A finding carried back into its document. */
export interface Placed {
  /** A rule's id, `syntax` or `syntax-…`. */
  readonly rule: string;
  readonly severity: Severity;
  readonly span: Span;
  readonly message: string;
  readonly related: readonly { readonly uri: string; readonly span: Span; readonly message: string }[];
  readonly fixes: readonly { readonly title: string; readonly edits: readonly Edit[]; readonly safe: boolean }[];
  readonly tag?: 'unnecessary' | 'deprecated';
}
