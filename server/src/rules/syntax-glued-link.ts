/** Found by the parser (`syntax/launch`); this file says what it is. */
import type { Rule } from '../model/finding.ts';

export const rule: Rule = {
  id: 'syntax-glued-link',
  title: 'A link is part of the value before it',
  why: 'An unquoted value goes on to the next blank and takes `!` with it: nothing is linked there.',
  severity: 'hint',
  on: 'launch',
  examples: [{ bad: 'filesrc location=/tmp/a.mp4! fakesink', good: 'filesrc location=/tmp/a.mp4 ! fakesink' }],
  check: () => [],
};
