/**
 * What flows past a place where an element or caps are about to be written: the text is read once more with an element
 * that nobody knows in that place, so that what comes and what is wanted is all that its links can agree on.
 */
import type { Caps } from '../caps/caps.ts';
import type { Span } from '../text/span.ts';
import type { Element, Link } from './pipeline.ts';
import { type LaunchReading, readText } from './read.ts';

export interface Here {
  /** The element that leads here; undefined where none does. */
  readonly before: Element | undefined;
  readonly after: Element | undefined;
  /** What the element in front offers, through the caps in the link. */
  readonly offered: Caps;
  /** What the element behind takes. */
  readonly taken: Caps;
  /** The reading with the stand-in. */
  readonly reading: LaunchReading;
}

/** A word that GStreamer reads as an element and no table has. */
const STAND_IN = 'x-stands-in';

/** What flows past the span, whatever stands in it now. */
export function hereAt(reading: LaunchReading, span: Span): Here {
  const { text } = reading.excerpt;
  const probe = readText(`${text.slice(0, span.start)} ${STAND_IN} ${text.slice(span.end)}`, reading);
  const element = probe.pipeline.elements.find(({ factory }) => factory === STAND_IN);
  return around(probe, element);
}

/** What flows past an element whose caps property stands at the span. */
export function hereAround(reading: LaunchReading, element: Element, value: Span): Here {
  const { text } = reading.excerpt;
  const probe = readText(`${text.slice(0, value.start)}ANY${text.slice(value.end)}`, reading);
  return around(
    probe,
    probe.pipeline.elements.find(({ span }) => span.start === element.span.start),
  );
}

function around(reading: LaunchReading, element: Element | undefined): Here {
  const { links } = reading.pipeline;
  const into = element && links.find((link) => link.to.element === element);
  const outOf = element && links.find((link) => link.from.element === element);
  return {
    before: into?.from.element,
    after: outOf?.to.element,
    offered: capsOf(into),
    taken: capsOf(outOf),
    reading,
  };
}

/** A broken link agrees on nothing; what would be offered is then not known here. */
const capsOf = (link: Link | undefined): Caps =>
  !link || link.agreed.verdict === 'broken' || (link.agreed.caps !== 'any' && link.agreed.caps.length === 0)
    ? 'any'
    : link.agreed.caps;
