/** Finds links that a decoder would mend, proved by reading the pipeline again with it put in. */
import { brokenLinks } from '../model/diagnose.ts';
import type { Rule } from '../model/finding.ts';

export const rule: Rule = {
  id: 'missing-decoder',
  title: 'A decoder is missing: coded video or audio meets an element that takes raw',
  why: 'Converters, overlays and sinks work on raw frames. A coded stream has to be decoded first, on a Jetson best by nvv4l2decoder.',
  severity: 'error',
  on: 'launch',
  examples: [
    {
      bad: 'videotestsrc ! jpegenc ! videoconvert ! fakesink',
      good: 'videotestsrc ! jpegenc ! jpegdec ! videoconvert ! fakesink',
    },
  ],
  *check(reading) {
    if (reading.kind === 'launch') yield* brokenLinks(reading, 'missing-decoder');
  },
};
