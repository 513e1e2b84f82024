/** Found by the parser (`syntax/launch`); this file says what it is. */
import type { Rule } from '../model/finding.ts';

export const rule: Rule = {
  id: 'syntax-only-references',
  title: 'References, and no element',
  why: 'References speak of elements that the same text makes; a text of references only makes GStreamer crash.',
  severity: 'error',
  on: 'launch',
  examples: [{ bad: 'a. ! b.', good: 'videotestsrc name=a ! fakesink name=b' }],
  check: () => [],
};
