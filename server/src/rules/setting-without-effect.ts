/** Finds properties that the element ignores in the mode that its other properties choose. */
import type { Finding, Rule } from '../model/finding.ts';
import { settingOf } from '../model/flow.ts';

export const rule: Rule = {
  id: 'setting-without-effect',
  title: 'The property does nothing in this mode',
  why: 'The element takes the value and never uses it, because another property chooses a mode in which it has no part. What was wanted does not happen, and nothing says so.',
  severity: 'warning',
  on: 'launch',
  examples: [
    {
      bad: 'videotestsrc ! nvvidconv ! nvv4l2h264enc bitrate=4000000 peak-bitrate=6000000 ! fakesink',
      good: 'videotestsrc ! nvvidconv ! nvv4l2h264enc bitrate=4000000 peak-bitrate=6000000 control-rate=variable_bitrate ! fakesink',
      target: 'orin-nx-16gb',
    },
  ],
  *check(reading) {
    if (reading.kind !== 'launch') return;
    for (const element of reading.pipeline.elements) {
      for (const { property, unless, why } of element.spec?.engine?.withoutEffect ?? []) {
        const setting = element.settings.find((s) => s.name === property && s.path.length === 0 && !s.overridden);
        const value = settingOf(element, unless.property);
        // Without a table entry for the other property, or with a value known only at run time, nothing can be said.
        if (!setting || value === undefined || unless.values.includes(value)) continue;
        // A switch that is off asks for nothing.
        if (setting.value === undefined || /^(?:false|0|no|f|n)$/i.test(setting.value)) continue;
        const wanted = unless.values.find((word) => !/^\d+$/.test(word)) ?? unless.values[0]!;
        yield {
          span: setting.nameSpan,
          message: `${property} does nothing here: ${why}. It counts with ${unless.property}=${wanted}.`,
          tag: 'unnecessary',
          fixes: fixes(element, setting, `${unless.property}=${wanted}`, unless.property),
        };
      }
    }
  },
};

function fixes(
  element: Parameters<typeof settingOf>[0],
  setting: (typeof element.settings)[number],
  text: string,
  other: string,
): Finding['fixes'] {
  const set = element.settings.find((s) => s.name === other && s.path.length === 0 && !s.overridden);
  const edit = set
    ? { span: set.span, text }
    : { span: { start: setting.span.end, end: setting.span.end }, text: ` ${text}` };
  return [{ title: `Set ${text}`, edits: [edit], safe: false }];
}
