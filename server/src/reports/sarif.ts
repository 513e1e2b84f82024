/** SARIF 2.1.0, for code scanning. https://docs.oasis-open.org/sarif/sarif/v2.1.0/sarif-v2.1.0.html */
import { rules } from '../rules/index.ts';
import { LineIndex } from '../text/line-index.ts';
import type { Span } from '../text/span.ts';
import type { Analysis, Placed } from '../workspace/document.ts';
import type { Circumstances, Report } from '../workspace/report.ts';

export const report: Report = {
  id: 'sarif',
  title: 'SARIF 2.1.0, for code scanning',
  write(analyses, circumstances) {
    const used = [...new Set(analyses.flatMap(({ findings }) => findings.map(({ rule }) => rule)))].sort();
    const log = {
      $schema: 'https://json.schemastore.org/sarif-2.1.0.json',
      version: '2.1.0',
      runs: [
        {
          tool: { driver: { name: 'gst-lint', version: circumstances.version, rules: used.map(descriptor) } },
          columnKind: 'utf16CodeUnits',
          results: analyses.flatMap((analysis) => results(analysis, used, circumstances)),
        },
      ],
    };
    return `${JSON.stringify(log, undefined, 2)}\n`;
  },
};

const LEVELS = { error: 'error', warning: 'warning', hint: 'note' } as const;

function descriptor(id: string) {
  const rule = rules.find((one) => one.id === id);
  if (!rule) return { id };
  return {
    id,
    shortDescription: { text: rule.title },
    fullDescription: { text: rule.why },
    defaultConfiguration: { level: LEVELS[rule.severity] },
  };
}

function results({ document, findings }: Analysis, used: readonly string[], circumstances: Circumstances) {
  const lines = new LineIndex(document.text);
  return findings.map((finding) => ({
    ruleId: finding.rule,
    ruleIndex: used.indexOf(finding.rule),
    level: LEVELS[finding.severity],
    message: { text: finding.message },
    locations: [location(document.uri, lines, finding.span, circumstances)],
    ...(finding.related.length > 0
      ? { relatedLocations: relatedLocations(finding, document.uri, lines, circumstances) }
      : {}),
    ...(finding.fixes.length > 0
      ? { fixes: finding.fixes.map((fix) => fixOf(fix, document.uri, lines, circumstances)) }
      : {}),
  }));
}

function relatedLocations(finding: Placed, uri: string, lines: LineIndex, circumstances: Circumstances) {
  return finding.related.map((related, id) => {
    const text = related.uri === uri ? undefined : circumstances.textOf(related.uri);
    const there = related.uri === uri ? lines : text === undefined ? undefined : new LineIndex(text);
    return { id, ...location(related.uri, there, related.span, circumstances), message: { text: related.message } };
  });
}

function location(uri: string, lines: LineIndex | undefined, span: Span, circumstances: Circumstances) {
  return {
    physicalLocation: {
      artifactLocation: { uri: artifact(uri, circumstances) },
      ...(lines ? { region: region(lines, span) } : {}),
    },
  };
}

function fixOf(fix: Placed['fixes'][number], uri: string, lines: LineIndex, circumstances: Circumstances) {
  return {
    description: { text: fix.title },
    artifactChanges: [
      {
        artifactLocation: { uri: artifact(uri, circumstances) },
        replacements: fix.edits.map((edit) => ({
          deletedRegion: region(lines, edit.span),
          insertedContent: { text: edit.text },
        })),
      },
    ],
  };
}

/** SARIF wants a URI reference: a relative path with its odd characters escaped. */
const artifact = (uri: string, { nameOf }: Circumstances): string =>
  nameOf(uri).split('/').map(encodeURIComponent).join('/').replace(/%3A/g, ':');

function region(lines: LineIndex, span: Span) {
  const start = lines.positionAt(span.start);
  const end = lines.positionAt(span.end);
  return {
    startLine: start.line + 1,
    startColumn: start.character + 1,
    endLine: end.line + 1,
    endColumn: end.character + 1,
  };
}
