/** Judges the value of a configuration's key: as the program's own call reads it, then against the table. */
import type { KeySpec, KeyType } from '../catalog/config-format.ts';
import type { ConfigSyntax } from '../syntax/config/tree.ts';
import { asBoolean, asDouble, asInteger, asList, asUint64 } from '../syntax/config/values.ts';
import type { ConfigFile, ConfigKey } from './config-file.ts';

/** What is wrong with a value. `unread`: the program's call refuses it. `outside`: read, but not one that the key takes. */
export interface ValueFault {
  readonly kind: 'unread' | 'outside';
  /** What the key takes, in words: `a whole number from 1 to 1024`. */
  readonly wants: string;
}

/** What is wrong with the key's value; undefined where nothing is, or nothing is known. */
export function valueFault(key: ConfigKey, syntax: ConfigSyntax): ValueFault | undefined {
  const { spec } = key;
  if (!spec || key.nested || key.dropped || isOpen(key.value)) return undefined;
  const numbers = syntax === 'yaml' ? yamlNumbers(key, spec) : iniNumbers(key.value, spec);
  if (numbers === 'unread') return { kind: 'unread', wants: wanted(spec) };
  if (numbers === undefined) return undefined;
  return holds(spec.type, numbers) ? undefined : { kind: 'outside', wants: wanted(spec) };
}

/** Whether something is still to be filled in: `$DEVICE`, `{{ width }}`, `@PORT@`, `<your id>`. Nothing is known of it then. */
export const isOpen = (value: string): boolean => /\$[\w{(]|\{\{|@\w+@|<[^>]+>/.test(value);

/** The value of an int or bool key as a number, true being 1; the default where the key is absent; undefined where neither is. */
export function numberOf(config: ConfigFile, key: ConfigKey | undefined, fallback?: string): number | undefined {
  const raw = key?.value ?? fallback;
  if (raw === undefined) return undefined;
  if (raw === 'true' || raw === 'false') return raw === 'true' ? 1 : 0;
  if (config.tree.syntax === 'yaml') return /^[+-]?\d+$/.test(raw) ? Number(raw) : undefined;
  const read = asInteger(raw);
  return read.ok ? read.value : undefined;
}

/** What the key takes, in words. */
export function wanted(spec: KeySpec): string {
  const { type } = spec;
  switch (type.kind) {
    case 'bool':
      return spec.reader === 'boolean'
        ? '0, 1, true or false'
        : spec.reader === 'integer'
          ? '0 or 1'
          : 'on or off as 1 or 0';
    case 'int':
    case 'string':
      if (type.values) return `one of ${type.values.map(({ value, meaning }) => `${value} (${meaning})`).join(', ')}`;
      return type.kind === 'string' ? 'text' : `a whole number${range(type)}`;
    case 'double':
      return `a number${range(type)}`;
    case 'list': {
      const items = type.of === 'int' ? 'whole numbers' : type.of === 'double' ? 'numbers' : 'texts';
      const multiple = type.multipleOf === undefined ? '' : `, in multiples of ${type.multipleOf}`;
      const each = type.of === 'string' ? '' : range(type, ', each');
      return `${count(type)}${items}${multiple}, with "${type.separator}" between${each}`;
    }
  }
}

type Numbers = readonly (number | string)[];

/** The value as GLib reads it; `unread` where it refuses; undefined where it is text that nobody checks. */
function iniNumbers(raw: string, spec: KeySpec): Numbers | 'unread' | undefined {
  switch (spec.reader) {
    case 'integer': {
      const read = asInteger(raw);
      return read.ok ? [read.value] : 'unread';
    }
    case 'boolean': {
      const read = asBoolean(raw);
      return read.ok ? [Number(read.value)] : 'unread';
    }
    case 'double': {
      const read = asDouble(raw);
      return read.ok ? [read.value] : 'unread';
    }
    case 'uint64': {
      const read = asUint64(raw);
      return read.ok ? [Number(read.value)] : 'unread';
    }
    case 'integer-list':
    case 'double-list': {
      const read = asList(raw, spec.reader === 'integer-list' ? 'integer' : 'double');
      return read.ok ? read.value : 'unread';
    }
    case 'string-list': {
      const read = asList(raw, 'string');
      return read.ok ? read.value : 'unread';
    }
    default:
      return spec.type.kind === 'string' && spec.type.values ? [raw] : undefined;
  }
}

/** YAML's own types, as far as every reader agrees on them: what is no number at all is not one for a number key. */
function yamlNumbers(key: ConfigKey, spec: KeySpec): Numbers | 'unread' | undefined {
  const { type } = spec;
  if (type.kind === 'string') return type.values ? [key.value] : undefined;
  if (type.kind === 'bool') return /^(?:[01]|true|false|yes|no|on|off|y|n)$/i.test(key.value) ? undefined : 'unread';
  if (type.kind !== 'list') return yamlNumber(key.value, type.kind);
  if (type.of === 'string') return undefined;
  const items = key.items?.map((item) => item.text) ?? key.value.replace(/;$/, '').split(';');
  const numbers = items.map((item) => yamlNumber(item.trim(), type.of === 'int' ? 'int' : 'double'));
  return numbers.includes('unread') ? 'unread' : (numbers as readonly (readonly number[])[]).flat();
}

function yamlNumber(text: string, kind: 'int' | 'double'): readonly number[] | 'unread' {
  const pattern = kind === 'int' ? /^[+-]?\d+$/ : /^[+-]?(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d+)?$|^[+-]?\.?inf$/i;
  return pattern.test(text) ? [Number(text)] : 'unread';
}

function holds(type: KeyType, values: Numbers): boolean {
  if (type.kind === 'list') {
    const { length, least = 0, most = Number.POSITIVE_INFINITY, multipleOf = 1 } = type;
    if (length !== undefined && values.length !== length) return false;
    if (values.length < least || values.length > most || values.length % multipleOf !== 0) return false;
    return values.every((value) => typeof value === 'string' || within(type, value));
  }
  const [value] = values;
  if (value === undefined) return true;
  if ((type.kind === 'int' || type.kind === 'string') && type.values) {
    return type.values.some((known) => known.value === String(value));
  }
  if (type.kind === 'bool' || type.kind === 'string') return true;
  return typeof value === 'string' || within(type, value);
}

const within = ({ min, max }: { readonly min?: number; readonly max?: number }, value: number): boolean =>
  (min === undefined || value >= min) && (max === undefined || value <= max);

function range({ min, max }: { readonly min?: number; readonly max?: number }, word = ''): string {
  if (min !== undefined && max !== undefined) return `${word} from ${min} to ${max}`;
  if (min !== undefined) return `${word}${word ? ' at least' : ' of at least'} ${min}`;
  return max !== undefined ? `${word}${word ? ' at most' : ' of at most'} ${max}` : '';
}

function count(type: KeyType & { readonly kind: 'list' }): string {
  if (type.length !== undefined) return `${type.length} `;
  if (type.least !== undefined) return `at least ${type.least} `;
  return type.most !== undefined ? `at most ${type.most} ` : '';
}
