/**
 * The layout of a key file: `key=value` without blanks around the sign, one blank line before each group, comments as
 * they are. Values are never touched: GLib gives the program all that stands behind the sign, blanks at the end too.
 */
import type { ConfigReading } from '../model/read.ts';
import type { Edit } from '../text/edit.ts';

/** Edits of the excerpt's text. Nothing for YAML, and nothing for a file that its reader refuses. */
export function configEdits({ excerpt, config }: ConfigReading): Edit[] {
  const { tree } = config;
  if (tree.syntax !== 'ini' || tree.problems.length > 0) return [];
  const { text } = excerpt;
  const edits: Edit[] = [];
  const put = (start: number, end: number, wanted: string): void => {
    if (text.slice(start, end) !== wanted) edits.push({ span: { start, end }, text: wanted });
  };
  const lines = linesOf(text);
  const newline = text.includes('\r\n') ? '\r\n' : '\n';
  lines.forEach((line, i) => {
    const body = text.slice(line.start, line.end);
    const key = /^([ \t]*)([^\s#[=](?:[^=]*[^\s=])?)([ \t]*)=([ \t]*)/.exec(body);
    if (key) {
      put(line.start, line.start + key[1]!.length, '');
      const behind = line.start + key[1]!.length + key[2]!.length;
      put(behind, line.start + key[0].length, '=');
    } else if (/^[ \t]+\[/.test(body)) put(line.start, line.start + body.search(/\[/), '');
    if (!isBlank(text, line)) return;
    // Of several blank lines the last stays; none stays before the first line of text and behind the last.
    const next = lines.slice(i + 1).find((one) => !isBlank(text, one));
    const lonely = !lines.slice(0, i).some((one) => !isBlank(text, one)) || !next;
    const followed = lines[i + 1] && isBlank(text, lines[i + 1]!);
    if (i < lines.length - 1 && (lonely || followed)) put(line.start, lines[i + 1]!.start, '');
    else put(line.start, line.end, '');
  });
  for (const i of groupHeads(text, lines)) {
    const before = lines[i - 1];
    if (before && !isBlank(text, before)) edits.push({ span: at(lines[i]!.start), text: newline });
  }
  return edits.sort((a, b) => a.span.start - b.span.start || a.span.end - b.span.end);
}

const comment = /^[ \t]*#(?!#*[ \t]*[\w-]+[ \t]*=)/;

interface Line {
  readonly start: number;
  /** Before the line's end marks. */
  readonly end: number;
}

/** Indices of the lines that open a group: its header, or the first line of the comment right above it. */
function* groupHeads(text: string, lines: readonly Line[]): Iterable<number> {
  for (let i = 0; i < lines.length; i++) {
    if (!/^[ \t]*\[/.test(text.slice(lines[i]!.start, lines[i]!.end))) continue;
    let head = i;
    // A key that is commented out belongs to the group above.
    while (head > 0 && comment.test(text.slice(lines[head - 1]!.start, lines[head - 1]!.end))) head--;
    if (head > 0) yield head;
  }
}

function linesOf(text: string): Line[] {
  const lines: Line[] = [];
  let start = 0;
  for (;;) {
    const newline = text.indexOf('\n', start);
    if (newline < 0) break;
    lines.push({ start, end: text[newline - 1] === '\r' && newline > start ? newline - 1 : newline });
    start = newline + 1;
  }
  lines.push({ start, end: text.length });
  return lines;
}

const isBlank = (text: string, { start, end }: Line): boolean => /^[ \t]*$/.test(text.slice(start, end));
const at = (offset: number) => ({ start: offset, end: offset });
