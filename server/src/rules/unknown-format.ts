/** `format=BGR24`: formats that GStreamer calls otherwise. */
import { capsPlaces, openAt } from '../model/caps-places.ts';
import { AUDIO_FORMATS, OTHER_FORMAT_NAMES, VIDEO_FORMATS } from '../model/caps-words.ts';
import type { Rule } from '../model/finding.ts';
import { nearest } from '../model/nearest.ts';
import { refusedHere } from '../model/refused.ts';
import type { FieldNode, ValueNode } from '../syntax/caps/tree.ts';

export const rule: Rule = {
  id: 'unknown-format',
  title: 'GStreamer has no format of this name',
  why: 'Formats are compared as words, exactly: no element offers or takes one that is called otherwise, so the link is refused.',
  severity: 'warning',
  on: 'launch',
  examples: [
    {
      bad: 'fakesrc ! video/x-raw,format=BGR24 ! fakesink',
      good: 'fakesrc ! video/x-raw,format=BGR ! fakesink',
    },
  ],
  *check(reading) {
    if (reading.kind !== 'launch') return;
    for (const place of capsPlaces(reading)) {
      for (const { media, fields } of place.parsed.tree.structures) {
        const known =
          media.text === 'video/x-raw' ? VIDEO_FORMATS : media.text === 'audio/x-raw' ? AUDIO_FORMATS : undefined;
        if (!known) continue;
        for (const value of fields.flatMap(formats)) {
          const span = place.place(value.span);
          if (known.has(value.text) || openAt(place, reading.excerpt.text, span)) continue;
          const meant = meaning(value.text, known);
          if (meant === undefined) continue;
          yield {
            span,
            severity: refusedHere(place) ? 'error' : 'warning',
            message: `GStreamer has no format ${value.text}; it is called ${meant} there. Nothing offers or takes this one.`,
            fixes: [{ title: `Change to ${meant}`, edits: [{ span, text: meant }], safe: true }],
          };
        }
      }
    }
  },
};

/** The format's words: one, or those of a list. */
function formats(field: FieldNode): ValueNode[] {
  if (field.name.text !== 'format' || field.hole || !field.value) return [];
  const values = field.value.kind === 'list' ? field.value.items : [field.value];
  return values.filter((value) => value.kind === 'plain' && /^[A-Za-z0-9_]+$/.test(value.text));
}

function meaning(written: string, known: ReadonlySet<string>): string | undefined {
  const other = OTHER_FORMAT_NAMES.get(written.toUpperCase());
  if (other !== undefined && known.has(other)) return other;
  const near = nearest(written, known);
  return near?.how === 'same' ? near.name : undefined;
}
