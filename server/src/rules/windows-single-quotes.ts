/** Found by the Windows host; this file says what it is. */
import type { Rule } from '../model/finding.ts';

export const rule: Rule = {
  id: 'windows-single-quotes',
  title: 'cmd.exe does not know single quotes',
  why: 'Single quotes are plain characters to cmd.exe: the value is split at its blanks, and the quotes become part of it.',
  severity: 'hint',
  on: 'launch',
  examples: [
    {
      bad: `gst-launch-1.0 videotestsrc ! textoverlay text='hello' ! fakesink`,
      good: 'gst-launch-1.0 videotestsrc ! textoverlay text="hello" ! fakesink',
      language: 'bat',
    },
  ],
  check: () => [],
};
