/** Found by the parser (`syntax/launch`); this file says what it is. */
import type { Rule } from '../model/finding.ts';

export const rule: Rule = {
  id: 'syntax-doubled-link',
  title: 'Two links follow each other',
  why: 'A link joins two elements; GStreamer reports a syntax error.',
  severity: 'error',
  on: 'launch',
  examples: [{ bad: 'videotestsrc ! ! fakesink', good: 'videotestsrc ! fakesink' }],
  check: () => [],
};
