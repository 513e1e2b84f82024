import { mkdtemp } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, posix } from 'node:path';
import * as vscode from 'vscode';
import type { Command } from '../command.ts';
import { askActiveRun } from '../devices/ask-active-run.ts';
import type { KnownDevice } from '../devices/known-devices.ts';
import type { DeviceRooms } from '../devices/rooms.ts';
import { DOTS } from '../devices/run-options.ts';
import type { ActiveRun } from '../devices/runs.ts';
import { newestDump } from '../remote/dot-dumps.ts';
import { collect } from '../remote/runner.ts';

/** The graph of a run as GStreamer itself draws it, with the caps that were agreed on. */
export const command: Command = {
  id: 'jetsonPipelines.showLiveGraph',
  title: 'Show Live Graph of Run',
  icon: '$(type-hierarchy-sub)',
  enablement: 'isWorkspaceTrusted',
  async run({ devices, graphs }, word) {
    const asked = await askActiveRun(devices.runs, word, 'The graph of which run?');
    if (!asked) return;
    const device = devices.known.named(asked.order.device);
    if (!device) throw new Error(`${asked.order.device} is no longer in the list of devices.`);
    const active = asked.order.env[DOT_FOLDER] === undefined ? await again(devices, device, asked) : asked;
    if (!active) return;
    const { order, run } = active;
    const folder = order.env[DOT_FOLDER] ?? DOTS;
    await vscode.window.withProgress(
      { location: vscode.ProgressLocation.Notification, title: `The graph of ${order.title}`, cancellable: true },
      async (_progress, token) => {
        const abort = new AbortController();
        const watch = token.onCancellationRequested(() => abort.abort());
        try {
          const runner = await devices.connections.connect(device);
          const file = await newestDump(runner, order.folder, folder, () => run.snapshot(), abort.signal);
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

const DOT_FOLDER = 'GST_DEBUG_DUMP_DOT_DIR';

/** GStreamer reads where to write dot files when it begins, so a run without them begins anew, after a question. */
async function again(
  devices: DeviceRooms,
  device: KnownDevice,
  { order, run }: ActiveRun,
): Promise<ActiveRun | undefined> {
  const yes = 'Run Again';
  const question = 'This run writes no dot files. Stop it, with its files finished, and run it again with them?';
  if ((await vscode.window.showWarningMessage(question, { modal: true }, yes)) !== yes) return undefined;
  await run.stop();
  const runner = await devices.connections.connect(device);
  const start = order.folder === '' ? {} : { folder: order.folder };
  await collect(runner.exec(['mkdir', '-p', '--', DOTS], { input: '', ...start }));
  return devices.runs.start(runner, { ...order, env: { ...order.env, [DOT_FOLDER]: DOTS } });
}
