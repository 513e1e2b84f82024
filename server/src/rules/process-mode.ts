/** Compares process-mode of an nvinfer file with the kind of group that names it. */
import { appConfigOf, inferenceOf } from '../model/app-config.ts';
import type { Rule } from '../model/finding.ts';

export const rule: Rule = {
  id: 'process-mode',
  title: 'The nvinfer file is for another kind of inference',
  why:
    'deepstream-app sets the mode by the group: primary on whole frames, secondary on objects. What process-mode in the ' +
    'file says is passed over, and a network that was made for frames gets crops of objects, or the other way round.',
  severity: 'warning',
  on: 'config',
  examples: [
    {
      bad: '[primary-gie]\nenable=1\ngie-unique-id=1\nconfig-file=infer.txt\n\n[osd]\nenable=1\n',
      good: '[primary-gie]\nenable=1\ngie-unique-id=1\nconfig-file=cars.txt\n\n[osd]\nenable=1\n',
      files: {
        'infer.txt': '[property]\nonnx-file=color.onnx\nnetwork-type=1\nprocess-mode=2\n',
        'cars.txt': '[property]\nonnx-file=cars.onnx\nnum-detected-classes=4\nprocess-mode=1\n',
      },
    },
  ],
  *check(reading, around) {
    if (reading.kind !== 'config') return;
    const app = appConfigOf(reading.config);
    if (!app) return;
    for (const group of [app.primary, ...app.secondaries]) {
      if (!group) continue;
      const { file } = inferenceOf(group, around);
      const key = file?.property.key('process-mode');
      const mode = file?.property.number('process-mode');
      const wanted = group === app.primary ? 1 : 2;
      const named = group.key('config-file');
      if (!file || !key || !named || (mode !== 1 && mode !== 2) || mode === wanted) continue;
      const [here, there] = wanted === 1 ? ['frames', 'objects'] : ['objects', 'frames'];
      yield {
        span: named.span,
        message: `${file.path} says process-mode=${mode} (${there}), and this group works on ${here}: the group wins. Name the file of a network for ${here}, or set process-mode=${wanted} there.`,
        related: [{ path: file.path, span: key.span, message: `process-mode is ${mode} here` }],
      };
    }
  },
};
