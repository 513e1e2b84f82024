/** Finds links whose ends have no caps in common and that no single element mends. */
import { brokenLinks } from '../model/diagnose.ts';
import type { Rule } from '../model/finding.ts';

export const rule: Rule = {
  id: 'caps-do-not-meet',
  title: 'What one element gives, the next does not take',
  why: 'A link needs caps that both ends agree on. Where what is offered, what the filter asks for and what is taken have nothing in common, GStreamer refuses the link with "could not link".',
  severity: 'error',
  on: 'launch',
  examples: [
    {
      bad: 'audiotestsrc ! videoconvert ! fakesink',
      good: 'audiotestsrc ! audioconvert ! fakesink',
    },
  ],
  *check(reading) {
    if (reading.kind === 'launch') yield* brokenLinks(reading, 'caps-do-not-meet');
  },
};
