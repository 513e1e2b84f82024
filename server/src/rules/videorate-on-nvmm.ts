/** Finds elements that copy frames which stand in NVMM, so that only their handles are copied. */
import type { Rule } from '../model/finding.ts';
import { graphOf } from '../model/graph.ts';
import { truthOf } from '../model/setting-words.ts';

export const rule: Rule = {
  id: 'videorate-on-nvmm',
  title: 'videorate copies the handles of NVMM frames',
  why:
    'videorate makes a copy of a frame to change its time. A buffer of NVMM holds no pixels but the handle of a surface, and the copy ' +
    'does not keep that surface: it may be filled anew while the copy is still used, which shows as torn or repeated pictures. With ' +
    'drop-only=true frames are only left out, and nothing is copied.',
  severity: 'warning',
  on: 'launch',
  examples: [
    {
      bad: 'nvarguscamerasrc ! videorate ! video/x-raw(memory:NVMM),framerate=10/1 ! nvvidconv ! fakesink',
      good: 'nvarguscamerasrc ! videorate drop-only=true ! video/x-raw(memory:NVMM),framerate=10/1 ! nvvidconv ! fakesink',
    },
  ],
  *check(reading) {
    if (reading.kind !== 'launch') return;
    const graph = graphOf(reading.pipeline);
    for (const element of reading.pipeline.elements) {
      const property = element.spec?.roles?.copiesUnless;
      if (!property || truthOf(element, property) !== false || element.node?.kind !== 'element') continue;
      const nvmm = graph
        .into(element)
        .some((link) => link.agreed.verdict !== 'broken' && link.agreed.memory === 'nvmm');
      if (!nvmm) continue;
      const setting = element.settings.findLast((one) => one.name === property);
      const end = element.node.factory.span.end;
      yield {
        span: element.span,
        message: `${element.factory} copies what it is given, and of a frame in NVMM that is only the handle: the picture may change under the copy. Set ${property}=true, so that frames are only left out.`,
        fixes: [
          {
            title: `Set ${property}=true`,
            edits: setting
              ? [{ span: setting.valueSpan, text: 'true' }]
              : [{ span: { start: end, end }, text: ` ${property}=true` }],
            safe: false,
          },
        ],
      };
    }
  },
};
