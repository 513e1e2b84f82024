/** Finds inferences that skip frames where nothing fills the gaps. */
import { appConfigOf, inferenceOf } from '../model/app-config.ts';
import type { Rule } from '../model/finding.ts';

export const rule: Rule = {
  id: 'interval-without-tracker',
  title: 'Frames are skipped, and no tracker fills the gaps',
  why: 'With interval=N the inference looks at every (N+1)th batch. Only a tracker carries the objects over the frames in between: without one they flicker, and counts are wrong.',
  severity: 'hint',
  on: 'config',
  examples: [
    {
      bad: '[primary-gie]\nenable=1\ngie-unique-id=1\ninterval=4\nconfig-file=/opt/a.txt\n\n[osd]\nenable=1\n',
      good: '[primary-gie]\nenable=1\ngie-unique-id=1\ninterval=0\nconfig-file=/opt/a.txt\n\n[osd]\nenable=1\n',
    },
  ],
  *check(reading, around) {
    if (reading.kind !== 'config') return;
    const app = appConfigOf(reading.config);
    if (!app?.primary || app.tracker) return;
    const inference = inferenceOf(app.primary, around);
    const found = inference.key('interval');
    const interval = inference.number('interval');
    if (!found || !interval || interval < 1) return;
    yield {
      span: found.own ? found.key.span : app.primary.section.header,
      message: `interval is ${interval}${found.own ? '' : ` in ${inference.file!.path}`}, and no tracker is on: ${interval} of ${interval + 1} batches have no objects.`,
    };
  },
};
