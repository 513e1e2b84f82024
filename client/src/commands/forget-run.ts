import type { Command } from '../command.ts';
import { foundIn } from '../devices/found-runs.ts';
import { forgetRun } from '../remote/launch.ts';

/** Removes the log that a device keeps of a run that has ended. */
export const command: Command = {
  id: 'jetsonPipelines.forgetRun',
  title: 'Forget Ended Run',
  icon: '$(trash)',
  enablement: 'isWorkspaceTrusted',
  async run({ devices }, word) {
    const found = await foundIn(devices, word, 'Forget which run?');
    if (!found) return;
    const { device, known } = found;
    const runner = await devices.connections.connect(device);
    if (!(await forgetRun(runner, known.id))) throw new Error(`${known.title} still runs. Stop it first.`);
    await devices.connections.refresh(device.name);
  },
};
