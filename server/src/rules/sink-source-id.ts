/** Finds sinks that are bound to a stream that is not there. */
import { appConfigOf, streamCount } from '../model/app-config.ts';
import { changeValue } from '../model/config-edits.ts';
import type { Rule } from '../model/finding.ts';

export const rule: Rule = {
  id: 'sink-source-id',
  title: 'The sink waits for a stream that is not there',
  why: 'Without a tiler each sink takes the stream that source-id names, counted from 0 over the sources that are on. A sink with a greater number gets nothing.',
  severity: 'warning',
  on: 'config',
  examples: [
    {
      bad: '[source0]\nenable=1\ntype=2\nuri=file:///data/a.mp4\n\n[sink0]\nenable=1\ntype=1\nsource-id=1\n',
      good: '[source0]\nenable=1\ntype=2\nuri=file:///data/a.mp4\n\n[sink0]\nenable=1\ntype=1\nsource-id=0\n',
    },
  ],
  *check(reading, around) {
    if (reading.kind !== 'config') return;
    const app = appConfigOf(reading.config);
    const streams = app && streamCount(app, around);
    if (!app || !streams || app.tiler) return;
    for (const sink of app.sinks) {
      const key = sink.key('source-id');
      const id = sink.number('source-id');
      if (!key || id === undefined || id < streams.count || sink.number('type') === 6) continue;
      yield {
        span: key.span,
        message:
          `source-id is ${id}, and there are ${streams.words}, numbered from 0: [${sink.name}] gets no frames.`.replace(
            'there are 1 ',
            'there is 1 ',
          ),
        fixes: [changeValue(key, String(streams.count - 1), false)],
      };
    }
  },
};
