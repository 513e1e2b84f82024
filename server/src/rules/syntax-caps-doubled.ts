/** Found by the parser (`syntax/launch`); this file says what it is. */
import type { Rule } from '../model/finding.ts';

export const rule: Rule = {
  id: 'syntax-caps-doubled',
  title: 'Two caps filters follow each other',
  why: 'A pair of links holds one filter; of two in a row, the first takes both links.',
  severity: 'error',
  on: 'launch',
  examples: [
    {
      bad: 'videotestsrc ! video/x-raw ! video/x-raw,width=320 ! fakesink',
      good: 'videotestsrc ! video/x-raw ! capsfilter caps="video/x-raw,width=320" ! fakesink',
    },
  ],
  check: () => [],
};
