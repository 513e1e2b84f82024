import type { Span } from './span.ts';

/** Replaces the text at `span` by `text`. An empty span inserts. */
export interface Edit {
  readonly span: Span;
  readonly text: string;
}

/** The text with all edits made. Edits speak of the text as it was, may come in any order and must not overlap. */
export function applyEdits(text: string, edits: readonly Edit[]): string {
  const ordered = [...edits].sort((a, b) => a.span.start - b.span.start || a.span.end - b.span.end);
  const pieces: string[] = [];
  let at = 0;
  for (const edit of ordered) {
    if (edit.span.start < at) throw new RangeError('edits overlap');
    pieces.push(text.slice(at, edit.span.start), edit.text);
    at = edit.span.end;
  }
  pieces.push(text.slice(at));
  return pieces.join('');
}

/** Those of the edit groups that can be made together: a group that touches the place of an earlier one is left out. */
export function mergeEdits(groups: readonly (readonly Edit[])[]): Edit[] {
  const taken: Edit[] = [];
  for (const group of groups) {
    if (group.every((edit) => taken.every((other) => !collide(edit, other)))) taken.push(...group);
  }
  return taken;
}

const collide = (a: Edit, b: Edit): boolean =>
  a.span.start === b.span.start || (a.span.start < b.span.end && b.span.start < a.span.end);
