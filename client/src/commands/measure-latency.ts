import * as vscode from 'vscode';
import type { Command } from '../command.ts';
import { askRunDevice } from '../devices/ask-device.ts';
import { chooseRunnable } from '../devices/choose-runnable.ts';
import { readOptions } from '../devices/run-options.ts';
import { OPTIONS, startRun } from '../devices/start-run.ts';
import { wantedRunnable } from '../devices/wanted.ts';

/** Runs a pipeline with the latency tracer: each element's time stands behind its name, and as a curve in the load view. */
export const command: Command = {
  id: 'jetsonPipelines.measureLatency',
  title: 'Measure Latency on Jetson',
  icon: '$(watch)',
  enablement: 'isWorkspaceTrusted',
  async run({ devices, language }, ...words) {
    if (!vscode.workspace.isTrusted) throw new Error('This workspace is not trusted, so nothing is run.');
    const chosen = await chooseRunnable(language, words);
    if (!chosen) return;
    const { uri } = chosen.document;
    const options = { ...readOptions(devices.memory.get(OPTIONS)), tracers: 'latency' };
    const wanted = { ...wantedRunnable(uri.fsPath, uri.toString(), chosen.runnable), options };
    const device = await askRunDevice(devices);
    if (device) await startRun(devices, device, wanted);
  },
};
