import type { ConfigFormat } from './config-format.ts';
import type { ElementHead, ElementSpec } from './element.ts';
import type { Habits } from './habits.ts';

/** All that is known of elements and formats for one target. */
export interface Catalog {
  /** The element by factory name, from the first layer that knows it; undefined where no table has it. */
  element(name: string): ElementSpec | undefined;
  /** Every element that can be named, one head each. */
  heads(): Iterable<ElementHead>;
  /** Elements of layers that the target does not have: known elsewhere, so a reason can be told. */
  elsewhere(name: string): readonly ElementHead[];
  format(id: string): ConfigFormat | undefined;
  formats(): Iterable<ConfigFormat>;
  /** What people usually write, to order lists by; undefined where nothing was counted. */
  habits?(): Habits | undefined;
}

/** Catalogs as layers: the first that knows an element answers. */
export function layer(...catalogs: readonly Catalog[]): Catalog {
  return {
    element: (name) => {
      for (const catalog of catalogs) {
        const found = catalog.element(name);
        if (found) return found;
      }
      return undefined;
    },
    *heads() {
      const seen = new Set<string>();
      for (const catalog of catalogs) {
        for (const head of catalog.heads()) {
          if (seen.has(head.name)) continue;
          seen.add(head.name);
          yield head;
        }
      }
    },
    elsewhere: (name) => catalogs.flatMap((catalog) => catalog.elsewhere(name)),
    habits: () => {
      for (const catalog of catalogs) {
        const found = catalog.habits?.();
        if (found) return found;
      }
      return undefined;
    },
    format: (id) => {
      for (const catalog of catalogs) {
        const found = catalog.format(id);
        if (found) return found;
      }
      return undefined;
    },
    *formats() {
      const seen = new Set<string>();
      for (const catalog of catalogs) {
        for (const format of catalog.formats()) {
          if (seen.has(format.id)) continue;
          seen.add(format.id);
          yield format;
        }
      }
    },
  };
}
