import type { Check } from '../check.ts';

/** A Jetson without an encoder has no node for one; an element for it may be there all the same, and fails when it starts. */
export const check: Check = {
  id: 'encoder',
  byNames: true,
  run: ({ planned: { elements }, board: { said }, answers }) => {
    if (said.model === undefined || said.encoder !== undefined) return [];
    const used = elements.find(({ factory }) => /^nvv4l2(?:h264|h265|av1|vp8|vp9)enc$/.test(factory));
    if (!used || answers.hasElement(used.factory) === false) return [];
    const text = `${used.factory} needs a hardware encoder, and the device has no node of one.`;
    return [{ severity: 'error', text: `${text} x264enc or x265enc do the work on the CPU.` }];
  },
};
