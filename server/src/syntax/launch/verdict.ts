/** Whether GStreamer takes a text, for those who know which elements exist. */
import type { Chain, ElementNode, Item, LaunchTree, UriNode } from './tree.ts';

/** Whether GStreamer's grammar takes the text. Caps, elements and properties are judged elsewhere. */
export const accepted = (tree: Pick<LaunchTree, 'problems'>): boolean =>
  tree.problems.every((problem) => problem.hint === true || problem.later === true);

/**
 * The first chain that makes GStreamer crash: no element of the text can be made, but two references are linked, and
 * those are then looked for in nothing. `made` tells whether GStreamer makes the element (it exists and its properties
 * can be set) or finds one for the URI; for a text without a scheme there never is one. Undefined where nothing crashes, or a hole leaves it open.
 */
export function crash(tree: LaunchTree, made: (node: ElementNode | UriNode) => boolean): Chain | undefined {
  const none = (item: Item): boolean =>
    item.kind === 'reference' ||
    (item.kind === 'uri' && !/^[A-Za-z][\w+.-]*:/.test(item.uri.text)) ||
    ((item.kind === 'element' || item.kind === 'uri') && !made(item));
  if (!accepted(tree) || !tree.chains.every((chain) => chain.items.every(none))) return undefined;
  return tree.chains.find(linksReferences);
}

/** Whether a link of the chain joins two references. */
export function linksReferences(chain: Chain): boolean {
  const reference = (at: number | undefined): boolean => at !== undefined && chain.items[at]?.kind === 'reference';
  return chain.links.some((link) => reference(link.before) && reference(link.after));
}
