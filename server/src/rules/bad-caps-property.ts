/** Caps in a property that GStreamer cannot read. */

import { capsFix } from '../model/caps-fixes.ts';
import { capsPlaces, refusal } from '../model/caps-places.ts';
import type { Rule } from '../model/finding.ts';

export const rule: Rule = {
  id: 'bad-caps-property',
  title: 'The property takes caps, and these cannot be read',
  why: 'GStreamer cannot set the property and refuses the pipeline. Single quotes are part of the value: only the shell takes them away.',
  severity: 'error',
  on: 'launch',
  examples: [
    {
      bad: `videotestsrc ! capsfilter caps="'video/x-raw, width=320'" ! fakesink`,
      good: 'videotestsrc ! capsfilter caps="video/x-raw, width=320" ! fakesink',
    },
  ],
  *check(reading) {
    if (reading.kind !== 'launch') return;
    for (const place of capsPlaces(reading)) {
      const problem = place.setting && refusal(place);
      if (!problem) continue;
      const span = place.place(problem.span);
      yield {
        span: span.end > span.start ? span : place.span,
        message: `${place.setting.written} takes caps, and GStreamer cannot read these: ${problem.message}`,
        fixes: capsFix(place, reading.excerpt.text),
      };
    }
  },
};
