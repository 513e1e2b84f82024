/** Finds label files in which nothing stands. */
import type { Rule } from '../model/finding.ts';
import { labelsIn } from '../model/labels.ts';
import { referencesOf } from '../model/references.ts';

export const rule: Rule = {
  id: 'empty-label-file',
  title: 'The label file is empty',
  why: 'The file is read without a complaint, and no object has a name then: boxes are drawn without one, and messages lack it.',
  severity: 'warning',
  on: 'config',
  examples: [
    {
      bad: '[property]\nonnx-file=cars.onnx\nnum-detected-classes=2\nlabelfile-path=labels.txt\n',
      good: '[property]\nonnx-file=cars.onnx\nnum-detected-classes=2\n',
      files: { 'labels.txt': '\n', 'cars.onnx': '' },
    },
  ],
  *check(reading, around) {
    if (reading.kind !== 'config') return;
    for (const { holds, path, span, used } of referencesOf(reading)) {
      if (holds !== 'labels' || !used) continue;
      const text = around.text(path);
      if (text === undefined || labelsIn(text).length > 0) continue;
      yield {
        span,
        message: `${path} is empty: no class has a name. Write one label a line, in the order of the classes.`,
      };
    }
  },
};
