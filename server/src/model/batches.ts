/** How many frames go into a batch, and which elements work on it. */
import { numberOf, settingOf } from './flow.ts';
import { type Graph, lineUpTo } from './graph.ts';
import type { Element } from './pipeline.ts';

/** The muxer whose batches reach the element on its only way, with the elements in between, nearest first. */
export function muxerOf(graph: Graph, element: Element): { muxer: Element; between: readonly Element[] } | undefined {
  const line = lineUpTo(graph, element);
  const at = line.findIndex((one) => one.spec?.roles?.batch);
  return at < 0 ? undefined : { muxer: line[at]!, between: line.slice(0, at) };
}

/** The batch's length as the muxer is set; undefined where it is not set or not known. */
export const batchSize = (muxer: Element): number | undefined =>
  muxer.spec?.roles?.batch && numberOf(settingOf(muxer, muxer.spec.roles.batch.size));

/** Links into the muxer; what a program adds to a named one is not among them. */
export const inputsOf = (graph: Graph, muxer: Element): number => graph.into(muxer).length;
