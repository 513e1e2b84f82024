/** A pipeline's links by the elements they join, and walks along them. What flows is not asked here. */
import type { Element, Link, Pipeline } from './pipeline.ts';

export interface Graph {
  /** Links that end at the element, in the order in which they are made. */
  into(element: Element): readonly Link[];
  /** Links that begin at the element, in the order in which they are made. */
  outOf(element: Element): readonly Link[];
}

const kept = new WeakMap<Pipeline, Graph>();
const NONE: readonly Link[] = [];

/** The graph of a pipeline, made once. */
export function graphOf(pipeline: Pipeline): Graph {
  const known = kept.get(pipeline);
  if (known) return known;
  const into = new Map<Element, Link[]>();
  const out = new Map<Element, Link[]>();
  const note = (map: Map<Element, Link[]>, element: Element, link: Link): void => {
    const list = map.get(element);
    if (list) list.push(link);
    else map.set(element, [link]);
  };
  for (const link of pipeline.links) {
    note(into, link.to.element, link);
    note(out, link.from.element, link);
  }
  const graph: Graph = {
    into: (element) => into.get(element) ?? NONE,
    outOf: (element) => out.get(element) ?? NONE,
  };
  kept.set(pipeline, graph);
  return graph;
}

/** All elements from which something can reach this one, nearest first, without itself. */
export const upstream = (graph: Graph, element: Element): Element[] =>
  walk(element, (one) => graph.into(one).map((link) => link.from.element));

/** All elements that something from this one can reach, nearest first, without itself. */
export const downstream = (graph: Graph, element: Element): Element[] =>
  walk(element, (one) => graph.outOf(one).map((link) => link.to.element));

/** The elements in front of this one, nearest first, as long as there is one way only. */
export function lineUpTo(graph: Graph, element: Element): Element[] {
  const line: Element[] = [];
  const seen = new Set([element]);
  for (let links = graph.into(element); links.length === 1; links = graph.into(line.at(-1)!)) {
    const before = links[0]!.from.element;
    if (seen.has(before)) break;
    seen.add(before);
    line.push(before);
  }
  return line;
}

function walk(start: Element, next: (element: Element) => readonly Element[]): Element[] {
  const seen = new Set<Element>([start]);
  const found: Element[] = [];
  for (let at = -1; at < found.length; at++) {
    for (const element of next(at < 0 ? start : found[at]!)) {
      if (seen.has(element)) continue;
      seen.add(element);
      found.push(element);
    }
  }
  return found;
}
