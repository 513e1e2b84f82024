/** Found by the parser (`syntax/launch`); this file says what it is. */
import type { Rule } from '../model/finding.ts';

export const rule: Rule = {
  id: 'syntax-caps-last',
  title: 'Caps stand at the end',
  why: 'Caps are a filter only between two links; behind the last link GStreamer looks for an element of that name.',
  severity: 'error',
  on: 'launch',
  examples: [{ bad: 'videotestsrc ! video/x-raw,width=320', good: 'videotestsrc' }],
  check: () => [],
};
