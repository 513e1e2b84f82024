/** Keys that do something on the other platform only: of a discrete GPU on a Jetson, or the other way round. */
import { isOff } from '../model/config-groups.ts';
import type { Rule } from '../model/finding.ts';

export const rule: Rule = {
  id: 'wrong-platform-key',
  title: 'The key does nothing on this platform',
  why: 'A Jetson has one GPU and its own memory, a discrete GPU has no VIC, no overlay and no CSI camera: the key is read and has no effect.',
  severity: 'hint',
  on: 'config',
  examples: [
    {
      target: 'orin-nano-8gb',
      bad: '[osd]\nenable=1\n\n[source0]\nenable=1\ntype=2\nuri=file:///a.mp4\ncudadec-memtype=2\n',
      good: '[osd]\nenable=1\n\n[source0]\nenable=1\ntype=2\nuri=file:///a.mp4\n',
    },
  ],
  *check(reading) {
    if (reading.kind !== 'config') return;
    const { config, target } = reading;
    if (!config.format?.judged || target.platform === 'none') return;
    for (const section of config.sections) {
      if (!section.spec || isOff(config, section)) continue;
      for (const key of section.keys) {
        const only = key.spec?.platform;
        // Files are shared between platforms, and a default changes nothing anywhere.
        if (!only || only === target.platform || key.value.trim() === (key.spec?.default ?? '0')) continue;
        const where = only === 'tegra' ? 'a Jetson' : 'a discrete GPU';
        yield {
          span: key.nameSpan,
          tag: 'unnecessary',
          message: `${key.name} has an effect on ${where} only; the target is ${only === 'tegra' ? 'none' : 'a Jetson'}.`,
        };
      }
    }
  },
};
