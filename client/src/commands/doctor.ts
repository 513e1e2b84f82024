import type { Command } from '../command.ts';

/** Opens the page that says what is installed and works, and what to do about the rest. */
export const command: Command = {
  id: 'jetsonPipelines.doctor',
  title: 'Doctor: What Is Installed and Works',
  icon: '$(heart)',
  run({ doctor }) {
    doctor.show();
  },
};
