/** Found by the parser (`syntax/launch`); this file says what it is. */
import type { Rule } from '../model/finding.ts';

export const rule: Rule = {
  id: 'syntax',
  title: 'The grammar of gst-launch does not take this',
  why: 'GStreamer reports a syntax error. Slips that are known by name have rules of their own, `syntax-…`.',
  severity: 'error',
  on: 'launch',
  examples: [{ bad: 'videotestsrc ! [ fakesink', good: 'videotestsrc ! fakesink' }],
  check: () => [],
};
