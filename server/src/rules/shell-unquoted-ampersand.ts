/** Found by the shell-like hosts (`text/shell-problems.ts`); this file says what it is. */
import type { Rule } from '../model/finding.ts';

export const rule: Rule = {
  id: 'shell-unquoted-ampersand',
  title: 'The shell takes the ampersand for its own',
  why: 'An unquoted `&` ends the command and runs it in the background: the rest of the value is lost.',
  severity: 'error',
  on: 'launch',
  examples: [
    {
      bad: 'gst-launch-1.0 playbin uri=https://example.com/a?b=1&c=2',
      good: 'gst-launch-1.0 playbin "uri=https://example.com/a?b=1&c=2"',
      language: 'shellscript',
    },
  ],
  check: () => [],
};
