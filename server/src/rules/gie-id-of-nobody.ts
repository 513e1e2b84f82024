/** Finds second stages of inference that wait for the objects of an element that is not there. */

import type { Rule } from '../model/finding.ts';
import { graphOf, upstream } from '../model/graph.ts';
import { isWhole } from '../model/program.ts';

export const rule: Rule = {
  id: 'gie-id-of-nobody',
  title: 'No inference element in front has the number that infer-on-gie-id names',
  why: 'A second stage works on objects that carry the unique-id which infer-on-gie-id names. If nothing in front of it has that number, it never runs, and says nothing about it.',
  severity: 'warning',
  on: 'launch',
  examples: [
    {
      bad: 'nvarguscamerasrc ! m.sink_0 nvstreammux name=m batch-size=1 width=1280 height=720 live-source=true ! nvinfer config-file-path=cars.txt unique-id=1 ! nvinfer config-file-path=plates.txt unique-id=2 infer-on-gie-id=3 ! fakesink',
      good: 'nvarguscamerasrc ! m.sink_0 nvstreammux name=m batch-size=1 width=1280 height=720 live-source=true ! nvinfer config-file-path=cars.txt unique-id=1 ! nvinfer config-file-path=plates.txt unique-id=2 infer-on-gie-id=1 ! fakesink',
    },
  ],
  *check(reading) {
    if (reading.kind !== 'launch' || !isWhole(reading)) return;
    const graph = graphOf(reading.pipeline);
    for (const element of reading.pipeline.elements) {
      const infers = element.spec?.roles?.infers;
      const on = infers && element.settings.findLast((one) => one.name === infers.on && one.path.length === 0);
      if (!on?.value || !/^[0-9]+$/.test(on.value)) continue;
      const before = upstream(graph, element);
      // Whatever nobody knows may be an inference element; one whose number is not set has its configuration file's.
      if (before.some((one) => !one.spec)) continue;
      const ids = before.flatMap((one) => {
        const role = one.spec?.roles?.infers;
        return role ? [one.settings.findLast((setting) => setting.name === role.id)?.value] : [];
      });
      if (ids.includes(undefined) || ids.includes(on.value)) continue;
      yield {
        span: on.span,
        message:
          ids.length === 0
            ? `No inference element stands in front of ${element.name}, so there are no objects of unique-id ${on.value}: it never runs.`
            : `No inference element in front of ${element.name} has unique-id ${on.value} (there ${ids.length === 1 ? 'is' : 'are'} ${ids.join(', ')}): it never runs.`,
      };
    }
  },
};
