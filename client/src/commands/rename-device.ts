import * as vscode from 'vscode';
import type { Command } from '../command.ts';
import { askDevice } from '../devices/ask-device.ts';

/** Gives a device another name; it is connected anew under it. */
export const command: Command = {
  id: 'jetsonPipelines.renameDevice',
  title: 'Rename Device',
  icon: '$(edit)',
  async run({ devices }, word) {
    const device = await askDevice(devices, word, 'Rename which device?');
    if (!device) return;
    const others = new Set(devices.known.all().map(({ name }) => name));
    const name = await vscode.window.showInputBox({
      title: `Rename ${device.name}`,
      value: device.name,
      validateInput: (text) =>
        text.trim() === ''
          ? 'A device needs a name.'
          : text !== device.name && others.has(text.trim())
            ? 'Another device has this name.'
            : undefined,
    });
    if (name === undefined || name.trim() === device.name) return;
    await devices.connections.disconnect(device.name);
    await devices.known.rename(device.name, name.trim());
  },
};
