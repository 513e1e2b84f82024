/** Properties that tell something and cannot be set. */
import { removal } from '../model/edits.ts';
import type { Rule } from '../model/finding.ts';

export const rule: Rule = {
  id: 'read-only-property',
  title: 'The property can only be read',
  why: 'GStreamer prints a warning and passes the assignment over, so it has no effect.',
  severity: 'warning',
  on: 'launch',
  examples: [
    {
      bad: 'videotestsrc ! queue current-level-buffers=5 ! fakesink',
      good: 'videotestsrc ! queue ! fakesink',
    },
  ],
  *check(reading) {
    if (reading.kind !== 'launch') return;
    for (const element of reading.pipeline.elements) {
      for (const setting of element.settings) {
        if (!setting.spec || setting.spec.writable || setting.name === 'name' || setting.name === 'parent') continue;
        yield {
          span: setting.nameSpan,
          message: `${setting.written} of ${element.factory} can only be read, so this assignment has no effect. Remove it.`,
          fixes: [
            {
              title: `Remove ${setting.written}`,
              edits: [removal(reading.excerpt.text, setting.span)],
              safe: true,
            },
          ],
          tag: 'unnecessary',
        };
      }
    }
  },
};
