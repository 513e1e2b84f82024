import * as vscode from 'vscode';
import type { Command } from '../command.ts';

/** Opens the caps inspector: with two elements that are named, else with those around the cursor. */
export const command: Command = {
  id: 'jetsonPipelines.inspectCaps',
  title: 'Compare Caps of Two Elements',
  icon: '$(split-horizontal)',
  run({ caps }, from, to) {
    const editor = vscode.window.activeTextEditor;
    if (!editor) {
      void vscode.window.showInformationMessage(
        'Open a file with a pipeline first: its target says which tables are asked.',
      );
      return;
    }
    if (typeof from === 'string' && typeof to === 'string') {
      caps.show(editor.document, from, to);
      return;
    }
    const names = around(editor.document.lineAt(editor.selection.active).text, editor.selection.active.character);
    caps.show(editor.document, names[0] ?? 'videotestsrc', names[1] ?? 'autovideosink');
  },
};

/** The words that begin an element on the line: the one before the cursor and the next. */
function around(line: string, cursor: number): string[] {
  const names = [...line.matchAll(/(?:^|[\s"'!])([a-z][\w-]*[a-z0-9])(?=\s|["']|$)/g)].map((hit) => ({
    name: hit[1]!,
    at: hit.index + hit[0].length - hit[1]!.length,
  }));
  const first = Math.max(
    0,
    names.findLastIndex(({ at }) => at <= cursor),
  );
  return names.slice(first, first + 2).map(({ name }) => name);
}
