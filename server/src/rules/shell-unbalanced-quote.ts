/** Found by the shell-like hosts (`text/shell-problems.ts`); this file says what it is. */
import type { Rule } from '../model/finding.ts';

export const rule: Rule = {
  id: 'shell-unbalanced-quote',
  title: 'A quote is never closed',
  why: 'The shell goes on to the end of the file looking for the other quote, and then refuses all of it.',
  severity: 'error',
  on: 'launch',
  examples: [
    {
      bad: `gst-launch-1.0 filesrc location='/tmp/a.mp4 ! decodebin ! fakesink`,
      good: `gst-launch-1.0 filesrc location='/tmp/a.mp4' ! decodebin ! fakesink`,
      language: 'shellscript',
    },
  ],
  check: () => [],
};
