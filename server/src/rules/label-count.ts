/** Counts the labels of a label file against the classes of the network. */
import { groupOf } from '../model/app-config.ts';
import { changeValue } from '../model/config-edits.ts';
import { type ConfigKey, sectionNamed } from '../model/config-file.ts';
import { isOpen } from '../model/config-value.ts';
import type { Rule } from '../model/finding.ts';
import { labelsIn } from '../model/labels.ts';

export const rule: Rule = {
  id: 'label-count',
  title: 'The label file has another number of labels than there are classes',
  why:
    'nvinfer never compares them. Objects of a class behind the end of the file have no label; where a line is missing ' +
    'in the middle, all that follow are called by the wrong name.',
  severity: 'warning',
  on: 'config',
  examples: [
    {
      bad: '[property]\nonnx-file=cars.onnx\nbatch-size=1\nnum-detected-classes=3\nlabelfile-path=labels.txt\n',
      good: '[property]\nonnx-file=cars.onnx\nbatch-size=1\nnum-detected-classes=2\nlabelfile-path=labels.txt\n',
      files: { 'labels.txt': 'car\nbus\n', 'cars.onnx': '' },
    },
  ],
  *check(reading, around) {
    if (reading.kind !== 'config' || reading.config.format?.id !== 'nvinfer') return;
    const section = sectionNamed(reading.config, 'property');
    if (!section) return;
    const property = groupOf(reading.config, section);
    const labels = property.key('labelfile-path');
    const classes = property.key('num-detected-classes');
    const wanted = property.number('num-detected-classes');
    if (!labels || !classes || !wanted || !detects(property.number('network-type'), property.key('is-classifier')))
      return;
    if (isOpen(labels.value)) return;
    const text = around.text(labels.value.trim());
    const found = text === undefined ? undefined : labelsIn(text);
    // An empty file is another rule's.
    if (!found || found.length === 0 || found.length === wanted) return;
    const fewer = found.length < wanted;
    yield {
      span: classes.span,
      severity: fewer ? 'warning' : 'hint',
      message: `num-detected-classes is ${wanted}, and ${labels.value.trim()} has ${found.length} label${found.length === 1 ? '' : 's'}: ${
        fewer
          ? found.length === wanted - 1
            ? `class ${found.length} has none`
            : `classes ${found.length} to ${wanted - 1} have none`
          : 'the last ones are never used, or classes of the network are left out'
      }.`,
      related: [
        { path: labels.value.trim(), span: { start: 0, end: 0 }, message: `${found.length} labels` },
        { span: labels.span, message: 'the label file is named here' },
      ],
      fixes: [changeValue(classes, String(found.length), false)],
    };
  },
};

const detects = (type: number | undefined, isClassifier: ConfigKey | undefined): boolean =>
  (type ?? 0) === 0 && !isClassifier?.value.trim().startsWith('1');
