/** Found by the parser (`syntax/launch`); this file says what it is. */
import type { Rule } from '../model/finding.ts';

export const rule: Rule = {
  id: 'syntax-link-behind-reference',
  title: 'A chain goes on behind the reference that it leads to',
  why: 'A reference at the end of a chain ends it; to go on from that element, a new chain begins with its name.',
  severity: 'error',
  on: 'launch',
  examples: [
    {
      bad: 'videotestsrc ! mix. ! fakesink compositor name=mix',
      good: 'videotestsrc ! mix. mix. ! fakesink compositor name=mix',
    },
  ],
  check: () => [],
};
