/** Keys that the target's DeepStream no longer reads, and models that it can no longer build. */

import type { ConfigFile, ConfigKey, ConfigSection } from '../model/config-file.ts';
import { severityIn } from '../model/config-groups.ts';
import type { Finding, Rule } from '../model/finding.ts';
import { atLeast } from '../model/target.ts';

export const rule: Rule = {
  id: 'removed-key',
  title: 'The DeepStream of the target no longer knows the key',
  why: 'The key is passed over with a line of text, and what it set is gone; a Caffe or UFF model can no longer be built at all.',
  severity: 'warning',
  on: 'config',
  examples: [
    {
      target: 'deepstream-7.1',
      bad: '[osd]\nenable=1\n\n[tracker]\nenable=1\nll-lib-file=/opt/tracker.so\nenable-batch-process=1\n',
      good: '[osd]\nenable=1\n\n[tracker]\nenable=1\nll-lib-file=/opt/tracker.so\n',
    },
  ],
  *check(reading) {
    if (reading.kind !== 'config') return;
    const { config, target } = reading;
    const has = target.deepstream;
    if (!config.format?.judged || !has) return;
    for (const section of config.sections) {
      for (const key of section.keys) {
        const finding = gone(key, has) ?? unbuildable(config, section, key, has);
        if (finding) yield { ...finding, severity: severityIn(config, section, 'warning') };
      }
    }
  },
};

function gone(key: ConfigKey, has: string): Finding | undefined {
  const spec = key.spec;
  if (!spec?.firstWithout || !atLeast(has, spec.firstWithout)) return undefined;
  const by = spec.replacedBy;
  return {
    span: key.nameSpan,
    tag: 'deprecated',
    message: `${key.name} was last read by DeepStream ${spec.until}; the target has ${has} and passes it over.${by ? ` Write ${by} instead.` : ' The line can go.'}`,
    // A line that does nothing may be wanted for an older device, so taking it out is left to the reader.
    fixes: by ? [{ title: `Change to ${by}`, edits: [{ span: key.nameSpan, text: by }], safe: false }] : [],
  };
}

/** TensorRT 10, which came with DeepStream 7.1, has no parser for these models (INF-35). */
function unbuildable(config: ConfigFile, section: ConfigSection, key: ConfigKey, has: string): Finding | undefined {
  if (config.format?.id !== 'nvinfer' || !atLeast(has, '7.1')) return undefined;
  const kind = OLD_MODELS.get(key.name);
  // A library that builds the network itself reads these files as it likes (Darknet weights, for one).
  if (!kind || section.keys.some((one) => BUILDERS.has(one.name))) return undefined;
  const other = section.keys.some((one) => OTHER_MODELS.has(one.name));
  return {
    span: key.nameSpan,
    tag: 'deprecated',
    message: `DeepStream ${has} cannot build an engine from a ${kind} model any more${other ? '; it can only load one that is there' : ', and nothing else is named here'}. Use an ONNX model (onnx-file).`,
  };
}

const OLD_MODELS: ReadonlyMap<string, string> = new Map([
  ['model-file', 'Caffe'],
  ['uff-file', 'UFF'],
]);

const OTHER_MODELS: ReadonlySet<string> = new Set(['onnx-file', 'tlt-encoded-model', 'model-engine-file']);

const BUILDERS: ReadonlySet<string> = new Set(['engine-create-func-name', 'custom-network-config']);
