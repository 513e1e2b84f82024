/** Found by the parser (`syntax/launch`); this file says what it is. */
import type { Rule } from '../model/finding.ts';

export const rule: Rule = {
  id: 'syntax-caps-comma',
  title: 'A comma is missing behind the media type',
  why: 'The fields of caps are separated by commas, also the first one from the media type.',
  severity: 'error',
  on: 'launch',
  examples: [
    {
      bad: 'videotestsrc ! video/x-raw width=320 ! fakesink',
      good: 'videotestsrc ! video/x-raw, width=320 ! fakesink',
    },
  ],
  check: () => [],
};
