/**
 * An element as `gst-inspect-1.0 NAME` prints it, for the demo device, whose elements are those of the tables. What a table does not
 * know is left out; `catalog/inspect.ts` reads the page back.
 */
import type { Structure, Value } from '../caps/caps.ts';
import { printValue, typeName } from '../caps/print.ts';
import type { ElementSpec, PadTemplate, PropertySpec, PropertyType } from '../catalog/element.ts';
import { parseCaps } from '../syntax/caps/lower.ts';

/** `file` and `version` are what the page says of the plugin. */
export function inspectPage(spec: ElementSpec, file: string, version: string): string {
  const { plugin, klass, rank = 0, blurb, name, ancestry, pads, protocols = [] } = spec;
  // Where the type is not known, one by which its automatic names come out the same.
  const type = spec.typeName ?? `Gst${name.replace(/\W/g, '_')}`;
  const title = blurb === '' ? name : blurb;
  const lines = [
    'Factory Details:',
    detail('Rank', `${RANKS[rank] ?? 'unknown'} (${rank})`),
    detail('Long-name', title),
    ...(klass.length > 0 ? [detail('Klass', klass.join('/'))] : []),
    detail('Description', title),
    '',
    'Plugin Details:',
    detail('Name', plugin),
    detail('Filename', file),
    detail('Version', version),
    '',
  ];
  lines.push(...hierarchy([...[...ancestry].reverse(), type]), '');
  if (pads.length > 0) lines.push('Pad Templates:', ...pads.flatMap((pad) => [...template(pad), '  ']), '');
  else lines.push('Element has no pad templates.', '');
  lines.push('Element has no clocking capabilities.');
  if (protocols.length > 0) {
    lines.push('URI handling capabilities:', '  Element can act as source.', '  Supported URI protocols:');
    lines.push(...protocols.map((one) => `    ${one}`), '');
  } else lines.push('Element has no URI handling capabilities.', '');
  if (spec.complete) lines.push('Element Properties:', ...spec.properties.flatMap((one) => property(one, 2)), '');
  return lines.join('\n');
}

const RANKS: Readonly<Record<number, string>> = { 0: 'none', 64: 'marginal', 128: 'secondary', 256: 'primary' };

const detail = (name: string, value: string): string => `  ${name.padEnd(25)}${value}`;

/** The tree of types, each below the one that it comes from. */
function hierarchy(types: readonly string[]): string[] {
  const all = ['GInitiallyUnowned', 'GstObject', 'GstElement', ...types];
  return ['GObject', ...all.map((type, depth) => `${' '.repeat(1 + depth * 6)}+----${type}`)];
}

const AVAILABILITY = { always: 'Always', sometimes: 'Sometimes', request: 'On request' } as const;

function template({ name, direction, presence, caps, properties = [] }: PadTemplate): string[] {
  const own = properties.flatMap((one) => property(one, 6));
  return [
    `  ${direction.toUpperCase()} template: '${name}'`,
    `    Availability: ${AVAILABILITY[presence]}`,
    '    Capabilities:',
    ...capsLines(caps, 6),
    ...(own.length > 0 ? ['    Pad Properties:', ...own] : []),
  ];
}

/** Caps a field a line, names in front of a common column. */
function capsLines(text: string, indent: number): string[] {
  const { caps } = parseCaps(text);
  const margin = ' '.repeat(indent);
  if (caps === undefined || caps === 'any') return [`${margin}ANY`];
  if (caps.length === 0) return [`${margin}EMPTY`];
  return caps.flatMap((structure) => [
    `${margin}${structure.media}${features(structure)}`,
    ...[...structure.fields].map(([name, value]) => `${margin}${name.padStart(15)}: ${shown(value)}`),
  ]);
}

const features = ({ features: all }: Structure): string =>
  all === 'any' ? '(ANY)' : all.length > 0 ? `(${all.join(', ')})` : '';

/** Members of a list are told with their types, other values without. */
function shown(value: Value): string {
  if (value.kind !== 'list' && value.kind !== 'array') return printValue(value);
  const members = value.values.map((one) => (isRange(one) ? printValue(one) : `(${typeName(one)})${shown(one)}`));
  return value.kind === 'list' ? `{ ${members.join(', ')} }` : `< ${members.join(', ')} >`;
}

const isRange = ({ kind }: Value): boolean => kind.endsWith('Range') || kind === 'list' || kind === 'array';

const CHANGEABLE: Readonly<Record<NonNullable<PropertySpec['changeable']>, string>> = {
  never: ', construct only',
  null: ', changeable only in NULL state',
  ready: ', changeable only in NULL or READY state',
  paused: ', changeable only in NULL, READY or PAUSED state',
  playing: ', changeable in NULL, READY, PAUSED or PLAYING state',
};

function property(spec: PropertySpec, indent: number): string[] {
  const { name, blurb, readable, writable, changeable, deprecated } = spec;
  const margin = ' '.repeat(indent + 22);
  const flags = [
    ...(readable ? ['readable'] : []),
    ...(writable ? ['writable'] : []),
    ...(deprecated ? ['deprecated'] : []),
  ];
  return [
    `${' '.repeat(indent)}${name.padEnd(20)}: ${blurb === '' ? name : blurb}`,
    `${margin}flags: ${flags.join(', ')}${changeable ? CHANGEABLE[changeable] : ''}`,
    ...typeLines(spec.type, spec.default, margin),
  ];
}

const NUMBERS = {
  int: 'Integer',
  uint: 'Unsigned Integer',
  int64: 'Integer64',
  uint64: 'Unsigned Integer64',
  float: 'Float',
  double: 'Double',
} as const;

function typeLines(type: PropertyType, value: string | undefined, margin: string): string[] {
  const preset = value === undefined ? '' : ` Default: ${value} `;
  switch (type.kind) {
    case 'bool':
      return [`${margin}Boolean.${preset.trimEnd()}`];
    case 'int':
    case 'uint':
    case 'int64':
    case 'uint64':
      return [
        `${margin}${NUMBERS[type.kind]}.${type.min === undefined ? ' ' : ` Range: ${type.min} - ${type.max}`}${preset}`,
      ];
    case 'float':
    case 'double':
      return [`${margin}${NUMBERS[type.kind]}. Range: ${type.min ?? '-inf'} - ${type.max ?? 'inf'}${preset}`];
    case 'string':
      return [`${margin}String. Default: ${value === undefined ? 'null' : `"${value}"`}`];
    case 'enum':
    case 'flags': {
      const chosen = type.values.find(({ nick, value: number }) => nick === value || String(number) === value);
      const named = chosen
        ? `${chosen.value}, "${chosen.nick ?? chosen.name ?? ''}"`
        : value === undefined
          ? ''
          : /^(?:0x)?[0-9a-f]+$/i.test(value)
            ? `${value}, "(none)"`
            : `0, "${value}"`;
      const title = `${type.kind === 'enum' ? 'Enum' : 'Flags'} "${type.type ?? ''}"`;
      return [
        `${margin}${title}${named === '' ? '' : ` Default: ${named}`}`,
        ...type.values.map(({ value: number, nick, name }) => {
          const words = nick ?? name ?? String(number);
          return `${margin}   (${number}): ${words.padEnd(16)} - ${name ?? words}`;
        }),
      ];
    }
    case 'fraction':
      return [`${margin}Fraction. Range: ${type.min ?? '0/1'} - ${type.max ?? '2147483647/1'}${preset}`];
    case 'caps':
      return value === undefined ? [`${margin}Caps (NULL)`] : ['', ...capsLines(value, margin.length + 3)];
    case 'structure':
      return [`${margin}Boxed pointer of type "GstStructure"`];
    case 'array':
      return [
        `${margin}GstValueArray of GValues${type.of === undefined ? '' : ` of type "${type.of}"`}${value === undefined ? '' : ` Default: "${value}"`}`,
      ];
    case 'object':
      return [`${margin}Object of type "${type.type ?? 'GObject'}"`];
    case 'boxed':
      return [`${margin}Boxed pointer of type "${type.type ?? ''}"`];
    case 'pointer':
      return [`${margin}Pointer.`];
    default:
      return type.type === undefined ? [] : [`${margin}Unknown type 0 "${type.type}"`];
  }
}
