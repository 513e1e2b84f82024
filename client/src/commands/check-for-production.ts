import * as vscode from 'vscode';
import type { Command } from '../command.ts';
import { askRunDevice } from '../devices/ask-device.ts';
import { chooseRunnable } from '../devices/choose-runnable.ts';
import { diagnosisPage } from '../devices/diagnose.ts';
import { planOf } from '../devices/plan.ts';
import { productionCheck } from '../devices/production.ts';
import { installedUnit, listServices, UNITS } from '../devices/services.ts';

/** Goes through the checklist of a deployment that runs day and night: the pipeline, its service, its device. */
export const command: Command = {
  id: 'jetsonPipelines.checkForProduction',
  title: 'Check for Production',
  icon: '$(checklist)',
  enablement: 'isWorkspaceTrusted',
  async run({ devices, language, pages }, ...words) {
    const chosen = await chooseRunnable(language, words);
    if (!chosen) return;
    const device = await askRunDevice(devices);
    if (!device) return;
    const runner = await devices.connections.connect(device);
    const state = devices.connections.state(device.name);
    if (state.is !== 'ready') return;
    const services = await listServices(runner, UNITS);
    const none = { label: 'None yet', name: '' };
    const items = [...services.map(({ name, state: now }) => ({ label: name, description: now, name })), none];
    const service =
      services.length === 0 ? none : await vscode.window.showQuickPick(items, { title: 'Which service runs it?' });
    if (!service) return;
    const { kind, title } = chosen.runnable;
    const found = productionCheck({
      kind,
      elements: planOf(chosen.runnable),
      unit: service.name === '' ? '' : await installedUnit(runner, service.name, UNITS),
      board: state.board,
    });
    await pages.showMarkdown(`Production check of ${title}`, diagnosisPage(`${title} on ${device.name}`, found));
  },
};
