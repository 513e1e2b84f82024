import type { Command } from '../command.ts';
import { askDevice } from '../devices/ask-device.ts';

/** Ends the connection; runs on it are stopped first, so that their files are finished, but for those that outlive the window. */
export const command: Command = {
  id: 'jetsonPipelines.disconnectDevice',
  title: 'Disconnect from Device',
  icon: '$(debug-disconnect)',
  async run({ devices }, word) {
    const device = await askDevice(devices, word, 'Disconnect from which device?');
    if (!device) return;
    const mine = devices.runs.active.filter(({ order }) => order.device === device.name);
    await Promise.all(mine.map((active) => (active.run.outlives ? devices.runs.leave(active) : active.run.stop())));
    await devices.connections.disconnect(device.name);
  },
};
