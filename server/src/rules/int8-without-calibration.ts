/** Finds INT8 inferences without the table that an INT8 engine is built with. */
import { groupOf } from '../model/app-config.ts';
import { changeValue } from '../model/config-edits.ts';
import { sectionNamed } from '../model/config-file.ts';
import { engineName } from '../model/engine-name.ts';
import type { Rule } from '../model/finding.ts';

export const rule: Rule = {
  id: 'int8-without-calibration',
  title: 'INT8 is asked for without a calibration file',
  why:
    'An INT8 engine is built with a table of ranges (int8-calib-file). Without one nvinfer says "Trying FP16 mode" once ' +
    'and builds an FP16 engine: it runs at another speed than planned.',
  severity: 'warning',
  on: 'config',
  examples: [
    {
      bad: '[property]\nonnx-file=cars.onnx\nbatch-size=1\nnetwork-mode=1\nnum-detected-classes=4\n',
      good: '[property]\nonnx-file=cars.onnx\nbatch-size=1\nnetwork-mode=2\nnum-detected-classes=4\n',
    },
  ],
  *check(reading) {
    if (reading.kind !== 'config' || reading.config.format?.id !== 'nvinfer') return;
    const section = sectionNamed(reading.config, 'property');
    if (!section) return;
    const property = groupOf(reading.config, section);
    const mode = property.key('network-mode');
    if (!mode || property.number('network-mode') !== 1 || property.key('int8-calib-file')) return;
    // A function of one's own may know its ranges otherwise, and an engine alone cannot be built anew.
    if (property.text('engine-create-func-name')) return;
    const models = ['onnx-file', 'model-file', 'uff-file', 'tlt-encoded-model'].filter((name) => property.text(name));
    if (models.length === 0) return;
    const engine = property.text('model-engine-file');
    if (engine !== undefined && engineName(engine)?.precision !== 'fp16') {
      yield {
        span: mode.span,
        severity: 'hint',
        message:
          'INT8 without int8-calib-file: as long as the engine loads, all is well; when it has to be built anew, it becomes an FP16 engine.',
      };
      return;
    }
    yield {
      span: mode.span,
      message:
        'network-mode=1 asks for INT8, and no int8-calib-file is named: nvinfer builds an FP16 engine instead. Name the calibration file, or say FP16 with network-mode=2.',
      fixes: [changeValue(mode, '2', false)],
    };
  },
};
