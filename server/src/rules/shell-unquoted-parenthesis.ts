/** Found by the shell-like hosts (`text/shell-problems.ts`); this file says what it is. */
import type { Rule } from '../model/finding.ts';

export const rule: Rule = {
  id: 'shell-unquoted-parenthesis',
  title: 'The shell takes the parenthesis for its own',
  why: 'Unquoted parentheses start a subshell or a function: the shell refuses the line, and gst-launch never starts.',
  severity: 'error',
  on: 'launch',
  examples: [
    {
      bad: 'gst-launch-1.0 videotestsrc ! video/x-raw(memory:SystemMemory) ! fakesink',
      good: `gst-launch-1.0 videotestsrc ! 'video/x-raw(memory:SystemMemory)' ! fakesink`,
      language: 'shellscript',
    },
  ],
  check: () => [],
};
