/** Found by the parser (`syntax/launch`); this file says what it is. */
import type { Rule } from '../model/finding.ts';

export const rule: Rule = {
  id: 'syntax-caps-first',
  title: 'Caps stand where an element should',
  why: 'Caps are a filter only between two links; before the first link GStreamer looks for an element of that name.',
  severity: 'error',
  on: 'launch',
  examples: [{ bad: 'video/x-raw,width=320 ! fakesink', good: 'fakesink' }],
  check: () => [],
};
