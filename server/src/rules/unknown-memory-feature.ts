/** `memory:NVVM`: features that name no memory. */
import { capsPlaces, openAt } from '../model/caps-places.ts';
import { MEMORIES } from '../model/caps-words.ts';
import type { Rule } from '../model/finding.ts';
import { nearest } from '../model/nearest.ts';
import { refusedHere } from '../model/refused.ts';

export const rule: Rule = {
  id: 'unknown-memory-feature',
  title: 'No memory has this name',
  why: 'Memory features are compared letter by letter: no element offers or takes one that is spelled otherwise, so the link is refused.',
  severity: 'warning',
  on: 'launch',
  examples: [
    {
      bad: 'fakesrc ! video/x-raw(memory:NVVM) ! fakesink',
      good: 'fakesrc ! video/x-raw(memory:NVMM) ! fakesink',
    },
  ],
  *check(reading) {
    if (reading.kind !== 'launch') return;
    for (const place of capsPlaces(reading)) {
      for (const { features } of place.parsed.tree.structures) {
        for (const feature of features) {
          const name = /^memory:([A-Za-z0-9]+)$/.exec(feature.text)?.[1];
          const span = place.place(feature.span);
          if (name === undefined || MEMORIES.includes(name) || openAt(place, reading.excerpt.text, span)) continue;
          const near = nearest(name, MEMORIES);
          if (!near) continue;
          yield {
            span,
            severity: refusedHere(place) ? 'error' : 'warning',
            message: `No element knows memory:${name}. Did you mean memory:${near.name}?`,
            fixes: [
              { title: `Change to memory:${near.name}`, edits: [{ span, text: `memory:${near.name}` }], safe: true },
            ],
          };
        }
      }
    }
  },
};
