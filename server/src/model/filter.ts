/** The caps written in a link, parsed once for a tree. */
import { parseCaps } from '../syntax/caps/lower.ts';
import type { ParsedCaps } from '../syntax/caps/tree.ts';
import type { CapsNode } from '../syntax/launch/tree.ts';
import type { Link } from './pipeline.ts';

const kept = new WeakMap<CapsNode, ParsedCaps>();

/** What gst_caps_from_string makes of the filter, with what is wrong with it and what is known only at run time. */
export function parsedFilter(node: CapsNode): ParsedCaps {
  const known = kept.get(node);
  if (known) return known;
  const parsed = parseCaps(node.text);
  kept.set(node, parsed);
  return parsed;
}

/** The part of a {@link Link} that its filter decides. */
export function readFilter(node: CapsNode | undefined): Pick<Link, 'filter' | 'filterSpan' | 'filterOpen'> {
  if (!node) return { filter: undefined, filterSpan: undefined, filterOpen: undefined };
  const { caps, open, openFields } = parsedFilter(node);
  return {
    filter: caps,
    filterSpan: node.span,
    filterOpen: open ? 'all' : openFields.length > 0 ? new Set(openFields) : undefined,
  };
}
