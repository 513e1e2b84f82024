/**
 * In whose thread an element works. GStreamer pushes a buffer through one element after the other in one call, until an
 * element takes it into a thread of its own; a sink that waits for the pipeline to start holds up all in front of it.
 */
import { type Graph, graphOf } from './graph.ts';
import { stock } from './known.ts';
import type { Element, Link, Pipeline } from './pipeline.ts';
import { isSet, wordsOf } from './setting-words.ts';

/**
 * `inline`: hands on in the thread that brings the buffer. `queue`: has limits that are known. `thread`: goes on in a
 * thread of its own. `sink`: ends there, and waits with the first buffer until the pipeline plays.
 */
export type Hand = 'inline' | 'queue' | 'thread' | 'sink' | 'unknown';

export function handOf(element: Element, graph: Graph): Hand {
  const { spec } = element;
  if (!spec) return 'unknown';
  if (spec.roles?.queue) return 'queue';
  if (spec.roles?.thread || spec.ancestry.includes('GstAggregator')) return 'thread';
  if (spec.ancestry.includes('GstBaseSink') || (spec.klass[0] === 'Sink' && spec.ancestry.includes('GstAutoDetect')))
    return 'sink';
  if (!stock(spec) || graph.outOf(element).length !== 1 || graph.into(element).length !== 1) return 'unknown';
  if (spec.pads.filter((pad) => pad.direction === 'src').length !== 1) return 'unknown';
  if (spec.ancestry.some((type) => INLINE_BASES.has(type))) return 'inline';
  const codec = spec.klass.some((word) => word === 'Encoder' || word === 'Decoder' || word === 'Muxer');
  return spec.roles?.inline && codec ? 'inline' : 'unknown';
}

/** Base classes that push in the call in which they were given (gstbasetransform.c, gstbaseparse.c, gstrtpbase*pay.c). */
const INLINE_BASES = new Set([
  'GstBaseTransform',
  'GstBaseParse',
  'GstRTPBasePayload',
  'GstRTPBaseDepayload',
  'GstBaseTextOverlay',
]);

/** Whether the pipeline waits for the sink's first buffer before it plays. */
export const isAwaited = (sink: Element): boolean => wordsOf(sink, 'async')?.[0] !== 'false';

/** A way from a branch's first link to the sink at its end. */
export interface Branch {
  readonly first: Link;
  readonly elements: readonly Element[];
  readonly sink: Element;
  /** No element on the way has a thread of its own. */
  readonly inline: boolean;
  /** Every element is inline or a queue with known limits. */
  readonly counted: boolean;
}

/** The branch that begins with a link; undefined where it forks, or where an element on the way is not known. */
export function branchFrom(pipeline: Pipeline, first: Link): Branch | undefined {
  const graph = graphOf(pipeline);
  const elements: Element[] = [];
  const seen = new Set<Element>();
  let inline = true;
  let counted = true;
  for (let element = first.to.element; !seen.has(element); ) {
    seen.add(element);
    const hand = handOf(element, graph);
    if (hand === 'sink') return { first, elements, sink: element, inline, counted };
    if (hand === 'unknown') return undefined;
    if (hand !== 'inline') inline = false;
    if (hand === 'thread') counted = false;
    elements.push(element);
    const out = graph.outOf(element);
    if (out.length !== 1) return undefined;
    element = out[0]!.to.element;
  }
  return undefined;
}

/** How many frames an encoder surely keeps before it gives one; 0 where it keeps none or the number is not known. */
export function keptFrames(element: Element): number {
  const delay = element.spec?.roles?.delay;
  if (!delay || delay.unsure.some((name) => isSet(element, name))) return 0;
  for (const [property, values] of Object.entries(delay.none)) {
    const words = wordsOf(element, property);
    if (isSet(element, property) && (!words || words.some((word) => values.includes(word)))) return 0;
  }
  if (isSet(element, delay.frames)) return Number(wordsOf(element, delay.frames)?.[0] ?? 0) || 0;
  const by = delay.by && wordsOf(element, delay.by.property)?.[0];
  return (by !== undefined && delay.by?.frames[by]) || 0;
}
