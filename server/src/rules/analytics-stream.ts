/** Finds rules of analytics for streams that the application does not have. */
import { analyticsOf } from '../model/analytics.ts';
import { appConfigOf, streamCount } from '../model/app-config.ts';
import type { Rule } from '../model/finding.ts';

export const rule: Rule = {
  id: 'analytics-stream',
  title: 'The analytics speak of a stream that is not there',
  why: 'Groups of nvdsanalytics end in the number of their stream, counted from 0 over the sources that are on. One for a greater number is read and never used.',
  severity: 'warning',
  on: 'config',
  examples: [
    {
      bad: '[source0]\nenable=1\ntype=2\nuri=file:///data/a.mp4\n\n[nvds-analytics]\nenable=1\nconfig-file=analytics.txt\n',
      good: '[source0]\nenable=1\ntype=2\nuri=file:///data/a.mp4\n\n[nvds-analytics]\nenable=1\nconfig-file=zero.txt\n',
      files: {
        'analytics.txt':
          '[property]\nenable=1\nconfig-width=1280\nconfig-height=720\n\n[roi-filtering-stream-1]\nenable=1\nroi-gate=1;1;600;1;600;400\n',
        'zero.txt':
          '[property]\nenable=1\nconfig-width=1280\nconfig-height=720\n\n[roi-filtering-stream-0]\nenable=1\nroi-gate=1;1;600;1;600;400\n',
      },
    },
  ],
  *check(reading, around) {
    if (reading.kind !== 'config') return;
    const app = appConfigOf(reading.config);
    const streams = app && streamCount(app, around);
    const key = app?.analytics?.key('config-file');
    const path = app?.analytics?.text('config-file');
    if (!streams || !key || path === undefined) return;
    for (const other of around.readings(path, 'nvdsanalytics')) {
      const analytics = other.kind === 'config' ? analyticsOf(other.config) : undefined;
      for (const { section, stream } of analytics?.streams ?? []) {
        if (stream < streams.count) continue;
        yield {
          span: key.span,
          message: `[${section.name}] of ${path} speaks of stream ${stream}, and there ${streams.count === 1 ? 'is' : 'are'} ${streams.words}, numbered from 0: the group is never used.`,
          related: [{ path, span: section.header, message: `stream ${stream}` }],
        };
      }
    }
  },
};
