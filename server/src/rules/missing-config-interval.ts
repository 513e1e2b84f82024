/** Finds RTP streams whose parameter sets are sent once only, so that who joins later sees nothing. */
import type { Fix, Rule } from '../model/finding.ts';
import { downstream, graphOf, lineUpTo } from '../model/graph.ts';
import type { Element } from '../model/pipeline.ts';
import { wordsOf } from '../model/setting-words.ts';

export const rule: Rule = {
  id: 'missing-config-interval',
  title: 'Receivers that join later get no SPS and PPS',
  why:
    'A decoder needs the parameter sets (SPS, PPS) before the first frame. Over plain UDP nothing but the stream itself carries them, ' +
    'and as it is set here they are sent at the very beginning, if at all: a receiver that starts later, or loses that packet, ' +
    'shows nothing. config-interval=-1 sends them with every key frame (1: every second).',
  severity: 'warning',
  on: 'launch',
  examples: [
    {
      bad: 'filesrc location=a.mp4 ! qtdemux ! h264parse ! rtph264pay ! udpsink host=10.0.0.2 port=5000',
      good: 'filesrc location=a.mp4 ! qtdemux ! h264parse ! rtph264pay config-interval=-1 ! udpsink host=10.0.0.2 port=5000',
    },
  ],
  *check(reading) {
    if (reading.kind !== 'launch' || reading.excerpt.fragment) return;
    const graph = graphOf(reading.pipeline);
    for (const payloader of reading.pipeline.elements) {
      const headers = payloader.spec?.roles?.headers;
      if (!headers || !payloader.spec?.klass.includes('Payloader') || repeats(payloader) !== false) continue;
      if (!downstream(graph, payloader).some(isNetwork)) continue;
      const line = lineUpTo(graph, payloader);
      const origin = line.find((one) => !one.spec || isOrigin(one));
      if (!origin?.spec || (!origin.spec.roles?.headersBeside && repeats(origin) !== false)) continue;
      // A parser on the way may repeat them.
      if (line.slice(0, line.indexOf(origin)).some((one) => repeats(one) !== false && one.spec?.roles?.headers))
        continue;
      yield {
        span: payloader.span,
        message: `${origin.factory} gives the parameter sets once, and ${payloader.factory} does not send them again: a receiver that starts later shows nothing. Set ${headers.property}=-1.`,
        fixes: set(payloader, headers.property, '-1'),
      };
    }
  },
};

/** Whether the element puts parameter sets into the stream again and again; undefined where that is not known. */
function repeats(element: Element): boolean | undefined {
  const headers = element.spec?.roles?.headers;
  const words = headers && wordsOf(element, headers.property);
  return words && !headers.not.includes(words[0] ?? '');
}

const isNetwork = ({ spec }: Element): boolean =>
  (spec?.klass.includes('Sink') && spec.klass.includes('Network') && spec.ancestry.includes('GstBaseSink')) ?? false;

const isOrigin = ({ spec }: Element): boolean =>
  spec !== undefined &&
  (spec.klass.includes('Encoder') || spec.klass.includes('Demuxer') || spec.klass.includes('Source'));

function set(element: Element, property: string, value: string): Fix[] {
  if (element.node?.kind !== 'element') return [];
  const setting = element.settings.findLast((one) => one.name === property);
  const end = element.node.factory.span.end;
  return [
    {
      title: `Set ${property}=${value}`,
      edits: setting
        ? [{ span: setting.valueSpan, text: value }]
        : [{ span: { start: end, end }, text: ` ${property}=${value}` }],
      safe: false,
    },
  ];
}
