import type { Command } from '../command.ts';
import { askDevice } from '../devices/ask-device.ts';

/** Connects to a device and asks what it is. */
export const command: Command = {
  id: 'jetsonPipelines.connectDevice',
  title: 'Connect to Device',
  icon: '$(plug)',
  enablement: 'isWorkspaceTrusted',
  async run({ devices }, word) {
    const device = await askDevice(devices, word, 'Connect to which device?');
    if (device) await devices.connections.connect(device);
  },
};
