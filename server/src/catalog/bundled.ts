/**
 * The tables that ship with the program, as a {@link Catalog} for the layers that a target names. Nothing is read before it
 * is asked for: an index when names are listed, a plugin's file when one of its elements is looked at.
 */
import type { Catalog } from './catalog.ts';
import type { ConfigFormat } from './config-format.ts';
import type { ElementHead, ElementSpec, EngineUse } from './element.ts';
import { type Descriptions, isIn, type LayerSpec, type SetIndex, specOf, type TableFile } from './table.ts';

/** The text of a file under `schemas/`, by relative path with `/`; undefined where there is none. */
export type Load = (relativePath: string) => string | undefined;

/**
 * Catalog of the layers, first wins. A layer that is not known is as good as empty. `elsewhere` speaks of all other layers
 * and of elements that are known by name only. Never throws; a damaged file is a missing one.
 */
export function bundledCatalog(layers: readonly string[], load: Load): Catalog {
  const shelf = shelfOf(load);
  const mine = layers.flatMap((name) => shelf.layers().find((layer) => layer.name === name) ?? []);
  const specs = new Map<string, ElementSpec | undefined>();
  const element = (name: string): ElementSpec | undefined => {
    if (specs.has(name)) return specs.get(name);
    let found: ElementSpec | undefined;
    for (const layer of mine) {
      found = shelf.spec(layer, name);
      if (found) break;
    }
    specs.set(name, found);
    return found;
  };
  let heads: readonly ElementHead[] | undefined;
  let others: ReadonlyMap<string, readonly ElementHead[]> | undefined;
  return {
    element,
    heads: () => {
      heads ??= mergeHeads(mine.map((layer) => shelf.heads(layer)));
      return heads;
    },
    elsewhere: (name) => {
      if (element(name)) return [];
      others ??= byName([
        ...shelf
          .layers()
          .filter((layer) => !mine.includes(layer))
          .flatMap((layer) => shelf.heads(layer)),
        ...shelf.namesOnly(),
      ]);
      return others.get(name) ?? [];
    },
    format: (id) => shelf.formats().find((format) => format.id === id),
    formats: () => shelf.formats(),
  };
}

/** What all catalogs over the same files share: parsed files and indexes. */
interface Shelf {
  layers(): readonly LayerSpec[];
  heads(layer: LayerSpec): readonly ElementHead[];
  /** Elements that exist somewhere and have no table. */
  namesOnly(): readonly ElementHead[];
  spec(layer: LayerSpec, name: string): ElementSpec | undefined;
  formats(): readonly ConfigFormat[];
}

const SHELVES = new WeakMap<Load, Shelf>();

function shelfOf(load: Load): Shelf {
  const known = SHELVES.get(load);
  if (known) return known;
  const shelf = makeShelf(load);
  SHELVES.set(load, shelf);
  return shelf;
}

function makeShelf(load: Load): Shelf {
  const once = <T>(path: string): (() => T | undefined) => memo(() => parse<T>(load(path)));
  const layers = once<{ layers: readonly LayerSpec[] }>('elements/layers.json');
  const words = once<Descriptions>('elements/descriptions.json');
  const uses = once<{ uses: Readonly<Record<string, number>> }>('elements/use.json');
  const engines = once<{ elements: Readonly<Record<string, EngineUse>> }>('elements/engines.json');
  const configs = once<{ formats: readonly string[] }>('configs/index.json');
  const formats = memo(() =>
    (configs()?.formats ?? []).flatMap((id) => parse<ConfigFormat>(load(`configs/${id}.json`)) ?? []),
  );
  const names = memo(() => headsOf(parse<NamesOnly>(load('elements/elsewhere.json'))));
  const files = new Map<string, TableFile | undefined>();
  const file = (set: string, plugin: string): TableFile | undefined => {
    const path = `elements/${set}/${plugin}.json`;
    if (!files.has(path)) files.set(path, parse<TableFile>(load(path)));
    return files.get(path);
  };
  const indexes = new Map<string, ReadonlyMap<string, string>>();
  const sets = new Map<string, SetIndex | undefined>();
  const index = (set: string): SetIndex | undefined => {
    if (!sets.has(set)) sets.set(set, parse<SetIndex>(load(`elements/${set}/index.json`)));
    return sets.get(set);
  };
  const pluginOf = (set: string): ReadonlyMap<string, string> => {
    let found = indexes.get(set);
    if (!found) {
      const rows = Object.entries(index(set)?.plugins ?? {});
      found = new Map(rows.flatMap(([plugin, own]) => Object.keys(own).map((name) => [name, plugin] as const)));
      indexes.set(set, found);
    }
    return found;
  };
  const heads = new Map<LayerSpec, readonly ElementHead[]>();
  return {
    layers: () => layers()?.layers ?? [],
    heads: (layer) => {
      let found = heads.get(layer);
      if (!found) {
        found = Object.entries(index(layer.set)?.plugins ?? {})
          .filter(([plugin]) => layer.plugins?.includes(plugin) ?? true)
          .flatMap(([plugin, own]) =>
            Object.entries(own)
              .filter(([name, row]) => !name.includes('@') && isIn(row, layer))
              .map(([name, row]) => ({
                name,
                plugin,
                klass: (typeof row === 'string' ? row : row.klass).split('/').filter((word) => word !== ''),
                blurb: words()?.elements[name] ?? '',
                layer: layer.name,
                uses: uses()?.uses[name] ?? 0,
              })),
          );
        heads.set(layer, found);
      }
      return found;
    },
    namesOnly: names,
    spec: (layer, name) => {
      const plugin = pluginOf(layer.set).get(name);
      if (plugin === undefined || !(layer.plugins?.includes(plugin) ?? true)) return undefined;
      const table = file(layer.set, plugin);
      const element = table?.elements.find((one) => one.name === name);
      const spec = table && element && specOf(element, table, layer, words());
      const engine = engines()?.elements[name];
      return spec && engine ? { ...spec, engine } : spec;
    },
    formats,
  };
}

/** `schemas/elements/elsewhere.json`: who ships it → plugin → element → the GStreamer that brought it, where that is known. */
interface NamesOnly {
  readonly groups: readonly {
    readonly from: string;
    readonly plugins: Readonly<Record<string, Readonly<Record<string, string | null>>>>;
  }[];
}

function headsOf(names: NamesOnly | undefined): ElementHead[] {
  return (names?.groups ?? []).flatMap(({ from, plugins }) =>
    Object.entries(plugins).flatMap(([plugin, own]) =>
      Object.entries(own).map(([name, since]) => ({
        name,
        plugin,
        klass: [],
        blurb: '',
        layer: since === null ? from : `gstreamer-${since}`,
        uses: 0,
      })),
    ),
  );
}

function memo<T>(make: () => T): () => T {
  let kept: { readonly value: T } | undefined;
  return () => {
    kept ??= { value: make() };
    return kept.value;
  };
}

function parse<T>(text: string | undefined): T | undefined {
  if (text === undefined) return undefined;
  try {
    return JSON.parse(text) as T;
  } catch {
    return undefined;
  }
}

function byName(heads: readonly ElementHead[]): Map<string, ElementHead[]> {
  const found = new Map<string, ElementHead[]>();
  for (const head of heads) {
    const same = found.get(head.name);
    if (same) same.push(head);
    else found.set(head.name, [head]);
  }
  return found;
}

function mergeHeads(lists: readonly (readonly ElementHead[])[]): ElementHead[] {
  const seen = new Map<string, ElementHead>();
  for (const head of lists.flat()) if (!seen.has(head.name)) seen.set(head.name, head);
  return [...seen.values()];
}
