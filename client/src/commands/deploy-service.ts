import { basename } from 'node:path';
import * as vscode from 'vscode';
import type { Command } from '../command.ts';
import { askRunDevice } from '../devices/ask-device.ts';
import { chooseRunnable } from '../devices/choose-runnable.ts';
import type { DeviceRooms } from '../devices/rooms.ts';
import { rooted } from '../devices/rooted.ts';
import { type RunOptions, readPowerModes } from '../devices/run-options.ts';
import { isLive, nameProblem, type ServiceOrder, serviceName, unitText } from '../devices/service-unit.ts';
import { installedUnit, installService, UNITS, verifyUnit } from '../devices/services.ts';
import { absolutePlaces, goOn, optionsOf, prepareRun } from '../devices/start-run.ts';
import { wantedRunnable } from '../devices/wanted.ts';

/** Makes a systemd unit of a pipeline or configuration, shows what it would change, and installs it after a yes. */
export const command: Command = {
  id: 'jetsonPipelines.deployService',
  title: 'Deploy as a Service',
  icon: '$(server-process)',
  enablement: 'isWorkspaceTrusted',
  async run({ devices, language, pages }, ...words) {
    const chosen = await chooseRunnable(language, words);
    if (!chosen) return;
    const { uri } = chosen.document;
    const wanted = wantedRunnable(uri.fsPath, uri.toString(), chosen.runnable);
    const device = await askRunDevice(devices);
    if (!device) return;
    const name = await vscode.window.showInputBox({
      title: `Service on ${device.name}`,
      prompt: 'Name of the service',
      value: serviceName(basename(uri.fsPath)) || 'pipeline',
      validateInput: nameProblem,
    });
    if (name === undefined) return;
    const ready = await prepareRun(devices, device, wanted);
    if (!ready || !(await goOn(ready.findings, wanted.title, device.name))) return;
    const { runner, order } = ready;
    const { program, folder } = await absolutePlaces(runner, order);
    const factories = wanted.runnable?.elements.map(({ factory }) => factory) ?? [];
    const about = rooted(devices, device, 'to install the service');
    const text = unitText({
      name,
      description: `${wanted.title} (${basename(uri.fsPath)})`,
      words: [program, ...order.words.slice(1)],
      folder,
      user: about.user,
      env: order.env,
      // deepstream-app ends well when its sources do; day and night it is to go on.
      restart: wanted.runnable?.kind === 'config' || isLive(factories) ? 'always' : 'on-failure',
      ...boardSettings(devices, device.name, optionsOf(devices, wanted)),
    });
    const before = await installedUnit(runner, name, UNITS);
    const wrong = await verifyUnit(runner, name, text);
    const from = pages.put(`${name}.service on ${device.name}`, before);
    const to = pages.put(`${name}.service`, text);
    const title = before === '' ? `${name}.service, new on ${device.name}` : `${name}.service on ${device.name} ↔ new`;
    await vscode.commands.executeCommand('vscode.diff', from, to, title);
    const detail = [
      before === text
        ? 'It is installed as it is here; it is started anew.'
        : 'It is enabled and started, and comes back with the device.',
      wrong === undefined
        ? 'The device has no systemd-analyze to check it.'
        : wrong.length === 0
          ? 'systemd-analyze finds nothing wrong with it.'
          : `systemd-analyze says:\n${wrong.join('\n')}`,
    ];
    const install = 'Install';
    const question = `Install ${name}.service on ${device.name}?`;
    const answer = await vscode.window.showWarningMessage(
      question,
      { modal: true, detail: detail.join('\n\n') },
      install,
    );
    if (answer !== install) return;
    const { asker } = devices.connections;
    if (!(await installService(runner, asker, about, { name, text, units: UNITS }))) return;
    const show = 'Show Services';
    const told = `${name}.service runs on ${device.name}.`;
    if ((await vscode.window.showInformationMessage(told, show)) === show) {
      await vscode.commands.executeCommand('jetsonPipelines.showServices', device.name);
    }
  },
};

/** Power mode and clocks, where the options of runs ask for them. */
function boardSettings(
  { connections }: DeviceRooms,
  device: string,
  { powerMode, clocks }: RunOptions,
): Pick<ServiceOrder, 'powerMode' | 'clocks'> {
  const state = connections.state(device);
  const modes = state.is === 'ready' ? readPowerModes(state.board.said.modes) : [];
  const mode = modes.find(({ name }) => name === powerMode)?.id;
  return { ...(mode !== undefined && { powerMode: mode }), ...(clocks && { clocks }) };
}
