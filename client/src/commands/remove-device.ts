import * as vscode from 'vscode';
import type { Command } from '../command.ts';
import { askDevice } from '../devices/ask-device.ts';
import { forgetPassword } from '../devices/prompts.ts';
import { sshTarget } from '../devices/ssh-hosts.ts';

/** Forgets a device and its password, after a yes. Nothing on the device is touched. */
export const command: Command = {
  id: 'jetsonPipelines.removeDevice',
  title: 'Remove Device',
  icon: '$(trash)',
  async run({ devices }, word) {
    const device = await askDevice(devices, word, 'Remove which device?');
    if (!device) return;
    const remove = 'Remove';
    const detail = 'The list forgets it. Nothing on the device is changed.';
    const answer = await vscode.window.showWarningMessage(`Remove ${device.name}?`, { modal: true, detail }, remove);
    if (answer !== remove) return;
    await devices.connections.disconnect(device.name);
    await devices.known.remove(device.name);
    if (device.kind !== 'ssh') return;
    const { host, user } = await sshTarget(device);
    await forgetPassword(devices.context.secrets, { device: device.name, host, user });
  },
};
