/** Formatting of a document, of a range and while typing, and in which documents it is offered unasked. */
import type {
  DocumentFormattingParams,
  DocumentOnTypeFormattingParams,
  DocumentRangeFormattingParams,
  FormattingOptions,
  TextEdit,
} from 'vscode-languageserver/node';
import { defaultLayout, type LayoutOptions } from '../features/formatting.ts';
import { format } from '../workspace/format.ts';
import { continueLine } from '../workspace/format-on-type.ts';
import { fromRange, toTextEdits } from './convert.ts';
import type { Asked } from './handler.ts';

export const ON_TYPE = { firstTriggerCharacter: '!', moreTriggerCharacter: ['\n'] };

export function formatDocument(asked: Asked, params: DocumentFormattingParams): TextEdit[] {
  const edits = format(asked.analysis, asked.session.store.world, layout(params.options));
  return toTextEdits(asked.lines, edits);
}

export function formatRange(asked: Asked, params: DocumentRangeFormattingParams): TextEdit[] {
  const range = fromRange(asked.lines, params.range);
  const edits = format(asked.analysis, asked.session.store.world, layout(params.options), range);
  return toTextEdits(asked.lines, edits);
}

/** `!` puts the blanks of its line in order; a new line behind a link goes on as the host goes on. */
export function formatOnType(asked: Asked, params: DocumentOnTypeFormattingParams): TextEdit[] {
  const at = asked.lines.offsetAt(params.position);
  const options = layout(params.options);
  if (params.ch === '\n') return toTextEdits(asked.lines, continueLine(asked.analysis, at, options));
  const text = asked.analysis.document.text;
  const start = text.lastIndexOf('\n', at - 1) + 1;
  const line = { start, end: at };
  const edits = format(asked.analysis, asked.session.store.world, { ...options, breaks: false }, line);
  // Behind the cursor nothing moves while one types.
  return toTextEdits(
    asked.lines,
    edits.filter(({ span }) => span.start >= line.start && span.end < line.end),
  );
}

const layout = ({ insertSpaces, tabSize }: FormattingOptions): LayoutOptions => ({
  ...defaultLayout,
  indent: insertSpaces ? ' '.repeat(Math.min(Math.max(tabSize, 1), 16)) : '\t',
});
