/** Groups, keys and values of DeepStream configurations. */
import type { ConfigFormat, KeySpec, SectionSpec } from '../../catalog/config-format.ts';
import { type ConfigFile, type ConfigSection, keyNamed } from '../../model/config-file.ts';
import type { Cursor } from '../../model/cursor.ts';
import type { ConfigReading } from '../../model/read.ts';
import type { Camera } from '../../protocol.ts';
import { files } from './files.ts';
import { ports, STANDARD_SIZES } from './numbers.ts';
import { type Nearby, type Suggestion, suits } from './suggestion.ts';

type At<K extends Cursor['kind']> = Extract<Cursor, { kind: K }>;

/** Groups that the file may have more of: those with a number get the next one that is free. */
export function groups(cursor: At<'section'>, reading: ConfigReading, nearby: Nearby): Suggestion[] {
  const { config, target } = reading;
  const there = new Set(
    config.sections.filter(({ nameSpan }) => nameSpan.start !== cursor.span.start).map(({ name }) => name),
  );
  const yaml = config.tree.syntax === 'yaml';
  const formats: readonly ConfigFormat[] = config.format
    ? [config.format]
    : [...target.catalog.formats()].filter((format) => format.syntax.includes(yaml ? 'yaml' : 'ini') && format.judged);
  const found = new Map<string, Suggestion>();
  for (const format of formats) {
    for (const section of format.sections) {
      const add = (name: string, detail: string): void => {
        if (there.has(name) || !suits(cursor.prefix, name) || found.has(name)) return;
        found.set(name, {
          label: name,
          kind: 'group',
          detail,
          why: section.blurb,
          ...(!cursor.closed && { insert: { before: yaml ? `${name}:` : `${name}]` } }),
        });
      };
      const labels = section.name === 'class-attrs-%u' ? labelsOf(reading, nearby) : [];
      for (const [number, label] of labels.entries()) add(`class-attrs-${number}`, label);
      add(nextName(section, there), config.format ? (section.required ? 'needed' : '') : format.title);
    }
  }
  return [...found.values()];
}

function nextName(section: SectionSpec, there: ReadonlySet<string>): string {
  if (!section.name.includes('%')) return section.name;
  for (let n = 0; ; n++) {
    const name = section.name.replace(/%[us]/, String(n));
    if (!there.has(name)) return name;
  }
}

/** Keys of the group that are not there yet; needed ones first. */
export function keys(cursor: At<'key'>, { config, target }: ConfigReading): Suggestion[] {
  const { section } = cursor;
  if (!section?.spec) return [];
  const there = new Set(
    config.sections
      .filter(({ name }) => name === section.name)
      .flatMap((one) =>
        one.keys.filter(({ nameSpan }) => nameSpan.start !== cursor.span.start).map(({ name }) => name),
      ),
  );
  const yaml = config.tree.syntax === 'yaml';
  const worth = (key: KeySpec): number =>
    (key.required ? -4 : 0) + (key.name === 'enable' ? -3 : 0) + (key.deprecated === undefined ? 0 : 4);
  return section.spec.keys
    .filter((key) => !there.has(key.name) && suits(cursor.prefix, key.name))
    .filter((key) => key.platform === undefined || target.platform === 'none' || key.platform === target.platform)
    .map((key, index) => ({ key, index }))
    .sort((a, b) => worth(a.key) - worth(b.key) || a.index - b.index)
    .flatMap(({ key }) => namesOf(key, config, there).map((name) => ({ key, name })))
    .map(({ key, name }) => {
      const value = key.default;
      const sign = yaml ? ': ' : '=';
      return {
        label: name,
        kind: 'key' as const,
        insert: cursor.assigned
          ? { before: name }
          : name === freeLabel(key)
            ? { before: key.name.replace(/%s/, ''), selected: LABEL, after: sign }
            : { before: name + sign, ...(value !== undefined && value !== '' && { selected: value }) },
        detail: keyType(key),
        ...(value !== undefined && value !== '' ? { why: `default ${value}` } : key.required ? { why: 'needed' } : {}),
        ...(key.deprecated !== undefined && { deprecated: true }),
        about: { kind: 'key' as const, format: config.format?.id ?? '', section: section.spec!.name, key: key.name },
        goesOn: !cursor.assigned && (isClosed(key) || key.file !== undefined),
      };
    });
}

/** What stands for a label that is still to be thought of. */
const LABEL = 'name';

const freeLabel = ({ name }: KeySpec): string | undefined =>
  name.endsWith('%s') ? name.replace(/%s$/, LABEL) : undefined;

/** The names that the key goes by here: with its next number, with each label of the file, with one of one's own. */
function namesOf(key: KeySpec, { sections }: ConfigFile, there: ReadonlySet<string>): string[] {
  if (key.name.includes('%u')) {
    let number = 0;
    while (there.has(key.name.replace('%u', String(number)))) number++;
    return [key.name.replace('%u', String(number))];
  }
  const free = freeLabel(key);
  if (free === undefined) return [key.name];
  const labels = sections.flatMap(({ keys }) => keys.filter(({ spec }) => spec?.name === key.name));
  return [...new Set([...labels.map(({ name }) => name).filter((name) => !there.has(name)), free])];
}

const isClosed = ({ type }: KeySpec): boolean =>
  type.kind === 'bool' || ('values' in type && type.values !== undefined);

/** What a key takes, in a few words. */
export function keyType({ type, unit, file }: KeySpec): string {
  const measure = unit === undefined ? '' : `, ${unit}`;
  if (file !== undefined) return 'path';
  switch (type.kind) {
    case 'bool':
      return '0 or 1';
    case 'int':
      return `whole number${measure}`;
    case 'double':
      return `number${measure}`;
    case 'string':
      return 'text';
    case 'list':
      return `list with ${type.separator}${measure}`;
  }
}

/** Values of the key: those of a closed set with what they mean, paths, and names that other groups give. */
export function keyValues(cursor: At<'key-value'>, reading: ConfigReading, nearby: Nearby): Suggestion[] {
  const { key, prefix, span } = cursor;
  if (!key) return [];
  const { type } = key;
  const suiting = (list: readonly Suggestion[]): Suggestion[] => list.filter(({ label }) => suits(prefix, label));
  const named = told(cursor, reading, nearby);
  if (named.length > 0) return suiting(named);
  if (type.kind === 'bool')
    return suiting(BITS.map((bit) => ({ ...bit, ...(key.default === bit.label && { why: 'default' }) })));
  if ('values' in type && type.values) {
    const { platform } = reading.target;
    return suiting(
      type.values
        .filter((value) => value.platform === undefined || platform === 'none' || value.platform === platform)
        .map(({ value, meaning }) => ({
          label: value,
          kind: 'value',
          detail: meaning,
          ...(key.default === value && { why: 'default' }),
        })),
    );
  }
  if (key.file !== undefined || key.holds !== undefined) {
    const endings = ENDINGS[key.holds ?? (typeof key.file === 'string' ? 'configuration' : '')] ?? [];
    const scheme = /^[a-z]+:\/\//.exec(prefix)?.[0] ?? '';
    return files(prefix.slice(scheme.length), { start: span.start + scheme.length, end: span.end }, nearby, endings);
  }
  return key.default === undefined || key.default === ''
    ? []
    : suiting([{ label: key.default, kind: 'value', why: 'default' }]);
}

const BITS: readonly Suggestion[] = [
  { label: '1', kind: 'value', detail: 'on' },
  { label: '0', kind: 'value', detail: 'off' },
];

/** How files of a kind are called as a rule. */
const ENDINGS: Readonly<Record<string, readonly string[]>> = {
  configuration: ['.txt', '.yml', '.yaml'],
  labels: ['.txt'],
  engine: ['.engine'],
  onnx: ['.onnx'],
  library: ['.so'],
};

/** Names and numbers that other keys and other files give a meaning to: inferences, classes, cameras, ports. */
function told({ name, key, section, span }: At<'key-value'>, reading: ConfigReading, nearby: Nearby): Suggestion[] {
  if (USES_INFERENCE.test(name)) return inferences(reading, nearby);
  if (name === 'gie-unique-id') return [nextId(reading, section, nearby)];
  if (name === 'filter-out-class-ids') return classes(reading, nearby);
  if (name === 'camera-csi-sensor-id') return cameras('csi', nearby);
  if (name === 'camera-v4l2-dev-node') return cameras('v4l2', nearby);
  if (/(?:^|-)port$/.test(name) && key?.type.kind === 'int') {
    const taken = reading.config.sections.flatMap(({ keys }) =>
      keys
        .filter((one) => /(?:^|-)port$/.test(one.name) && one.valueSpan.start !== span.start)
        .map(({ value }) => value),
    );
    return ports(key.default, new Set(taken));
  }
  const sizes =
    key?.type.kind === 'int' ? STANDARD_SIZES.get(/(?:^|-)(width|height)$/.exec(name)?.[1] ?? '') : undefined;
  return (sizes ?? []).map((label) => ({
    label,
    kind: 'value' as const,
    ...(key?.default === label && { why: 'default' }),
  }));
}

const USES_INFERENCE = /^(?:operate|infer)-on-gie-id$|^tensor-meta-gie-id$|^target-unique-ids$/;

function inferences(reading: ConfigReading, nearby: Nearby): Suggestion[] {
  const own = given(reading).map(({ id, section }) => ({ id, where: `[${section.name}]` }));
  const found = new Map<string, Suggestion>();
  for (const { id, where } of [...own, ...nearby.inferences()]) {
    if (!found.has(id)) found.set(id, { label: id, kind: 'reference', detail: where, why: 'gie-unique-id' });
  }
  return [...found.values()];
}

const given = ({ config }: ConfigReading): { readonly id: string; readonly section: ConfigSection }[] =>
  config.sections.flatMap((section) =>
    section.keys.flatMap(({ name, value }) =>
      name === 'gie-unique-id' && /^\d+$/.test(value) ? [{ id: value, section }] : [],
    ),
  );

/** The least id that no other inference has. */
function nextId(reading: ConfigReading, section: ConfigSection | undefined, nearby: Nearby): Suggestion {
  const taken = new Set([
    ...given(reading).flatMap((one) => (one.section === section ? [] : [one.id])),
    ...nearby.inferences().map(({ id }) => id),
  ]);
  let free = 1;
  while (taken.has(String(free))) free++;
  return { label: String(free), kind: 'value', why: 'no other inference has it' };
}

/** Classes by their numbers, called as in the label file. */
function classes(reading: ConfigReading, nearby: Nearby): Suggestion[] {
  return labelsOf(reading, nearby).map((label, number) => ({ label: String(number), kind: 'value', detail: label }));
}

function labelsOf({ config }: ConfigReading, nearby: Nearby): readonly string[] {
  const file = keyNamed(config, 'property', 'labelfile-path')?.value.trim();
  return file === undefined || file === '' ? [] : nearby.labels(file).slice(0, MOST_CLASSES);
}

const MOST_CLASSES = 200;

/** A V4L2 camera goes by the number of its node here. */
const cameras = (kind: Camera['kind'], { device }: Nearby): Suggestion[] =>
  (device?.cameras ?? [])
    .filter((camera) => camera.kind === kind)
    .flatMap(({ node, name }) => {
      const number = /\d+$/.exec(node)?.[0];
      return number === undefined ? [] : [{ label: number, kind: 'value', detail: name, why: `on ${device!.device}` }];
    });
