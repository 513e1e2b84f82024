/** Finds pipelines of a cv::VideoWriter in which OpenCV finds no appsrc. */
import type { Rule } from '../model/finding.ts';
import { endOf, judgeable, TYPES } from '../model/opencv.ts';

export const rule: Rule = {
  id: 'opencv-appsrc',
  title: 'OpenCV finds no appsrc to write to',
  why:
    'A VideoWriter gives its frames to an appsrc, which it looks for by name: a name that has "appsrc" or "opencvsrc" in it. ' +
    'Without one, opening fails with "cannot find appsrc in manual pipeline".',
  severity: 'error',
  on: 'launch',
  examples: [
    {
      bad: 'out = cv2.VideoWriter("appsrc name=frames ! videoconvert ! x264enc ! filesink location=a.h264", cv2.CAP_GSTREAMER, 0, 30.0, (640, 480))',
      good: 'out = cv2.VideoWriter("appsrc name=opencvsrc ! videoconvert ! x264enc ! filesink location=a.h264", cv2.CAP_GSTREAMER, 0, 30.0, (640, 480))',
      language: 'python',
    },
  ],
  *check(reading) {
    if (reading.kind !== 'launch' || reading.excerpt.consumer !== 'opencv-writer' || !judgeable(reading)) return;
    const { pipeline } = reading;
    if (endOf(pipeline, 'writer').length > 0) return;
    const named = pipeline.elements.find((element) => element.spec?.typeName === TYPES.writer);
    const setting = named?.settings.findLast((one) => one.name === 'name');
    const first = pipeline.elements[0]!;
    if (named) {
      yield {
        span: setting?.span ?? named.span,
        message: `OpenCV finds its appsrc by name, and "${named.name}" has neither "appsrc" nor "opencvsrc" in it: opening fails.`,
        fixes: setting
          ? [{ title: 'Call it opencvsrc', edits: [{ span: setting.valueSpan, text: 'opencvsrc' }], safe: false }]
          : [],
      };
      return;
    }
    yield {
      span: first.span,
      message: `OpenCV gives its frames to an appsrc, and there is none: opening fails. Begin the pipeline with appsrc.`,
    };
  },
};
