/** Expansion of words in the demo device's shell: values, outputs of commands, sums, splitting, names of files. POSIX XCU 2.6. */

import { evaluate } from './shell-sums.ts';
import type { Part, Script, Word } from './shell-syntax.ts';

/** What expansion needs to know of the shell. */
export interface Values {
  /** Undefined where it is not set. Special ones (`?`, `#`, `$`) are answered too, but not `@` and `*`. */
  get(name: string): string | undefined;
  set(name: string, value: string): void;
  readonly parameters: readonly string[];
  /** What a script prints, without the line ends at its end. */
  output(script: Script): Promise<string>;
  /** Names in a folder that the shell sees. */
  list(folder: string): readonly string[];
  exists(path: string): boolean;
}

/** What is wrong with an expansion, in words: `x: parameter not set`. Ends the shell. */
export class ExpansionError extends Error {}

/** A stretch of a field; what is quoted has no special sign in it. */
interface Piece {
  readonly text: string;
  readonly quoted: boolean;
}

/** The words of a command: each may become none, one or many. */
export async function expandWords(words: readonly Word[], values: Values): Promise<string[]> {
  const all: string[] = [];
  for (const word of words) {
    for (const field of await fieldsOf(word, values, true)) all.push(...paths(field, values));
  }
  return all;
}

/** A word where exactly one is wanted: settings, redirections, the word of a `case`. */
export async function expandOne(word: Word, values: Values): Promise<string> {
  return (await fieldsOf(word, values, false))[0]?.map(({ text }) => text).join('') ?? '';
}

/** The pattern of a `case` or of `${x#pattern}`, as the source of a regular expression. */
export async function expandPattern(word: Word, values: Values): Promise<string> {
  return patternSource((await fieldsOf(word, values, false))[0] ?? [], '[^]');
}

async function fieldsOf(word: Word, values: Values, split: boolean): Promise<Piece[][]> {
  const fields: Piece[][] = [];
  let open: Piece[] | undefined;
  const add = (piece: Piece): void => {
    open ??= [];
    open.push(piece);
  };
  const finish = (): void => {
    if (open) fields.push(open);
    open = undefined;
  };
  const separators = values.get('IFS') ?? ' \t\n';
  const addSplit = (text: string): void => {
    if (!split || separators === '') {
      if (text !== '' || !split) add({ text, quoted: false });
      return;
    }
    let piece = '';
    for (const character of text) {
      if (!separators.includes(character)) piece += character;
      else {
        if (piece !== '') add({ text: piece, quoted: false });
        // A separator that is no blank divides even where nothing stands before it.
        else if (!open && !/\s/.test(character)) add({ text: '', quoted: true });
        piece = '';
        finish();
      }
    }
    if (piece !== '') add({ text: piece, quoted: false });
  };
  for (const [at, part] of word.entries()) {
    if (part.is === 'text') {
      const text = at === 0 && !part.quoted ? untilde(part.text, values) : part.text;
      add({ text, quoted: part.quoted });
      continue;
    }
    const many = part.is === 'value' && (part.name === '@' || part.name === '*') && part.operator === '';
    if (many) {
      const all = values.parameters;
      if (part.quoted && part.name === '*') add({ text: all.join(separators[0] ?? ''), quoted: true });
      else if (!split) add({ text: all.join(' '), quoted: part.quoted });
      else {
        all.forEach((one, index) => {
          if (index > 0) finish();
          if (part.quoted) add({ text: one, quoted: true });
          else addSplit(one);
        });
      }
      continue;
    }
    const text = await textOf(part, values);
    if (part.quoted) add({ text, quoted: true });
    else addSplit(text);
  }
  finish();
  return fields;
}

const untilde = (text: string, values: Values): string => text.replace(/^~(?=\/|$)/, () => values.get('HOME') ?? '~');

async function textOf(part: Exclude<Part, { is: 'text' }>, values: Values): Promise<string> {
  if (part.is === 'output') return values.output(part.script);
  if (part.is === 'sum') return String(evaluate(await expandOne(part.expression, values), values));
  const value = part.name === '@' || part.name === '*' ? values.parameters.join(' ') : values.get(part.name);
  const { operator } = part;
  const argument = (): Promise<string> => expandOne(part.argument, values);
  switch (operator) {
    case '':
      return value ?? '';
    case 'length':
      return String((value ?? '').length);
    case '-':
      return value ?? (await argument());
    case ':-':
      return value || (await argument());
    case '+':
      return value === undefined ? '' : argument();
    case ':+':
      return value ? argument() : '';
    case '=':
    case ':=': {
      if (operator === '=' ? value !== undefined : value) return value ?? '';
      const fresh = await argument();
      values.set(part.name, fresh);
      return fresh;
    }
    case '?':
    case ':?':
      if (operator === '?' ? value !== undefined : value) return value ?? '';
      throw new ExpansionError(`${part.name}: ${(await argument()) || 'parameter not set'}`);
    default:
      return trimmed(value ?? '', operator, await expandPattern(part.argument, values));
  }
}

function trimmed(value: string, operator: string, source: string): string {
  const pattern = new RegExp(`^(?:${source})$`);
  const longest = operator.length === 2;
  const lengths = Array.from({ length: value.length + 1 }, (_, length) => (longest ? value.length - length : length));
  const front = operator.startsWith('#');
  for (const length of lengths) {
    const piece = front ? value.slice(0, length) : value.slice(value.length - length);
    if (pattern.test(piece)) return front ? value.slice(length) : value.slice(0, value.length - length);
  }
  return value;
}

/** `any` is what one sign stands for: not a slash in names of files. */
function patternSource(pieces: readonly Piece[], any: string): string {
  let source = '';
  for (const { text, quoted } of pieces) {
    if (quoted) {
      source += escaped(text);
      continue;
    }
    for (let at = 0; at < text.length; at++) {
      const character = text[at]!;
      const close = character === '[' ? text.indexOf(']', at + 2) : -1;
      if (character === '*') source += `${any}*`;
      else if (character === '?') source += any;
      else if (close > 0) {
        const inner = text
          .slice(at + 1, close)
          .replace(/\\/g, '\\\\')
          .replace(/^!/, '^');
        source += `[${inner}]`;
        at = close;
      } else source += escaped(character);
    }
  }
  return source;
}

const escaped = (text: string): string => text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');

function paths(field: readonly Piece[], values: Values): string[] {
  const plain = field.map(({ text }) => text).join('');
  if (!field.some(({ text, quoted }) => !quoted && /[*?[]/.test(text))) return [plain];
  const steps: Piece[][] = [[]];
  for (const { text, quoted } of field) {
    text.split('/').forEach((piece, index) => {
      if (index > 0) steps.push([]);
      if (piece !== '') steps.at(-1)!.push({ text: piece, quoted });
    });
  }
  let found = [''];
  steps.forEach((step, index) => {
    const name = step.map(({ text }) => text).join('');
    const join = (base: string): string => (index === 0 ? name : `${base}/${name}`);
    if (!step.some(({ text, quoted }) => !quoted && /[*?[]/.test(text))) {
      const last = index === steps.length - 1;
      found = found.map(join).filter((path) => !last || values.exists(path));
      return;
    }
    const pattern = new RegExp(`^${patternSource(step, '[^/]')}$`);
    const hidden = name.startsWith('.');
    found = found.flatMap((base) =>
      values
        .list(index === 0 ? '.' : base === '' ? '/' : base)
        .filter((one) => pattern.test(one) && (hidden || !one.startsWith('.')))
        .map((one) => (index === 0 ? one : `${base}/${one}`)),
    );
  });
  return found.length > 0 ? found : [plain];
}
