/** Finds caps of incoming RTP that leave out what the element behind has to know. */
import type { Caps } from '../caps/caps.ts';
import { parsedFilter } from '../model/filter.ts';
import type { Rule } from '../model/finding.ts';
import { type Graph, graphOf } from '../model/graph.ts';
import type { Element } from '../model/pipeline.ts';
import { parseCaps } from '../syntax/caps/lower.ts';
import type { Span } from '../text/span.ts';

export const rule: Rule = {
  id: 'incomplete-rtp-caps',
  title: 'The RTP caps do not say enough',
  why:
    'UDP packets do not tell what they carry; the caps have to. A depayloader fills in what its own pad says (media, clock-rate, encoding-name), ' +
    'but raw video needs its size and format from outside, and decodebin chooses a depayloader by media, clock-rate and encoding-name ' +
    'together: without one of them it says that a plug-in is missing.',
  severity: 'warning',
  on: 'launch',
  examples: [
    {
      bad: 'udpsrc port=5000 caps=application/x-rtp,media=video,encoding-name=H264 ! decodebin ! videoconvert ! fakesink',
      good: 'udpsrc port=5000 caps=application/x-rtp,media=video,encoding-name=H264,clock-rate=90000 ! decodebin ! videoconvert ! fakesink',
    },
  ],
  *check(reading) {
    if (reading.kind !== 'launch' || reading.excerpt.fragment || reading.pipeline.open) return;
    const graph = graphOf(reading.pipeline);
    for (const taker of reading.pipeline.elements) {
      const needs = taker.spec?.roles?.rtpNeeds;
      const said = needs && sayings(graph, taker);
      if (!needs || !said) continue;
      const missing = needs.filter((name) => !said.fields.has(name));
      if (missing.length === 0) continue;
      yield {
        span: said.span,
        message: `${taker.factory} has to know ${list(missing)} of the packets, which these caps do not say: ${taker.spec?.klass.includes('Depayloader') ? 'it refuses them' : 'it finds no depayloader for them'}. Add ${missing.map((name) => `${name}=…`).join(',')}.`,
      };
    }
  },
};

/** What the source and the filters on the way say of the packets; undefined where nothing does, or not all is known. */
function sayings(
  graph: Graph,
  taker: Element,
): { readonly fields: ReadonlySet<string>; readonly span: Span } | undefined {
  const fields = new Set<string>();
  let span: Span | undefined;
  const add = (caps: Caps | undefined, at: Span): boolean => {
    if (caps === undefined || caps === 'any' || caps.length !== 1 || caps[0]!.media !== 'application/x-rtp')
      return false;
    // A number below 96 says of itself what the packets are.
    const payload = caps[0]!.fields.get('payload');
    if (payload && (payload.kind !== 'int' || payload.value < 96)) return false;
    for (const name of caps[0]!.fields.keys()) fields.add(name);
    span = at;
    return true;
  };
  let element = taker;
  for (let steps = 0; steps < 20; steps++) {
    const links = graph.into(element);
    const link = links.length === 1 ? links[0]! : undefined;
    if (!link || link.agreed.verdict === 'broken') return undefined;
    const filter = link.node?.filter;
    if (filter) {
      const parsed = parsedFilter(filter);
      if (parsed.open || parsed.openFields.length > 0 || !add(parsed.caps, filter.span)) return undefined;
    }
    element = link.from.element;
    const packets = element.spec?.roles?.source?.packets;
    if (packets) {
      const setting = element.settings.findLast((one) => one.name === packets);
      if (setting && (setting.value === undefined || !add(parseCaps(setting.value).caps, setting.valueSpan)))
        return undefined;
      return span && { fields, span };
    }
    const roles = element.spec?.roles;
    if (!roles?.queue && !roles?.thread) return undefined;
  }
  return undefined;
}

const list = (words: readonly string[]): string =>
  words.length < 2 ? words[0]! : `${words.slice(0, -1).join(', ')} and ${words.at(-1)}`;
