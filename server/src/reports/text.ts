/** For people at a terminal: each finding with its line, carets under the place, related places and possible fixes. */
import type { Severity } from '../model/finding.ts';
import { LineIndex } from '../text/line-index.ts';
import type { Span } from '../text/span.ts';
import type { Placed } from '../workspace/document.ts';
import type { Circumstances, Report } from '../workspace/report.ts';

export const report: Report = {
  id: 'text',
  title: 'the line with carets, for people (the default)',
  write(analyses, circumstances) {
    const paint = circumstances.colour ? colours : plain;
    const counts: Record<Severity, number> = { error: 0, warning: 0, hint: 0 };
    const blocks: string[] = [];
    for (const { document, findings } of analyses) {
      if (findings.length === 0) continue;
      const lines = new LineIndex(document.text);
      for (const finding of findings) {
        counts[finding.severity]++;
        blocks.push(block(finding, document.uri, lines, circumstances, paint));
      }
    }
    if (blocks.length === 0) return '';
    const fixable = analyses.reduce(
      (sum, one) => sum + one.findings.filter((f) => f.fixes.some((x) => x.safe)).length,
      0,
    );
    return `${blocks.join('\n')}\n${summary(counts, fixable)}`;
  },
};

type Paint = Readonly<Record<Severity | 'dim' | 'bold', (text: string) => string>>;

const ansi = (code: string) => (text: string) => `\u001b[${code}m${text}\u001b[0m`;
const same = (text: string): string => text;
const colours: Paint = {
  error: ansi('31;1'),
  warning: ansi('33;1'),
  hint: ansi('36'),
  dim: ansi('2'),
  bold: ansi('1'),
};
const plain: Paint = { error: same, warning: same, hint: same, dim: same, bold: same };

function block(finding: Placed, uri: string, lines: LineIndex, circumstances: Circumstances, paint: Paint): string {
  const { line, character } = lines.positionAt(finding.span.start);
  const number = String(line + 1);
  const margin = ' '.repeat(number.length);
  const shown = excerptOf(lines, finding.span);
  const written = [
    `${paint.bold(`${circumstances.nameOf(uri)}:${number}:${character + 1}:`)} ${paint[finding.severity](finding.severity)}[${finding.rule}] ${clean(finding.message)}`,
    `${paint.dim(`${number} |`)} ${shown.text}`,
    `${paint.dim(`${margin} |`)} ${paint[finding.severity](shown.carets)}`,
  ];
  for (const related of finding.related) {
    written.push(
      `${paint.dim(`${margin} =`)} ${relatedPlace(related, uri, lines, circumstances)}: ${clean(related.message)}`,
    );
  }
  for (const fix of finding.fixes) {
    written.push(`${paint.dim(`${margin} =`)} fix: ${clean(fix.title)}${fix.safe ? ' (--fix does it)' : ''}`);
  }
  return `${written.join('\n')}\n`;
}

/** Lines longer than this are shown from near the place only. In UTF-16 code units. */
const WIDEST = 160;

/** The line of a place and carets below it. Control characters would move the carets or the cursor, so they show as `?`. */
function excerptOf(lines: LineIndex, span: Span): { text: string; carets: string } {
  const { line, character } = lines.positionAt(span.start);
  const whole = lines.lineText(line);
  const from = whole.length > WIDEST && character > WIDEST / 2 ? character - WIDEST / 2 : 0;
  const to = Math.min(whole.length, from + WIDEST);
  const end = Math.min(lines.lineStart(line) + to, span.end) - lines.lineStart(line);
  const head = from > 0 ? '…' : '';
  const text = head + clean(whole.slice(from, to)) + (to < whole.length ? '…' : '');
  const before = head + whole.slice(from, character);
  const blank = [...before].map((c) => (c === '\t' ? '\t' : ' '.repeat(columns(c)))).join('');
  const marked = [...whole.slice(character, Math.max(end, character))].reduce((sum, c) => sum + columns(c), 0);
  return { text, carets: blank + '^'.repeat(Math.max(1, marked)) };
}

/** How wide a terminal draws a character: East Asian and emoji take two columns, combining marks none. */
function columns(character: string): number {
  if (character <= '~') return 1;
  if (/^\p{Mn}$/u.test(character)) return 0;
  return /^[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Hangul}\p{Emoji_Presentation}\uFF01-\uFF60]$/u.test(
    character,
  )
    ? 2
    : 1;
}

const clean = (text: string): string => text.replace(/[\u0000-\u0008\u000A-\u001F\u007F-\u009F]/g, '?');

function relatedPlace(
  related: Placed['related'][number],
  uri: string,
  lines: LineIndex,
  circumstances: Circumstances,
): string {
  const text = related.uri === uri ? undefined : circumstances.textOf(related.uri);
  if (related.uri !== uri && text === undefined) return circumstances.nameOf(related.uri);
  const there = text === undefined ? lines : new LineIndex(text);
  const { line, character } = there.positionAt(related.span.start);
  return `${circumstances.nameOf(related.uri)}:${line + 1}:${character + 1}`;
}

function summary(counts: Record<Severity, number>, fixable: number): string {
  const parts = (['error', 'warning', 'hint'] as const)
    .filter((severity) => counts[severity] > 0)
    .map((severity) => `${counts[severity]} ${severity}${counts[severity] === 1 ? '' : 's'}`);
  return `${parts.join(', ')}${fixable > 0 ? `; --fix can mend ${fixable}` : ''}\n`;
}
