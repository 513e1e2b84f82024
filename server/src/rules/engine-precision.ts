/** Compares network-mode with the precision that the name of an engine file tells. */
import { groupOf } from '../model/app-config.ts';
import { changeValue } from '../model/config-edits.ts';
import { sectionNamed } from '../model/config-file.ts';
import { engineName, NETWORK_MODES, renamedEngine } from '../model/engine-name.ts';
import type { Rule } from '../model/finding.ts';

export const rule: Rule = {
  id: 'engine-precision',
  title: 'The engine has another precision than network-mode',
  why:
    'nvinfer does not compare them: an engine that loads is used as it is, and network-mode then says something that is ' +
    'not so. When the engine is built anew one day, speed and accuracy change without a word.',
  severity: 'warning',
  on: 'config',
  examples: [
    {
      bad: '[property]\nonnx-file=cars.onnx\nmodel-engine-file=cars.onnx_b1_gpu0_fp32.engine\nbatch-size=1\nnetwork-mode=2\nnum-detected-classes=4\n',
      good: '[property]\nonnx-file=cars.onnx\nmodel-engine-file=cars.onnx_b1_gpu0_fp16.engine\nbatch-size=1\nnetwork-mode=2\nnum-detected-classes=4\n',
    },
  ],
  *check(reading) {
    if (reading.kind !== 'config' || reading.config.format?.id !== 'nvinfer') return;
    const section = sectionNamed(reading.config, 'property');
    if (!section) return;
    const property = groupOf(reading.config, section);
    const engine = property.key('model-engine-file');
    const name = engine && engineName(engine.value.trim());
    const modeKey = property.key('network-mode');
    const mode = modeKey ? property.number('network-mode') : 0;
    const word = PRECISIONS[mode ?? -1];
    if (!engine || !name || word === undefined || name.precision === word) return;
    // INT8 without a calibration becomes FP16, and is named so; another rule tells that.
    if (word === 'int8' && name.precision === 'fp16' && !property.text('int8-calib-file')) return;
    const renamed = renamedEngine(engine.value.trim(), { precision: word });
    yield {
      span: engine.span,
      message: `By its name the engine was built for ${name.precision.toUpperCase()}, and network-mode ${modeKey ? '' : 'is missing, which '}means ${word.toUpperCase()}: the engine is used as it is. Write network-mode=${NETWORK_MODES[name.precision]}, or name the ${word.toUpperCase()} engine.`,
      related: modeKey ? [{ span: modeKey.span, message: `network-mode means ${word.toUpperCase()}` }] : [],
      fixes: [
        ...(renamed === undefined ? [] : [changeValue(engine, renamed, false)]),
        ...(modeKey ? [changeValue(modeKey, String(NETWORK_MODES[name.precision]), false)] : []),
      ],
    };
  },
};

const PRECISIONS: readonly (keyof typeof NETWORK_MODES | undefined)[] = ['fp32', 'int8', 'fp16', 'best'];
