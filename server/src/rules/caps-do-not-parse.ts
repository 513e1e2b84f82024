/** Caps in a link that GStreamer cannot read. */

import { capsFix } from '../model/caps-fixes.ts';
import { capsPlaces, refusal } from '../model/caps-places.ts';
import type { Rule } from '../model/finding.ts';
import { told } from '../model/told.ts';

export const rule: Rule = {
  id: 'caps-do-not-parse',
  title: 'The caps in the link cannot be read',
  why: 'GStreamer says "could not parse caps" and refuses the pipeline.',
  severity: 'error',
  on: 'launch',
  examples: [
    {
      bad: 'videotestsrc ! video/x-raw (memory:SystemMemory) ! fakesink',
      good: 'videotestsrc ! video/x-raw(memory:SystemMemory) ! fakesink',
    },
  ],
  *check(reading) {
    if (reading.kind !== 'launch') return;
    for (const place of capsPlaces(reading)) {
      const problem = place.link && refusal(place);
      if (!problem || told(reading.tree, place.span)) continue;
      const span = place.place(problem.span);
      yield {
        span: span.end > span.start ? span : place.span,
        message: `GStreamer cannot read these caps and refuses the pipeline: ${problem.message}`,
        fixes: capsFix(place, reading.excerpt.text),
      };
    }
  },
};
