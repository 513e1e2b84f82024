/** Counts the offsets of an inference against the channels of its colour format. */
import { groupOf, lengthOf } from '../model/app-config.ts';
import { sectionNamed } from '../model/config-file.ts';
import type { Rule } from '../model/finding.ts';

export const rule: Rule = {
  id: 'offset-count',
  title: 'There is another number of offsets than of channels',
  why:
    'nvinfer subtracts one offset from each channel: three for RGB and BGR (model-color-format 0 and 1), one for grey (2). ' +
    'With another number of them, channels are left as they are or offsets are never used (INF-18).',
  severity: 'warning',
  on: 'config',
  examples: [
    {
      bad: '[property]\nonnx-file=/opt/cars/cars.onnx\nbatch-size=1\nnum-detected-classes=4\nmodel-color-format=2\noffsets=104;117;123\n',
      good: '[property]\nonnx-file=/opt/cars/cars.onnx\nbatch-size=1\nnum-detected-classes=4\nmodel-color-format=2\noffsets=117\n',
    },
  ],
  *check(reading) {
    if (reading.kind !== 'config' || reading.config.format?.id !== 'nvinfer') return;
    const section = sectionNamed(reading.config, 'property');
    if (!section) return;
    const property = groupOf(reading.config, section);
    const offsets = property.key('offsets');
    const format = property.key('model-color-format');
    const color = format ? property.number('model-color-format') : 0;
    const channels = color === 0 || color === 1 ? 3 : color === 2 ? 1 : undefined;
    const count = offsets && lengthOf(offsets);
    // More than four are refused, which is another rule's.
    if (!offsets || !channels || !count || count === channels || count > 4) return;
    // Tensors that a preprocessing makes have a shape of their own, and so may a network with other inputs.
    if (property.number('input-tensor-from-meta') || property.key('infer-dims')) return;
    yield {
      span: offsets.span,
      message: `offsets has ${count} number${count === 1 ? '' : 's'}, and a ${channels === 1 ? 'grey' : 'colour'} picture has ${channels} channel${channels === 1 ? '' : 's'}${format ? '' : ' (model-color-format is 0, RGB, by default)'}.`,
      ...(format ? { related: [{ span: format.span, message: `model-color-format is ${color}` }] } : {}),
    };
  },
};
