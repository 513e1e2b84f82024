/** Two elements of one name in the same bin. */
import type { Rule } from '../model/finding.ts';
import type { Element } from '../model/pipeline.ts';
import type { Span } from '../text/span.ts';

export const rule: Rule = {
  id: 'duplicate-name',
  title: 'Two elements have the same name',
  why:
    'Names are unique inside a bin. GStreamer leaves the second element out of the pipeline with a warning only; ' +
    'links to it then fail, and a reference finds the first.',
  severity: 'error',
  on: 'launch',
  examples: [
    {
      bad: 'videotestsrc name=a ! fakesink audiotestsrc name=a ! fakesink',
      good: 'videotestsrc name=a ! fakesink audiotestsrc name=b ! fakesink',
    },
  ],
  *check(reading) {
    if (reading.kind !== 'launch') return;
    const { elements, dropped, links } = reading.pipeline;
    if (dropped.length === 0) return;
    const ends = new Set(links.flatMap((link) => [link.from.element, link.to.element]));
    const firsts = new Map<Element['bin'], Map<string, Element>>();
    for (const element of elements) {
      const names = firsts.get(element.bin) ?? new Map<string, Element>();
      firsts.set(element.bin, names.set(element.name, element));
    }
    for (const second of dropped) {
      const first = firsts.get(second.bin)?.get(second.name);
      if (!first || first === second) continue;
      const span = nameSpan(second) ?? second.span;
      const how = second.named ? '' : ' (GStreamer numbers elements itself, and came to a name that is given)';
      const linked = ends.has(second);
      yield {
        span,
        severity: linked ? 'error' : 'warning',
        message: `Another element is called ${second.name} already${how}, so GStreamer leaves this one out of the pipeline${linked ? ' and refuses its links' : ''}. Give it a name of its own.`,
        related: [{ span: nameSpan(first) ?? first.span, message: `the first ${first.name}` }],
      };
    }
  },
};

const nameSpan = (element: Element): Span | undefined =>
  element.settings.find((setting) => setting.name === 'name' && setting.path.length === 0)?.valueSpan;
