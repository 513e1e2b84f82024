/** For programs: one JSON object; places as offsets and as lines and columns. docs/gst-lint.md describes the shape. */
import { LineIndex } from '../text/line-index.ts';
import type { Span } from '../text/span.ts';
import type { Report } from '../workspace/report.ts';

export const report: Report = {
  id: 'json',
  title: 'one JSON object, for programs',
  write(analyses, { nameOf, version }) {
    const files = analyses.map(({ document, findings }) => {
      const lines = new LineIndex(document.text);
      const place = (span: Span) => ({ ...position(lines, span), span });
      return {
        path: nameOf(document.uri),
        findings: findings.map((finding) => ({
          rule: finding.rule,
          severity: finding.severity,
          message: finding.message,
          ...place(finding.span),
          text: document.text.slice(finding.span.start, finding.span.end),
          related: finding.related.map((related) => ({
            path: nameOf(related.uri),
            message: related.message,
            span: related.span,
          })),
          fixes: finding.fixes,
        })),
      };
    });
    return `${JSON.stringify({ version, files }, undefined, 2)}\n`;
  },
};

/** Lines and columns from one, as editors show them. */
function position(lines: LineIndex, span: Span) {
  const start = lines.positionAt(span.start);
  const end = lines.positionAt(span.end);
  return {
    start: { line: start.line + 1, column: start.character + 1 },
    end: { line: end.line + 1, column: end.character + 1 },
  };
}
