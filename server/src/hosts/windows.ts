import { lineEnd } from '../text/code-tokens.ts';
import { proseCommands } from '../text/comment-commands.ts';
import type { Excerpt, Host, HostAround, HostProblem } from '../text/excerpt.ts';
import { fileMatcher } from '../text/host-file.ts';
import { type Argument, launchText, launchTool } from '../text/launch-command.ts';
import { asIs, Lift, launchExcerpt } from '../text/lifted.ts';
import type { Span } from '../text/span.ts';

// Commands in batch files and PowerShell scripts. No such shell can be asked here, so what is said of them is hints:
// cmd.exe knows double quotes, `^` and `%NAME%`; PowerShell both quotes, the backquote and `$name`.

interface Dialect {
  readonly escape: string;
  readonly comment: RegExp;
  readonly variable: RegExp;
  readonly singleQuotes: boolean;
  readonly ends: string;
}

const cmd: Dialect = {
  escape: '^',
  comment: /^[ \t]*(?:@?rem\b|::)/i,
  variable: /%(?:[A-Za-z_]\w*(?::[^%\n]*)?%|~?\w?\d|\*|%[A-Za-z])/y,
  singleQuotes: false,
  ends: '&|<>',
};
const powershell: Dialect = {
  escape: '`',
  comment: /^[ \t]*#/,
  variable: /\$(?:\([^()\n]*\)|\{[^{}\n]*\}|[A-Za-z_][\w:]*)/y,
  singleQuotes: true,
  ends: ';&|<>',
};

/** Windows: batch files and PowerShell. */
export const windows: Host = {
  id: 'windows',
  languageIds: ['bat', 'powershell'],
  accepts: fileMatcher(['bat', 'powershell'], /\.(?:bat|cmd|ps1|psm1)$/i),
  excerpts(text, around) {
    if (!text.includes('gst-launch')) return [];
    const dialect = looksLikePowerShell(text) ? powershell : cmd;
    const found: Excerpt[] = [];
    for (let at = 0; at < text.length; ) {
      const end = lineEnd(text, at);
      const line = text.slice(at, end);
      let next = end + (text[end] === '\r' ? 2 : 1);
      if (line.includes('gst-launch')) {
        if (dialect.comment.test(line)) found.push(...comment(text, { start: at, end }, dialect, around));
        else {
          const read = command(text, at, dialect);
          if (read.excerpt) found.push(read.excerpt);
          next = Math.max(next, read.end);
        }
      }
      at = next;
    }
    return found;
  },
};

function comment(text: string, line: Span, dialect: Dialect, around: HostAround): Excerpt[] {
  const leader = /^[ \t]*(?:@?rem|::|#+)[ \t]*/i.exec(text.slice(line.start, line.end))?.[0].length ?? 0;
  const lifted = new Lift().copy(text, line.start + leader, line.end, asIs).done();
  void dialect;
  return proseCommands(lifted, around, { host: 'windows', certainty: 'comment' });
}

const looksLikePowerShell = (text: string): boolean =>
  /`[ \t]*\r?$|^[ \t]*(?:\$\w+[ \t]*=|param\b|function\b|Write-\w+|Set-\w+|Start-Process|&[ \t]*["'$])/im.test(text) &&
  !/\^[ \t]*\r?$|^[ \t]*@?echo off/im.test(text);

/** The command that begins on a line: its words, and what becomes of them. */
function command(text: string, start: number, dialect: Dialect): { excerpt: Excerpt | undefined; end: number } {
  const { words, end, singles } = split(text, start, dialect);
  const tool = words.findIndex((word) => launchTool.test(word.lifted.text));
  if (tool < 0 || tool === words.length - 1) return { excerpt: undefined, end };
  const args = words.slice(tool + 1);
  const launch = launchText(args, text);
  const problems: HostProblem[] = launch.problems.map((problem) => ({ ...problem, severity: 'hint' }));
  for (let i = 0; i < singles.length; i += 2) problems.push(singleQuotes(singles.slice(i, i + 2)));
  return {
    end,
    excerpt: launchExcerpt(launch.lifted, {
      host: 'windows',
      context: 'command',
      certainty: 'code',
      consumer: 'gst-launch',
      span: { start: words[tool]!.span.start, end: args.at(-1)!.span.end },
      options: launch.options,
      problems,
    }),
  };
}

function split(text: string, start: number, dialect: Dialect): { words: Argument[]; end: number; singles: number[] } {
  const words: Argument[] = [];
  const singles: number[] = [];
  let lift = new Lift();
  let from = start;
  let wordStart = -1;
  let mark = '';
  let at = start;
  const write = (value: string): string => (mark === '' && /[ ()]/.test(value) ? `"${value}"` : value);
  const copy = (end: number): void => {
    lift.copy(text, from, end, write);
  };
  const close = (): void => {
    copy(at);
    if (wordStart >= 0) words.push({ lifted: lift.done(), span: { start: wordStart, end: at } });
    lift = new Lift();
    wordStart = -1;
  };
  while (at < text.length) {
    const c = text[at]!;
    dialect.variable.lastIndex = at;
    const variable = mark !== "'" && (c === '%' || c === '$') ? dialect.variable.exec(text) : null;
    if (c === dialect.escape && mark !== "'" && (mark === '' || dialect === powershell)) {
      const blanks = /^[ \t]*\r?\n/.exec(text.slice(at + 1, at + 80))?.[0];
      if (blanks !== undefined) {
        close();
        at += 1 + blanks.length;
        from = at;
        continue;
      }
      if (wordStart < 0) wordStart = at;
      copy(at);
      if (at + 1 < text.length) lift.put(text[at + 1]!, { start: at, end: at + 2 }, write);
      at = Math.min(at + 2, text.length);
      from = at;
    } else if (variable) {
      if (wordStart < 0) wordStart = at;
      copy(at);
      lift.hole(variable[0], { start: at, end: at + variable[0].length }, write);
      at += variable[0].length;
      from = at;
    } else if (c === '\n' || (c === '\r' && text[at + 1] === '\n')) break;
    else if (mark === '' && (c === '"' || (c === "'" && dialect.singleQuotes))) {
      if (wordStart < 0) wordStart = at;
      copy(at);
      mark = c;
      at++;
      from = at;
    } else if (mark !== '' && c === mark) {
      copy(at);
      mark = '';
      at++;
      from = at;
    } else if (mark === '"' && c === '\\' && text[at + 1] === '"') {
      copy(at);
      lift.put('"', { start: at, end: at + 2 }, write);
      at += 2;
      from = at;
    } else if (mark === '' && (c === ' ' || c === '\t')) {
      close();
      at++;
      from = at;
    } else if (
      mark === '' &&
      dialect.ends.includes(c) &&
      !(dialect === powershell && c === '&' && wordStart < 0 && words.length === 0)
    )
      break;
    else {
      if (wordStart < 0) wordStart = at;
      if (c === "'" && mark === '' && !dialect.singleQuotes) singles.push(at);
      at++;
    }
  }
  close();
  return { words, end: lineEnd(text, at), singles };
}

/** A pair of single quotes, or the last one alone. */
const singleQuotes = (places: readonly number[]): HostProblem => ({
  rule: 'windows-single-quotes',
  severity: 'hint',
  span: { start: places[0]!, end: places[0]! + 1 },
  message:
    'For cmd.exe a single quotation mark is a letter like any other: it holds nothing together and becomes a part of the pipeline. Use double quotes.',
  fixes: [
    {
      title: 'Use double quotation marks',
      edits: places.map((at) => ({ span: { start: at, end: at + 1 }, text: '"' })),
      safe: false,
    },
  ],
});
