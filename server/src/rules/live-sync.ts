/** Finds files and test pictures that are sent into the network as fast as they can be read. */
import type { Rule } from '../model/finding.ts';
import { graphOf, upstream } from '../model/graph.ts';
import type { Element } from '../model/pipeline.ts';
import { isWhole } from '../model/program.ts';
import { truthOf } from '../model/setting-words.ts';

export const rule: Rule = {
  id: 'live-sync',
  title: 'A file is sent faster than it plays',
  why:
    'A camera gives frames at their time; a file is read as fast as it can be. What holds it back is the sink, which waits for each ' +
    'buffer’s time unless it is told sync=false. Then a whole film is sent within seconds, and receivers lose most of it.',
  severity: 'warning',
  on: 'launch',
  examples: [
    {
      bad: 'videotestsrc ! x264enc tune=zerolatency ! rtph264pay ! udpsink host=10.0.0.2 port=5000 sync=false',
      good: 'videotestsrc is-live=true ! x264enc tune=zerolatency ! rtph264pay ! udpsink host=10.0.0.2 port=5000 sync=false',
    },
  ],
  *check(reading) {
    if (reading.kind !== 'launch' || !isWhole(reading)) return;
    const graph = graphOf(reading.pipeline);
    for (const sink of reading.pipeline.elements) {
      const setting = sink.settings.findLast((one) => one.name === 'sync' && one.path.length === 0);
      if (
        !setting ||
        truthOf(sink, 'sync') !== false ||
        !sink.spec?.klass.includes('Network') ||
        !sink.spec.klass.includes('Sink')
      )
        continue;
      const before = upstream(graph, sink);
      if (!before.some((one) => one.spec?.klass.includes('Payloader'))) continue;
      const sources = before.filter((one) => graph.into(one).length === 0);
      if (sources.length === 0 || !sources.every(isFast) || before.some((one) => !one.spec || holdsBack(one))) continue;
      const source = sources[0]!;
      const live = source.spec?.roles?.source?.live;
      const end = source.node?.kind === 'element' ? source.node.factory.span.end : undefined;
      yield {
        span: setting.span,
        message: `${source.factory} gives buffers as fast as it can, and with sync=false ${sink.factory} does not wait for their time: they are sent all at once. ${typeof live === 'string' ? `Set ${live}=true on ${source.factory}, or leave` : 'Leave'} out sync=false.`,
        fixes:
          typeof live === 'string' &&
          end !== undefined &&
          sources.length === 1 &&
          source.settings.every((one) => one.name !== live)
            ? [
                {
                  title: `Set ${live}=true`,
                  edits: [{ span: { start: end, end }, text: ` ${live}=true` }],
                  safe: false,
                },
              ]
            : [{ title: 'Set sync=true', edits: [{ span: setting.valueSpan, text: 'true' }], safe: false }],
      };
    }
  },
};

/** A source that surely does not keep to the time of the world. */
function isFast(element: Element): boolean {
  const live = element.spec?.roles?.source?.live;
  return live === false || (typeof live === 'string' && truthOf(element, live) === false);
}

/** Elements on the way that wait for a buffer's time themselves. */
const holdsBack = (element: Element): boolean =>
  element.spec?.ancestry.includes('GstBaseSink') !== true &&
  (element.spec?.properties.some(({ name }) => name === 'sync') ?? false) &&
  truthOf(element, 'sync') !== false;
