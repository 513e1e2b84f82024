/** Finds networks for instance masks without what nvinfer insists on for them. */
import { groupOf } from '../model/app-config.ts';
import { addKey, changeValue } from '../model/config-edits.ts';
import { sectionNamed } from '../model/config-file.ts';
import type { Finding, Rule } from '../model/finding.ts';

export const rule: Rule = {
  id: 'mask-needs-cluster-mode',
  title: 'Instance masks need cluster-mode 4',
  why: 'Masks cannot be clustered: nvinfer ends where network-type=3 or output-instance-mask=1 stands without cluster-mode=4, and for network-type=3 without a function that reads masks.',
  severity: 'error',
  on: 'config',
  examples: [
    {
      bad: '[property]\nonnx-file=a.onnx\nnum-detected-classes=4\nnetwork-type=3\ncluster-mode=2\nparse-bbox-instance-mask-func-name=ReadMasks\ncustom-lib-path=libmasks.so\n',
      good: '[property]\nonnx-file=a.onnx\nnum-detected-classes=4\nnetwork-type=3\ncluster-mode=4\nparse-bbox-instance-mask-func-name=ReadMasks\ncustom-lib-path=libmasks.so\n',
    },
  ],
  *check(reading) {
    if (reading.kind !== 'config' || reading.config.format?.id !== 'nvinfer') return;
    const section = sectionNamed(reading.config, 'property');
    if (!section) return;
    const property = groupOf(reading.config, section);
    const asks =
      property.number('network-type') === 3
        ? property.key('network-type')
        : property.number('output-instance-mask') === 1
          ? property.key('output-instance-mask')
          : undefined;
    if (!asks) return;
    const mode = property.key('cluster-mode');
    if (!(mode && property.number('cluster-mode') === 4)) {
      const finding: Finding = {
        span: mode?.span ?? asks.span,
        message: `${asks.name}=${asks.value.trim()} needs cluster-mode=4, and cluster-mode is ${mode ? mode.value.trim() : 'missing, which means 0'}: the program ends.`,
        fixes: [
          mode ? changeValue(mode, '4', true) : addKey(reading.config.tree.text, section, 'cluster-mode', '4', true),
        ],
      };
      if (!mode || property.number('cluster-mode') !== undefined) yield finding;
    }
    if (asks.name === 'network-type' && !property.key('parse-bbox-instance-mask-func-name')) {
      yield {
        span: asks.span,
        message:
          'network-type=3 needs parse-bbox-instance-mask-func-name: nvinfer has no parser of its own for masks, and the program ends.',
      };
    }
  },
};
