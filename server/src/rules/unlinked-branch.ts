/** Finds elements whose output goes nowhere, in commands of gst-launch, where nobody else can link it. */
import type { Rule } from '../model/finding.ts';
import { graphOf } from '../model/graph.ts';
import type { Element } from '../model/pipeline.ts';
import { isWhole } from '../model/program.ts';
import { truthOf } from '../model/setting-words.ts';

export const rule: Rule = {
  id: 'unlinked-branch',
  title: 'What comes out of the element goes nowhere',
  why: 'An element that gives a buffer to a pad with no link gets "not-linked" back, and the pipeline stops with "Internal data stream error". Each way has to end in a sink.',
  severity: 'warning',
  on: 'launch',
  examples: [
    {
      bad: 'gst-launch-1.0 videotestsrc ! videoconvert ! x264enc',
      good: 'gst-launch-1.0 videotestsrc ! videoconvert ! x264enc ! filesink location=a.h264',
      language: 'shellscript',
    },
  ],
  *check(reading) {
    if (reading.kind !== 'launch' || reading.excerpt.consumer !== 'gst-launch') return;
    if (!/command$|^argv-list$|^exec-form$/.test(reading.excerpt.context) || !isWhole(reading)) return;
    const { pipeline } = reading;
    const graph = graphOf(pipeline);
    // Where an element is linked to nothing, a link is missing, and what is left of it is told there.
    if (pipeline.elements.some((one) => graph.into(one).length + graph.outOf(one).length === 0 && !givesLater(one)))
      return;
    for (const element of pipeline.elements) {
      if (element.node?.kind !== 'element' || element.bin || graph.outOf(element).length > 0) continue;
      if (graph.into(element).some((link) => link.agreed.verdict === 'broken')) continue;
      if (!gives(element)) continue;
      yield {
        span: element.span,
        message: `Nothing takes what comes out of ${element.name}: the pipeline stops at the first buffer with "not-linked". Link it on to a sink (fakesink where it is not needed).`,
      };
    }
  },
};

/** Whether the element surely pushes into a pad that is not linked. */
function gives(element: Element): boolean {
  const { spec } = element;
  if (!spec || spec.klass.includes('Sink')) return false;
  const sources = spec.pads.filter((pad) => pad.direction === 'src');
  if (spec.roles?.splits) return truthOf(element, 'allow-not-linked') === false;
  if (spec.properties.some(({ name }) => name === 'drop') && truthOf(element, 'drop') !== false) return false;
  return (sources.length === 1 && sources[0]!.presence === 'always') || givesLater(element);
}

/** Demuxers, and bins that decode: their pads come with the data. */
const givesLater = ({ spec }: Element): boolean =>
  spec !== undefined &&
  (spec.klass.includes('Demuxer') || spec.klass.includes('Decoder')) &&
  spec.pads.some((pad) => pad.direction === 'src') &&
  spec.pads.every((pad) => pad.direction === 'sink' || pad.presence === 'sometimes');
