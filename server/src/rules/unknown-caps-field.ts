/** `framrate=30/1`: fields that no element looks at, because they are misspelt. */
import { capsPlaces, openAt } from '../model/caps-places.ts';
import { FIELDS } from '../model/caps-words.ts';
import type { Rule } from '../model/finding.ts';
import { nearest } from '../model/nearest.ts';

export const rule: Rule = {
  id: 'unknown-caps-field',
  title: 'The caps have a misspelt field',
  why: 'A field that nobody knows is taken along without a word: the link is made, and what was meant to be fixed stays free.',
  severity: 'warning',
  on: 'launch',
  examples: [
    {
      bad: 'videotestsrc ! video/x-raw,width=640,heigth=480 ! fakesink',
      good: 'videotestsrc ! video/x-raw,width=640,height=480 ! fakesink',
    },
  ],
  *check(reading) {
    if (reading.kind !== 'launch') return;
    for (const place of capsPlaces(reading)) {
      for (const { media, fields } of place.parsed.tree.structures) {
        const known = FIELDS.get(media.text);
        if (!known) continue;
        const present = new Set(fields.map((field) => field.name.text));
        for (const { name } of fields) {
          const span = place.place(name.span);
          if (known.includes(name.text) || name.text.length < 4 || openAt(place, reading.excerpt.text, span)) continue;
          const near = nearest(name.text, known);
          // A field that stands there under its right name as well is not what was meant.
          if (!near || present.has(near.name) || !slipOf(name.text, near.name)) continue;
          yield {
            span,
            message: `${media.text} has no field ${name.text}, so this fixes nothing: ${near.name} stays free. Did you mean ${near.name}?`,
            fixes: [{ title: `Change to ${near.name}`, edits: [{ span, text: near.name }], safe: true }],
          };
        }
      }
    }
  },
};

/** One letter more or less, or the same letters in another order: nothing that could be a word of its own. */
function slipOf(written: string, meant: string): boolean {
  const plain = (word: string): string => word.toLowerCase().replace(/[-_]/g, '');
  const a = plain(written);
  const b = plain(meant);
  if (a === b || Math.abs(a.length - b.length) === 1) return true;
  return [...a].sort().join('') === [...b].sort().join('');
}
