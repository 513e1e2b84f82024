/** Found by the parser (`syntax/launch`); this file says what it is. */
import type { Rule } from '../model/finding.ts';

export const rule: Rule = {
  id: 'syntax-dot-first',
  title: 'A name with its dot in front',
  why: '`.name` is a pad of the element beside it; a reference to an element ends with the dot.',
  severity: 'error',
  on: 'launch',
  examples: [
    {
      bad: 'videotestsrc ! c.sink_0 .c ! fakesink compositor name=c',
      good: 'videotestsrc ! c.sink_0 c. ! fakesink compositor name=c',
    },
  ],
  check: () => [],
};
