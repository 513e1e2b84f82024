/** What completion answers, before anyone knows of documents: words for a place in an excerpt, the best first. */
import type { DeviceParams } from '../../protocol.ts';
import type { Span } from '../../text/span.ts';

export interface Suggestion {
  readonly label: string;
  readonly kind: SuggestionKind;
  /** What is written, where that is not the label. */
  readonly insert?: Insertion;
  /** Beside the label, in a few words: what kind of thing it is. */
  readonly detail?: string;
  /** Why it is offered here. */
  readonly why?: string;
  readonly deprecated?: boolean;
  /** What more can be told of it, when it is looked at. */
  readonly about?: About;
  /** True where the next word is best asked for at once. */
  readonly goesOn?: boolean;
  /** Replaces this instead of the answer's span. */
  readonly span?: Span;
}

export type SuggestionKind =
  | 'element'
  | 'property'
  | 'value'
  | 'media'
  | 'feature'
  | 'field'
  | 'reference'
  | 'pad'
  | 'group'
  | 'key'
  | 'file'
  | 'folder'
  | 'option';

/** Text with a part that is selected after it was put in. */
export interface Insertion {
  readonly before: string;
  readonly selected?: string;
  readonly after?: string;
}

/** A thing that hover can tell of. */
export type About =
  | { readonly kind: 'element'; readonly element: string }
  | { readonly kind: 'property'; readonly element: string; readonly property: string }
  | { readonly kind: 'key'; readonly format: string; readonly section: string; readonly key: string };

export interface Completion {
  /** What a suggestion replaces, in the excerpt. */
  readonly span: Span;
  readonly suggestions: readonly Suggestion[];
  /** True where typing on may bring others. */
  readonly partial: boolean;
}

/** What completion may ask of what is around the document. Paths are as the document would write them. */
export interface Nearby {
  /** Names in a folder; those of folders end in `/`. */
  list(path: string): readonly string[];
  /** The labels in a file of classes; none where it cannot be read. */
  labels(path: string): readonly string[];
  /** Ids of inferences that other files of the project give, and which files. */
  inferences(): readonly { readonly id: string; readonly where: string }[];
  /** What the connected device has; undefined where none is connected. */
  readonly device: DeviceParams | undefined;
}

/** A document of which no more is known than its text. */
export const nothingNearby: Nearby = {
  list: () => [],
  labels: () => [],
  inferences: () => [],
  device: undefined,
};

/** Whether the characters come in the name in that order, as editors filter. Case does not matter. */
export function suits(prefix: string, name: string): boolean {
  if (prefix === '') return true;
  const [wanted, given] = [prefix.toLowerCase(), name.toLowerCase()];
  let at = 0;
  for (const c of given) if (c === wanted[at]) at++;
  return at === wanted.length;
}
