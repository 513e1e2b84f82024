/**
 * Annotations for GitHub Actions: one workflow command a finding.
 * https://docs.github.com/actions/reference/workflow-commands-for-github-actions
 */
import { LineIndex } from '../text/line-index.ts';
import type { Report } from '../workspace/report.ts';

export const report: Report = {
  id: 'github',
  title: 'annotations for GitHub Actions',
  write(analyses, { nameOf }) {
    const lines: string[] = [];
    for (const { document, findings } of analyses) {
      if (findings.length === 0) continue;
      const index = new LineIndex(document.text);
      for (const finding of findings) {
        const start = index.positionAt(finding.span.start);
        const end = index.positionAt(finding.span.end);
        const where = [
          `file=${property(nameOf(document.uri))}`,
          `line=${start.line + 1}`,
          `endLine=${end.line + 1}`,
          // Columns are refused by GitHub where the place spans lines.
          ...(start.line === end.line
            ? [`col=${start.character + 1}`, `endColumn=${Math.max(end.character, start.character + 1)}`]
            : []),
          `title=${property(finding.rule)}`,
        ];
        lines.push(`::${COMMANDS[finding.severity]} ${where.join(',')}::${message(finding.message)}\n`);
      }
    }
    return lines.join('');
  },
};

const COMMANDS = { error: 'error', warning: 'warning', hint: 'notice' } as const;

const message = (text: string): string => text.replaceAll('%', '%25').replaceAll('\r', '%0D').replaceAll('\n', '%0A');
const property = (text: string): string => message(text).replaceAll(':', '%3A').replaceAll(',', '%2C');
