/** Every place of a pipeline where caps are written: in links and in properties. Rules about caps look here. */
import { parseCaps } from '../syntax/caps/lower.ts';
import type { CapsProblem, ParsedCaps } from '../syntax/caps/tree.ts';
import { HOLE } from '../text/excerpt.ts';
import type { Span } from '../text/span.ts';
import { parsedFilter } from './filter.ts';
import type { Element, Link, Setting } from './pipeline.ts';
import type { LaunchReading } from './read.ts';

export interface CapsPlace {
  readonly parsed: ParsedCaps;
  /** The text in the excerpt. */
  readonly span: Span;
  /** One of the two: the link whose filter it is, or the setting of a caps property and its element. */
  readonly link: Link | undefined;
  readonly setting: Setting | undefined;
  readonly element: Element | undefined;
  /** From the caps text, whose escapes are undone, to the excerpt. */
  place(span: Span): Span;
}

const kept = new WeakMap<LaunchReading, readonly CapsPlace[]>();

/** In the order of links, then of elements; each written text once. */
export function capsPlaces(reading: LaunchReading): readonly CapsPlace[] {
  const known = kept.get(reading);
  if (known) return known;
  const places = [...filters(reading), ...properties(reading)];
  kept.set(reading, places);
  return places;
}

/** Whether something known only at run time stands in the span or decides what it means. Such caps are not judged. */
export const openAt = (place: CapsPlace, text: string, span: Span): boolean =>
  place.parsed.open || text.slice(span.start, span.end).includes(HOLE);

/** The first problem for which GStreamer refuses the caps, if there is one that no hole may explain. */
export function refusal(place: CapsPlace): CapsProblem | undefined {
  if (place.parsed.open || place.parsed.caps !== undefined) return undefined;
  if (place.parsed.openFields.length > 0) return undefined;
  return place.parsed.problems.find((problem) => problem.refused);
}

function* filters(reading: LaunchReading): Iterable<CapsPlace> {
  const seen = new Set<object>();
  for (const link of reading.pipeline.links) {
    const caps = link.node?.filter;
    if (!caps || seen.has(caps)) continue;
    seen.add(caps);
    yield {
      parsed: parsedFilter(caps),
      span: caps.span,
      link,
      setting: undefined,
      element: undefined,
      place: placer(reading.excerpt.text, caps.span, caps.text),
    };
  }
}

function* properties(reading: LaunchReading): Iterable<CapsPlace> {
  const { pipeline, excerpt } = reading;
  for (const element of [...pipeline.elements, ...pipeline.dropped]) {
    for (const setting of element.settings) {
      if (setting.spec?.type.kind !== 'caps' || setting.value === undefined) continue;
      yield {
        parsed: parseCaps(setting.value),
        span: setting.valueSpan,
        link: undefined,
        setting,
        element,
        place: placer(excerpt.text, setting.valueSpan, setting.value),
      };
    }
  }
}

/** Finds where each character of the meant text stands in the written one: behind dropped backslashes and quotes. */
function placer(excerpt: string, written: Span, meant: string): (span: Span) => Span {
  const offsets: number[] = [];
  let at = written.start;
  let matched = 0;
  while (at < written.end && matched < meant.length) {
    if (excerpt[at] === '\\' && excerpt[at + 1] === meant[matched] && at + 1 < written.end) at++;
    if (excerpt[at] === meant[matched]) {
      offsets.push(at);
      matched++;
    }
    at++;
  }
  if (matched < meant.length) return () => written;
  const end = at;
  return (span) => {
    const start = offsets[span.start] ?? end;
    const last = span.end > span.start ? offsets[span.end - 1] : undefined;
    return { start, end: last === undefined ? start : last + 1 };
  };
}
