/** Our values → LSP values. The only file in which offsets become lines and columns. */
import {
  type Diagnostic,
  DiagnosticSeverity,
  DiagnosticTag,
  type Position,
  type Range,
  type TextEdit,
} from 'vscode-languageserver/node';
import type { Severity } from '../model/finding.ts';
import type { Edit } from '../text/edit.ts';
import type { Span } from '../text/span.ts';
import type { Placed } from '../workspace/document.ts';

/** Offset ↔ line and column of one text, in UTF-16 as LSP counts by default. */
export interface Lines {
  positionAt(offset: number): Position;
  offsetAt(position: Position): number;
}

/** The name that stands before the code in every list of problems. */
export const SOURCE = 'gst-lint';

export const toRange = (lines: Lines, span: Span): Range => ({
  start: lines.positionAt(span.start),
  end: lines.positionAt(span.end),
});

export const fromRange = (lines: Lines, range: Range): Span => ({
  start: lines.offsetAt(range.start),
  end: lines.offsetAt(range.end),
});

export const toTextEdits = (lines: Lines, edits: readonly Edit[]): TextEdit[] =>
  edits.map((edit) => ({ range: toRange(lines, edit.span), newText: edit.text }));

/** What the client can show of a diagnostic. */
export interface DiagnosticPowers {
  readonly related: boolean;
  readonly tags: boolean;
  /** Address of the page of rules, whose anchors are rule ids; undefined where links are not shown. */
  readonly rulesPage: string | undefined;
}

/**
 * A finding as LSP has it. `linesOf` gives the lines of another document that a related place lies in; a place in a
 * document that cannot be read is left out.
 */
export function toDiagnostic(
  finding: Placed,
  lines: Lines,
  powers: DiagnosticPowers,
  linesOf: (uri: string) => Lines | undefined,
): Diagnostic {
  const diagnostic: Diagnostic = {
    range: toRange(lines, finding.span),
    severity: severities[finding.severity],
    source: SOURCE,
    code: finding.rule,
    message: finding.message,
  };
  if (powers.rulesPage !== undefined) diagnostic.codeDescription = { href: `${powers.rulesPage}#${finding.rule}` };
  if (powers.tags && finding.tag) diagnostic.tags = [tags[finding.tag]];
  if (powers.related && finding.related.length > 0) {
    diagnostic.relatedInformation = finding.related.flatMap((related) => {
      const there = linesOf(related.uri);
      return there
        ? [{ location: { uri: related.uri, range: toRange(there, related.span) }, message: related.message }]
        : [];
    });
  }
  return diagnostic;
}

const severities: Record<Severity, DiagnosticSeverity> = {
  error: DiagnosticSeverity.Error,
  warning: DiagnosticSeverity.Warning,
  // Information, not Hint: editors show hints as three faint dots only and leave them out of their lists.
  hint: DiagnosticSeverity.Information,
};

const tags = { unnecessary: DiagnosticTag.Unnecessary, deprecated: DiagnosticTag.Deprecated } as const;
