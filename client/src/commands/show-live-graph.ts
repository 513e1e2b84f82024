import { mkdtemp } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, posix } from 'node:path';
import * as vscode from 'vscode';
import type { Command } from '../command.ts';
import { askActiveRun } from '../devices/ask-active-run.ts';
import { newestDump } from '../remote/dot-dumps.ts';

/** The graph of a run as GStreamer itself draws it, with the caps that were agreed on. */
export const command: Command = {
  id: 'jetsonPipelines.showLiveGraph',
  title: 'Show Live Graph of Run',
  icon: '$(type-hierarchy-sub)',
  enablement: 'isWorkspaceTrusted',
  async run({ devices, graphs }, word) {
    const active = await askActiveRun(devices.runs, word, 'The graph of which run?');
    if (!active) return;
    const { order, run } = active;
    const folder = order.env.GST_DEBUG_DUMP_DOT_DIR;
    if (folder === undefined) {
      throw new Error('This run writes no dot files. Switch them on in the run options, and run it again.');
    }
    const device = devices.known.named(order.device);
    if (!device) throw new Error(`${order.device} is no longer in the list of devices.`);
    await vscode.window.withProgress(
      { location: vscode.ProgressLocation.Notification, title: `The graph of ${order.title}`, cancellable: true },
      async (_progress, token) => {
        const abort = new AbortController();
        const watch = token.onCancellationRequested(() => abort.abort());
        try {
          const runner = await devices.connections.connect(device);
          const file = await newestDump(runner, folder, () => run.snapshot(), abort.signal);
          if (token.isCancellationRequested) return;
          if (file === undefined) throw new Error('GStreamer has not written a graph of this run yet.');
          const there = await mkdtemp(join(tmpdir(), 'jetson-graph-'));
          const here = join(there, posix.basename(file));
          await runner.download(file, here, { abort: abort.signal });
          graphs.show(await vscode.workspace.openTextDocument(here), undefined);
        } finally {
          watch.dispose();
        }
      },
    );
  },
};
