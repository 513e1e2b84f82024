/**
 * The tokens of gst-launch text as Chevrotain wants them, each knowing its place in the list, and the tree's own short
 * form of them. How text is cut stands in `lex.ts`.
 */
import { createToken, type IToken, type TokenType } from 'chevrotain';
import type { Level } from './levels.ts';
import { createLexer } from './lex.ts';
import type { Token, TokenKind } from './tree.ts';

/** What a text is read for. */
export interface LaunchOptions {
  /** GStreamer's version, `1.22`: its first two numbers count. The newest rules where it is not given. */
  readonly gstreamer?: string;
  /** A character outside ASCII ends the text silently on x86_64, and is refused on aarch64 (the default: Jetson). */
  readonly arch?: 'x86_64' | 'aarch64';
}

/** A token in the list that the parser reads; `index` is its place among all tokens of the text. */
export interface LaunchToken extends IToken {
  readonly endOffset: number;
  readonly index: number;
  readonly kind: TokenKind;
  /** What is between the parentheses, where the token stands for a whole bin. */
  readonly level?: Level;
}

/** A token that fits nowhere in the grammar, or not where it stands. */
export const Stray = createToken({ name: 'Stray' });
export const Identifier = createToken({ name: 'Identifier' });
export const Ref = createToken({ name: 'Ref' });
export const PadRef = createToken({ name: 'PadRef' });
/** `( … )` or `name.( … )` with all that is in it. */
export const Bin = createToken({ name: 'Bin' });
export const Assignment = createToken({ name: 'Assignment', categories: Stray });
export const Preset = createToken({ name: 'Preset', categories: Stray });
export const Link = createToken({ name: 'Link' });
export const Url = createToken({ name: 'Url' });
export const Comma = createToken({ name: 'Comma', categories: Stray });
export const Hole = createToken({ name: 'Hole' });
export const Other = createToken({ name: 'Other', categories: Stray });

export const allTokens: TokenType[] = [
  Stray,
  Identifier,
  Ref,
  PadRef,
  Bin,
  Assignment,
  Preset,
  Link,
  Url,
  Comma,
  Hole,
  Other,
];

const types: Readonly<Record<TokenKind, TokenType>> = {
  IDENTIFIER: Identifier,
  REF: Ref,
  PADREF: PadRef,
  BINREF: Other,
  ASSIGNMENT: Assignment,
  PRESET: Preset,
  LINK: Link,
  LINK_ALL: Link,
  URL: Url,
  OPERATOR: Other,
  OTHER: Other,
  HOLE: Hole,
};

/** All tokens of the text, blanks left out. A NUL ends the text, as it ends a C string. */
export function tokenize(text: string, options: LaunchOptions = {}): LaunchToken[] {
  const nul = text.indexOf('\0');
  const read = nul < 0 ? text : text.slice(0, nul);
  const lexer = createLexer(read, atLeast(options, 18));
  const tokens: LaunchToken[] = [];
  for (let offset = 0; offset < read.length; ) {
    const { kind, end } = lexer.at(offset);
    if (kind !== 'SPACE') tokens.push(launchToken(read, kind, offset, end, tokens.length));
    offset = end;
  }
  return tokens;
}

/** Whether the text is read for GStreamer 1.`minor` or newer. */
export function atLeast(options: LaunchOptions, minor: number): boolean {
  const version = /^1\.(\d+)/.exec(options.gstreamer ?? '');
  return version === null || Number(version[1]) >= minor;
}

/** The tree's form of a token. */
export const plainToken = (token: LaunchToken): Token => ({
  kind: token.kind,
  span: { start: token.startOffset, end: token.endOffset + 1 },
});

/** The token that stands for a bin in the list of the level around it. */
export const binToken = (open: LaunchToken, endOffset: number, level: Level): LaunchToken => ({
  ...open,
  endOffset,
  tokenType: Bin,
  tokenTypeIdx: Bin.tokenTypeIdx!,
  level,
});

function launchToken(text: string, kind: TokenKind, start: number, end: number, index: number): LaunchToken {
  const type = kind === 'OPERATOR' && text[start] === ',' ? Comma : types[kind];
  return {
    image: text.slice(start, end),
    startOffset: start,
    endOffset: end - 1,
    tokenType: type,
    tokenTypeIdx: type.tokenTypeIdx!,
    index,
    kind,
  };
}
