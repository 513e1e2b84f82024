/** Finds network sources that give RTP packets without saying what is in them. */
import type { Fix, Rule } from '../model/finding.ts';
import { type Graph, graphOf } from '../model/graph.ts';
import type { Element } from '../model/pipeline.ts';
import { isSet } from '../model/setting-words.ts';
import { parseCaps } from '../syntax/caps/lower.ts';

export const rule: Rule = {
  id: 'udpsrc-without-caps',
  title: 'RTP packets arrive without caps',
  why:
    'UDP packets do not tell what they carry. A depayloader takes nothing until the caps of the source say that it is RTP and of which kind, ' +
    'so the pipeline stops at the first packet: "No RTP format was negotiated".',
  severity: 'warning',
  on: 'launch',
  examples: [
    {
      bad: 'udpsrc port=5000 ! rtph264depay ! h264parse ! fakesink',
      good: 'udpsrc port=5000 caps=application/x-rtp,media=video,clock-rate=90000,encoding-name=H264 ! rtph264depay ! h264parse ! fakesink',
    },
  ],
  *check(reading) {
    if (reading.kind !== 'launch' || reading.excerpt.fragment || reading.pipeline.open) return;
    const graph = graphOf(reading.pipeline);
    for (const element of reading.pipeline.elements) {
      const property = element.spec?.roles?.source?.packets;
      // A program can set the caps of a source that it finds by its name.
      if (!property || isSet(element, property) || (element.named && reading.excerpt.consumer !== 'gst-launch'))
        continue;
      const depayloader = firstTaker(graph, element);
      if (!depayloader?.spec?.klass.includes('Depayloader')) continue;
      const caps = rtpOf(depayloader);
      if (!caps) continue;
      yield {
        span: element.span,
        message: `${element.factory} does not know what its packets carry, and ${depayloader.factory} takes none without that: nothing comes through. Set ${property}=${caps}.`,
        fixes: add(element, `${property}=${caps}`),
      };
    }
  },
};

/** The first element behind that does more than keep packets; undefined where a filter says what they are. */
function firstTaker(graph: Graph, source: Element): Element | undefined {
  let element = source;
  for (let steps = 0; steps < 20; steps++) {
    const links = graph.outOf(element);
    const link = links.length === 1 ? links[0]! : undefined;
    if (!link || link.filterSpan || link.agreed.verdict === 'broken') return undefined;
    element = link.to.element;
    const roles = element.spec?.roles;
    if (!roles?.queue && !roles?.thread) return element;
  }
  return undefined;
}

/** The caps by which packets of this kind are known: what the depayloader's own pad says of them. */
function rtpOf({ spec }: Element): string | undefined {
  const caps = parseCaps(spec?.pads.find((pad) => pad.direction === 'sink')?.caps ?? '').caps;
  const structure =
    caps === undefined || caps === 'any' ? undefined : (caps.find((one) => one.fields.has('encoding-name')) ?? caps[0]);
  if (structure?.media !== 'application/x-rtp') return undefined;
  const words = ['media', 'clock-rate', 'encoding-name'].flatMap((name) => {
    let value = structure.fields.get(name);
    if (value?.kind === 'list') value = value.values[0];
    return value?.kind === 'string' && value.value !== null
      ? [`${name}=${value.value}`]
      : value?.kind === 'int'
        ? [`${name}=${value.value}`]
        : [];
  });
  return [structure.media, ...words].join(',');
}

function add(element: Element, text: string): Fix[] {
  if (element.node?.kind !== 'element') return [];
  const end = element.node.span.end;
  return [{ title: 'Set its caps', edits: [{ span: { start: end, end }, text: ` ${text}` }], safe: false }];
}
