/** What can be written at a place, the best first. */

import type { Cursor } from '../model/cursor.ts';
import { cursorAt, type Place } from '../model/cursor.ts';
import { hereAt } from '../model/here.ts';
import type { LaunchReading, Reading } from '../model/read.ts';
import { caps, mediaOf } from './completion/caps.ts';
import { groups, keys, keyValues } from './completion/config.ts';
import { elements } from './completion/elements.ts';
import { properties, values } from './completion/properties.ts';
import { pads, references } from './completion/references.ts';
import type { Completion, Nearby, Suggestion } from './completion/suggestion.ts';

export {
  type About,
  type Completion,
  type Insertion,
  type Nearby,
  nothingNearby,
  type Suggestion,
  suits,
} from './completion/suggestion.ts';

const NOTHING: Completion = { span: { start: 0, end: 0 }, suggestions: [], partial: false };

export function complete(reading: Reading, place: Place, nearby: Nearby): Completion {
  const cursor = cursorAt(reading, place);
  if (cursor.kind === 'nothing') return NOTHING;
  const answer = (suggestions: readonly Suggestion[], partial = false): Completion => ({
    span: cursor.span,
    suggestions,
    partial,
  });
  if (reading.kind === 'config') {
    if (cursor.kind === 'section') return answer(groups(cursor, reading, nearby));
    if (cursor.kind === 'key') return answer(keys(cursor, reading));
    return cursor.kind === 'key-value' ? answer(keyValues(cursor, reading, nearby)) : NOTHING;
  }
  switch (cursor.kind) {
    case 'element-name': {
      const { suggestions, cut } = atElement(cursor, reading, nearby);
      return answer(suggestions, cut || cursor.prefix === '');
    }
    case 'property-name': {
      const { suggestions, cut } = atProperty(cursor, reading, nearby);
      return answer(suggestions, cut);
    }
    case 'property-value':
      return answer(values(cursor, reading, nearby), cursor.prefix.endsWith('/'));
    case 'pad-name':
      return answer(pads(reading, cursor.at, cursor.direction, cursor.prefix, place.offset));
    case 'caps-media':
    case 'caps-feature':
    case 'caps-field':
    case 'caps-value':
      return answer(caps(cursor, reading, nearby));
    default:
      return NOTHING;
  }
}

type At<K extends Cursor['kind']> = Extract<Cursor, { kind: K }>;

/** Elements, and among them the few references and media types that a place takes as well. */
function atElement(
  cursor: Pick<At<'element-name'>, 'prefix' | 'span' | 'linked' | 'links' | 'alone' | 'settings' | 'glued'>,
  reading: LaunchReading,
  nearby: Nearby,
): { suggestions: Suggestion[]; cut: boolean } {
  const here = hereAt(reading, cursor.span);
  const { suggestions, cut } = elements(cursor, here, reading.target);
  const glue = (list: readonly Suggestion[]): Suggestion[] =>
    cursor.glued ? list.map((one) => ({ ...one, insert: { before: ` ${one.label}` } })) : [...list];
  // A reference in a chain's midst would end it, and properties cannot be set behind one.
  const named =
    (cursor.linked && cursor.links) || cursor.settings.length > 0
      ? []
      : glue(references(reading, cursor.linked ? 'sink' : 'src', cursor.prefix, here));
  const first = named.slice(0, FIRST_REFERENCES);
  const media = cursor.linked && cursor.settings.length === 0 ? glue(mediaOf(here, reading, nearby)) : [];
  const fitting = media.filter(({ label }) => cursor.prefix === '' || label.startsWith(cursor.prefix));
  const top = TOP - first.length;
  // In a list of arguments each word stands alone, so that nothing can be written into a bin.
  const takesBin =
    cursor.prefix === '' && cursor.settings.length === 0 && !/^(?:argv-list|exec-form)$/.test(reading.excerpt.context);
  return {
    suggestions: [
      ...first,
      ...suggestions.slice(0, top),
      ...fitting.slice(0, 2),
      ...suggestions.slice(top),
      ...named.slice(first.length),
      ...fitting.slice(2),
      ...(takesBin ? [{ ...BIN, insert: { before: cursor.glued ? ' ( ' : '( ', selected: '', after: ' )' } }] : []),
    ],
    cut,
  };
}

/** A bin without a name: what stands in it is one element to the links outside. */
const BIN: Suggestion = {
  label: '(…)',
  kind: 'element',
  detail: 'a bin',
};

const FIRST_REFERENCES = 3;
/** So many of a list are seen without scrolling; two places of them are for media types. */
const TOP = 8;

/**
 * Properties; and where a chain may end behind the element in front, what may begin the next one. That is so where
 * nothing flows out of it, where it has a name that links can lead to, and where no property is called like that.
 */
function atProperty(
  cursor: At<'property-name'>,
  reading: LaunchReading,
  nearby: Nearby,
): { suggestions: Suggestion[]; cut: boolean } {
  const own = properties(cursor, reading);
  if (cursor.path.length > 0 || cursor.assigned) return { suggestions: own, cut: false };
  const start = { ...cursor, linked: false, alone: false, settings: [], glued: false };
  const ends = cursor.at.spec !== undefined && !cursor.at.spec.pads.some(({ direction }) => direction === 'src');
  if (ends && cursor.links) {
    const next = atElement(start, reading, nearby);
    return { suggestions: [...next.suggestions.slice(0, MOST_STARTS), ...own], cut: true };
  }
  const named = references(reading, 'src', cursor.prefix, undefined).slice(0, FIRST_REFERENCES);
  const rest =
    ends || cursor.set.has('name') || (cursor.prefix !== '' && own.length === 0)
      ? elements(start, undefined, reading.target).suggestions.slice(0, MOST_STARTS)
      : [];
  return {
    suggestions: [...own.slice(0, TOP - 1), ...named, ...own.slice(TOP - 1), ...rest],
    cut: rest.length === MOST_STARTS,
  };
}

/** So many elements are offered where a chain may begin and may as well not. */
const MOST_STARTS = 200;
