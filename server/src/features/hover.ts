/** What is known of the element or the property under the cursor. Offsets are the excerpt's. */
import type { ElementSpec, PropertySpec, PropertyType } from '../catalog/element.ts';
import type { ConfigKey } from '../model/config-file.ts';
import type { Reading } from '../model/read.ts';
import { type Span, touches } from '../text/span.ts';

export interface Hover {
  readonly span: Span;
  readonly markdown: string;
}

export function hover(reading: Reading, offset: number): Hover | undefined {
  return reading.kind === 'launch' ? hoverLaunch(reading, offset) : hoverConfig(reading, offset);
}

function hoverLaunch({ pipeline }: Extract<Reading, { kind: 'launch' }>, offset: number): Hover | undefined {
  for (const element of pipeline.elements) {
    if (element.spec && touches(element.span, offset)) {
      return { span: element.span, markdown: elementText(element.spec) };
    }
    for (const setting of element.settings) {
      if (setting.spec && touches(setting.span, offset)) {
        return { span: setting.nameSpan, markdown: propertyText(setting.spec, element.factory) };
      }
    }
  }
  return undefined;
}

function hoverConfig({ config }: Extract<Reading, { kind: 'config' }>, offset: number): Hover | undefined {
  for (const section of config.sections) {
    if (section.spec && touches(section.nameSpan, offset)) {
      return { span: section.nameSpan, markdown: lines(`**[${section.name}]**`, section.spec.blurb) };
    }
    for (const key of section.keys) {
      if (key.spec && touches(key.span, offset)) return { span: key.nameSpan, markdown: keyText(key) };
    }
  }
  return undefined;
}

function elementText(spec: ElementSpec): string {
  const pads = spec.pads.map((pad) => `- \`${pad.name}\` ${pad.direction}, ${pad.presence}: \`${shorten(pad.caps)}\``);
  return lines(
    `**${spec.name}** · ${spec.klass.join('/') || 'element'}`,
    spec.deprecated ? `*Deprecated.* ${spec.deprecated.note}` : '',
    spec.blurb,
    pads.join('\n'),
    origin(spec),
  );
}

function propertyText(spec: PropertySpec, factory: string): string {
  const facts = [
    typeText(spec.type),
    spec.default === undefined ? '' : `default \`${spec.default}\``,
    spec.unit ?? '',
    spec.writable ? '' : 'read-only',
    spec.changeable === 'playing' ? 'may change while playing' : '',
  ];
  return lines(
    `**${spec.name}** of ${factory}`,
    spec.deprecated ? '*Deprecated.*' : '',
    spec.blurb,
    facts.filter((fact) => fact !== '').join(' · '),
    valuesText(spec.type),
  );
}

function keyText({ name, spec }: ConfigKey): string {
  if (!spec) return '';
  const values = 'values' in spec.type ? (spec.type.values ?? []) : [];
  return lines(
    `**${name}**${spec.deprecated === undefined ? '' : ` · *deprecated:* ${spec.deprecated}`}`,
    spec.blurb,
    [spec.type.kind, spec.default === undefined ? '' : `default \`${spec.default}\``, spec.unit ?? '']
      .filter((fact) => fact !== '')
      .join(' · '),
    values.map(({ value, meaning }) => `- \`${value}\` ${meaning}`).join('\n'),
  );
}

function typeText(type: PropertyType): string {
  switch (type.kind) {
    case 'enum':
    case 'flags':
      return type.kind;
    case 'array':
      return type.of ? `array of ${type.of}` : 'array';
    case 'object':
    case 'boxed':
    case 'pointer':
    case 'other':
      return type.type ?? type.kind;
    default: {
      const range =
        'min' in type && type.min !== undefined && type.max !== undefined ? ` ${type.min} … ${type.max}` : '';
      return `${type.kind}${range}`;
    }
  }
}

/** The values of a closed set; the first dozens of a very long one. */
function valuesText(type: PropertyType): string {
  if (type.kind !== 'enum' && type.kind !== 'flags') return '';
  const shown = type.values
    .slice(0, 40)
    .map(({ value, nick, name }) => `- \`${value}\` ${nick ?? name ?? ''}`.trimEnd());
  const more = type.values.length - shown.length;
  return [...shown, ...(more > 0 ? [`- … and ${more} more`] : [])].join('\n');
}

const origin = ({ origin: { layer, source, live } }: ElementSpec): string =>
  live ? `From ${layer}, asked on the device` : `From the bundled table ${layer} (${source})`;

const shorten = (caps: string): string => (caps.length > 160 ? `${caps.slice(0, 159)}…` : caps).replaceAll('`', "'");

const lines = (...parts: readonly string[]): string => parts.filter((part) => part !== '').join('\n\n');
