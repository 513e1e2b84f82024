/** Found by the parser (`syntax/config/ini`); this file says what it is. */
import type { Rule } from '../model/finding.ts';

export const rule: Rule = {
  id: 'syntax-config-line',
  title: 'The line is no group, no key and no comment',
  why:
    'GLib refuses the whole file at the first line that it cannot read: deepstream-app ends, an element reports an error. ' +
    'Comments begin with # on a line of their own; ; and // begin none.',
  severity: 'error',
  on: 'config',
  examples: [
    {
      bad: '[osd] # the overlay\nenable=1\n\n[sink0]\nenable=1\ntype=1\n',
      good: '# the overlay\n[osd]\nenable=1\n\n[sink0]\nenable=1\ntype=1\n',
    },
    {
      bad: '[osd]\nenable=1\n; the window\n[sink0]\nenable=1\ntype=1\n',
      good: '[osd]\nenable=1\n# the window\n[sink0]\nenable=1\ntype=1\n',
    },
  ],
  check: () => [],
};
