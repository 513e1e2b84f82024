/**
 * Quick fixes, fix-all and "ignore this here". They ask the analysis of the same version for the findings and take the
 * fixes that the findings carry; the editor's diagnostics are never looked into for them.
 */
import { type CodeAction, CodeActionKind, type CodeActionParams, type WorkspaceEdit } from 'vscode-languageserver/node';
import type { Edit } from '../text/edit.ts';
import { overlaps, touches } from '../text/span.ts';
import type { Placed } from '../workspace/document.ts';
import { mend } from '../workspace/mend.ts';
import { suppress } from '../workspace/suppress.ts';
import { fromRange, toDiagnostic, toTextEdits } from './convert.ts';
import type { Asked } from './handler.ts';

/** The kind under which "fix all on save" is set: `"source.fixAll.jetsonPipelines": "explicit"`. */
export const FIX_ALL = `${CodeActionKind.SourceFixAll}.jetsonPipelines`;

export const codeActionKinds = [CodeActionKind.QuickFix, FIX_ALL];

export function codeActions(asked: Asked, params: CodeActionParams): CodeAction[] {
  const wants = (kind: string): boolean =>
    !params.context.only || params.context.only.some((only) => kind === only || kind.startsWith(`${only}.`));
  const actions: CodeAction[] = [];
  if (wants(CodeActionKind.QuickFix)) {
    const range = fromRange(asked.lines, params.range);
    const here = asked.analysis.findings.filter(
      ({ span }) => overlaps(span, range) || touches(span, range.start) || touches(span, range.end),
    );
    for (const finding of here) actions.push(...fixes(asked, finding));
    for (const finding of here) actions.push(...ignore(asked, finding, actions));
  }
  // Only where it was asked for by name: it is no answer to "what can be done at this place".
  if (params.context.only && wants(FIX_ALL)) {
    const edit = fixAll(asked);
    if (edit) {
      const title = 'Fix all safely fixable pipeline problems';
      actions.push({ title, kind: FIX_ALL, edit: workspaceEdit(asked, [edit]) });
    }
  }
  return actions;
}

/** What `gst-lint --fix` would do to the document, as one edit from the first character that changes to the last. */
function fixAll({ session, analysis: { document } }: Asked): Edit | undefined {
  const before = document.text;
  const after = mend(document, session.store.world).analysis.document.text;
  if (after === before) return undefined;
  const shorter = Math.min(before.length, after.length);
  let start = 0;
  while (start < shorter && before[start] === after[start]) start++;
  let same = 0;
  while (same < shorter - start && before.at(-1 - same) === after.at(-1 - same)) same++;
  return { span: { start, end: before.length - same }, text: after.slice(start, after.length - same) };
}

function fixes(asked: Asked, finding: Placed): CodeAction[] {
  const diagnostics = [diagnosticOf(asked, finding)];
  return finding.fixes.map((fix, i) => ({
    title: fix.title,
    kind: CodeActionKind.QuickFix,
    diagnostics,
    isPreferred: i === 0 && fix.safe,
    edit: workspaceEdit(asked, fix.edits),
  }));
}

/** One for a rule, however many of its findings touch the place. */
function ignore(asked: Asked, finding: Placed, already: readonly CodeAction[]): CodeAction[] {
  const title = `Ignore ${finding.rule} here`;
  if (already.some((action) => action.title === title)) return [];
  const edit = suppress(asked.analysis, finding);
  if (!edit) return [];
  return [
    {
      title,
      kind: CodeActionKind.QuickFix,
      diagnostics: [diagnosticOf(asked, finding)],
      edit: workspaceEdit(asked, [edit]),
    },
  ];
}

function diagnosticOf({ session, uri, lines }: Asked, finding: Placed) {
  return toDiagnostic(finding, lines, session.powers, (other) => (other === uri ? lines : session.linesOf(other)));
}

/** With the document's version where the client can check it, so that a late edit is refused and not misplaced. */
function workspaceEdit({ session, uri, lines, analysis }: Asked, edits: readonly Edit[]): WorkspaceEdit {
  const textEdits = toTextEdits(lines, edits);
  return session.capabilities.workspace?.workspaceEdit?.documentChanges
    ? { documentChanges: [{ textDocument: { uri, version: analysis.document.version }, edits: textEdits }] }
    : { changes: { [uri]: textEdits } };
}
