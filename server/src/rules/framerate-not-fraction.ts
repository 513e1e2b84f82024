/** `framerate=30`, which GStreamer reads as an integer. */
import { capsPlaces, openAt } from '../model/caps-places.ts';
import { FRACTION_FIELDS } from '../model/caps-words.ts';
import type { Rule } from '../model/finding.ts';
import { refusedHere } from '../model/refused.ts';

export const rule: Rule = {
  id: 'framerate-not-fraction',
  title: 'A frame rate is a fraction',
  why: 'A plain number is an integer to GStreamer, and no element has an integer frame rate: the link is refused, or the field means nothing.',
  severity: 'warning',
  on: 'launch',
  examples: [
    {
      bad: 'fakesrc ! video/x-raw,framerate=30 ! fakesink',
      good: 'fakesrc ! video/x-raw,framerate=30/1 ! fakesink',
    },
  ],
  *check(reading) {
    if (reading.kind !== 'launch') return;
    for (const place of capsPlaces(reading)) {
      for (const { fields } of place.parsed.tree.structures) {
        for (const field of fields) {
          const value = field.value;
          if (!FRACTION_FIELDS.has(field.name.text) || field.hole || value?.kind !== 'plain') continue;
          const type = (field.type ?? value.type)?.text;
          if (type !== undefined && !['int', 'i', 'float', 'f', 'double', 'd'].includes(type)) continue;
          const fraction = asFraction(value.text);
          const span = place.place(field.span);
          if (fraction === undefined || openAt(place, reading.excerpt.text, span)) continue;
          yield {
            span,
            severity: refusedHere(place) ? 'error' : 'warning',
            message: `${field.name.text}=${value.text} is ${value.text.includes('.') ? 'a floating-point number' : 'an integer'} to GStreamer, and ${field.name.text} is a fraction: elements that look at it refuse it. Write ${fraction}.`,
            fixes: [
              {
                title: `Change to ${field.name.text}=${fraction}`,
                edits: [{ span, text: `${field.name.text}=${fraction}` }],
                safe: true,
              },
            ],
          };
        }
      }
    }
  },
};

/** The fraction that a number stands for: `30/1`, `30000/1001` for 29.97. Undefined for what is no number. */
function asFraction(text: string): string | undefined {
  if (/^\d{1,6}$/.test(text)) return `${text}/1`;
  if (!/^\d{1,4}\.\d{1,6}$/.test(text)) return undefined;
  const value = Number(text);
  const film = Math.round((value * 1001) / 1000);
  if (Math.abs((film * 1000) / 1001 - value) < 0.01 && Math.round(value) !== value) return `${film * 1000}/1001`;
  return value === Math.round(value) ? `${value}/1` : `${Math.round(value * 1000)}/1000`;
}
