/** Found by the parser (`syntax/launch`); this file says what it is. */
import type { Rule } from '../model/finding.ts';

export const rule: Rule = {
  id: 'syntax-typography',
  title: 'Typographic quotes or dashes',
  why: 'Word processors and web pages change quotes and dashes; GStreamer knows the plain ones only.',
  severity: 'error',
  on: 'launch',
  examples: [{ bad: 'videotestsrc — fakesink', good: 'videotestsrc ! fakesink' }],
  check: () => [],
};
