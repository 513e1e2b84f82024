/** Numbers that GStreamer reads and then does not take. */
import type { Fix, Rule } from '../model/finding.ts';
import { type JudgedSetting, judgedSettings } from '../model/values.ts';

export const rule: Rule = {
  id: 'value-out-of-range',
  title: 'The value is out of range',
  why: 'GStreamer prints a warning, leaves the property as it was and goes on: the pipeline runs with another value than the one that is written.',
  severity: 'warning',
  on: 'launch',
  examples: [{ bad: 'x264enc quantizer=80 ! fakesink', good: 'x264enc quantizer=50 ! fakesink' }],
  *check(reading) {
    if (reading.kind !== 'launch') return;
    for (const judged of judgedSettings(reading)) {
      const { element, setting, value, judgement } = judged;
      if (judgement.verdict !== 'clamped') continue;
      yield {
        span: setting.valueSpan,
        message: `${setting.written}=${value} of ${element.factory} ${judgement.reason ?? 'is out of range, so GStreamer leaves the property as it was'}.`,
        fixes: nearestLimit(judged),
      };
    }
  },
};

function nearestLimit({ setting, property, value }: JudgedSetting): Fix[] {
  const { type } = property;
  const number = Number(value);
  if (!('min' in type) || !Number.isFinite(number) || type.min === undefined || type.max === undefined) return [];
  const limit = number > Number(type.max) ? type.max : number < Number(type.min) ? type.min : undefined;
  if (limit === undefined) return [];
  return [{ title: `Change to ${limit}`, edits: [{ span: setting.valueSpan, text: String(limit) }], safe: false }];
}
