/** What a setting means, whichever way it was written: an enumeration by nick, name or number, flags, a truth value. */
import type { PropertySpec } from '../catalog/element.ts';
import { settingOf } from './flow.ts';
import type { Element } from './pipeline.ts';

/** Whether the element's text sets the property itself. */
export const isSet = (element: Element, name: string): boolean =>
  element.settings.some((one) => one.name === name && one.path.length === 0);

/** Whether a truth value is set or by default true; undefined where it is known only at run time. */
export function truthOf(element: Element, name: string): boolean | undefined {
  const value = settingOf(element, name);
  return value === undefined ? undefined : /^(?:1|t|true|yes|y|on)$/i.test(value);
}

/** A whole number, zero and less included; undefined where it is none or known only at run time. */
export function wholeOf(element: Element, name: string): number | undefined {
  const value = settingOf(element, name);
  const number = value === undefined || value === '' ? Number.NaN : Number(value);
  return Number.isSafeInteger(number) ? number : undefined;
}

/**
 * The words that a property's value stands for: one nick of an enumeration, those of flags, or the text itself in lower
 * case. Undefined where it is known only at run time.
 */
export function wordsOf(element: Element, name: string): readonly string[] | undefined {
  const value = settingOf(element, name);
  if (value === undefined) return undefined;
  const type = specOf(element, name)?.type;
  if (type?.kind === 'enum') {
    const found = type.values.find((one) => one.nick === value || one.name === value || String(one.value) === value);
    return [found?.nick ?? value];
  }
  if (type?.kind === 'flags') {
    const number = Number(value);
    if (Number.isInteger(number)) {
      return type.values
        .filter((one) => one.value !== 0 && (number & one.value) === one.value)
        .map((one) => one.nick ?? '');
    }
    return value.split(/[+|]/).map((part) => {
      const word = part.trim();
      return type.values.find((one) => one.nick === word || one.name === word)?.nick ?? word;
    });
  }
  if (type?.kind === 'bool') return [/^(?:1|t|true|yes|y|on)$/i.test(value) ? 'true' : 'false'];
  return [value.toLowerCase()];
}

const specOf = (element: Element, name: string): PropertySpec | undefined =>
  element.spec?.properties.find((property) => property.name === name);
