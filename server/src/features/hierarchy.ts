/** Elements along their links: what feeds one, and what it feeds. */
import type { Element } from '../model/pipeline.ts';
import type { LaunchReading, Reading } from '../model/read.ts';
import { type Span, touches } from '../text/span.ts';

export interface Neighbour {
  readonly element: Element;
  /** The links between the two, where they are written. */
  readonly links: readonly Span[];
}

/** The element that is written at the offset, or referred to there. */
export function elementAt(reading: Reading, offset: number): Element | undefined {
  if (reading.kind !== 'launch') return undefined;
  const { pipeline, tree } = reading;
  const written = pipeline.elements.find(
    ({ node, span }) => touches(span, offset) || (node?.kind === 'element' && touches(node.span, offset)),
  );
  if (written) return written;
  const token = tree.tokens.find(({ kind, span }) => kind === 'REF' && touches(span, offset));
  return token && pipeline.byName.get(tree.text.slice(token.span.start, token.span.end).replace(/\..*$/s, ''));
}

/** Upstream (`from`) or downstream (`to`) of an element, each once. */
export function neighboursOf({ pipeline }: LaunchReading, element: Element, side: 'from' | 'to'): Neighbour[] {
  const other = side === 'from' ? 'to' : 'from';
  const found = new Map<Element, Span[]>();
  for (const link of pipeline.links) {
    if (link[other].element !== element) continue;
    const spans = found.get(link[side].element);
    if (spans) spans.push(link.span);
    else found.set(link[side].element, [link.span]);
  }
  return [...found].map(([neighbour, links]) => ({ element: neighbour, links }));
}
