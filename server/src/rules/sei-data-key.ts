/** Finds the key for SEI data in the group of a source, where no release can read it. */
import { appConfigOf } from '../model/app-config.ts';
import { removeLine } from '../model/config-edits.ts';
import type { Rule } from '../model/finding.ts';
import { atLeast } from '../model/target.ts';

export const rule: Rule = {
  id: 'sei-data-key',
  title: 'extract-sei-type5-data cannot be read from the group of a source',
  why:
    'The program meets the key in [source0], but asks for its value in a group called "source". There is none, so ' +
    'reading fails and the program ends, whatever the value is (DeepStream 7.1 to 9.1, APP-15).',
  severity: 'error',
  on: 'config',
  examples: [
    {
      target: 'deepstream-7.1',
      bad: '[source0]\nenable=1\ntype=4\nuri=rtsp://10.0.0.7/main\nrtsp-reconnect-interval-sec=10\nextract-sei-type5-data=1\n\n[streammux]\nlive-source=1\nbatch-size=1\nwidth=1280\nheight=720\n',
      good: '[source0]\nenable=1\ntype=4\nuri=rtsp://10.0.0.7/main\nrtsp-reconnect-interval-sec=10\n\n[streammux]\nlive-source=1\nbatch-size=1\nwidth=1280\nheight=720\n',
    },
  ],
  *check(reading) {
    if (reading.kind !== 'config' || reading.config.tree.syntax !== 'ini') return;
    const app = appConfigOf(reading.config);
    const has = reading.target.deepstream;
    if (!app || !has || !atLeast(has, '7.1') || atLeast(has, '9.2')) return;
    // Where a group of that name has the key, it is read from there.
    if (reading.config.sections.some((section) => section.name === 'source')) return;
    for (const source of app.sources) {
      const key = source.key('extract-sei-type5-data');
      if (!key) continue;
      yield {
        span: key.nameSpan,
        message: `DeepStream ${has} meets ${key.name} in [${source.name}], but asks a group [source] for its value: reading fails and the program ends. Take the line out.`,
        fixes: [
          {
            title: 'Take the line out',
            edits: [removeLine(reading.config.tree.text, key.span)],
            safe: false,
          },
        ],
      };
    }
  },
};
