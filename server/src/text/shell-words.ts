import type { Argument } from './launch-command.ts';
import { splitLaunchText } from './launch-command.ts';
import { Lift, type Lifted, type Writer } from './lifted.ts';
import type { Quote, Word, WordPiece } from './words.ts';

// From the words of a shell script to the arguments that a program gets, and back: variables that hold a constant are
// put in, what is left open becomes a hole, and text that is written back gets the quotes it needs.

/** The variables of a script that hold one constant. */
export interface Scope {
  /** The value that a name has at an offset; a list for an array. */
  value(name: string, at: number): { readonly fields: readonly Lifted[]; readonly array: boolean } | undefined;
}

/** A scope in which nothing is known. */
export const noScope: Scope = { value: () => undefined };

/** Text as one shell word, in single quotes where it needs any. */
export const shellWord: Writer = (text) =>
  text !== '' && /^[\w@%+=:,./!~^-]+$/.test(text) && !/^[~]/.test(text) ? text : `'${text.replaceAll("'", `'\\''`)}'`;

const inSingleQuotes = (text: string): string => text.replaceAll("'", `'\\''`);
const inDoubleQuotes = (text: string): string => text.replace(/[\\"$`]/g, '\\$&');

/** Launch text as words of a script, outside quotes. */
export const writeUnquoted: Writer = (text) =>
  splitLaunchText(text)
    .map((part, index) => (index % 2 === 1 || part === '' ? part : shellWord(part)))
    .join('');

/** Launch text within quotes: a blank that parts words has to stand outside of them. */
const quotedWriter =
  (mark: string, escaped: (text: string) => string): Writer =>
  (text) => {
    const parts = splitLaunchText(text);
    if (parts.length === 1) return escaped(parts[0]!);
    const first = escaped(parts[0]!);
    const last = escaped(parts.at(-1)!);
    const between = parts.slice(1, -1).map((part, index) => (index % 2 === 0 ? part : shellWord(part)));
    return `${first}${mark}${between.join('')}${mark}${last}`;
  };

const launchWriters: Record<Quote, Writer> = {
  none: writeUnquoted,
  escaped: writeUnquoted,
  single: quotedWriter("'", inSingleQuotes),
  double: quotedWriter('"', inDoubleQuotes),
  ansi: quotedWriter("'", (text) => text.replace(/[\\']/g, '\\$&')),
};

/** Writers for text that is the value itself, not yet a launch text. */
const plainWriters: Record<Quote, Writer> = {
  none: shellWord,
  escaped: shellWord,
  single: inSingleQuotes,
  double: inDoubleQuotes,
  ansi: (text) => text.replace(/[\\']/g, '\\$&'),
};

/** The text that a word gives as far as it is written there; expansions as their source. */
export const wordText = (word: Word): string => word.pieces.map((piece) => piece.text).join('');

/** One word as one text: what an assignment holds or a quoted script. */
export function liftWord(word: Pick<Word, 'pieces'>, document: string, scope: Scope): Lifted {
  const lift = new Lift();
  for (const piece of word.pieces) {
    const value = piece.expansion?.name ? scope.value(piece.expansion.name, piece.span.start) : undefined;
    if (value && !value.array) for (const field of value.fields) lift.add(field);
    else addPiece(lift, piece, document, plainWriters);
  }
  return lift.done();
}

/** The arguments that words become: variables in them are put in and split as the shell splits them. */
export function shellArguments(words: readonly Word[], document: string, scope: Scope): Argument[] {
  const args: Argument[] = [];
  for (const word of words) {
    if (isPlaceholder(word)) {
      args.push({ lifted: new Lift().hole(wordText(word), word.span, writeUnquoted).done(), span: word.span });
      continue;
    }
    const [only] = word.pieces;
    if (word.pieces.length === 1 && only?.exact && !only.expansion) {
      args.push({ lifted: liftPlain(only, document), span: word.span });
      continue;
    }
    let lift: Lift | undefined;
    const close = (): void => {
      if (lift) args.push({ lifted: lift.done(), span: word.span });
      lift = undefined;
    };
    for (const piece of word.pieces) {
      const name = piece.expansion?.name;
      const value = name ? scope.value(name, piece.span.start) : undefined;
      if (!value) {
        lift ??= new Lift();
        addPiece(lift, piece, document, launchWriters);
      } else if (value.array) {
        value.fields.forEach((field, index) => {
          if (index > 0) close();
          lift ??= new Lift();
          lift.add(field);
        });
      } else if (piece.quote === 'none') {
        for (const part of splitField(value.fields[0]!)) {
          if (part === 'break') close();
          else {
            lift ??= new Lift();
            lift.add(part);
          }
        }
      } else {
        lift ??= new Lift();
        for (const field of value.fields) lift.add(field);
      }
    }
    close();
  }
  return args;
}

/** What a Lift would make of one stretch of text, without its lists that grow: a script has thousands of such words. */
function liftPlain({ span, quote }: WordPiece, document: string): Lifted {
  const length = span.end - span.start;
  if (length === 0) return new Lift().done();
  return {
    text: document.slice(span.start, span.end),
    runs: [{ excerpt: { start: 0, end: length }, document: span, exact: true }],
    holes: [],
    pens: [{ end: length, write: launchWriters[quote] }],
  };
}

function addPiece(lift: Lift, piece: WordPiece, document: string, writers: Record<Quote, Writer>): void {
  const write = writers[piece.quote];
  if (piece.expansion) lift.hole(piece.text, piece.span, write);
  else if (piece.exact) lift.copy(document, piece.span.start, piece.span.end, write);
  else lift.put(piece.text, piece.span, write);
}

/** `...` stands for what the author left out. */
const isPlaceholder = (word: Word): boolean =>
  word.span.end - word.span.start <= 5 && /^(?:\.\.\.|…|\[\.\.\.\])$/.test(wordText(word));

/** An unquoted expansion's value, cut at its blanks. */
function* splitField(value: Lifted): Iterable<Lifted | 'break'> {
  const { text } = value;
  let from = 0;
  const part = (end: number): Lifted => new Lift().addPart(value, from, end).done();
  for (let i = 0; i < text.length; i++) {
    if (!' \t\n'.includes(text[i]!)) continue;
    if (i > from) yield part(i);
    yield 'break';
    from = i + 1;
  }
  if (text.length > from) yield part(text.length);
}
