import type { Command } from '../command.ts';

const NAME = 'Demo device';

/** Starts a Jetson Orin Nano that is played on this machine, so that everything can be tried without a board. */
export const command: Command = {
  id: 'jetsonPipelines.startDemoDevice',
  title: 'Start Demo Device',
  icon: '$(vm-running)',
  enablement: 'isWorkspaceTrusted',
  async run({ devices: { known, connections } }) {
    const device = known.all().find(({ kind }) => kind === 'demo') ?? ({ name: NAME, kind: 'demo', host: '' } as const);
    if (!known.named(device.name)) await known.add(device);
    await connections.connect(device);
    if (!known.current()) await known.choose(device.name);
  },
};
