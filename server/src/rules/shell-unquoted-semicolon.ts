/** Found by the shell-like hosts (`text/shell-problems.ts`); this file says what it is. */
import type { Rule } from '../model/finding.ts';

export const rule: Rule = {
  id: 'shell-unquoted-semicolon',
  title: 'The shell takes the semicolon for its own',
  why: 'An unquoted `;` ends the command: what follows is run as another one.',
  severity: 'error',
  on: 'launch',
  examples: [
    {
      bad: 'gst-launch-1.0 videotestsrc ! video/x-raw,format=NV12;video/x-raw,format=I420 ! fakesink',
      good: `gst-launch-1.0 videotestsrc ! 'video/x-raw,format=NV12;video/x-raw,format=I420' ! fakesink`,
      language: 'shellscript',
    },
  ],
  check: () => [],
};
