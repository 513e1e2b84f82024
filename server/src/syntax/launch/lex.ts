/**
 * Cuts gst-launch text as GStreamer's lexer does (`parse.l`, the same from 1.14 to 1.28 but for `@preset`):
 * at every offset the longest match wins, and of equal ones the earlier rule. It knows characters only, no grammar.
 *
 * Character classes are those of the C locale. U+FFFC, the filler of run-time holes, counts as a letter.
 */
import { HOLE } from '../../text/excerpt.ts';
import type { TokenKind } from './tree.ts';

/** What was cut: a token's kind or `SPACE`, and the offset behind it. */
export interface Cut {
  readonly kind: TokenKind | 'SPACE';
  readonly end: number;
}

export interface Lexer {
  /** The longest match at an offset inside the text. */
  at(offset: number): Cut;
}

/** A lexer for one text. It remembers runs that several rules look at, so that cutting a whole text takes linear time. */
export function createLexer(text: string, presets: boolean): Lexer {
  const holes = text.includes(HOLE);
  let schemeStart = 0;
  let schemeEnd = 0;

  /** Where the run of characters that a URI's scheme may have ends. Runs are looked at once. */
  const endOfScheme = (offset: number): number => {
    if (offset < schemeStart || offset >= schemeEnd) {
      schemeStart = offset;
      schemeEnd = runEnd(text, offset, isSchemeChar);
    }
    return schemeEnd;
  };

  const uriEnd = (offset: number, c: number): number => {
    let end = -1;
    if (isAlpha(c)) {
      const colon = endOfScheme(offset);
      if (text.startsWith('://', colon)) end = Math.max(colon + 3, stringEnd(text, colon + 3));
    }
    const slash = c === SLASH ? offset : isBeforeSlash(c) && text.charCodeAt(offset + 1) === SLASH ? offset + 1 : -1;
    return slash < 0 ? end : Math.max(end, stringEnd(text, slash + 1));
  };

  const cut = (offset: number): Cut => {
    const c = text.charCodeAt(offset);
    if (isSpace(c)) return { kind: 'SPACE', end: runEnd(text, offset, isSpace) };
    let best = cutWord(text, offset, c, presets);
    const uri = uriEnd(offset, c);
    if (uri > best.end) best = { kind: 'URL', end: uri };
    return best;
  };

  return { at: (offset) => (holes ? cutAroundHoles(text, offset, cut(offset)) : cut(offset)) };
}

/** Everything but blanks and URIs. */
function cutWord(text: string, offset: number, c: number, presets: boolean): Cut {
  if (isNameStart(c)) return cutName(text, offset);
  const next = text.charCodeAt(offset + 1);
  switch (c) {
    case BANG:
    case COLON:
      return cutLink(text, offset);
    case DOT:
      if (isNameStart(next)) return { kind: 'PADREF', end: runEnd(text, offset + 1, isNameChar) };
      return { kind: 'OPERATOR', end: offset + 1 };
    case OPEN:
    case CLOSE:
    case OPEN_BRACE:
    case CLOSE_BRACE:
    case COMMA:
    case SEMICOLON:
    case EQUALS:
      return { kind: 'OPERATOR', end: offset + 1 };
    case AT:
      if (presets && text.startsWith('preset', offset + 1)) {
        const end = assignedEnd(text, runEnd(text, offset + 7, isSpace));
        if (end > 0) return { kind: 'PRESET', end };
      }
      return { kind: 'OTHER', end: offset + 1 };
    default:
      return { kind: 'OTHER', end: offset + (isLeadSurrogate(c) && isTrailSurrogate(next) ? 2 : 1) };
  }
}

/** A name, and what a name may be the beginning of: an assignment, a reference, a named bin. */
function cutName(text: string, offset: number): Cut {
  const end = runEnd(text, offset, isNameChar);
  const behind = runEnd(text, end, isSpace);
  const c = text.charCodeAt(behind);
  if (c === EQUALS) {
    const assigned = assignedEnd(text, behind);
    if (assigned > 0) return { kind: 'ASSIGNMENT', end: assigned };
  } else if (c === DOT) {
    const open = runEnd(text, behind + 1, isSpace);
    if (text.charCodeAt(open) === OPEN) return { kind: 'BINREF', end: open + 1 };
    if (behind === end) {
      const pad = isNameStart(text.charCodeAt(end + 1)) ? runEnd(text, end + 1, isNameChar) : end + 1;
      return { kind: 'REF', end: pad };
    }
  }
  return { kind: 'IDENTIFIER', end };
}

/** The end of `= value` where the `=` is expected at the offset; -1 where that is not what stands there. */
function assignedEnd(text: string, equals: number): number {
  return text.charCodeAt(equals) === EQUALS ? stringEnd(text, runEnd(text, equals + 1, isSpace)) : -1;
}

/** How much of a media type has been read where one may begin. */
type MediaType = 'none' | 'blank' | 'major' | 'slash';

/**
 * `!` or `:`, with the caps and the second operator where those follow. The caps reach to the last operator that can
 * be had without passing a `!` or a `;`, which is what the longest match of the rule comes to. Three threads of the
 * rule's automaton can live at a time: inside caps, and at two places of the media type behind a `;`.
 */
function cutLink(text: string, offset: number): Cut {
  let all = text.charCodeAt(offset) === COLON;
  let end = offset + 1;
  let inside = false;
  let type: MediaType = 'blank';
  let before = 0;
  for (let i = offset + 1; i < text.length; i++) {
    const c = text.charCodeAt(i);
    let stays = false;
    let starts: MediaType = 'none';
    if (inside) {
      if (c === BANG || c === COLON) {
        end = i + 1;
        stays = c === COLON || before === BACKSLASH;
      } else if (c === SEMICOLON) {
        stays = before === BACKSLASH || before === COMMA;
        starts = 'blank';
      } else {
        stays = true;
      }
    }
    if (type === 'blank') starts = isSpace(c) ? 'blank' : isMediaChar(c) ? 'major' : starts;
    else if (type === 'major') starts = isMediaChar(c) ? 'major' : c === SLASH ? 'slash' : starts;
    else if (type === 'slash' && isMediaChar(c)) stays = true;
    if (!stays && starts === 'none') break;
    inside = stays;
    type = starts;
    before = c;
  }
  if (end > offset + 1) all ||= text.charCodeAt(end - 1) === COLON;
  return { kind: all ? 'LINK_ALL' : 'LINK', end };
}

/** The end of the longest string at the offset, or -1: characters up to a blank, or a quoted text if that is longer. */
function stringEnd(text: string, offset: number): number {
  if (offset >= text.length) return -1;
  const first = text.charCodeAt(offset);
  if (isSpace(first)) return -1;
  let end = offset + 1;
  for (; end < text.length; end++) {
    const c = text.charCodeAt(end);
    // A blank behind a backslash belongs to the string, whatever the backslash itself stands behind; a line feed never.
    if (isSpace(c) && (c === LINE_FEED || text.charCodeAt(end - 1) !== BACKSLASH)) break;
  }
  return first === QUOTE || first === APOSTROPHE ? Math.max(end, quotedEnd(text, offset, first)) : end;
}

/** The end of the longest quoted text: a quote behind a backslash may end it, but need not. -1 where nothing ends it. */
function quotedEnd(text: string, offset: number, quote: number): number {
  const mark = String.fromCharCode(quote);
  let end = -1;
  for (let i = text.indexOf(mark, offset + 1); i >= 0; i = text.indexOf(mark, i + 1)) {
    end = i + 1;
    if (i === offset + 1 || text.charCodeAt(i - 1) !== BACKSLASH) break;
  }
  return end;
}

/**
 * What a token with holes in it counts as. A word of holes and punctuation only may become anything, several tokens
 * included, and so may a word that begins with a hole and is more than one token.
 */
function cutAroundHoles(text: string, offset: number, cut: Cut): Cut {
  if (cut.kind === 'SPACE' || cut.kind === 'LINK' || cut.kind === 'LINK_ALL' || cut.kind === 'BINREF') return cut;
  const hole = text.indexOf(HOLE, offset);
  if (hole < 0 || hole >= cut.end) return cut;
  if (hole === offset && cut.kind !== 'ASSIGNMENT') {
    const end = Math.max(cut.end, runEnd(text, cut.end, isGluedToHole));
    if (end > cut.end) return { kind: 'HOLE', end };
  }
  for (let i = offset; i < cut.end; i++) {
    const c = text.charCodeAt(i);
    if (isLetter(c) || isDigit(c) || isSpace(c) || (c > 126 && c !== HOLE_CODE)) return cut;
  }
  return { kind: 'HOLE', end: cut.end };
}

/** The first offset from `offset` on whose character is not of the class. */
function runEnd(text: string, offset: number, is: (c: number) => boolean): number {
  let end = offset;
  while (end < text.length && is(text.charCodeAt(end))) end++;
  return end;
}

const LINE_FEED = 10;
const BANG = 33;
const QUOTE = 34;
const APOSTROPHE = 39;
const OPEN = 40;
const CLOSE = 41;
const PLUS = 43;
const COMMA = 44;
const HYPHEN = 45;
const DOT = 46;
const SLASH = 47;
const COLON = 58;
const SEMICOLON = 59;
const EQUALS = 61;
const AT = 64;
const BACKSLASH = 92;
const UNDERSCORE = 95;
const OPEN_BRACE = 123;
const CLOSE_BRACE = 125;
const HOLE_CODE = HOLE.charCodeAt(0);

/** Blanks of the lexer: those of C's `isspace`. */
export const isSpace = (c: number): boolean => c === 32 || (c >= 9 && c <= 13);
/** Blanks of GLib's `g_ascii_isspace`, which the code behind the lexer uses: the vertical tab is none. */
export const isGlibSpace = (c: number): boolean => isSpace(c) && c !== 11;

const isLetter = (c: number): boolean => (c >= 97 && c <= 122) || (c >= 65 && c <= 90);
const isDigit = (c: number): boolean => c >= 48 && c <= 57;
const isAlpha = (c: number): boolean => isLetter(c) || c === HOLE_CODE;
const isNameStart = (c: number): boolean => isAlpha(c) || isDigit(c) || c === UNDERSCORE;
const isNameChar = (c: number): boolean => isNameStart(c) || c === HYPHEN || c === 37 || c === COLON;
const isMediaChar = (c: number): boolean => isAlpha(c) || isDigit(c) || c === HYPHEN;
/** `[[:alnum:]+-\.]` of `parse.l` is a range from plus to full stop, and so has the comma in it. */
const isSchemeChar = (c: number): boolean => isAlpha(c) || isDigit(c) || (c >= PLUS && c <= DOT);
/** `["."{_identifier}]` of `parse.l` is a set of these characters, not the optional name it was meant for. */
const isBeforeSlash = (c: number): boolean => '"._{}identifier'.includes(String.fromCharCode(c));
const isGluedToHole = (c: number): boolean => !isSpace(c) && c !== BANG && c !== OPEN && c !== CLOSE;
const isLeadSurrogate = (c: number): boolean => c >= 0xd800 && c < 0xdc00;
const isTrailSurrogate = (c: number): boolean => c >= 0xdc00 && c < 0xe000;
