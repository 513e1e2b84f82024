/** Elements and properties in Markdown. */
import type { ElementSpec, PadTemplate, PropertySpec, PropertyType } from '../../catalog/element.ts';
import { templateCaps } from '../../model/caps-text.ts';
import type { Element } from '../../model/pipeline.ts';
import type { Target } from '../../model/target.ts';
import { capsLines } from './caps-words.ts';
import { paragraphs } from './paragraphs.ts';

/** What is known of the element; of one in a pipeline also what it is called there. */
export function elementText(spec: ElementSpec, target: Target, element?: Element): string {
  return paragraphs(
    `**${spec.name}** · ${spec.klass.join('/') || 'element'}`,
    spec.deprecated ? `*Deprecated.* ${spec.deprecated.note}` : '',
    spec.blurb,
    engineText(spec, target),
    element && !element.named ? `Called \`${element.name}\` in logs.` : '',
    spec.pads.map(padText).join('\n'),
    originText(spec),
  );
}

function engineText({ engine }: ElementSpec, { device }: Target): string {
  if (!engine) return '';
  const name = engine.engine.toUpperCase();
  const count = device?.engines[engine.engine];
  const there =
    device === undefined || count === undefined
      ? ''
      : count === 0
        ? ` — ${device.title} has none`
        : ` — ${device.title} has ${count}`;
  return `Works on ${name}${there}.`;
}

/** A pad with its caps, one alternative a line. */
export function padText(pad: PadTemplate): string {
  const presence =
    pad.presence === 'always' ? '' : pad.presence === 'request' ? ', made on request' : ', appears when running';
  const lines = pad.open ? ['decided when it runs'] : capsLines(templateCaps(pad));
  const arrow = pad.direction === 'sink' ? 'takes' : 'gives';
  const head = `- **${pad.name}** ${arrow}${presence}`;
  return lines.length === 1 ? `${head}: ${lines[0]}` : [`${head}:`, ...lines.map((line) => `  - ${line}`)].join('\n');
}

/** What is known of the property. `set` is the value it has in the text. */
export function propertyText(spec: PropertySpec, owner: string, set?: string): string {
  return paragraphs(
    `**${spec.name}** of ${owner}${meant(spec, set)}`,
    spec.deprecated ? '*Deprecated.*' : '',
    spec.blurb,
    [
      typeText(spec.type),
      spec.default === undefined || spec.default === '' ? '' : `default \`${spec.default}\``,
      spec.unit ?? '',
      spec.writable ? (spec.readable ? '' : 'write-only') : 'read-only',
      changeText(spec.changeable),
    ]
      .filter((fact) => fact !== '')
      .join(' · '),
    valuesText(spec, set),
  );
}

/** What the value that is set means, where it is one of a closed set: `= 1, constant bitrate`. */
function meant({ type }: PropertySpec, set: string | undefined): string {
  if (type.kind !== 'enum' || set === undefined) return '';
  const one = type.values.find(({ nick, name, value }) => nick === set || name === set || String(value) === set);
  if (!one) return '';
  const words = [String(one.value), one.nick ?? '', one.name ?? ''].filter((word) => word !== '' && word !== set);
  return ` = \`${set}\`${words.length > 0 ? ` (${words.join(', ')})` : ''}`;
}

const changeText = (when: PropertySpec['changeable']): string => {
  switch (when) {
    case 'playing':
      return 'may change while playing';
    case 'paused':
      return 'may change up to PAUSED';
    case 'ready':
      return 'may change up to READY';
    case 'null':
      return 'may change in NULL only';
    case 'never':
      return 'set once';
    default:
      return '';
  }
};

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

const MOST_VALUES = 40;

/** The values of a closed set; the first dozens of a very long one, and the one that is set. */
function valuesText({ type, default: usual }: PropertySpec, set: string | undefined): string {
  if (type.kind !== 'enum' && type.kind !== 'flags') return '';
  const isSet = (one: (typeof type.values)[number]): boolean =>
    set !== undefined && (one.nick === set || one.name === set || String(one.value) === set);
  const shown = type.values
    .filter((one, index) => index < MOST_VALUES || isSet(one))
    .map((one) => {
      const { value, nick, name } = one;
      const meaning = [nick ?? '', name && name !== nick ? `(${name})` : ''].filter(Boolean).join(' ');
      const note = usual !== undefined && (usual === nick || usual === String(value)) ? ' *default*' : '';
      const line = `\`${value}\` ${meaning}`.trimEnd();
      return `- ${isSet(one) ? `**${line}**` : line}${note}`;
    });
  const more = type.values.length - shown.length;
  return [...shown, ...(more > 0 ? [`- … and ${more} more`] : [])].join('\n');
}

const originText = ({ origin: { layer, source, live } }: ElementSpec): string =>
  live ? `*From ${layer}, asked on the device*` : `*From the bundled table ${layer} (${source})*`;
