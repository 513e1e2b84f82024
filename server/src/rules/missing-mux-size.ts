/** Finds batching muxers that do not start because their output has no size or no length. */
import type { Rule } from '../model/finding.ts';
import { settingOf } from '../model/flow.ts';
import { graphOf } from '../model/graph.ts';
import { isInReach, isWhole } from '../model/program.ts';

export const rule: Rule = {
  id: 'missing-mux-size',
  title: 'The stream muxer does not start without width, height and batch-size',
  why:
    'nvstreammux brings all frames to one size and packs batch-size of them into one buffer. Each of the three is 0 unless it is set, and ' +
    'then the muxer refuses to start: "Output width not set", "Output height not set", "Batch size not set". The new muxer ' +
    '(USE_NEW_NVSTREAMMUX=yes) has no width and height.',
  severity: 'warning',
  on: 'launch',
  examples: [
    {
      bad: 'nvarguscamerasrc ! m.sink_0 nvstreammux name=m batch-size=1 ! fakesink',
      good: 'nvarguscamerasrc ! m.sink_0 nvstreammux name=m batch-size=1 width=1920 height=1080 ! fakesink',
    },
  ],
  *check(reading) {
    if (reading.kind !== 'launch' || !isWhole(reading)) return;
    const graph = graphOf(reading.pipeline);
    for (const element of reading.pipeline.elements) {
      const batch = element.spec?.roles?.batch;
      // A program may set what is not written here.
      if (
        !batch ||
        (isInReach(reading.excerpt, element) && !element.settings.some((one) => batch.needs.includes(one.name)))
      )
        continue;
      // The old muxer takes NVMM only: what else is linked to it shows that the new one is meant.
      if (graph.into(element).some((link) => link.agreed.verdict === 'broken')) continue;
      const known = batch.needs.filter((name) => element.spec?.properties.some((property) => property.name === name));
      const missing = known.filter((name) => settingOf(element, name) === '0');
      if (missing.length === 0) continue;
      yield {
        span: element.span,
        message: `${element.factory} needs ${list(missing)} and does not start without; set ${missing.length === 1 ? 'it' : 'them'} (only the new muxer, USE_NEW_NVSTREAMMUX=yes, does without a size).`,
      };
    }
  },
};

const list = (words: readonly string[]): string =>
  words.length < 2 ? words[0]! : `${words.slice(0, -1).join(', ')} and ${words.at(-1)}`;
