import type { Command } from '../command.ts';
import { askDevice } from '../devices/ask-device.ts';

/** Shows what a device is busy with, in the side bar; measures while it is seen. */
export const command: Command = {
  id: 'jetsonPipelines.showTegrastats',
  title: 'Show Load of Device',
  icon: '$(pulse)',
  async run({ devices, tegrastats }, word) {
    const device = await askDevice(devices, word, 'The load of which device?');
    if (!device) return;
    await tegrastats.show(device.name);
    devices.boards.hold(device.name, tegrastats, true);
  },
};
