/** Finds sizes of the tracker's picture that its algorithms do not take. */
import { appConfigOf } from '../model/app-config.ts';
import { changeValue } from '../model/config-edits.ts';
import type { Rule } from '../model/finding.ts';

export const rule: Rule = {
  id: 'tracker-size',
  title: 'The tracker’s size is no multiple of 32',
  why:
    'NvDCF and NvDeepSORT look at the frame itself, in a size of their own. NVIDIA’s files say that it must be a multiple ' +
    'of 32; neither the program nor the element checks it, and tracks get lost.',
  severity: 'warning',
  on: 'config',
  examples: [
    {
      bad: '[tracker]\nenable=1\ntracker-width=600\ntracker-height=384\nll-lib-file=/opt/nvidia/deepstream/deepstream/lib/libnvds_nvmultiobjecttracker.so\n\n[osd]\nenable=1\n',
      good: '[tracker]\nenable=1\ntracker-width=608\ntracker-height=384\nll-lib-file=/opt/nvidia/deepstream/deepstream/lib/libnvds_nvmultiobjecttracker.so\n\n[osd]\nenable=1\n',
    },
  ],
  *check(reading) {
    if (reading.kind !== 'config') return;
    const tracker = appConfigOf(reading.config)?.tracker;
    const library = tracker?.text('ll-lib-file');
    if (!tracker || library === undefined || !/libnvds_(?:nvmultiobjecttracker|nvdcf)\.so/.test(library)) return;
    // Boxes alone need no picture.
    if (/iou|nvsort/i.test(tracker.text('ll-config-file') ?? '')) return;
    for (const name of ['tracker-width', 'tracker-height']) {
      const key = tracker.key(name);
      const size = tracker.number(name);
      if (!key || !size || size < 0 || size % 32 === 0) continue;
      const next = Math.max(32, Math.round(size / 32) * 32);
      yield {
        span: key.span,
        message: `${name} is ${size}, and NvDCF and NvDeepSORT want a multiple of 32: ${next} is the nearest.`,
        fixes: [changeValue(key, String(next), false)],
      };
    }
  },
};
