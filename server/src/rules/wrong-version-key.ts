/** Keys and groups that the target's DeepStream does not read yet. */
import { severityIn } from '../model/config-groups.ts';
import type { Rule } from '../model/finding.ts';
import { atLeast } from '../model/target.ts';

export const rule: Rule = {
  id: 'wrong-version-key',
  title: 'The DeepStream of the target does not know the key yet',
  why: 'An older release takes the key for a mistyped one: it prints a line, or nothing, and goes on without the setting.',
  severity: 'warning',
  on: 'config',
  examples: [
    {
      target: 'deepstream-6.2',
      bad: '[osd]\nenable=1\n\n[tiled-display]\nenable=1\nsquare-seq-grid=1\n',
      good: '[osd]\nenable=1\n\n[tiled-display]\nenable=1\n',
    },
  ],
  *check(reading) {
    if (reading.kind !== 'config') return;
    const { config, target } = reading;
    const has = target.deepstream;
    if (!config.format?.judged || !has) return;
    for (const section of config.sections) {
      for (const key of section.keys) {
        const spec = key.spec;
        // What came between two examined releases is not known, so only those surely without it count.
        if (!spec?.lastWithout || !atLeast(spec.lastWithout, has)) continue;
        yield {
          span: key.nameSpan,
          severity: severityIn(config, section, 'warning'),
          message: `${key.name} is read from DeepStream ${spec.since} on; the target has ${has} and goes on without it.`,
        };
      }
    }
  },
};
