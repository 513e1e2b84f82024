/** Found by the parser (`syntax/launch`); this file says what it is. */
import type { Rule } from '../model/finding.ts';

export const rule: Rule = {
  id: 'syntax-option',
  title: 'An option of gst-launch inside the pipeline',
  why: 'Options such as -e and -v belong to the program gst-launch-1.0; gst_parse_launch does not know them.',
  severity: 'error',
  on: 'launch',
  examples: [{ bad: '-e videotestsrc ! fakesink', good: 'videotestsrc ! fakesink' }],
  check: () => [],
};
