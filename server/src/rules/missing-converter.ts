/** Finds links that a converter would mend, proved by reading the pipeline again with it put in. */
import { brokenLinks } from '../model/diagnose.ts';
import type { Rule } from '../model/finding.ts';

export const rule: Rule = {
  id: 'missing-converter',
  title: 'Two raw formats meet that need a converter between them',
  why: 'Both sides work on raw frames, but in formats, sizes or rates that have nothing in common. A converter makes one of the other; GStreamer puts none in by itself.',
  severity: 'error',
  on: 'launch',
  examples: [
    {
      bad: 'videotestsrc ! video/x-raw,format=GRAY8 ! videoflip ! video/x-raw,format=RGBA ! fakesink',
      good: 'videotestsrc ! video/x-raw,format=GRAY8 ! videoflip ! videoconvert ! video/x-raw,format=RGBA ! fakesink',
    },
  ],
  *check(reading) {
    if (reading.kind === 'launch') yield* brokenLinks(reading, 'missing-converter');
  },
};
