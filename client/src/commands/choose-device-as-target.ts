import * as vscode from 'vscode';
import type { Command } from '../command.ts';
import { askDevice } from '../devices/ask-device.ts';
import { setTarget, targetOf } from '../devices/device-target.ts';

/** Makes a device the one that runs are for, and that pipelines are judged for as far as it says what it is. */
export const command: Command = {
  id: 'jetsonPipelines.chooseDeviceAsTarget',
  title: 'Use Device for Runs and as Target',
  icon: '$(target)',
  enablement: 'isWorkspaceTrusted',
  async run({ devices, language }, word) {
    const device = await askDevice(devices, word, 'Which device are the pipelines of this project for?');
    if (!device) return;
    await devices.known.choose(device.name);
    await devices.connections.connect(device);
    const target = await targetOf(devices, language, device);
    if (target === undefined) {
      const text = `${device.name} is used for runs. It does not say which machine it is, so the target stays as it was.`;
      void vscode.window.showInformationMessage(text);
      return;
    }
    await setTarget(target);
    await devices.known.rememberTarget(device.name, target);
    await devices.tables.use(device.name, target);
  },
};
