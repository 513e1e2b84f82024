import type { Command } from '../command.ts';

/** Reads a saved log of a program into the debug log. */
export const command: Command = {
  id: 'jetsonPipelines.openLog',
  title: 'Open Saved Log',
  icon: '$(folder-opened)',
  async run({ logPanel }) {
    await logPanel.open();
  },
};
