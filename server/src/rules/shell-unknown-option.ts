/** Found by the shell-like hosts (`text/launch-command.ts`); this file says what it is. */
import type { Rule } from '../model/finding.ts';

export const rule: Rule = {
  id: 'shell-unknown-option',
  title: 'gst-launch-1.0 has no such option',
  why: 'gst-launch-1.0 refuses options that it does not know and does not start.',
  severity: 'error',
  on: 'launch',
  examples: [
    {
      bad: 'gst-launch-1.0 --verbos videotestsrc ! fakesink',
      good: 'gst-launch-1.0 --verbose videotestsrc ! fakesink',
      language: 'shellscript',
    },
  ],
  check: () => [],
};
