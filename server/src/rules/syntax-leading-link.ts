/** Found by the parser (`syntax/launch`); this file says what it is. */
import type { Rule } from '../model/finding.ts';

export const rule: Rule = {
  id: 'syntax-leading-link',
  title: 'The text begins with a link',
  why: 'A link joins two elements; GStreamer reports a syntax error.',
  severity: 'error',
  on: 'launch',
  examples: [{ bad: '! videotestsrc ! fakesink', good: 'videotestsrc ! fakesink' }],
  check: () => [],
};
