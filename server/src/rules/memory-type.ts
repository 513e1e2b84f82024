/** Finds kinds of buffer memory that the platform does not have. */

import { changeValue } from '../model/config-edits.ts';
import { isOff } from '../model/config-groups.ts';
import type { Rule } from '../model/finding.ts';

export const rule: Rule = {
  id: 'memory-type',
  title: 'The platform does not have this kind of memory',
  why: 'CUDA memory (1 to 3) is for a discrete GPU, surface arrays (4) are for a Jetson. The program does not compare them with the platform; elements fail when they ask for buffers.',
  severity: 'warning',
  on: 'config',
  examples: [
    {
      target: 'orin-nano-8gb',
      bad: '[streammux]\nbatch-size=1\nwidth=1280\nheight=720\nnvbuf-memory-type=3\n\n[osd]\nenable=1\n',
      good: '[streammux]\nbatch-size=1\nwidth=1280\nheight=720\nnvbuf-memory-type=0\n\n[osd]\nenable=1\n',
    },
  ],
  *check(reading) {
    if (reading.kind !== 'config') return;
    const { config, target } = reading;
    if (!config.format?.judged || target.platform === 'none') return;
    for (const section of config.sections) {
      if (!section.spec || isOff(config, section)) continue;
      for (const key of section.keys) {
        if (!MEMORY.test(key.name) || key.dropped) continue;
        const type = key.spec?.type;
        const value = type?.kind === 'int' ? type.values?.find((one) => one.value === key.value.trim()) : undefined;
        if (!value?.platform || value.platform === target.platform) continue;
        yield {
          span: key.span,
          severity: target.assumed ? 'hint' : 'warning',
          message: `${key.name}=${value.value} means ${value.meaning}, which ${target.platform === 'tegra' ? 'is for a discrete GPU; the target is a Jetson' : 'only a Jetson has; the target has a discrete GPU'}. 0 lets the platform choose.`,
          fixes: [changeValue(key, '0', true)],
        };
      }
    }
  },
};

const MEMORY = /^(?:nvbuf-memory-type|scaling-pool-memory-type)$/;
