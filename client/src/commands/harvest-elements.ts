import * as vscode from 'vscode';
import type { Command } from '../command.ts';
import { askDevice } from '../devices/ask-device.ts';
import { targetOf } from '../devices/device-target.ts';

/** Reads all elements of a device with its own gst-inspect-1.0; for the chosen one they go before the tables that ship. */
export const command: Command = {
  id: 'jetsonPipelines.harvestElements',
  title: 'Harvest Elements of Device',
  icon: '$(database)',
  enablement: 'isWorkspaceTrusted',
  async run({ devices, language }, word) {
    const device = await askDevice(devices, word, 'Harvest the elements of which device?');
    if (!device) return;
    const progressAt = { location: vscode.ProgressLocation.Notification, cancellable: true } as const;
    const found = await vscode.window.withProgress(
      { ...progressAt, title: `Reading the elements of ${device.name}` },
      async (progress, token) => {
        const abort = new AbortController();
        const watch = token.onCancellationRequested(() => abort.abort());
        let shown = 0;
        try {
          const runner = await devices.connections.connect(device);
          return await devices.tables.harvest(runner, device.name, {
            abort: abort.signal,
            progress: ({ done, total }) => {
              const share = total > 0 ? (done / total) * 100 : 0;
              progress.report({ message: `${done} of ${total}`, increment: share - shown });
              shown = share;
            },
          });
        } catch (error) {
          if (abort.signal.aborted) return undefined;
          throw error;
        } finally {
          watch.dispose();
        }
      },
    );
    if (!found) return;
    const current = devices.known.current()?.name === device.name;
    const target = current ? await targetOf(devices, language, device) : undefined;
    if (target !== undefined) await devices.tables.use(device.name, target);
    const fresh = found.elements.length - found.reused;
    const parts = [
      `${device.name} has ${found.elements.length} elements, ${fresh} of them read anew.`,
      found.unreadable.length > 0 ? `These could not be read: ${found.unreadable.slice(0, 5).join(', ')}.` : '',
      target === undefined ? 'They are used once the device is the target.' : 'They go before the tables that ship.',
    ];
    void vscode.window.showInformationMessage(parts.filter((part) => part !== '').join(' '));
  },
};
