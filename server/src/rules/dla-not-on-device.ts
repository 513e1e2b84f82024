/** Finds inferences for the DLA on a module that has none. */
import { groupOf } from '../model/app-config.ts';
import { sectionNamed } from '../model/config-file.ts';
import type { Rule } from '../model/finding.ts';

export const rule: Rule = {
  id: 'dla-not-on-device',
  title: 'The module has no DLA',
  why:
    'With enable-dla=1, nvinfer asks TensorRT for an engine on the deep learning accelerator. Orin Nano and the older small ' +
    'modules have none (their data sheets list it for Orin NX, AGX Orin and Xavier), so no such engine can be built or loaded there.',
  severity: 'warning',
  on: 'config',
  examples: [
    {
      target: 'orin-nano-8gb deepstream-7.1',
      bad: '[property]\nonnx-file=/opt/cars/cars.onnx\nbatch-size=1\nnum-detected-classes=4\nenable-dla=1\nuse-dla-core=0\n',
      good: '[property]\nonnx-file=/opt/cars/cars.onnx\nbatch-size=1\nnum-detected-classes=4\n',
    },
  ],
  *check(reading) {
    if (reading.kind !== 'config' || reading.config.format?.id !== 'nvinfer') return;
    const { device } = reading.target;
    const section = sectionNamed(reading.config, 'property');
    if (!section || device?.platform !== 'tegra' || device.engines.dla !== 0) return;
    const property = groupOf(reading.config, section);
    const key = property.key('enable-dla');
    if (!key || property.number('enable-dla') !== 1) return;
    yield {
      span: key.span,
      message: `${device.title} has no DLA, so an engine for it can be neither built nor loaded there. Take enable-dla out: the GPU is used then.`,
    };
  },
};
