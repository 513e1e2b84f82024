/**
 * Makes a finding's link lead to the line of its rule. The server links to an anchor of the rules page, as every other
 * editor wants it; VS Code opens the page as text and goes to lines only.
 */
import { readFileSync } from 'node:fs';
import type * as vscode from 'vscode';

/** Changes the diagnostic in place, where its link leads to an anchor of `page`. */
export function linkToLines(page: string): (diagnostic: vscode.Diagnostic) => void {
  let lines: ReadonlyMap<string, number> | undefined;
  return (diagnostic) => {
    const { code } = diagnostic;
    if (typeof code !== 'object' || code.target.scheme !== 'file') return;
    lines ??= anchors(page);
    const line = lines.get(code.target.fragment);
    if (line !== undefined) diagnostic.code = { ...code, target: code.target.with({ fragment: `L${line}` }) };
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
