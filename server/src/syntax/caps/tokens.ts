/**
 * The tokens of caps. A word's characters are those of GST_ASCII_IS_STRING (gst_private.h), blanks those of
 * g_ascii_isspace; the hole character counts as a letter, so that what is known only at run time keeps its place.
 */
import { createToken, type IToken, Lexer, type TokenType } from 'chevrotain';

const PLAIN_LIST =
  /\{[ \t\n\f\r]*[A-Za-z0-9_\-+/:.\uFFFC]+[ \t\n\f\r]*(?:,[ \t\n\f\r]*[A-Za-z0-9_\-+/:.\uFFFC]+[ \t\n\f\r]*)*\}/;

export const Blank = createToken({ name: 'Blank', pattern: /[ \t\n\f\r]+/, group: Lexer.SKIPPED, line_breaks: true });
/** A backslash before a blank, which gst-launch puts there; a blank too, but only around names. */
export const EscapedBlank = createToken({ name: 'EscapedBlank', pattern: /\\[ \t\n\f\r]/, line_breaks: true });
export const Word = createToken({ name: 'Word', pattern: /[A-Za-z0-9_\-+/:.\uFFFC]+/ });
export const Quoted = createToken({ name: 'Quoted', pattern: /"(?:[^"\\]|\\[\s\S])*"/, line_breaks: true });
/** `(memory:NVMM)` right behind a media type, up to the first `)` or to the end of the text. */
export const Features = createToken({
  name: 'Features',
  pattern: { exec: matchFeatures },
  line_breaks: true,
  start_chars_hint: ['('],
});
/** A list of words without quotes, types or nesting, as nearly all are; one token, since some have a hundred members. */
export const PlainList = createToken({ name: 'PlainList', pattern: PLAIN_LIST, line_breaks: true });
export const LParen = createToken({ name: 'LParen', pattern: '(' });
export const RParen = createToken({ name: 'RParen', pattern: ')' });
export const LSquare = createToken({ name: 'LSquare', pattern: '[' });
export const RSquare = createToken({ name: 'RSquare', pattern: ']' });
export const LCurly = createToken({ name: 'LCurly', pattern: '{' });
export const RCurly = createToken({ name: 'RCurly', pattern: '}' });
export const LAngle = createToken({ name: 'LAngle', pattern: '<' });
export const RAngle = createToken({ name: 'RAngle', pattern: '>' });
export const Comma = createToken({ name: 'Comma', pattern: ',' });
export const Semicolon = createToken({ name: 'Semicolon', pattern: ';' });
export const Equals = createToken({ name: 'Equals', pattern: '=' });
/** Any other character; no rule takes it, so that the parser says where it stands. */
export const Other = createToken({ name: 'Other', pattern: /[\u0000-\uFFFF]/, line_breaks: true });

export const allTokens: TokenType[] = [
  Blank,
  EscapedBlank,
  Word,
  Quoted,
  Features,
  PlainList,
  LParen,
  RParen,
  LSquare,
  RSquare,
  LCurly,
  RCurly,
  LAngle,
  RAngle,
  Comma,
  Semicolon,
  Equals,
  Other,
];

/** The lexer is made with `skipValidations` for a quick start; a unit test makes one with them. */
export const makeLexer = (skipValidations: boolean): Lexer =>
  new Lexer(allTokens, { positionTracking: 'onlyOffset', skipValidations });

/** Features follow a media type without a blank, and a media type follows nothing, a `;` or an opening bracket. */
function matchFeatures(text: string, offset: number, matched: IToken[]): RegExpExecArray | null {
  if (text[offset] !== '(') return null;
  const last = matched.at(-1);
  if (!last || last.startOffset + last.image.length !== offset) return null;
  if (last.tokenType !== Word && last.tokenType !== Quoted) return null;
  let before = matched.length - 2;
  while (matched[before]?.tokenType === EscapedBlank) before--;
  const previous = matched[before]?.tokenType;
  if (previous !== undefined && previous !== Semicolon && previous !== LSquare) return null;
  FEATURES.lastIndex = offset;
  return FEATURES.exec(text);
}

const FEATURES = /\([^)]*\)?/y;
