/** Finds gst-launch commands whose file can only be read when it was finished, and that never finish it. */
import type { Finding, Fix, Rule } from '../model/finding.ts';
import { downstream, graphOf, upstream } from '../model/graph.ts';
import type { Element } from '../model/pipeline.ts';
import type { LaunchReading } from '../model/read.ts';
import { isSet, wordsOf } from '../model/setting-words.ts';

export const rule: Rule = {
  id: 'missing-eos',
  title: 'Without -e the file cannot be read after Ctrl+C',
  why:
    'MP4, QuickTime and 3GPP files get their index (moov) at the end of the stream. A camera never ends, and gst-launch-1.0 that is ' +
    'stopped by Ctrl+C throws the pipeline away as it is, so the file stays without an index and no player opens it. With -e ' +
    '(--eos-on-shutdown) it ends the stream first.',
  severity: 'warning',
  on: 'launch',
  examples: [
    {
      bad: 'gst-launch-1.0 v4l2src ! videoconvert ! x264enc ! mp4mux ! filesink location=a.mp4',
      good: 'gst-launch-1.0 -e v4l2src ! videoconvert ! x264enc ! mp4mux ! filesink location=a.mp4',
      language: 'shellscript',
    },
  ],
  *check(reading) {
    if (reading.kind !== 'launch') return;
    const { excerpt, pipeline, tree } = reading;
    if (
      excerpt.consumer !== 'gst-launch' ||
      excerpt.fragment ||
      !/command$|^argv-list$|^exec-form$/.test(excerpt.context)
    )
      return;
    // A word that is known only at run time may be the option.
    if (pipeline.open || tree.problems.some((problem) => !problem.hint)) return;
    if (excerpt.options.some(({ text }) => /^-(?:-eos-on-shutdown$|[A-Za-z]*e)/.test(text))) return;
    for (const muxer of pipeline.elements) {
      const finding = judge(reading, muxer);
      if (finding) yield finding;
    }
  },
};

function judge(reading: LaunchReading, muxer: Element): Finding | undefined {
  const tail = muxer.spec?.roles?.tail;
  if (!tail || tail.unless.some((name) => isSet(muxer, name) && !/^(?:0|false)$/.test(wordsOf(muxer, name)?.[0] ?? '')))
    return undefined;
  const graph = graphOf(reading.pipeline);
  const inFile = muxer.spec?.klass.includes('Sink') || downstream(graph, muxer).some(isFile);
  const endless = inFile ? upstream(graph, muxer).find(neverEnds) : undefined;
  if (!endless) return undefined;
  return {
    span: muxer.span,
    message:
      `${muxer.factory} finishes its file when the stream ends, and ${endless.factory} never ends: after Ctrl+C the file cannot be read. ` +
      'Give gst-launch-1.0 the option -e, which ends the stream first.',
    fixes: option(reading),
  };
}

const isFile = ({ spec }: Element): boolean => (spec?.klass.includes('Sink') && spec.klass.includes('File')) ?? false;

/** Whether the source goes on for ever as it is set. */
function neverEnds(element: Element): boolean {
  const ends = element.spec?.roles?.source?.endless;
  return ends?.every((name) => !isSet(element, name) || /^(?:-1|0)$/.test(wordsOf(element, name)?.[0] ?? '')) ?? false;
}

/** The option in front of the pipeline, where the command's words stand there as they are and not inside quotes. */
function option({ excerpt }: LaunchReading): Fix[] {
  const bare = excerpt.write('(', 0) !== '(' && excerpt.write('-e ', 0) === '-e ';
  return bare && excerpt.context.endsWith('command')
    ? [{ title: 'Add -e', edits: [{ span: { start: 0, end: 0 }, text: '-e ' }], safe: true }]
    : [];
}
