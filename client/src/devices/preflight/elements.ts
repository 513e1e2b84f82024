import type { Check } from '../check.ts';

/** The program and the elements must be there; without one of them nothing starts. */
export const check: Check = {
  id: 'elements',
  byNames: true,
  asks: ({ program, elements }) => ({
    programs: [program],
    // The sections of a configuration are no elements.
    elements: program === 'deepstream-app' ? [] : elements.map(({ factory }) => factory),
  }),
  run: ({ planned: { program, elements }, answers, board }) => {
    if (answers.hasProgram(program) === false) {
      const advice = program === 'deepstream-app' ? 'Install DeepStream' : 'Install the package that brings it';
      return [
        { severity: 'error', text: `There is no ${program} on the device. ${advice}, or choose another device.` },
      ];
    }
    const missing = [...new Set(elements.map(({ factory }) => factory))].filter(
      (factory) => answers.hasElement(factory) === false,
    );
    return missing.map((factory) => {
      const encoder =
        /^nvv4l2.*enc$/.test(factory) && board.said.model !== undefined && board.said.encoder === undefined;
      const why = encoder ? ' It has no hardware encoder; x264enc or x265enc do the work on the CPU.' : '';
      return { severity: 'error', text: `The device has no element ${factory}.${why}` };
    });
  },
};
