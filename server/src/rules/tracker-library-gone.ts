/** Finds tracker libraries that a release has put together into one. */
import { appConfigOf, groupOf } from '../model/app-config.ts';
import { changeValue } from '../model/config-edits.ts';
import type { ConfigKey } from '../model/config-file.ts';
import type { Finding, Rule } from '../model/finding.ts';
import { atLeast } from '../model/target.ts';

export const rule: Rule = {
  id: 'tracker-library-gone',
  title: 'The release has no such tracker library',
  why:
    'Up to 5.1 each tracker was a library: KLT, IOU, NvDCF. From 6.0 on one library holds them all, and its YAML file ' +
    'chooses; KLT is gone. A library that is not found ends the program.',
  severity: 'warning',
  on: 'config',
  examples: [
    {
      target: 'orin-nano-8gb deepstream-7.1',
      bad: '[tracker]\nenable=1\ntracker-width=640\ntracker-height=384\nll-lib-file=/opt/nvidia/deepstream/deepstream/lib/libnvds_nvdcf.so\n\n[osd]\nenable=1\n',
      good: '[tracker]\nenable=1\ntracker-width=640\ntracker-height=384\nll-lib-file=/opt/nvidia/deepstream/deepstream/lib/libnvds_nvmultiobjecttracker.so\n\n[osd]\nenable=1\n',
    },
  ],
  *check(reading) {
    if (reading.kind !== 'config') return;
    const { config, target } = reading;
    if (target.deepstream === undefined) return;
    const own =
      config.format?.id === 'tracker-element' ? config.sections.find(({ name }) => name === 'tracker') : undefined;
    const tracker = own ? groupOf(config, own) : appConfigOf(config)?.tracker;
    const key = tracker?.key('ll-lib-file');
    const finding = key && judge(key, target.deepstream);
    if (finding) yield finding;
  },
};

function judge(key: ConfigKey, deepstream: string): Finding | undefined {
  const old = /libnvds_(mot_klt|mot_iou|nvdcf)\.so/.exec(key.value);
  const young = /libnvds_nvmultiobjecttracker\.so/.exec(key.value);
  if (old && atLeast(deepstream, '6.0')) {
    const gone = old[1] === 'mot_klt' ? ' KLT has no successor; IOU is the nearest.' : '';
    return {
      span: key.valueSpan,
      message: `${old[0]} ends with DeepStream 5.1, and the target has ${deepstream}: libnvds_nvmultiobjecttracker.so is the library now, and ll-config-file chooses the tracker.${gone}`,
      fixes: [changeValue(key, key.value.replace(old[0], 'libnvds_nvmultiobjecttracker.so'), false)],
    };
  }
  if (young && atLeast('5.1', deepstream)) {
    return {
      span: key.valueSpan,
      message: `${young[0]} comes with DeepStream 6.0, and the target has ${deepstream}: there each tracker is a library of its own, such as libnvds_nvdcf.so.`,
    };
  }
  return undefined;
}
