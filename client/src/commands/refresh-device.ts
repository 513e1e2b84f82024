import type { Command } from '../command.ts';
import { askDevice } from '../devices/ask-device.ts';

/** Asks a connected device anew what it is. */
export const command: Command = {
  id: 'jetsonPipelines.refreshDevice',
  title: 'Refresh Device',
  icon: '$(refresh)',
  async run({ devices }, word) {
    const device = await askDevice(devices, word, 'Refresh which device?');
    if (device) await devices.connections.refresh(device.name);
  },
};
