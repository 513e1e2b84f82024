/** Found by the shell-like hosts (`text/shell-problems.ts`); this file says what it is. */
import type { Rule } from '../model/finding.ts';

export const rule: Rule = {
  id: 'shell-unquoted-hash',
  title: 'The shell takes the rest for a comment',
  why: 'An unquoted `#` at the beginning of a word starts a comment: what follows never reaches gst-launch.',
  severity: 'error',
  on: 'launch',
  examples: [
    {
      bad: `gst-launch-1.0 videotestsrc \\
  ! fakesink # no clock \\
  sync=false`,
      good: `gst-launch-1.0 videotestsrc \\
  ! fakesink sync=false`,
      language: 'shellscript',
    },
  ],
  check: () => [],
};
