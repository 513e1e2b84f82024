/** Found by the parser (`syntax/launch`); this file says what it is. */
import type { Rule } from '../model/finding.ts';

export const rule: Rule = {
  id: 'syntax-empty-bin',
  title: 'A bin with nothing in it',
  why: 'GStreamer refuses an empty bin.',
  severity: 'error',
  on: 'launch',
  examples: [{ bad: 'videotestsrc ! fakesink ( )', good: 'videotestsrc ! fakesink' }],
  check: () => [],
};
