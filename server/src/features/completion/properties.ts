/** Properties of an element and their values. */
import type { Catalog } from '../../catalog/catalog.ts';
import type { PropertySpec, PropertyType } from '../../catalog/element.ts';
import { type Counts, countsOf, type Habits, noHabits } from '../../catalog/habits.ts';
import type { Cursor } from '../../model/cursor.ts';
import type { LaunchReading } from '../../model/read.ts';
import { propertyOf, templateOf } from '../../model/settings.ts';
import { cameraValues } from './cameras.ts';
import { files } from './files.ts';
import { ports, STANDARD_SIZES } from './numbers.ts';
import { type Insertion, type Nearby, type Suggestion, suits } from './suggestion.ts';

type AtName = Extract<Cursor, { kind: 'property-name' }>;
type AtValue = Extract<Cursor, { kind: 'property-value' }>;

/** Properties that are not set yet, those that people set first. */
export function properties(cursor: AtName, reading: LaunchReading): Suggestion[] {
  const { at, set, path, assigned } = cursor;
  const { spec } = at;
  if (!spec) return [];
  const { platform, catalog } = reading.target;
  if (path.length > 0) {
    const template = path.length === 1 ? templateOf(spec, path[0]!) : undefined;
    const front = `${path.join('::')}::`;
    return (template?.properties ?? [])
      .filter(({ name, writable }) => writable && !set.has(front + name) && suits(cursor.prefix, front + name))
      .map((property) => item(property, spec.name, front, assigned));
  }
  const habits = catalog.habits?.() ?? noHabits;
  const own = countsOf(habits.properties, at.factory);
  const everywhere = popularity(habits);
  const alike = likeness(habits, catalog).get(spec.klass.join('/'));
  // What its like in the same pipeline has, it will have too.
  const beside = new Set(
    reading.pipeline.elements
      .filter((element) => element.factory === at.factory && element !== at.element)
      .flatMap((element) => element.settings.map(({ name }) => name)),
  );
  // `src-crop` is mostly set where `dest-crop` is.
  const parts = new Set([...set].flatMap(partsOf));
  const rank = (property: PropertySpec): number =>
    (beside.has(property.name) ? 500 : 0) +
    (partsOf(property.name).some((part) => parts.has(part)) ? 60 : 0) +
    (Object.hasOwn(own, property.name) ? own[property.name]! * 100 : 0) +
    Math.min(90, 3 * (alike?.get(property.name) ?? 0)) +
    Math.min(40, (everywhere.get(property.name) ?? 0) / 2) -
    (property.deprecated ? 1000 : 0) -
    (UNSETTABLE.has(property.type.kind) || property.name === 'parent' ? 500 : 0);
  const seen = new Set<string>();
  const offered = spec.properties
    .filter((property) => {
      if (!property.writable || seen.has(property.name)) return false;
      if (set.has(property.name) && !property.repeats) return false;
      if (!suits(cursor.prefix, property.name) || propertyOf(spec, property.name, platform) !== property) return false;
      seen.add(property.name);
      return true;
    })
    .map((property, index) => ({ property, index, rank: rank(property) }))
    .sort((a, b) => b.rank - a.rank || a.index - b.index)
    .map(({ property }) => item(property, spec.name, '', assigned));
  return [...offered, ...children(cursor, set)];
}

/** The words of a name that tell something. */
const partsOf = (name: string): string[] => name.split('-').filter((part) => part.length > 2 && !COMMON.has(part));
const COMMON: ReadonlySet<string> = new Set(['max', 'min', 'size', 'time', 'mode', 'type', 'enable', 'name', 'use']);

/** `sink_0::` of elements whose pads have properties. */
function children({ at, prefix }: AtName, set: ReadonlySet<string>): Suggestion[] {
  return at.spec!.pads.flatMap((template) => {
    if (!template.properties?.some((property) => property.writable)) return [];
    const numbers = [...set].flatMap((name) => /_(\d+)::/.exec(name)?.[1] ?? []).map(Number);
    const name = template.name.replace(/%[ud]/, String(numbers.length > 0 ? Math.max(...numbers) : 0));
    if (name.includes('%') || !suits(prefix, name)) return [];
    return [
      {
        label: `${name}::`,
        kind: 'property' as const,
        detail: `properties of the pad ${name}`,
        goesOn: true,
      },
    ];
  });
}

const UNSETTABLE: ReadonlySet<PropertyType['kind']> = new Set(['object', 'boxed', 'pointer', 'other']);

const popular = new WeakMap<Habits, ReadonlyMap<string, number>>();

/** Property name → how often it is set, on whatever element. */
function popularity(habits: Habits): ReadonlyMap<string, number> {
  let known = popular.get(habits);
  if (!known) {
    const made = new Map<string, number>();
    for (const counts of Object.values(habits.properties)) {
      for (const [name, times] of Object.entries(counts)) made.set(name, (made.get(name) ?? 0) + times);
    }
    popular.set(habits, made);
    known = made;
  }
  return known;
}

const alikes = new WeakMap<Catalog, ReadonlyMap<string, ReadonlyMap<string, number>>>();

/** Class → property name → how often it is set on elements of that class. */
function likeness(habits: Habits, catalog: Catalog): ReadonlyMap<string, ReadonlyMap<string, number>> {
  let known = alikes.get(catalog);
  if (!known) {
    const classes = new Map([...catalog.heads()].map((head) => [head.name, head.klass.join('/')]));
    const made = new Map<string, Map<string, number>>();
    for (const [element, counts] of Object.entries(habits.properties)) {
      const kind = classes.get(element);
      if (kind === undefined) continue;
      const sums = made.get(kind) ?? new Map<string, number>();
      made.set(kind, sums);
      for (const [name, times] of Object.entries(counts)) sums.set(name, (sums.get(name) ?? 0) + times);
    }
    alikes.set(catalog, made);
    known = made;
  }
  return known;
}

function item(property: PropertySpec, element: string, front: string, assigned: boolean): Suggestion {
  const value = property.default;
  const plain = value !== undefined && /^[\w./:+-]+$/.test(value);
  const insert: Insertion = assigned
    ? { before: front + property.name }
    : { before: `${front}${property.name}=`, ...(plain && { selected: value }) };
  return {
    label: front + property.name,
    kind: 'property',
    insert,
    detail: typeInWords(property.type),
    ...(value !== undefined && value !== '' && { why: `default ${value}${property.unit ? ` ${property.unit}` : ''}` }),
    ...(property.deprecated && { deprecated: true }),
    about: { kind: 'property', element, property: property.name },
    goesOn: !assigned && isClosed(property.type),
  };
}

const isClosed = (type: PropertyType): boolean => type.kind === 'enum' || type.kind === 'flags' || type.kind === 'bool';

/** A type for people: `whole number, 0 … 100`. */
export function typeInWords(type: PropertyType): string {
  switch (type.kind) {
    case 'bool':
      return 'true or false';
    case 'int':
    case 'uint':
    case 'int64':
    case 'uint64':
      return `whole number${range(type.min, type.max)}`;
    case 'float':
    case 'double':
      return `number${range(type.min, type.max)}`;
    case 'enum':
      return `one of ${type.values.length}`;
    case 'flags':
      return 'flags';
    case 'array':
      return type.of ? `array of ${type.of}` : 'array';
    case 'fraction':
      return `fraction${range(type.min, type.max)}`;
    case 'string':
      return 'text';
    case 'caps':
    case 'structure':
      return type.kind;
    default:
      return type.type ?? type.kind;
  }
}

/** Limits that are those of the machine's type say nothing. */
const HUGE: ReadonlySet<string> = new Set([
  '2147483647',
  '-2147483648',
  '4294967295',
  '9223372036854775807',
  '-9223372036854775808',
  '18446744073709551615',
]);

function range(min: string | number | undefined, max: string | number | undefined): string {
  if (min === undefined || max === undefined) return '';
  const far = (limit: string | number): boolean => HUGE.has(String(limit)) || Math.abs(Number(limit)) > 1e18;
  if (far(min) && far(max)) return '';
  if (far(max)) return `, at least ${min}`;
  return far(min) ? `, at most ${max}` : `, ${min} … ${max}`;
}

/** Values that the property takes, as far as they can be listed. */
export function values(cursor: AtValue, reading: LaunchReading, nearby: Nearby): Suggestion[] {
  const { property, at, prefix } = cursor;
  if (!property) return [];
  const habits = reading.target.catalog.habits?.() ?? noHabits;
  const usual = countsOf(habits.values, `${at.factory}.${property.name}`);
  const { type } = property;
  const cameras = cameraValues(at, property.name, nearby);
  if (cameras && cameras.length > 0) return cameras.filter(({ label }) => suits(prefix, label));
  switch (type.kind) {
    case 'bool':
      return byHabit([...BOOLEANS], usual, (value) => value.label)
        .map((value) => ({ ...value, ...(property.default === value.label && { why: 'default' }) }))
        .filter(({ label }) => suits(prefix, label));
    case 'enum':
      return byHabit(choices(property, type.values), usual, (value) => value.label).filter(({ label }) =>
        suits(prefix, label),
      );
    case 'flags': {
      const from = Math.max(prefix.lastIndexOf('+'), prefix.lastIndexOf('/')) + 1;
      const taken = new Set(prefix.slice(0, from).split(/[+/]/));
      const span = { start: cursor.span.start + from, end: cursor.span.end };
      return choices(property, type.values)
        .filter(({ label }) => !taken.has(label) && suits(prefix.slice(from), label))
        .map((value) => ({ ...value, span }));
    }
    case 'fraction':
      return FRACTIONS.filter((label) => suits(prefix, label)).map((label) => ({ label, kind: 'value' }));
    case 'string':
      return strings(cursor, property, nearby);
    case 'int':
    case 'uint':
    case 'int64':
    case 'uint64':
    case 'float':
    case 'double':
      return [...told(cursor, property, reading, nearby), ...numbers(property, type)].filter(
        ({ label }, index, all) => suits(prefix, label) && all.findIndex((one) => one.label === label) === index,
      );
    default:
      return [];
  }
}

const BOOLEANS: readonly Suggestion[] = [
  { label: 'true', kind: 'value' },
  { label: 'false', kind: 'value' },
];
const FRACTIONS = ['30/1', '60/1', '25/1', '15/1', '30000/1001', '1/1'];

/** The usual ones in front, the others in their own order. */
function byHabit<T>(list: readonly T[], usual: Counts, name: (one: T) => string): T[] {
  const times = (one: T): number => (Object.hasOwn(usual, name(one)) ? usual[name(one)]! : 0);
  return list
    .map((one, index) => ({ one, index }))
    .sort((a, b) => times(b.one) - times(a.one) || a.index - b.index)
    .map(({ one }) => one);
}

function choices(
  property: PropertySpec,
  list: readonly { readonly value: number; readonly nick?: string; readonly name?: string }[],
): Suggestion[] {
  return list.map(({ value, nick, name }) => {
    const label = nick !== undefined && /^[^\s"'!]+$/.test(nick) ? nick : String(value);
    const isDefault =
      property.default !== undefined && (property.default === nick || property.default === String(value));
    const said = label === nick ? `${value}${name && name !== nick ? `: ${name}` : ''}` : (nick ?? name ?? '');
    return {
      label,
      kind: 'value',
      ...(said !== '' && { detail: said }),
      ...(isDefault && { why: 'default' }),
    };
  });
}

function numbers(
  { default: value, unit }: PropertySpec,
  { min, max }: { readonly min?: string | number; readonly max?: string | number },
): Suggestion[] {
  const found: Suggestion[] = [];
  const add = (label: string | number | undefined, why: string): void => {
    const text = String(label);
    if (label === undefined || HUGE.has(text) || Math.abs(Number(text)) > 1e18) return;
    if (!found.some((one) => one.label === text))
      found.push({ label: text, kind: 'value', why, ...(unit && { detail: unit }) });
  };
  add(value, 'default');
  add(min, 'least');
  add(max, 'most');
  return found;
}

/** Numbers that other elements and files give a meaning to: ids of inferences, ports, sizes. */
function told(
  { at, span }: AtValue,
  { name, default: usual }: PropertySpec,
  reading: LaunchReading,
  nearby: Nearby,
): Suggestion[] {
  const { elements } = reading.pipeline;
  const infers = at.spec?.roles?.infers;
  if (infers?.on === name) {
    const own = elements.flatMap((element) => {
      const id = element.spec?.roles?.infers?.id;
      const setting = element === at.element ? undefined : element.settings.findLast((one) => one.name === id);
      return setting?.value === undefined ? [] : [{ id: setting.value, where: element.name }];
    });
    return [...own, ...nearby.inferences()].map(({ id, where }) => ({ label: id, kind: 'reference', detail: where }));
  }
  if (name === 'port') {
    const settings = elements.flatMap((element) => element.settings);
    const taken = settings.filter((one) => one.name === name && one.valueSpan.start !== span.start);
    return ports(usual, new Set(taken.flatMap(({ value }) => value ?? [])));
  }
  return (STANDARD_SIZES.get(name) ?? []).map((label) => ({
    label,
    kind: 'value',
    ...(label === usual && { why: 'default' }),
  }));
}

/** Paths, and the few texts that have usual forms. */
function strings({ prefix, span }: AtValue, property: PropertySpec, nearby: Nearby): Suggestion[] {
  const { name } = property;
  if (name === 'device' || name === 'camera') {
    return ['/dev/video0', '/dev/video1', '/dev/video2']
      .filter((label) => suits(prefix, label))
      .map((label) => ({ label, kind: 'value', ...(property.default === label && { why: 'default' }) }));
  }
  if (name === 'uri' || name === 'location') {
    const scheme = ['file:///', 'rtsp://', 'http://'].filter(
      (label) => name === 'uri' && (prefix === '' || label.startsWith(prefix)),
    );
    if (scheme.length > 0) return scheme.map((label) => ({ label, kind: 'value' as const }));
  }
  if (isPath(name)) return files(prefix, span, nearby, ENDINGS[name] ?? []);
  const usual = name === 'host' || name === 'address' ? ADDRESSES : [];
  return [property.default, ...usual]
    .filter((label, index, all) => label !== undefined && /^[\w./:-]+$/.test(label) && all.indexOf(label) === index)
    .filter((label) => suits(prefix, label!))
    .map((label) => ({ label: label!, kind: 'value', ...(label === property.default && { why: 'default' }) }));
}

const ADDRESSES = ['127.0.0.1', '0.0.0.0', '224.1.1.1'];

/** How files are called that a property names. */
const ENDINGS: Readonly<Record<string, readonly string[]>> = {
  'config-file-path': ['.txt', '.yml', '.yaml'],
  'config-file': ['.txt', '.yml', '.yaml'],
  'll-config-file': ['.yml', '.yaml', '.txt'],
  'll-lib-file': ['.so'],
  'proto-lib': ['.so'],
  'model-engine-file': ['.engine'],
};

/** Whether a property of that name holds a path. */
export const isPath = (name: string): boolean =>
  /(?:^|-)(?:location|file|filename|path|dir|directory|lib)(?:$|-)/.test(name) && !/mode|type|size/.test(name);
