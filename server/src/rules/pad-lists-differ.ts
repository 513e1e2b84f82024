/** `a.x,y ! b.u`: as many pads must stand on one side as on the other. */
import type { Rule } from '../model/finding.ts';

export const rule: Rule = {
  id: 'pad-lists-differ',
  title: 'The link names more pads on one side than on the other',
  why: 'Pads are linked in pairs. With unequal lists GStreamer links none of them and refuses the pipeline; one side may be left empty.',
  severity: 'error',
  on: 'launch',
  examples: [
    {
      bad: 'videotestsrc ! tee name=t t.src_0,src_1 ! funnel.sink_0 funnel name=funnel ! fakesink',
      good: 'videotestsrc ! tee name=t t.src_0,src_1 ! funnel.sink_0,sink_1 funnel name=funnel ! fakesink',
    },
  ],
  *check(reading) {
    if (reading.kind !== 'launch') return;
    const seen = new Set<object>();
    for (const { node } of reading.pipeline.links) {
      if (!node || seen.has(node)) continue;
      seen.add(node);
      const from = node.fromPads.length;
      const to = node.toPads.length;
      if (from === 0 || to === 0 || from === to) continue;
      yield {
        span: node.span,
        message: `${from} pads stand before this link and ${to} behind it, so GStreamer links none of them. Name as many on both sides.`,
      };
    }
  },
};
