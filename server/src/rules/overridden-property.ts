/** A property that is set twice on one element. */

import { removal } from '../model/edits.ts';
import type { Rule } from '../model/finding.ts';

export const rule: Rule = {
  id: 'overridden-property',
  title: 'The property is set again behind',
  why: 'GStreamer takes the last value; the first one only misleads whoever reads it.',
  severity: 'hint',
  on: 'launch',
  examples: [
    {
      bad: 'fakesrc num-buffers=1 num-buffers=2 ! fakesink',
      good: 'fakesrc num-buffers=2 ! fakesink',
    },
  ],
  *check(reading) {
    if (reading.kind !== 'launch') return;
    for (const element of reading.pipeline.elements) {
      for (const setting of element.settings) {
        // Which of two names an element gets differs between versions, and is for duplicate-name to see. Some strings are
        // added to each other: customlib-props may stand there many times.
        if (!setting.overridden || setting.name === 'name' || !setting.spec || setting.spec.type.kind === 'string')
          continue;
        const key = setting.written.replace(/_/g, '-');
        const last = element.settings.findLast((other) => other.written.replace(/_/g, '-') === key);
        yield {
          span: setting.span,
          message: `${setting.written} is set again behind, so this value has no effect. Remove one of the two.`,
          related: last ? [{ span: last.span, message: 'this value is taken' }] : [],
          fixes: [
            {
              title: `Remove ${setting.written}`,
              edits: [removal(reading.excerpt.text, setting.span)],
              safe: false,
            },
          ],
          tag: 'unnecessary',
        };
      }
    }
  },
};
