import assert from 'node:assert/strict';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import type * as vscode from 'vscode';
import { ruleLinks } from '../../../client/src/rule-links.ts';

/** As much of a diagnostic as the links look at. */
function diagnostic(fragment: string): vscode.Diagnostic {
  const uri = (part: string) => ({
    scheme: 'file',
    fragment: part,
    with: ({ fragment: next }: { fragment: string }) => uri(next),
  });
  return { code: { value: fragment, target: uri(fragment) } } as unknown as vscode.Diagnostic;
}

const targetOf = ({ code }: vscode.Diagnostic) => (code as { target: vscode.Uri }).target.fragment;

test('links of findings lead to lines, those in hovers to the command', () => {
  const folder = mkdtempSync(join(tmpdir(), 'gst-lint-links-'));
  const page = join(folder, 'rules.md');
  writeFileSync(page, '# Rules\n\n## bad-value\n\ntext\n\n## other-rule\n');
  const links = ruleLinks(page);
  const known = diagnostic('other-rule');
  links.ofDiagnostic(known);
  assert.equal(targetOf(known), 'L7');
  const unknown = diagnostic('no-such-rule');
  links.ofDiagnostic(unknown);
  assert.equal(targetOf(unknown), 'no-such-rule');
  assert.equal(
    links.inMarkdown('why [Example](file:///x%20y/docs/rules.md#bad-value) [else](https://example.org/#a)'),
    'why [Example](command:jetsonPipelines.openRule?%5B%22bad-value%22%5D) [else](https://example.org/#a)',
  );
  rmSync(folder, { recursive: true });
  assert.doesNotThrow(() => ruleLinks(page).ofDiagnostic(diagnostic('bad-value')));
});
