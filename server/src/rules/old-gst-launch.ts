/** Found by the shell-like hosts (`text/shell-commands.ts`); this file says what it is. */
import type { Rule } from '../model/finding.ts';

export const rule: Rule = {
  id: 'old-gst-launch',
  title: 'gst-launch is the tool of GStreamer 0.10',
  why: 'Since GStreamer 1.0 the tool has its version in its name. gst-launch and gst-launch-0.10 are not installed with it.',
  severity: 'hint',
  on: 'launch',
  examples: [
    {
      bad: 'gst-launch videotestsrc ! fakesink',
      good: 'gst-launch-1.0 videotestsrc ! fakesink',
      language: 'shellscript',
    },
  ],
  check: () => [],
};
