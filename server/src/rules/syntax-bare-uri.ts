/** Found by the parser (`syntax/launch`); this file says what it is. */
import type { Rule } from '../model/finding.ts';

export const rule: Rule = {
  id: 'syntax-bare-uri',
  title: 'A path stands where an element should',
  why: 'A path by itself is read as a URI and GStreamer looks for an element that handles it; meant is mostly location=.',
  severity: 'error',
  on: 'launch',
  examples: [
    { bad: 'filesrc /tmp/a.mp4 ! decodebin ! fakesink', good: 'filesrc location=/tmp/a.mp4 ! decodebin ! fakesink' },
  ],
  check: () => [],
};
