/** Finds stream muxers that are fed by cameras or the network and are not told so. */
import type { Rule } from '../model/finding.ts';
import { graphOf, upstream } from '../model/graph.ts';
import type { Element } from '../model/pipeline.ts';
import { truthOf } from '../model/setting-words.ts';

export const rule: Rule = {
  id: 'mux-live-source',
  title: 'The stream muxer is not told that its sources are live',
  why:
    'With live-source=1 nvstreammux keeps to the time of live sources; without it, it takes them for files, and times its ' +
    'batches as such. NVIDIA’s manual asks for it with cameras and RTSP. With files it is wrong the other way.',
  severity: 'hint',
  on: 'launch',
  examples: [
    {
      bad: 'nvarguscamerasrc ! m.sink_0 nvstreammux name=m batch-size=1 width=1280 height=720 ! fakesink',
      good: 'nvarguscamerasrc ! m.sink_0 nvstreammux live-source=1 name=m batch-size=1 width=1280 height=720 ! fakesink',
    },
  ],
  *check(reading) {
    if (reading.kind !== 'launch') return;
    const graph = graphOf(reading.pipeline);
    for (const muxer of reading.pipeline.elements) {
      const batch = muxer.spec?.roles?.batch;
      const end = muxer.node?.kind === 'element' ? muxer.node.factory.span.end : undefined;
      if (!batch?.live || truthOf(muxer, batch.live) !== false || end === undefined) continue;
      const setting = muxer.settings.findLast((one) => one.name === batch.live);
      const live = upstream(graph, muxer).find((element) => isLive(element));
      if (!live) continue;
      yield {
        span: setting?.span ?? muxer.span,
        message: `${live.factory} is live, and ${muxer.factory} takes its sources for files. Set ${batch.live}=1.`,
        fixes: [
          {
            title: `Set ${batch.live}=1`,
            edits: setting
              ? [{ span: setting.valueSpan, text: '1' }]
              : [{ span: { start: end, end }, text: ` ${batch.live}=1` }],
            safe: false,
          },
        ],
      };
    }
  },
};

function isLive(element: Element): boolean {
  const live = element.spec?.roles?.source?.live;
  return live === true || (typeof live === 'string' && truthOf(element, live) === true);
}
