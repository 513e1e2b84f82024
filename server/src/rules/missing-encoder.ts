/** Finds links that a encoder would mend, proved by reading the pipeline again with it put in. */
import { brokenLinks } from '../model/diagnose.ts';
import type { Rule } from '../model/finding.ts';

export const rule: Rule = {
  id: 'missing-encoder',
  title: 'An encoder is missing: raw video or audio meets an element that takes a coded stream',
  why: 'Muxers, parsers and payloaders take coded streams. Raw frames have to be encoded first.',
  severity: 'error',
  on: 'launch',
  examples: [
    {
      bad: 'videotestsrc ! h264parse ! fakesink',
      good: 'videotestsrc ! x264enc ! h264parse ! fakesink',
    },
  ],
  *check(reading) {
    if (reading.kind === 'launch') yield* brokenLinks(reading, 'missing-encoder');
  },
};
