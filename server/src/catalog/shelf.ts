/**
 * The files under `schemas/` as the bundled catalogs see them: parsed once, when they are first asked for, and shared by all
 * catalogs that are made over the same loader.
 */
import type { ConfigFormat } from './config-format.ts';
import type { ElementHead, ElementSpec, EngineUse } from './element.ts';
import type { Habits } from './habits.ts';
import type { Roles } from './roles.ts';
import {
  type Descriptions,
  type IndexRow,
  isIn,
  type LayerSpec,
  type SetIndex,
  specOf,
  type TableFile,
} from './table.ts';

/** The text of a file under `schemas/`, by relative path with `/`; undefined where there is none. */
export type Load = (relativePath: string) => string | undefined;

/** What all catalogs over the same files share: parsed files and indexes. */
export interface Shelf {
  layers(): readonly LayerSpec[];
  heads(layer: LayerSpec): readonly ElementHead[];
  /** The head of one element, where the layer has it. */
  head(layer: LayerSpec, name: string): ElementHead | undefined;
  /** Heads of an element that exists somewhere and has no table. */
  nameOnly(name: string): readonly ElementHead[];
  spec(layer: LayerSpec, name: string): ElementSpec | undefined;
  formats(): readonly ConfigFormat[];
  habits(): Habits | undefined;
}

const SHELVES = new WeakMap<Load, Shelf>();

export function shelfOf(load: Load): Shelf {
  const known = SHELVES.get(load);
  if (known) return known;
  const shelf = makeShelf(load);
  SHELVES.set(load, shelf);
  return shelf;
}

/** Where an element stands in the index of a set. */
interface Entry {
  readonly plugin: string;
  readonly row: IndexRow;
}

function makeShelf(load: Load): Shelf {
  const once = <T>(path: string): (() => T | undefined) => memo(() => parse<T>(load(path)));
  const layers = once<{ layers: readonly LayerSpec[] }>('elements/layers.json');
  const words = once<Descriptions>('elements/descriptions.json');
  const uses = once<{ uses: Readonly<Record<string, number>> }>('elements/use.json');
  const habits = once<Habits>('elements/habits.json');
  const roles = once<RolesFile>('elements/roles.json');
  const engines = once<{ elements: Readonly<Record<string, EngineUse>> }>('elements/engines.json');
  const configs = once<{ formats: readonly string[] }>('configs/index.json');
  const formats = memo(() =>
    (configs()?.formats ?? []).flatMap((id) => parse<ConfigFormat>(load(`configs/${id}.json`)) ?? []),
  );
  const names = memo(() => byName(headsOf(parse<NamesOnly>(load('elements/elsewhere.json')))));
  const files = new Map<string, TableFile | undefined>();
  const file = (set: string, plugin: string): TableFile | undefined => {
    const path = `elements/${set}/${plugin}.json`;
    if (!files.has(path)) files.set(path, parse<TableFile>(load(path)));
    return files.get(path);
  };
  const indexes = new Map<string, ReadonlyMap<string, Entry>>();
  const index = (set: string): ReadonlyMap<string, Entry> => {
    let found = indexes.get(set);
    if (!found) {
      const plugins = Object.entries(parse<SetIndex>(load(`elements/${set}/index.json`))?.plugins ?? {});
      found = new Map(
        plugins.flatMap(([plugin, own]) => Object.entries(own).map(([name, row]) => [name, { plugin, row }] as const)),
      );
      indexes.set(set, found);
    }
    return found;
  };
  const entry = (layer: LayerSpec, name: string): Entry | undefined => {
    const found = index(layer.set).get(name);
    return found && (layer.plugins?.includes(found.plugin) ?? true) && isIn(found.row, layer) ? found : undefined;
  };
  const head = (layer: LayerSpec, name: string): ElementHead | undefined => {
    // The code path that an environment variable selects has a table, but no name of its own.
    const found = name.includes('@') ? undefined : entry(layer, name);
    return (
      found && {
        name,
        plugin: found.plugin,
        klass: (typeof found.row === 'string' ? found.row : found.row.klass).split('/').filter((word) => word !== ''),
        blurb: words()?.elements[name] ?? '',
        layer: layer.name,
        uses: uses()?.uses[name] ?? 0,
      }
    );
  };
  const heads = new Map<LayerSpec, readonly ElementHead[]>();
  return {
    layers: () => layers()?.layers ?? [],
    heads: (layer) => {
      let found = heads.get(layer);
      if (!found) {
        found = [...index(layer.set).keys()].flatMap((name) => head(layer, name) ?? []);
        heads.set(layer, found);
      }
      return found;
    },
    head,
    nameOnly: (name) => names().get(name) ?? [],
    spec: (layer, name) => {
      const found = entry(layer, name);
      if (!found) return undefined;
      const table = file(layer.set, found.plugin);
      const element = table?.elements.find((one) => one.name === name);
      const spec = table && element && specOf(element, table, layer, words());
      const engine = engines()?.elements[name];
      const role = rolesOf(roles(), name, found.plugin);
      return spec && (engine || role) ? { ...spec, ...(engine && { engine }), ...(role && { roles: role }) } : spec;
    },
    formats,
    habits,
  };
}

/** `schemas/elements/roles.json`. */
interface RolesFile {
  readonly inline: { readonly plugins: readonly string[] };
  readonly elements: Readonly<Record<string, Roles>>;
}

function rolesOf(file: RolesFile | undefined, name: string, plugin: string): Roles | undefined {
  const own = file?.elements[name];
  return file?.inline.plugins.includes(plugin) ? { ...own, inline: true } : own;
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
