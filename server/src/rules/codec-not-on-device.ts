/** Finds codecs that the module's engine is known not to decode or encode. */
import { codecOf } from '../model/codecs.ts';
import type { Rule } from '../model/finding.ts';
import { flowsOf } from '../model/flow.ts';
import { graphOf } from '../model/graph.ts';

export const rule: Rule = {
  id: 'codec-not-on-device',
  title: 'The module does not decode or encode this codec',
  why: 'The element is the same on every module, the engine behind it is not: the codecs it knows differ by generation. The pipeline fails when it starts, or when the first frame arrives.',
  severity: 'error',
  on: 'launch',
  examples: [
    {
      bad: 'videotestsrc ! nvvidconv ! nvv4l2vp9enc ! matroskamux ! filesink location=out.mkv',
      good: 'videotestsrc ! nvvidconv ! nvv4l2h265enc ! h265parse ! matroskamux ! filesink location=out.mkv',
      target: 'orin-nx-16gb',
    },
  ],
  *check(reading) {
    if (reading.kind !== 'launch') return;
    const { devices, assumed } = reading.target;
    for (const element of reading.pipeline.elements) {
      const use = element.spec?.engine;
      if (!use || use.work === 'convert') continue;
      const coded = graphOf(reading.pipeline)[use.work === 'decode' ? 'into' : 'outOf'](element)[0];
      const codec = use.codec ?? codecOf(coded && flowsOf(reading.pipeline).get(coded)?.media);
      if (codec === undefined) continue;
      const lacking = devices.filter((device) =>
        device.lacks?.some((one) => one.what === use.work && one.codec === codec),
      );
      // That a module has no such engine at all is another rule's word.
      const judged = devices.filter((device) => device.engines[use.engine] !== 0);
      if (lacking.length === 0 || lacking.length < judged.length) continue;
      const verb = use.work === 'decode' ? 'decode' : 'encode';
      const who =
        lacking.length === 1
          ? `${lacking[0]!.title} does not ${verb} ${codec} in hardware`
          : `No module of this family ${verb}s ${codec} in hardware`;
      yield {
        span: element.span,
        severity: assumed ? 'warning' : 'error',
        message: `${who}, so ${element.factory} fails there. ${use.work === 'decode' ? 'A software decoder does it on the CPU.' : 'H.264 and H.265 are what its encoder knows.'}`,
      };
    }
  },
};
