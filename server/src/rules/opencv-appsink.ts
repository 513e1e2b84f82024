/** Finds pipelines of a cv::VideoCapture in which OpenCV finds no appsink. */
import type { Fix, Rule } from '../model/finding.ts';
import { graphOf } from '../model/graph.ts';
import { endOf, judgeable, TYPES } from '../model/opencv.ts';
import type { Element } from '../model/pipeline.ts';
import type { LaunchReading } from '../model/read.ts';

export const rule: Rule = {
  id: 'opencv-appsink',
  title: 'OpenCV finds no appsink to read from',
  why:
    'A VideoCapture takes its frames from an appsink, which it looks for by name: a name that has "appsink" or "opencvsink" in it. ' +
    'Without one, opening fails with "cannot find appsink in manual pipeline".',
  severity: 'error',
  on: 'launch',
  examples: [
    {
      bad: 'cap = cv2.VideoCapture("v4l2src ! videoconvert ! video/x-raw,format=BGR ! autovideosink", cv2.CAP_GSTREAMER)',
      good: 'cap = cv2.VideoCapture("v4l2src ! videoconvert ! video/x-raw,format=BGR ! appsink", cv2.CAP_GSTREAMER)',
      language: 'python',
    },
  ],
  *check(reading) {
    if (reading.kind !== 'launch' || reading.excerpt.consumer !== 'opencv-capture' || !judgeable(reading)) return;
    const { pipeline, excerpt } = reading;
    if (endOf(pipeline, 'capture').length > 0) return;
    const named = pipeline.elements.find((element) => element.spec?.typeName === TYPES.capture);
    const last = pipeline.elements.findLast((element) => element.node?.kind === 'element');
    if (!last) return;
    // A call of that name may be another library's.
    const severity = excerpt.context === 'call:VideoCapture' ? 'error' : 'warning';
    if (named) {
      const setting = named.settings.findLast((one) => one.name === 'name');
      yield {
        span: setting?.span ?? named.span,
        severity,
        message: `OpenCV finds its appsink by name, and "${named.name}" has neither "appsink" nor "opencvsink" in it: opening fails.`,
        fixes: setting && !named.bin ? [rename(setting.valueSpan)] : [],
      };
      return;
    }
    yield {
      span: last.span,
      severity,
      message: `OpenCV reads frames from an appsink, and there is none: opening fails. End the pipeline in appsink instead of ${last.factory}.`,
      fixes: ending(reading, last),
    };
  },
};

const rename = (span: Fix['edits'][number]['span']): Fix => ({
  title: 'Call it opencvsink',
  edits: [{ span, text: 'opencvsink' }],
  safe: false,
});

/** An appsink in place of the sink at the end, or behind what ends there. */
function ending({ pipeline }: LaunchReading, last: Element): Fix[] {
  const span = last.node?.span;
  if (!span || graphOf(pipeline).outOf(last).length > 0) return [];
  if (last.spec?.klass.includes('Sink'))
    return [{ title: `Use appsink instead of ${last.factory}`, edits: [{ span, text: 'appsink' }], safe: false }];
  const sources = last.spec?.pads.filter((pad) => pad.direction === 'src' && pad.presence !== 'sometimes') ?? [];
  return sources.length === 1
    ? [
        {
          title: 'Append appsink',
          edits: [{ span: { start: span.end, end: span.end }, text: ' ! appsink' }],
          safe: false,
        },
      ]
    : [];
}
