/**
 * Makes the server's links to a rule lead there in VS Code. The server links to an anchor of the rules page, as every
 * other editor wants it; VS Code opens a linked page as text, and goes to lines only.
 */
import { readFileSync } from 'node:fs';
import type * as vscode from 'vscode';

export interface RuleLinks {
  /** Changes the diagnostic in place: its link leads to the rule's line. */
  ofDiagnostic(diagnostic: vscode.Diagnostic): void;
  /** The text with its links to rules as commands that show the rule rendered. Commands work in hovers only. */
  inMarkdown(text: string): string;
}

/** The links to `page`, a path on this machine. */
export function ruleLinks(page: string): RuleLinks {
  let lines: ReadonlyMap<string, number> | undefined;
  return {
    ofDiagnostic(diagnostic) {
      const { code } = diagnostic;
      if (typeof code !== 'object' || code.target.scheme !== 'file') return;
      lines ??= anchors(page);
      const line = lines.get(code.target.fragment);
      if (line !== undefined) diagnostic.code = { ...code, target: code.target.with({ fragment: `L${line}` }) };
    },
    inMarkdown: (text) =>
      text.replace(
        /\]\(file:[^)\s]*\/docs\/rules\.md#([a-z0-9-]+)\)/g,
        (_, rule: string) => `](command:jetsonPipelines.openRule?${encodeURIComponent(JSON.stringify([rule]))})`,
      ),
  };
}

/** Headings of the page → their line, from 1. A page that cannot be read has none. */
function anchors(page: string): ReadonlyMap<string, number> {
  try {
    const lines = readFileSync(page, 'utf8').split('\n');
    return new Map(
      lines.flatMap((line, i) => (line.startsWith('## ') ? [[line.slice(3).trim(), i + 1] as const] : [])),
    );
  } catch {
    return new Map();
  }
}
