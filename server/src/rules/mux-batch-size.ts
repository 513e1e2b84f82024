/** Compares the batch of the muxer with the streams that it is given. */
import { appConfigOf, streamCount } from '../model/app-config.ts';
import { addKey, changeValue } from '../model/config-edits.ts';
import type { Rule } from '../model/finding.ts';

export const rule: Rule = {
  id: 'mux-batch-size',
  title: 'The muxer batches fewer frames than there are streams',
  why:
    'nvstreammux puts one frame of each stream into a batch when batch-size is the number of streams. With a smaller ' +
    'one a buffer never holds all streams, and everything behind the muxer runs more often than it needs to; with a ' +
    'larger one every batch waits for batched-push-timeout in vain.',
  severity: 'warning',
  on: 'config',
  examples: [
    {
      bad: '[source0]\nenable=1\ntype=4\nuri=rtsp://10.0.0.5/front\nrtsp-reconnect-interval-sec=10\n\n[source1]\nenable=1\ntype=4\nuri=rtsp://10.0.0.6/back\nrtsp-reconnect-interval-sec=10\n\n[streammux]\nlive-source=1\nbatch-size=1\nwidth=1280\nheight=720\n',
      good: '[source0]\nenable=1\ntype=4\nuri=rtsp://10.0.0.5/front\nrtsp-reconnect-interval-sec=10\n\n[source1]\nenable=1\ntype=4\nuri=rtsp://10.0.0.6/back\nrtsp-reconnect-interval-sec=10\n\n[streammux]\nlive-source=1\nbatch-size=2\nwidth=1280\nheight=720\n',
    },
  ],
  *check(reading, around) {
    if (reading.kind !== 'config') return;
    const app = appConfigOf(reading.config);
    const mux = app?.mux;
    const streams = app && streamCount(app, around);
    if (!mux || !streams) return;
    const key = mux.key('batch-size');
    const batch = mux.number('batch-size');
    if (key && batch === undefined) return;
    const related = streams.group ? [{ span: streams.group.section.header, message: streams.words }] : [];
    // With a list the program writes the number itself.
    if (app.list) {
      if (key && batch && batch !== streams.count) {
        yield {
          span: key.span,
          severity: 'hint',
          message: `batch-size is ${batch}, but there are ${streams.words}, and the program sets it to ${streams.count} by itself.`,
          related,
          fixes: [changeValue(key, String(streams.count), true)],
        };
      }
      return;
    }
    if (!key || !batch) {
      if (streams.count < 2) return;
      yield {
        span: key?.span ?? mux.section.header,
        message: `No batch-size is set, and there are ${streams.words}: set it to ${streams.count}, or the muxer takes its own default.`,
        related,
        fixes: [
          key
            ? changeValue(key, String(streams.count), true)
            : addKey(reading.config.tree.text, mux.section, 'batch-size', String(streams.count), true),
        ],
      };
    } else if (batch < streams.count) {
      yield {
        span: key.span,
        message: `batch-size is ${batch}, but there are ${streams.words}: a batch then never holds a frame of each, and all that follows runs about ${Math.ceil(streams.count / batch)} times as often. Set it to ${streams.count}.`,
        related,
        fixes: [changeValue(key, String(streams.count), true)],
      };
    } else if (batch > streams.count) {
      yield {
        span: key.span,
        severity: 'hint',
        message: `batch-size is ${batch} for ${streams.words}: each batch waits for batched-push-timeout before it goes on.`,
        related,
        fixes: [changeValue(key, String(streams.count), false)],
      };
    }
  },
};
