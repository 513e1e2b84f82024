/** Found by the parser (`syntax/launch`); this file says what it is. */
import type { Rule } from '../model/finding.ts';

export const rule: Rule = {
  id: 'syntax-parenthesis',
  title: 'Parentheses are not balanced',
  why: 'An unclosed bin makes GStreamer give up altogether; a `)` too many is a syntax error.',
  severity: 'error',
  on: 'launch',
  examples: [{ bad: '( videotestsrc ! fakesink', good: '( videotestsrc ! fakesink )' }],
  check: () => [],
};
