/**
 * Reads case files: Markdown whose sections are tests (test/README.md tells how to write one). This file knows the
 * format only; what a case is run against stands in the tests that use it.
 */
import type { Severity } from '../../server/src/model/finding.ts';
import type { Span } from '../../server/src/text/span.ts';

export interface Case {
  /** The section's heading. */
  readonly title: string;
  /** Line of the heading, from one. */
  readonly line: number;
  readonly fences: readonly Fence[];
}

/** A fenced block, with the `word: rest` that may stand on the line above it. */
export interface Fence {
  /** `fix`, `complete`, `hover` … and what follows the colon; undefined for a document to be checked. */
  readonly label: { readonly word: string; readonly text: string } | undefined;
  /** VS Code language id. */
  readonly languageId: string;
  /** `target=…`, `path=…`, `with=…`; values with blanks stand in double quotes. */
  readonly attributes: Readonly<Record<string, string>>;
  /** The text without the lines that speak about it. */
  readonly text: string;
  readonly expected: readonly Expected[];
  /** First and last line of the content in the case file, from zero, last one not included. */
  readonly lines: { readonly start: number; readonly end: number };
  /** Indentation that the block as a whole stands under. */
  readonly indent: string;
}

/** What is expected at a place. The span is of `text` and ends at the line's end at the latest. */
export interface Expected {
  readonly severity: Severity;
  readonly rule: string;
  readonly span: Span;
  /** Must be part of the message; empty: any message. */
  readonly message: string;
}

/** The first heading's text and the cases below it. */
export function readCases(markdown: string): { readonly title: string; readonly cases: readonly Case[] } {
  const lines = markdown.split('\n');
  let title = '';
  const cases: { title: string; line: number; fences: Fence[] }[] = [];
  let label: Fence['label'];
  for (let i = 0; i < lines.length; i++) {
    const line = lines[i]!;
    const open = /^(\s*)(`{3,}|~{3,})([^`]*)$/.exec(line);
    if (open) {
      const end = closing(lines, i + 1, open[2]!);
      const owner = cases.at(-1) ?? { title: '', line: 1, fences: [] };
      if (cases.length === 0) cases.push(owner);
      owner.fences.push(fence(lines, { start: i + 1, end }, open[1]!, open[3]!, label));
      label = undefined;
      i = end;
      continue;
    }
    const heading = /^(#{1,2}) (.*)$/.exec(line);
    const labelled = /^([a-z][a-z-]*): (.*)$/.exec(line);
    if (heading?.[1] === '#' && title === '') title = heading[2]!.trim();
    else if (heading) cases.push({ title: heading[2]!.trim(), line: i + 1, fences: [] });
    if (labelled) label = { word: labelled[1]!, text: labelled[2]!.trim() };
    else if (line.trim() !== '') label = undefined;
  }
  return { title, cases };
}

/** A line that speaks of the text above it: blanks, carets, and what is expected there. */
const ANNOTATION = /^([ \t]*)(\^+) (error|warning|hint)\[([a-z0-9-]+)\](?: (.*))?$/;

/** The lines of a block, with what is found annotated under them: the opposite of reading a fence. */
export function annotate(text: string, expected: readonly Expected[], indent = ''): string[] {
  const written: string[] = [];
  let start = 0;
  for (const line of text.split('\n')) {
    written.push(line === '' ? '' : indent + line);
    const end = start + line.length;
    for (const { span, severity, rule, message } of expected) {
      if (span.start < start || span.start > end) continue;
      const before = line.slice(0, span.start - start).replace(/[^\t]/g, ' ');
      const carets = '^'.repeat(Math.max(1, Math.min(span.end, end) - span.start));
      written.push(`${indent}${before}${carets} ${severity}[${rule}]${message === '' ? '' : ` ${message}`}`);
    }
    start = end + 1;
  }
  return written;
}

/** How a finding looks to a case: on its first line only, since carets cannot follow it further. */
export function visible(text: string, span: Span): Span {
  const lineEnd = text.indexOf('\n', span.start);
  return { start: span.start, end: Math.min(span.end, lineEnd < 0 ? text.length : lineEnd) };
}

/** Whether a finding is the one expected. An empty span shows as one caret, at the place itself. */
export function meets(
  expected: Expected,
  actual: { readonly rule: string; readonly severity: Severity; readonly span: Span; readonly message: string },
  text: string,
): boolean {
  const seen = visible(text, actual.span);
  return (
    expected.rule === actual.rule &&
    expected.severity === actual.severity &&
    expected.span.start === seen.start &&
    expected.span.end === Math.max(seen.end, seen.start + 1) &&
    actual.message.includes(expected.message)
  );
}

function fence(
  lines: readonly string[],
  at: { start: number; end: number },
  indent: string,
  info: string,
  label: Fence['label'],
): Fence {
  const [language = '', ...words] = info.trim().match(/[^\s"]+"[^"]*"|\S+/g) ?? [];
  const attributes: Record<string, string> = {};
  for (const word of words) {
    const equals = word.indexOf('=');
    if (equals > 0) attributes[word.slice(0, equals)] = word.slice(equals + 1).replace(/^"(.*)"$/, '$1');
  }
  const kept: string[] = [];
  const expected: Expected[] = [];
  let offset = 0;
  for (const raw of lines.slice(at.start, at.end)) {
    const line = raw.startsWith(indent) ? raw.slice(indent.length) : raw.trimStart();
    const said = ANNOTATION.exec(line);
    if (said && kept.length > 0) {
      const start = offset - kept.at(-1)!.length - 1 + said[1]!.length;
      expected.push({
        severity: said[3] as Severity,
        rule: said[4]!,
        span: { start, end: start + said[2]!.length },
        message: said[5]?.trim() ?? '',
      });
      continue;
    }
    kept.push(line);
    offset += line.length + 1;
  }
  return {
    label,
    languageId: LANGUAGES[language.toLowerCase()] ?? language,
    attributes,
    text: kept.join('\n'),
    expected,
    lines: at,
    indent,
  };
}

/** Names that fences have in Markdown, as VS Code language ids. A name that is not here is an id already. */
const LANGUAGES: Readonly<Record<string, string>> = {
  gst: 'gst-launch',
  text: 'gst-launch',
  ini: 'deepstream-config',
  sh: 'shellscript',
  bash: 'shellscript',
  py: 'python',
  'c++': 'cpp',
  rs: 'rust',
  js: 'javascript',
  ts: 'typescript',
  cs: 'csharp',
  yml: 'yaml',
  md: 'markdown',
  make: 'makefile',
  ps1: 'powershell',
  cmd: 'bat',
};

function closing(lines: readonly string[], from: number, mark: string): number {
  for (let i = from; i < lines.length; i++) {
    const line = lines[i]!.trim();
    if (line.length >= mark.length && line === mark[0]!.repeat(line.length)) return i;
  }
  return lines.length;
}
