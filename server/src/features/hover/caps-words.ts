/** Caps for people: one alternative a line, long lists cut, sizes as sizes. */
import { printValue } from '../../caps/algebra.ts';
import type { Caps, Structure, Value } from '../../caps/caps.ts';

const MOST_ALTERNATIVES = 8;
const MOST_VALUES = 8;

/** Each alternative as a line of Markdown; the first ones of very many. */
export function capsLines(caps: Caps): string[] {
  if (caps === 'any') return ['anything'];
  if (caps.length === 0) return ['nothing'];
  const lines = caps.slice(0, MOST_ALTERNATIVES).map(structureLine);
  const more = caps.length - lines.length;
  return more > 0 ? [...lines, `… and ${more} more`] : lines;
}

/** `video/x-raw(memory:NVMM)` · NV12 · 1920×1080 · 30/s. */
export function structureLine(structure: Structure): string {
  const { media, features, fields } = structure;
  const memory = features === 'any' ? '(any memory)' : features.length === 0 ? '' : `(${features.join(', ')})`;
  const parts = [`\`${media}${memory}\``];
  const size = sizeWords(fields.get('width'), fields.get('height'));
  for (const [name, value] of fields) {
    if (name === 'width' || name === 'height') {
      if (size !== undefined) continue;
    }
    const words = valueWords(value);
    if (name === 'format') parts.push(words);
    else if (name === 'framerate') parts.push(words === ANY_RATE ? '' : `${words.replace(/\/1$/, '')} a second`);
    else parts.push(`${name} ${words}`);
  }
  if (size !== undefined && size !== '') parts.splice(Math.min(2, parts.length), 0, size);
  return parts.filter((part) => part !== '').join(' · ');
}

/** Both fixed or both ranges; undefined where they say different things, empty where they say nothing. */
function sizeWords(width: Value | undefined, height: Value | undefined): string | undefined {
  if (width?.kind === 'int' && height?.kind === 'int') return `${width.value}×${height.value}`;
  if (width?.kind !== 'intRange' || height?.kind !== 'intRange') return undefined;
  if (width.max >= 0x7fff && height.max >= 0x7fff && width.min <= 16 && height.min <= 16) return '';
  return `${width.min}×${height.min} … ${width.max}×${height.max}`;
}

const ANY_RATE = 'any';

/** A value without types: a list's first members, a range by its ends. */
export function valueWords(value: Value): string {
  switch (value.kind) {
    case 'list': {
      const shown = value.values.slice(0, MOST_VALUES).map(valueWords).join(', ');
      const more = value.values.length - MOST_VALUES;
      return more > 0 ? `${shown} … (${value.values.length})` : shown;
    }
    case 'intRange':
      return value.max === 0x7fffffff ? `${value.min} or more` : `${value.min} … ${value.max}`;
    case 'fractionRange':
      return value.min[0] === 0 && value.max[0] === 0x7fffffff
        ? ANY_RATE
        : `${value.min.join('/')} … ${value.max.join('/')}`;
    case 'doubleRange':
    case 'int64Range':
      return `${value.min} … ${value.max}`;
    default: {
      const text = printValue(value).replaceAll('`', "'");
      return text.length > 60 ? `${text.slice(0, 59)}…` : text;
    }
  }
}

/** Bytes for people, in powers of ten as data rates are told. */
export function bytesWords(bytes: number): string {
  if (bytes >= 1e9) return `${(bytes / 1e9).toFixed(1)} GB`;
  if (bytes >= 1e6) return `${(bytes / 1e6).toFixed(bytes >= 1e7 ? 0 : 1)} MB`;
  return bytes >= 1e3 ? `${Math.round(bytes / 1e3)} kB` : `${Math.round(bytes)} B`;
}
