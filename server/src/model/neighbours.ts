/** What stands beside what in a tree: items that a link touches, and items of two chains with nothing but a blank between. */
import type { Chain, Item, LaunchTree } from '../syntax/launch/tree.ts';

export interface Neighbours {
  /** Items that stand at either end of a link, whatever the link came to. */
  readonly touched: ReadonlySet<Item>;
  /** The last item of the chain in front, for the first item of a chain. */
  readonly before: ReadonlyMap<Item, Item>;
  /** The first item of the chain behind, for the last item of a chain. */
  readonly after: ReadonlyMap<Item, Item>;
}

export function neighbours(tree: LaunchTree): Neighbours {
  const touched = new Set<Item>();
  const before = new Map<Item, Item>();
  const after = new Map<Item, Item>();
  const lists: (readonly Chain[])[] = [tree.chains];
  for (let chains = lists.pop(); chains; chains = lists.pop()) {
    chains.forEach((chain, place) => {
      for (const link of chain.links) {
        for (const index of [link.before, link.after]) {
          const item = index === undefined ? undefined : chain.items[index];
          if (item) touched.add(item);
        }
      }
      const last = chain.items.at(-1);
      const next = chains?.[place + 1]?.items[0];
      if (last && next) {
        after.set(last, next);
        before.set(next, last);
      }
      for (const item of chain.items) if (item.kind === 'bin') lists.push(item.chains);
    });
  }
  return { touched, before, after };
}
