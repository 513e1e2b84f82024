/** Found by the parser (`syntax/launch`); this file says what it is. */
import type { Rule } from '../model/finding.ts';

export const rule: Rule = {
  id: 'syntax-trailing-link',
  title: 'The text ends with a link',
  why: 'A link joins two elements; GStreamer reports a syntax error. Often the line behind it was lost.',
  severity: 'error',
  on: 'launch',
  examples: [{ bad: 'videotestsrc ! fakesink !', good: 'videotestsrc ! fakesink' }],
  check: () => [],
};
