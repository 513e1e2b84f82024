/** Groups, keys and values of DeepStream configurations. */
import type { ConfigFormat, KeySpec, SectionSpec } from '../../catalog/config-format.ts';
import type { Cursor } from '../../model/cursor.ts';
import type { ConfigReading } from '../../model/read.ts';
import { files } from './files.ts';
import { type Folder, type Suggestion, suits } from './suggestion.ts';

type At<K extends Cursor['kind']> = Extract<Cursor, { kind: K }>;

/** Groups that the file may have more of: those with a number get the next one that is free. */
export function groups(cursor: At<'section'>, { config, target }: ConfigReading): Suggestion[] {
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
      const name = nextName(section, there);
      if (there.has(name) || !suits(cursor.prefix, name) || found.has(name)) continue;
      found.set(name, {
        label: name,
        kind: 'group',
        detail: config.format ? (section.required ? 'needed' : '') : format.title,
        why: section.blurb,
        ...(yaml
          ? !cursor.closed && { insert: { before: `${name}:` } }
          : !cursor.closed && { insert: { before: `${name}]` } }),
      });
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
    .map(({ key }) => {
      const name = key.name.replace(/%u/, '0').replace(/%s/, 'name');
      const value = key.default;
      return {
        label: name,
        kind: 'key' as const,
        insert: cursor.assigned
          ? { before: name }
          : {
              before: yaml ? `${name}: ` : `${name}=`,
              ...(value !== undefined && value !== '' && { selected: value }),
            },
        detail: keyType(key),
        ...(value !== undefined && value !== '' ? { why: `default ${value}` } : key.required ? { why: 'needed' } : {}),
        ...(key.deprecated !== undefined && { deprecated: true }),
        about: { kind: 'key' as const, format: config.format?.id ?? '', section: section.spec!.name, key: key.name },
        goesOn: !cursor.assigned && (isClosed(key) || key.file !== undefined),
      };
    });
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
export function keyValues(cursor: At<'key-value'>, reading: ConfigReading, folder: Folder): Suggestion[] {
  const { key, prefix, span } = cursor;
  if (!key) return [];
  const { type } = key;
  const suiting = (list: readonly Suggestion[]): Suggestion[] => list.filter(({ label }) => suits(prefix, label));
  const named = names(cursor.name, reading);
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
    return files(prefix.slice(scheme.length), { start: span.start + scheme.length, end: span.end }, folder, endings);
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

/** Ids of inferences and labels of shapes that the file itself gives. */
function names(key: string, { config }: ConfigReading): Suggestion[] {
  if (/^(?:operate|infer)-on-gie-id$|^gie-id$|^source-gie/.test(key)) {
    return config.sections.flatMap((section) => {
      const id = section.keys.find(({ name }) => name === 'gie-unique-id' || name === 'unique-id');
      return id
        ? [
            {
              label: id.value,
              kind: 'reference' as const,
              detail: section.name,
              why: `${id.name} of [${section.name}]`,
            },
          ]
        : [];
    });
  }
  return [];
}
