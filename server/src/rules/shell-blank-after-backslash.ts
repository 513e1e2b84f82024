/** Found by the shell-like hosts (`text/shell-problems.ts`); this file says what it is. */
import type { Rule } from '../model/finding.ts';

export const rule: Rule = {
  id: 'shell-blank-after-backslash',
  title: 'A blank behind the backslash',
  why: 'Only a backslash directly before the line end continues the line. With a blank between, the command ends here.',
  severity: 'error',
  on: 'launch',
  examples: [
    {
      bad: `gst-launch-1.0 videotestsrc ! \\ 
  fakesink`,
      good: `gst-launch-1.0 videotestsrc ! \\
  fakesink`,
      language: 'shellscript',
    },
  ],
  check: () => [],
};
