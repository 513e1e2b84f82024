/** How long each element takes, behind its name in the text, while a run is traced and until the text changes. */
import * as vscode from 'vscode';
import type { Latencies } from '../devices/latencies.ts';
import type { RunSource } from '../devices/runs.ts';
import type { Latency } from '../remote/latency.ts';

interface Marked {
  readonly source: RunSource;
  readonly latencies: readonly Latency[];
}

export class LatencyMarks implements vscode.Disposable {
  readonly #marks = vscode.window.createTextEditorDecorationType({
    after: { margin: '0 0 0 0.5em', color: new vscode.ThemeColor('editorCodeLens.foreground') },
    rangeBehavior: vscode.DecorationRangeBehavior.ClosedClosed,
  });
  readonly #documents = new Map<string, Marked>();
  readonly #subscriptions: readonly vscode.Disposable[];

  constructor(latencies: Latencies) {
    this.#subscriptions = [
      this.#marks,
      latencies.onDidChange(({ run, latencies: all }) => {
        const { source } = run.order;
        if (!source) return;
        this.#documents.set(vscode.Uri.parse(source.uri).toString(), { source, latencies: all });
        this.#draw();
      }),
      vscode.window.onDidChangeVisibleTextEditors(() => this.#draw()),
      vscode.workspace.onDidChangeTextDocument(({ document, contentChanges }) => {
        if (contentChanges.length > 0 && this.#documents.delete(document.uri.toString())) this.#draw();
      }),
    ];
  }

  dispose(): void {
    for (const subscription of this.#subscriptions) subscription.dispose();
  }

  #draw(): void {
    for (const editor of vscode.window.visibleTextEditors) {
      const marked = this.#documents.get(editor.document.uri.toString());
      editor.setDecorations(this.#marks, marked ? marksOf(marked) : []);
    }
  }
}

function marksOf({ source, latencies }: Marked): vscode.DecorationOptions[] {
  const single = latencies.filter(({ whole }) => !whole);
  const slowest = single[0];
  return source.elements.flatMap(({ name, range }) => {
    const latency = single.find((one) => one.name === name);
    if (!latency) return [];
    const { end, start } = range;
    const note = `${name}: ${milliseconds(latency.average)} on average of ${latency.frames} frames, ${milliseconds(latency.maximum)} at most`;
    return [
      {
        range: new vscode.Range(start.line, start.character, end.line, end.character),
        hoverMessage: latency === slowest ? `${note}. The slowest of this run.` : `${note}.`,
        renderOptions: {
          after: {
            contentText: milliseconds(latency.average),
            ...(latency === slowest && { color: new vscode.ThemeColor('editorWarning.foreground') }),
          },
        },
      },
    ];
  });
}

const milliseconds = (value: number): string => `${value < 10 ? value.toFixed(2) : value.toFixed(1)} ms`;
