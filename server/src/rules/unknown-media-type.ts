/** `video/xraw`: media types that are misspelt or belong to GStreamer 0.10. */
import { capsPlaces, openAt } from '../model/caps-places.ts';
import { FORMER_MEDIA, MEDIA_TYPES } from '../model/caps-words.ts';
import type { Finding, Rule } from '../model/finding.ts';
import { nearest } from '../model/nearest.ts';
import { refusedHere } from '../model/refused.ts';

export const rule: Rule = {
  id: 'unknown-media-type',
  title: 'No element has this media type',
  why: 'Media types are compared letter by letter. A misspelt one meets nothing, and those of GStreamer 0.10 are gone.',
  severity: 'warning',
  on: 'launch',
  examples: [
    { bad: 'fakesrc ! video/xraw,width=640 ! fakesink', good: 'fakesrc ! video/x-raw,width=640 ! fakesink' },
    { bad: 'fakesrc ! video/x-raw-yuv,width=640 ! fakesink', good: 'fakesrc ! video/x-raw,width=640 ! fakesink' },
  ],
  *check(reading) {
    if (reading.kind !== 'launch') return;
    for (const place of capsPlaces(reading)) {
      for (const { media } of place.parsed.tree.structures) {
        const span = place.place(media.span);
        if (MEDIA_TYPES.has(media.text) || openAt(place, reading.excerpt.text, span)) continue;
        const found = judge(media.text);
        if (!found) continue;
        const finding: Finding = {
          span,
          severity: refusedHere(place) ? 'error' : 'warning',
          message: found.message,
          fixes: [{ title: `Change to ${found.now}`, edits: [{ span, text: found.now }], safe: found.safe }],
        };
        yield finding;
      }
    }
  },
};

function judge(written: string): { now: string; message: string; safe: boolean } | undefined {
  const former = FORMER_MEDIA.get(written);
  if (former) {
    return {
      now: former.now,
      message: `${written} ended with GStreamer 0.10, and nothing offers or takes it. Write ${former.now}, and what the name said as ${former.field}.`,
      safe: false,
    };
  }
  const near = nearest(written, MEDIA_TYPES);
  if (!near || near.how === 'similar') return undefined;
  return { now: near.name, message: `Nothing offers or takes ${written}. Did you mean ${near.name}?`, safe: true };
}
