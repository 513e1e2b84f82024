import type { Certainty, Excerpt, HostAround } from './excerpt.ts';
import { Lift, type Lifted, nest } from './lifted.ts';
import { shellExcerpts } from './shell-commands.ts';

// gst-launch commands in prose: comments, help texts, Markdown outside of fences. A command begins a line, or stands
// behind a prompt, a bullet, a colon or a backquote; it goes on only where a backslash or an open quote says so.

/** On whose behalf prose is searched. */
export interface ProseView {
  readonly host: string;
  readonly certainty: Certainty;
  /** Where it was found; `comment` if not said. */
  readonly context?: string;
}

const opening =
  /(^[ \t]*(?:[-*•>%]+[ \t]+|\d+[.)][ \t]+|[$#>][ \t]*|\w+@[\w.-]+:\S*[$#][ \t]*)?|`+|:[ \t]+|[("'“])((?:sudo[ \t]+|env[ \t]+|time[ \t]+|nohup[ \t]+|[A-Z_][A-Z0-9_]*=[^\s`]*[ \t]+){0,8}(?:[\w./~+-]*\/)?gst-launch(?:-1\.0|-0\.10)?(?:\.exe)?)(?=[ \t]+\S)/gm;

/** The commands in prose. */
export function proseCommands(prose: Lifted, around: HostAround, view: ProseView): Excerpt[] {
  const { text } = prose;
  if (!text.includes('gst-launch')) return [];
  const found: Excerpt[] = [];
  let behind = 0;
  opening.lastIndex = 0;
  for (let hit = opening.exec(text); hit; hit = opening.exec(text)) {
    const start = hit.index + hit[1]!.length;
    if (start < behind) continue;
    const end = commandEnd(text, start, hit[1]!);
    const command = new Lift().addPart(prose, start, end).done();
    const inner = shellExcerpts(command.text, around, { host: view.host, certainty: view.certainty, variables: false });
    for (const excerpt of inner)
      found.push(nest(excerpt, command, view.context ? { context: view.context } : { context: 'comment' }));
    behind = end;
    opening.lastIndex = Math.max(opening.lastIndex, end);
  }
  return found;
}

/** Where a command in prose ends: with its line, save for continuations and quotes that are closed within a few lines. */
function commandEnd(text: string, start: number, opener: string): number {
  const mark = opener.trim().at(-1) ?? '';
  const closer = mark === '“' ? '”' : mark === '(' ? ')' : mark;
  if (closer !== '' && '`\'"”'.includes(closer)) {
    const close = text.indexOf(opener.trim().startsWith('`') ? opener.trim() : closer, start);
    if (close >= 0 && (closer === '`' || close < lineEnd(text, start))) return close;
  }
  let end = lineEnd(text, start);
  // A single backquote is the end of a code span that began before.
  const stray = text.indexOf('`', start);
  if (stray >= 0 && stray < end && text.slice(start, end).split('`').length % 2 === 0) return stray;
  for (let lines = 0; lines < 400 && end < text.length; lines++) {
    const line = text.slice(text.lastIndexOf('\n', end - 1) + 1, end);
    if (!/\\[ \t\r]*$/.test(line)) break;
    end = lineEnd(text, end + 1);
  }
  if (!openQuoteIn(text, start, end)) return end;
  let reach = end;
  for (let lines = 0; lines < 12 && reach < text.length; lines++) {
    reach = lineEnd(text, reach + 1);
    if (text.slice(text.lastIndexOf('\n', reach - 1) + 1, reach).trim() === '') break;
    if (!openQuoteIn(text, start, reach)) return reach;
  }
  return end;
}

const lineEnd = (text: string, from: number): number => {
  const newline = text.indexOf('\n', from);
  return newline < 0 ? text.length : newline;
};

function openQuoteIn(text: string, start: number, end: number): boolean {
  let mark = '';
  for (let i = start; i < end; i++) {
    const c = text[i]!;
    if (c === '\\' && mark !== "'") i++;
    else if (mark === '' && (c === '"' || c === "'")) mark = c;
    else if (c === mark) mark = '';
  }
  return mark !== '';
}
