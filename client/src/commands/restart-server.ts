import type { Command } from '../command.ts';

/** Ends the language server and starts it anew, with tables and settings read afresh. */
export const command: Command = {
  id: 'jetsonPipelines.restartServer',
  title: 'Restart Language Server',
  icon: '$(refresh)',
  async run({ language }) {
    await language.restart();
  },
};
