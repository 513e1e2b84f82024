/** Finds parse functions that no library is named for. */
import { groupOf } from '../model/app-config.ts';
import { sectionNamed } from '../model/config-file.ts';
import type { Rule } from '../model/finding.ts';

export const rule: Rule = {
  id: 'parser-without-library',
  title: 'A parse function is named, and no library',
  why:
    'nvinfer looks for the function in the library that custom-lib-path names. Without one it passes the name over and ' +
    'reads the output of the network with its own parser, which finds nothing or nonsense in that of another network.',
  severity: 'warning',
  on: 'config',
  examples: [
    {
      bad: '[property]\nonnx-file=cars.onnx\nnum-detected-classes=4\nparse-bbox-func-name=ReadCars\n',
      good: '[property]\nonnx-file=cars.onnx\nnum-detected-classes=4\nparse-bbox-func-name=ReadCars\ncustom-lib-path=build/libcars.so\n',
    },
  ],
  *check(reading) {
    if (reading.kind !== 'config' || reading.config.format?.id !== 'nvinfer') return;
    const section = sectionNamed(reading.config, 'property');
    if (!section) return;
    const property = groupOf(reading.config, section);
    if (property.key('custom-lib-path')?.value.trim()) return;
    for (const name of FUNCTIONS) {
      const key = property.key(name);
      if (!key?.value.trim()) continue;
      yield {
        span: key.span,
        message: `${key.value.trim()} is looked for in custom-lib-path, which is not set: nvinfer passes the name over and uses its own parser. Name the library that has it.`,
      };
    }
  },
};

const FUNCTIONS: readonly string[] = [
  'parse-bbox-func-name',
  'parse-bbox-instance-mask-func-name',
  'parse-classifier-func-name',
  'parse-segmentation-func-name',
];
