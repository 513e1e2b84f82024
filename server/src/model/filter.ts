/** The caps written in a link. */
import type { CapsNode } from '../syntax/launch/tree.ts';
import type { Link } from './pipeline.ts';

/** The part of a {@link Link} that its filter decides. */
export function readFilter(node: CapsNode | undefined): Pick<Link, 'filter' | 'filterSpan' | 'filterOpen'> {
  return { filter: undefined, filterSpan: node?.span, filterOpen: undefined };
}
