/**
 * The tables that ship with the program, as a {@link Catalog} for the layers that a target names. Nothing is read before it
 * is asked for: an index when names are listed, a plugin's file when one of its elements is looked at.
 */
import type { Catalog } from './catalog.ts';
import type { ElementHead, ElementSpec } from './element.ts';
import { type Load, shelfOf } from './shelf.ts';

export type { Load } from './shelf.ts';

/**
 * Catalog of the layers, first wins. A layer that is not known is as good as empty. `elsewhere` speaks of all other layers
 * and of elements that are known by name only. Never throws; a damaged file is a missing one.
 */
export function bundledCatalog(layers: readonly string[], load: Load): Catalog {
  const shelf = shelfOf(load);
  const mine = layers.flatMap((name) => shelf.layers().find((layer) => layer.name === name) ?? []);
  const specs = new Map<string, ElementSpec>();
  const element = (name: string): ElementSpec | undefined => {
    const known = specs.get(name);
    if (known) return known;
    for (const layer of mine) {
      const found = shelf.spec(layer, name);
      if (!found) continue;
      specs.set(name, found);
      return found;
    }
    return undefined;
  };
  let heads: readonly ElementHead[] | undefined;
  return {
    element,
    heads: () => {
      heads ??= mergeHeads(mine.map((layer) => shelf.heads(layer)));
      return heads;
    },
    elsewhere: (name) => {
      if (element(name)) return [];
      const others = shelf.layers().filter((layer) => !mine.includes(layer));
      return [...others.flatMap((layer) => shelf.head(layer, name) ?? []), ...shelf.nameOnly(name)];
    },
    format: (id) => shelf.formats().find((format) => format.id === id),
    formats: () => shelf.formats(),
    habits: () => shelf.habits(),
  };
}

function mergeHeads(lists: readonly (readonly ElementHead[])[]): ElementHead[] {
  const seen = new Map<string, ElementHead>();
  for (const head of lists.flat()) if (!seen.has(head.name)) seen.set(head.name, head);
  return [...seen.values()];
}
