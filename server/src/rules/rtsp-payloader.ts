/** Finds launch lines of an RTSP media factory that have no payloader under the name by which it is found. */
import type { Fix, Rule } from '../model/finding.ts';
import type { Element } from '../model/pipeline.ts';

export const rule: Rule = {
  id: 'rtsp-payloader',
  title: 'The RTSP server finds no payloader called pay0',
  why:
    'An RTSP media factory makes a stream of each element that is called pay0, pay1 … (dynpay0 for pads that come later, depay0 ' +
    'for recording). Without any the media has no stream: every client is refused with "503 Service Unavailable".',
  severity: 'error',
  on: 'launch',
  examples: [
    {
      bad: 'factory.set_launch("( videotestsrc is-live=true ! x264enc tune=zerolatency ! rtph264pay config-interval=1 pt=96 )")',
      good: 'factory.set_launch("( videotestsrc is-live=true ! x264enc tune=zerolatency ! rtph264pay name=pay0 config-interval=1 pt=96 )")',
      language: 'python',
    },
  ],
  *check(reading) {
    if (reading.kind !== 'launch' || reading.excerpt.consumer !== 'rtsp-factory' || reading.excerpt.fragment) return;
    const { pipeline, tree } = reading;
    if (pipeline.open || pipeline.elements.length === 0 || tree.problems.some((problem) => !problem.hint)) return;
    if (pipeline.elements.some((element) => FOUND.test(element.name))) return;
    const payloaders = pipeline.elements.filter(isPayloader);
    const only = payloaders.length === 1 ? payloaders[0]! : undefined;
    const fix = only && nameIt(only);
    yield {
      span: (only ?? pipeline.elements.findLast((element) => element.node?.kind === 'element') ?? pipeline.elements[0]!)
        .span,
      message: only
        ? `The RTSP server looks for an element called pay0, and ${only.factory} is called ${only.name}: clients are refused. Write name=pay0.`
        : 'The RTSP server looks for a payloader called pay0, and nothing here has that name: clients are refused.',
      fixes: fix ? [fix] : [],
    };
  },
};

/** As gst_rtsp_media_collect_streams searches. */
const FOUND = /^(?:dyn|de)?pay[0-9]+$/;

const isPayloader = ({ spec }: Element): boolean => spec?.klass.includes('Payloader') ?? false;

function nameIt(element: Element): Fix | undefined {
  if (element.node?.kind !== 'element') return undefined;
  const setting = element.settings.findLast((one) => one.name === 'name');
  const end = element.node.factory.span.end;
  return {
    title: setting ? 'Call it pay0' : 'Add name=pay0',
    edits: setting ? [{ span: setting.valueSpan, text: 'pay0' }] : [{ span: { start: end, end }, text: ' name=pay0' }],
    safe: true,
  };
}
