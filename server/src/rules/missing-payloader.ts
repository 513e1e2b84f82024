/** Finds links that a payloader would mend, proved by reading the pipeline again with it put in. */
import { brokenLinks } from '../model/diagnose.ts';
import type { Rule } from '../model/finding.ts';

export const rule: Rule = {
  id: 'missing-payloader',
  title: 'A payloader is missing before RTP',
  why: 'RTP elements take packets (application/x-rtp), not a coded stream. A payloader such as rtph264pay cuts the stream into packets.',
  severity: 'error',
  on: 'launch',
  examples: [
    {
      bad: 'videotestsrc ! x264enc ! rtpjitterbuffer ! fakesink',
      good: 'videotestsrc ! x264enc ! rtph264pay ! rtpjitterbuffer ! fakesink',
    },
  ],
  *check(reading) {
    if (reading.kind === 'launch') yield* brokenLinks(reading, 'missing-payloader');
  },
};
