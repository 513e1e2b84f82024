/** Finds sinks that show pictures on a machine that has nothing to show them on. */
import type { Rule } from '../model/finding.ts';
import { pipelineOf } from '../model/read.ts';

export const rule: Rule = {
  id: 'screen-on-headless',
  title: 'The sink needs a display, and the target has none',
  why:
    'A sink for the screen opens the display when the pipeline starts; where none is connected and no desktop runs, that ' +
    'fails and so does the pipeline. Only a target that is called headless is judged.',
  severity: 'error',
  on: 'pipeline',
  examples: [
    {
      target: 'orin-nano-8gb headless',
      bad: 'videotestsrc ! videoconvert ! xvimagesink',
      good: 'videotestsrc ! videoconvert ! fakesink',
    },
  ],
  *check(reading) {
    if (!reading.target.headless) return;
    for (const element of pipelineOf(reading)?.elements ?? []) {
      if (!element.spec?.roles?.screen) continue;
      yield {
        span: element.span,
        message: `${element.factory} shows pictures on a display, and the target is headless: the pipeline does not start. Write a file, send it over the network, or use fakesink.`,
      };
    }
  },
};
