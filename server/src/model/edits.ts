/** Edits that rules share: how a word is taken out of a pipeline without leaving two blanks. */
import type { Edit } from '../text/edit.ts';
import type { Span } from '../text/span.ts';

/** Takes the span out of the text, with the blanks on one of its sides. */
export function removal(text: string, span: Span): Edit {
  let { start, end } = span;
  while (end < text.length && isBlank(text[end])) end++;
  if (end === span.end) while (start > 0 && isBlank(text[start - 1])) start--;
  return { span: { start, end }, text: '' };
}

const isBlank = (c: string | undefined): boolean => c === ' ' || c === '\t';
