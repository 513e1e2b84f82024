/** Found by the parser (`syntax/launch`); this file says what it is. */
import type { Rule } from '../model/finding.ts';

export const rule: Rule = {
  id: 'syntax-quote',
  title: 'Quotes are not balanced, or stand where they do not count',
  why: 'A value goes on to the closing quote; without one, the quote is part of the value or ends the text.',
  severity: 'hint',
  on: 'launch',
  examples: [
    {
      bad: 'filesrc location="/tmp/a.mp4 ! decodebin ! fakesink',
      good: 'filesrc location="/tmp/a.mp4" ! decodebin ! fakesink',
    },
  ],
  check: () => [],
};
