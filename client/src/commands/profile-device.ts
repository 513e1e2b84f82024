import { basename } from 'node:path';
import * as vscode from 'vscode';
import type { Command, Rooms } from '../command.ts';
import { askDevice } from '../devices/ask-device.ts';
import { factsOf } from '../devices/board-facts.ts';
import type { KnownDevice } from '../devices/known-devices.ts';
import { between } from '../remote/measurements.ts';
import { profileReport } from '../remote/profile-report.ts';
import { shellLine } from '../remote/quote.ts';
import { writeWhole } from '../views/write-whole.ts';

const SECONDS = 30;
const LONGEST = 3_600;

/** Measures a device for some seconds, with the frame rates and latencies of what runs, and writes a report with pictures. */
export const command: Command = {
  id: 'jetsonPipelines.profileDevice',
  title: 'Profile Device',
  icon: '$(dashboard)',
  enablement: 'isWorkspaceTrusted',
  async run(rooms, word) {
    if (!vscode.workspace.isTrusted) throw new Error('This workspace is not trusted, so nothing is run.');
    const device = await askDevice(rooms.devices, word, 'Profile which device?');
    if (!device) return;
    const seconds = await askSeconds(rooms, device);
    if (seconds === undefined) return;
    const began = Date.now() / 1000;
    if (!(await measured(rooms, device, seconds))) return;
    await write(rooms, device, began);
  },
};

async function askSeconds({ devices }: Rooms, { name }: KnownDevice): Promise<number | undefined> {
  const runs = devices.runs.active.filter(({ order }) => order.device === name).length;
  const typed = await vscode.window.showInputBox({
    title: `Profile ${name} for how many seconds?`,
    prompt:
      runs > 0
        ? 'What runs now is measured.'
        : 'Nothing of this window runs there now: only the device itself is measured.',
    value: String(SECONDS),
    validateInput: (text) => (isSeconds(text) ? undefined : `A number from 1 to ${LONGEST}.`),
  });
  return typed === undefined ? undefined : Number(typed);
}

const isSeconds = (text: string): boolean => /^\d+$/.test(text.trim()) && Number(text) >= 1 && Number(text) <= LONGEST;

/** False where the person has stopped it. Rejects where the device cannot be measured. */
async function measured({ devices }: Rooms, { name }: KnownDevice, seconds: number): Promise<boolean> {
  const { boards } = devices;
  const holder = {};
  return vscode.window.withProgress(
    { location: vscode.ProgressLocation.Notification, title: `Profiling ${name}`, cancellable: true },
    (progress, token) =>
      new Promise<boolean>((resolve, reject) => {
        let left = seconds;
        const finish = (settle: () => void): void => {
          clearInterval(timer);
          for (const one of watches) one.dispose();
          boards.release(name, holder);
          settle();
        };
        const timer = setInterval(() => {
          if (boards.state(name).is !== 'watching') return;
          left -= 1;
          progress.report({ message: `${left} s`, increment: 100 / seconds });
          if (left <= 0) finish(() => resolve(true));
        }, 1_000);
        const watches = [
          token.onCancellationRequested(() => finish(() => resolve(false))),
          boards.onNews(({ device, kind }) => {
            const state = boards.state(name);
            if (device === name && kind === 'state' && state.is === 'failed' && !state.again) {
              finish(() => reject(new Error(state.why)));
            }
          }),
        ];
        boards.hold(name, holder, true);
      }),
  );
}

async function write({ devices }: Rooms, { name }: KnownDevice, began: number): Promise<void> {
  const state = devices.connections.state(name);
  const runs = devices.runs.active.filter(({ order }) => order.device === name);
  const folder = vscode.workspace.workspaceFolders?.[0]?.uri;
  const day = new Date().toISOString().slice(0, 16).replace(/[:T]/g, '-');
  const input = {
    measurements: between(devices.boards.measurements(name), began, Number.POSITIVE_INFINITY),
    runs: runs.map((run) => ({
      title: run.order.title,
      command: shellLine(run.order.words),
      latencies: devices.latencies.of(run),
    })),
    facts:
      state.is === 'ready'
        ? factsOf(state.board).flatMap(({ title, value }) => (value === undefined ? [] : [{ title, value }]))
        : [],
    at: Date.now(),
  };
  const file = await vscode.window.showSaveDialog({
    title: 'Write the report to',
    filters: { Markdown: ['md'] },
    ...(folder && { defaultUri: vscode.Uri.joinPath(folder, `profile-${name.replace(/[^\w.-]+/g, '_')}-${day}.md`) }),
  });
  if (!file) return;
  const pictures = `${basename(file.path).replace(/\.md$/, '')}-pictures`;
  const report = profileReport(input, pictures);
  for (const { name: picture, svg } of report.pictures) {
    await writeWhole(vscode.Uri.joinPath(file, '..', pictures, picture), svg);
  }
  await writeWhole(file, report.markdown);
  await vscode.commands.executeCommand('markdown.showPreview', file);
}
