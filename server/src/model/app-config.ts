/**
 * A deepstream-app configuration by what its groups stand for: sources, muxer, inferences, tracker, tiler, sinks. Knows
 * which groups count and what the program makes of missing keys; builds no elements, which is deepstream-app.ts's.
 */
import { asList } from '../syntax/config/values.ts';
import { type ConfigFile, type ConfigKey, type ConfigSection, keyNamed } from './config-file.ts';
import { isOff } from './config-groups.ts';
import { isOpen, numberOf } from './config-value.ts';
import type { Around } from './finding.ts';
import { seenFrom } from './references.ts';

export interface AppConfig {
  readonly config: ConfigFile;
  /** Groups that are switched on, in file order: the order in which the program numbers them. */
  readonly sources: readonly AppGroup[];
  /** `[source-list]`, which takes the place of the sources. */
  readonly list: AppGroup | undefined;
  readonly csv: ConfigKey | undefined;
  readonly mux: AppGroup | undefined;
  readonly preprocess: AppGroup | undefined;
  readonly primary: AppGroup | undefined;
  readonly secondaries: readonly AppGroup[];
  readonly tracker: AppGroup | undefined;
  readonly analytics: AppGroup | undefined;
  readonly tiler: AppGroup | undefined;
  readonly osd: AppGroup | undefined;
  readonly sinks: readonly AppGroup[];
}

/** A group that counts. A group that is written twice is one. */
export interface AppGroup {
  readonly name: string;
  readonly section: ConfigSection;
  key(name: string): ConfigKey | undefined;
  /** The key's whole number; undefined where it is missing, still to be filled in, or none. */
  number(name: string): number | undefined;
  /** The key's text; undefined where it is missing, empty or still to be filled in. */
  text(name: string): string | undefined;
}

/** The configuration's groups; undefined where it is not deepstream-app's. */
export function appConfigOf(config: ConfigFile): AppConfig | undefined {
  if (!config.format || !APPS.has(config.format.id)) return undefined;
  const known = kept.get(config);
  if (known) return known;
  const seen = new Set<string>();
  const groups = config.sections.flatMap((section): AppGroup[] => {
    if (seen.has(section.name) || !section.spec) return [];
    seen.add(section.name);
    return isOff(config, section) ? [] : [groupOf(config, section)];
  });
  const all = (name: string): AppGroup[] => groups.filter(({ section }) => section.spec!.name === name);
  const one = (name: string): AppGroup | undefined => all(name)[0];
  /** Groups that do nothing before they are switched on. */
  const switched = (name: string): AppGroup | undefined => all(name).find((group) => (group.number('enable') ?? 0) > 0);
  const app: AppConfig = {
    config,
    sources: all('source%u'),
    list: one('source-list'),
    csv: one('source')?.key('csv-file-path'),
    mux: one('streammux'),
    preprocess: switched('pre-process'),
    primary: switched('primary-gie') ?? switched('audio-classifier'),
    secondaries: all('secondary-gie%u'),
    tracker: switched('tracker'),
    analytics: switched('nvds-analytics'),
    tiler: switched('tiled-display'),
    osd: switched('osd'),
    sinks: all('sink%u'),
  };
  kept.set(config, app);
  return app;
}

const APPS: ReadonlySet<string> = new Set(['deepstream-app', 'deepstream-app-yaml', 'deepstream-audio']);
const kept = new WeakMap<ConfigFile, AppConfig>();

/** The section's group, with the keys of all groups of its name. */
export function groupOf(config: ConfigFile, section: ConfigSection): AppGroup {
  const key = (name: string): ConfigKey | undefined => {
    const found = keyNamed(config, section.name, name);
    return found?.nested ? undefined : found;
  };
  return {
    name: section.name,
    section,
    key,
    number: (name) => {
      const found = key(name);
      return found && !isOpen(found.value) ? numberOf(config, found) : undefined;
    },
    text: (name) => {
      const value = key(name)?.value.trim();
      return value === undefined || value === '' || isOpen(value) ? undefined : value;
    },
  };
}

/** How many items the key's list has; undefined where it is no list, or still to be filled in. */
export function lengthOf(key: ConfigKey): number | undefined {
  if (isOpen(key.value)) return undefined;
  const read = asList(key.value, 'string');
  return read.ok ? read.value.length : undefined;
}

/** How many streams the muxer is given. */
export interface StreamCount {
  readonly count: number;
  /** What was counted, in words: `4 enabled sources`. */
  readonly words: string;
  /** The place that says so. */
  readonly group: AppGroup | undefined;
}

/**
 * How many streams the sources give (SRC-05, SRC-11); undefined where that is not known: sources that are added when the
 * program runs, a list in a file that cannot be read, or numbers still to be filled in.
 */
export function streamCount(app: AppConfig, around?: Around): StreamCount | undefined {
  if (app.csv) {
    const rows = around && csvRows(app.csv.value, around);
    return rows === undefined || rows.length === 0
      ? undefined
      : { count: rows.length, words: plural(rows.length, 'source', `in ${app.csv.value}`), group: undefined };
  }
  if (app.list) {
    if (app.list.number('use-nvmultiurisrcbin')) return undefined;
    const list = app.list.text('list');
    const stated = app.list.number('num-source-bins');
    const read = list === undefined ? undefined : asList(list, 'string');
    const count = stated ?? (read?.ok ? read.value.length : 0);
    return count > 0 ? { count, words: plural(count, 'source', 'in [source-list]'), group: app.list } : undefined;
  }
  let count = 0;
  for (const source of app.sources) {
    const type = source.key('type');
    if (type && isOpen(type.value)) return undefined;
    if (source.number('type') !== 3) count++;
    else {
      const copies = source.key('num-sources');
      if (copies && isOpen(copies.value)) return undefined;
      count += Math.max(1, source.number('num-sources') ?? 1);
    }
  }
  if (count === 0) return undefined;
  const copied = count !== app.sources.length;
  return {
    count,
    words: copied ? `${count} streams of the sources` : plural(count, 'enabled source'),
    group: app.sources.at(-1),
  };
}

const plural = (count: number, word: string, rest = ''): string =>
  `${count} ${word}${count === 1 ? '' : 's'}${rest ? ` ${rest}` : ''}`;

/** The rows of a source list of a YAML configuration, by the names in its first line; undefined where it cannot be read. */
export function csvRows(path: string, around: Around): readonly Readonly<Record<string, string>>[] | undefined {
  const text = around.text(path);
  if (text === undefined) return undefined;
  const [head = [], ...rows] = text
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line !== '' && !line.startsWith('#'))
    .map((line) => line.split(',').map((cell) => cell.trim()));
  return rows
    .map((row) => Object.fromEntries(head.map((name, i) => [name, row[i] ?? ''])))
    .filter((row) => row.enable !== '0');
}

/** What an inference group and the file that it names say together. */
export interface Inference {
  readonly group: AppGroup;
  /** The nvinfer file, where it can be read. */
  readonly file: { readonly config: ConfigFile; readonly path: string; readonly property: AppGroup } | undefined;
  /** The group's key where it has one, else the file's (GIE-01); undefined where neither says it. */
  key(name: string): { readonly key: ConfigKey; readonly own: boolean } | undefined;
  number(name: string): number | undefined;
}

/** The inference of a group; reads the file that the group names. */
export function inferenceOf(group: AppGroup, around: Around): Inference {
  const path = group.text('config-file');
  const file = path === undefined || group.number('plugin-type') ? undefined : inferFile(path, around);
  const key = (name: string): ReturnType<Inference['key']> => {
    const own = group.key(name);
    if (own && own.value.trim() !== '') return { key: own, own: true };
    const other = file?.property.key(name);
    return other && { key: other, own: false };
  };
  return {
    group,
    file,
    key,
    number: (name) => {
      const found = key(name);
      if (!found || isOpen(found.key.value)) return undefined;
      return found.own ? group.number(name) : file!.property.number(name);
    },
  };
}

/** The nvinfer configuration at the path; undefined where there is none that can be read. */
export function inferFile(path: string, around: Around): Inference['file'] {
  for (const reading of around.readings(path, 'nvinfer')) {
    if (reading.kind !== 'config' || reading.config.format?.id !== 'nvinfer') continue;
    const section = reading.config.sections.find(({ name }) => name === 'property');
    if (section) return { config: reading.config, path, property: groupOf(reading.config, section) };
  }
  return undefined;
}

/** The path that the inference's key gives, as seen from the application's file: an nvinfer file's paths start at its own folder. */
export function pathOfKey(inference: Inference, name: string): string | undefined {
  const found = inference.key(name);
  if (!found || isOpen(found.key.value)) return undefined;
  const written = found.key.value.trim();
  if (written === '') return undefined;
  return found.own || !inference.file ? written : seenFrom(inference.file.path, written);
}
