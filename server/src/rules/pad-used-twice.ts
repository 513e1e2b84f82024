/** One pad in two links. */
import type { Finding, Rule } from '../model/finding.ts';
import type { Endpoint, Link } from '../model/pipeline.ts';

export const rule: Rule = {
  id: 'pad-used-twice',
  title: 'The pad is linked already',
  why: 'A pad has one partner. GStreamer refuses the second link; to feed several places a tee is needed.',
  severity: 'error',
  on: 'launch',
  examples: [
    {
      bad: 'videotestsrc ! tee name=t t.src_0 ! queue ! fakesink t.src_0 ! queue ! fakesink',
      good: 'videotestsrc ! tee name=t t.src_0 ! queue ! fakesink t.src_1 ! queue ! fakesink',
    },
    {
      bad: 'videotestsrc name=v ! fakesink v. ! fakesink',
      good: 'videotestsrc ! tee name=v ! queue ! fakesink v. ! queue ! fakesink',
    },
  ],
  *check(reading) {
    if (reading.kind !== 'launch') return;
    const first = new Map<string, Link>();
    for (const link of reading.pipeline.links) {
      for (const end of [link.from, link.to]) {
        const key = padKey(end);
        if (key === undefined) continue;
        const before = first.get(key);
        if (before) yield twice(link, end, before);
        else first.set(key, link);
      }
    }
  },
};

/** Pads that appear later are not judged, nor those of elements without a table unless the pad is named as a request pad is. */
function padKey(end: Endpoint): string | undefined {
  if (end.pad === undefined || end.template?.presence === 'sometimes') return undefined;
  if (!end.template && (end.element.spec || !end.padSpan)) return undefined;
  return `${end.element.index} ${end.pad}`;
}

function twice(link: Link, end: Endpoint, before: Link): Finding {
  const outgoing = end === link.from;
  const needed =
    end.template?.presence === 'request'
      ? 'Name another pad, or none.'
      : outgoing
        ? 'Put a tee behind it.'
        : 'Each link needs a pad of its own.';
  return {
    span: end.padSpan ?? link.span,
    message: `The ${outgoing ? 'source' : 'sink'} pad ${end.pad} of ${end.element.name} is linked already, so GStreamer refuses this link. ${needed}`,
    related: [{ span: before.span, message: 'the first link of this pad' }],
  };
}
