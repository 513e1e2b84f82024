/** Finds what was meant as a comment behind a value. Key files know none: it is part of the value. */
import type { ConfigKey } from './config-file.ts';

export interface TrailingComment {
  /** The value as it was meant. */
  readonly value: string;
  /** The comment without its marker. */
  readonly comment: string;
}

/** The comment behind the key's value; undefined where there is none, or the mark may belong to the value. */
export function trailingComment(key: ConfigKey): TrailingComment | undefined {
  const raw = key.value;
  const at = isNumeric(key) ? numericEnd(raw) : textEnd(raw);
  if (at === undefined) return undefined;
  const value = raw.slice(0, at).trimEnd();
  if (value === '') return undefined;
  return {
    value,
    comment: raw
      .slice(at)
      .replace(/^[#;/]+[ \t]*/, '')
      .trim(),
  };
}

/** Whether the program reads numbers or switches from the key. */
export const isNumeric = (key: ConfigKey): boolean =>
  key.spec?.reader !== undefined && !key.spec.reader.startsWith('string') && key.spec.reader !== 'yaml';

/** No mark can belong to a number; a `;` only between numbers. */
function numericEnd(raw: string): number | undefined {
  const match = /#|\/\/|;(?=[ \t]*[A-Za-z(])|[ \t]+[A-Za-z(][A-Za-z]/.exec(raw);
  return match && /^[ \t]/.test(match[0]) ? undefined : match?.index;
}

/** In text a mark needs a blank before it: `rtsp://host/#part` and `a;b` are whole values. */
function textEnd(raw: string): number | undefined {
  for (const match of raw.matchAll(/[ \t](#+|\/\/+)(?=[ \t]|[A-Za-z(])/g)) {
    const before = raw.slice(0, match.index);
    if (count(before, '"') % 2 === 0 && count(before, "'") % 2 === 0) return match.index + 1;
  }
  return undefined;
}

const count = (text: string, letter: string): number => text.split(letter).length - 1;
