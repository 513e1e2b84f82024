/** Found by the parser (`syntax/launch`); this file says what it is. */
import type { Rule } from '../model/finding.ts';

export const rule: Rule = {
  id: 'syntax-missing-link',
  title: 'A link is missing',
  why: 'Without `!` GStreamer begins a new chain: caps become an element and a URI, and a reference that no link touches is a syntax error.',
  severity: 'error',
  on: 'launch',
  examples: [{ bad: 'fakesink name=out videotestsrc out.', good: 'fakesink name=out videotestsrc ! out.' }],
  check: () => [],
};
