/** Finds links to or from an element that has no pad on that side. */
import { brokenLinks } from '../model/diagnose.ts';
import type { Rule } from '../model/finding.ts';

export const rule: Rule = {
  id: 'dead-end',
  title: 'A link begins at an element that gives nothing, or ends at one that takes nothing',
  why: 'A sink has no source pad and a source has no sink pad. GStreamer refuses to link behind the one or before the other; a tee lets several elements have the same stream.',
  severity: 'error',
  on: 'launch',
  examples: [
    {
      bad: 'videotestsrc ! fakesink ! queue ! fakesink',
      good: 'videotestsrc ! tee name=t ! queue ! fakesink t. ! queue ! fakesink',
    },
  ],
  *check(reading) {
    if (reading.kind === 'launch') yield* brokenLinks(reading, 'dead-end');
  },
};
