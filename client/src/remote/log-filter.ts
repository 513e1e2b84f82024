/**
 * What of a log is looked at, written as words: `level:warning category:nv* element:dec0 -"lost frame" /caps|format/`. All
 * words must hold. Read once, asked for every line.
 */
import type { LogKind, LogLevel } from './streams/log.ts';

/** A line as a filter sees it. */
export interface Filtered {
  readonly kind: LogKind;
  readonly level: LogLevel;
  readonly element: string;
  readonly category: string;
  readonly text: string;
}

export interface LogFilter {
  /** As it was written. */
  readonly source: string;
  /** What can be told without the text; undefined where every line passes. */
  readonly fields: ((line: Omit<Filtered, 'text'>) => boolean) | undefined;
  /** What needs the text; undefined where every line passes. */
  readonly text: ((text: string) => boolean) | undefined;
}

/** From the gravest on; `none` is what programs print without a level. */
export const LEVELS: readonly LogLevel[] = [
  'error',
  'warning',
  'fixme',
  'info',
  'none',
  'debug',
  'log',
  'trace',
  'memdump',
];

/** Every line. */
export const everything: LogFilter = { source: '', fields: undefined, text: undefined };

type FieldTest = (line: Omit<Filtered, 'text'>) => boolean;
type TextTest = (text: string) => boolean;

/** A word: an optional `-`, an optional `name:`, then a quoted text, a `/regular expression/`, or letters up to a blank. */
const WORD = /\s*(-?)(?:(level|category|element|kind):)?(?:"((?:[^"\\]|\\.)*)"|\/((?:[^/\\]|\\.)+)\/(i?)|(\S+))/y;

/** The filter, or what is wrong with the words, in one sentence. */
export function readFilter(source: string): LogFilter | { readonly problem: string } {
  const fields: FieldTest[] = [];
  const texts: TextTest[] = [];
  let at = 0;
  while (source.slice(at).trim() !== '') {
    WORD.lastIndex = at;
    const match = WORD.exec(source);
    if (!match) return { problem: `“${source.slice(at).trim()}” is not understood.` };
    at = WORD.lastIndex;
    const [, minus, name, quoted, pattern, flags, plain] = match;
    const negated = minus === '-';
    if (name === undefined) {
      const test = textTest(quoted?.replace(/\\(.)/g, '$1') ?? plain, pattern, flags);
      if (typeof test === 'string') return { problem: test };
      texts.push(negated ? (text) => !test(text) : test);
    } else {
      const value = quoted ?? plain ?? '';
      const test = fieldTest(name, value);
      if (typeof test === 'string') return { problem: test };
      fields.push(negated ? (line) => !test(line) : test);
    }
  }
  return {
    source,
    fields: fields.length > 0 ? (line) => fields.every((test) => test(line)) : undefined,
    text: texts.length > 0 ? (text) => texts.every((test) => test(text)) : undefined,
  };
}

function textTest(
  words: string | undefined,
  pattern: string | undefined,
  flags: string | undefined,
): TextTest | string {
  if (pattern === undefined) {
    const wanted = (words ?? '').toLowerCase();
    return (text) => text.toLowerCase().includes(wanted);
  }
  try {
    const expression = new RegExp(pattern, flags);
    return (text) => expression.test(text);
  } catch (error) {
    return `/${pattern}/ is no regular expression: ${(error as Error).message}`;
  }
}

function fieldTest(name: string, value: string): FieldTest | string {
  if (name === 'level') {
    const rank = LEVELS.indexOf(value.toLowerCase() as LogLevel);
    if (rank < 0) return `There is no level “${value}”; there are ${LEVELS.join(', ')}.`;
    return ({ level }) => LEVELS.indexOf(level) <= rank;
  }
  const names = value.split(',').map((one) => wildcard(one));
  const field = name as 'category' | 'element' | 'kind';
  return (line) => names.some((one) => one.test(line[field]));
}

/** `nv*` as an expression. A star stands for any letters; runs of stars are one, so that matching stays linear. */
const wildcard = (text: string): RegExp =>
  new RegExp(
    `^${text
      .replace(/\*+/g, '*')
      .replace(/[.+?^${}()|[\]\\]/g, '\\$&')
      .replaceAll('*', '.*')}$`,
    'i',
  );
