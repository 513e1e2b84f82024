/** Found by the shell-like hosts (`text/shell-problems.ts`); this file says what it is. */
import type { Rule } from '../model/finding.ts';

export const rule: Rule = {
  id: 'shell-lost-continuation',
  title: 'The line ends without a backslash',
  why: 'The shell ends the command at the line end; what stands on the next line is run as a command of its own.',
  severity: 'error',
  on: 'launch',
  examples: [
    {
      bad: `gst-launch-1.0 videotestsrc !
  fakesink`,
      good: `gst-launch-1.0 videotestsrc ! \\
  fakesink`,
      language: 'shellscript',
    },
  ],
  check: () => [],
};
