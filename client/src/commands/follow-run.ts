import type { Command } from '../command.ts';
import { foundIn } from '../devices/found-runs.ts';

/** Follows a run that was started to outlive its window: its whole log so far, then what comes. */
export const command: Command = {
  id: 'jetsonPipelines.followRun',
  title: 'Follow Run',
  icon: '$(eye)',
  enablement: 'isWorkspaceTrusted',
  async run({ devices }, word) {
    const found = await foundIn(devices, word, 'Follow which run?');
    if (!found) return;
    devices.runs.follow(await devices.connections.connect(found.device), found.device.name, found.known);
  },
};
