/** Finds RTSP sources that do not come back after an interruption. */
import { appConfigOf } from '../model/app-config.ts';
import { addKey } from '../model/config-edits.ts';
import type { Rule } from '../model/finding.ts';

export const rule: Rule = {
  id: 'rtsp-reconnect',
  title: 'A camera that falls silent is not opened again',
  why:
    'rtsp-reconnect-interval-sec is 0 unless it is written: when a camera restarts or the network drops, its stream stays ' +
    'away until the program is started again.',
  severity: 'hint',
  on: 'config',
  examples: [
    {
      bad: '[source0]\nenable=1\ntype=4\nuri=rtsp://10.0.0.5/front\n\n[osd]\nenable=1\n',
      good: '[source0]\nenable=1\ntype=4\nuri=rtsp://10.0.0.5/front\nrtsp-reconnect-interval-sec=10\n\n[osd]\nenable=1\n',
    },
  ],
  *check(reading) {
    if (reading.kind !== 'config' || reading.config.format?.id !== 'deepstream-app') return;
    const app = appConfigOf(reading.config);
    for (const source of app?.sources ?? []) {
      if (source.number('type') !== 4 || source.key('rtsp-reconnect-interval-sec')) continue;
      const uri = source.key('uri');
      if (!uri) continue;
      yield {
        span: uri.nameSpan,
        message: `[${source.name}] is not opened again when the camera falls silent. rtsp-reconnect-interval-sec=10 does so after 10 seconds.`,
        fixes: [
          {
            ...addKey(reading.config.tree.text, source.section, 'rtsp-reconnect-interval-sec', '10', false),
            edits: [{ span: { start: uri.span.end, end: uri.span.end }, text: '\nrtsp-reconnect-interval-sec=10' }],
          },
        ],
      };
    }
  },
};
