/** Found by the parser (`syntax/launch`); this file says what it is. */
import type { Rule } from '../model/finding.ts';

export const rule: Rule = {
  id: 'syntax-nesting',
  title: 'The text nests too deeply',
  why: 'GStreamer gives up between 3,330 and 3,400 levels of parentheses.',
  severity: 'error',
  on: 'launch',
  examples: [{ bad: `${'( '.repeat(3500)}fakesrc${' )'.repeat(3500)}`, good: '( ( fakesrc ) )' }],
  check: () => [],
};
