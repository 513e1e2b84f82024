/** Finds class-attrs groups of classes that the network does not have. */
import { groupOf } from '../model/app-config.ts';
import { sectionNamed } from '../model/config-file.ts';
import type { Rule } from '../model/finding.ts';

export const rule: Rule = {
  id: 'class-attrs-number',
  title: 'There is no class of this number',
  why: 'Classes are counted from 0. nvinfer refuses a group for one that is not below num-detected-classes, and the program ends.',
  severity: 'error',
  on: 'config',
  examples: [
    {
      bad: '[property]\nonnx-file=cars.onnx\nnum-detected-classes=2\n\n[class-attrs-2]\npre-cluster-threshold=0.4\n',
      good: '[property]\nonnx-file=cars.onnx\nnum-detected-classes=2\n\n[class-attrs-1]\npre-cluster-threshold=0.4\n',
    },
  ],
  *check(reading) {
    if (reading.kind !== 'config' || reading.config.format?.id !== 'nvinfer') return;
    const { config } = reading;
    const section = sectionNamed(config, 'property');
    if (!section || config.tree.syntax !== 'ini') return;
    const property = groupOf(config, section);
    const type = property.key('network-type') ? property.number('network-type') : 0;
    const classes = property.key('num-detected-classes');
    const count = property.number('num-detected-classes');
    // Other networks do not read these groups.
    if ((type !== 0 && type !== 3) || property.key('is-classifier') || !classes || count === undefined) return;
    for (const { spec, number, header, name } of config.sections) {
      if (spec?.name !== 'class-attrs-%u' || number === undefined || number < count) continue;
      yield {
        span: header,
        message: `num-detected-classes is ${count}, so classes go from 0 to ${count - 1}: nvinfer refuses [${name}], and the program ends.`,
        related: [{ span: classes.span, message: `num-detected-classes is ${count}` }],
      };
    }
  },
};
