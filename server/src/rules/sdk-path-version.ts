/** Finds paths into the folder of another DeepStream release. */
import type { Rule, Severity } from '../model/finding.ts';

export const rule: Rule = {
  id: 'sdk-path-version',
  title: 'The path leads to another DeepStream release',
  why:
    'DeepStream installs itself into a folder of its version, and makes deepstream/deepstream a link to it. A path with ' +
    'a version breaks with the next release, and does so when the file is not found at the start.',
  severity: 'warning',
  on: 'config',
  examples: [
    {
      target: 'orin-nano-8gb deepstream-7.1',
      bad: '[property]\nonnx-file=cars.onnx\nnum-detected-classes=4\nlabelfile-path=/opt/nvidia/deepstream/deepstream-6.0/samples/models/cars/labels.txt\n',
      good: '[property]\nonnx-file=cars.onnx\nnum-detected-classes=4\nlabelfile-path=/opt/nvidia/deepstream/deepstream/samples/models/cars/labels.txt\n',
    },
  ],
  *check(reading) {
    if (reading.kind !== 'config' || !reading.config.format?.judged) return;
    const { deepstream, assumed } = reading.target;
    if (deepstream === undefined) return;
    const severity: Severity = assumed ? 'hint' : 'warning';
    for (const section of reading.config.sections) {
      for (const key of section.keys) {
        const match = /\/opt\/nvidia\/deepstream\/deepstream-(\d+\.\d+)(?=\/)/.exec(key.value);
        if (
          !match ||
          match[1] === deepstream ||
          key.dropped ||
          key.valueSpan.end - key.valueSpan.start !== key.value.length
        )
          continue;
        const start = key.valueSpan.start + match.index;
        const end = start + match[0].length;
        yield {
          span: { start, end },
          severity,
          message: `This is the folder of DeepStream ${match[1]}, and the target has ${deepstream}. /opt/nvidia/deepstream/deepstream leads to whichever is installed.`,
          fixes: [
            {
              title: 'Use the path without a version',
              edits: [{ span: { start, end }, text: '/opt/nvidia/deepstream/deepstream' }],
              safe: false,
            },
          ],
        };
      }
    }
  },
};
