/** What a new line inside a pipeline needs at once: the backslash of a shell on the line above, and its indentation. */
import type { LayoutOptions } from '../features/formatting.ts';
import type { Edit } from '../text/edit.ts';
import type { Analysis } from './document.ts';

const continuedHosts: ReadonlySet<string> = new Set(['shell', 'dockerfile', 'makefile', 'systemd', 'yaml', 'markdown']);

/** Edits after a line was ended at `offset`, the place of the cursor on the new line. */
export function continueLine({ document, readings }: Analysis, offset: number, { indent }: LayoutOptions): Edit[] {
  const { text } = document;
  const start = text.lastIndexOf('\n', offset - 1) + 1;
  if (start === 0) return [];
  const aboveEnd = text[start - 2] === '\r' ? start - 2 : start - 1;
  const above = text.slice(text.lastIndexOf('\n', aboveEnd - 1) + 1, aboveEnd);
  // Only behind a link: it is certain then that the pipeline goes on.
  if (!/(?:^|[ \t])!(?:[ \t]*\\)?[ \t]*$/.test(above)) return [];
  const lastWord = aboveEnd - (above.length - above.trimEnd().length);
  const reading = readings.find(
    ({ kind, excerpt: { span } }) => kind === 'launch' && span.start < lastWord && lastWord <= span.end + 3,
  );
  if (!reading) return [];
  const { host, context, span } = reading.excerpt;
  const command = context === 'command' && continuedHosts.has(host);
  if (!command && host !== 'launch') return [];
  const edits: Edit[] = [];
  if (command && !above.trimEnd().endsWith('\\')) {
    edits.push({ span: { start: lastWord, end: aboveEnd }, text: ' \\' });
  }
  const first = text.slice(text.lastIndexOf('\n', span.start - 1) + 1, span.start);
  const base = /^[ \t]*/.exec(first)![0];
  const own = /^[ \t]*/.exec(above)![0];
  // Below the first line one step deeper, below any other as deep as that.
  const wanted = own.length > base.length ? own : base + indent;
  const present = /^[ \t]*/.exec(text.slice(start))![0];
  if (present !== wanted) edits.push({ span: { start, end: start + present.length }, text: wanted });
  return edits;
}
