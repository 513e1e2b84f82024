/**
 * Tokens of a key file. GKeyFile works line by line, so a line is a token here too; `lower.ts` cuts it further.
 * Every pattern reads a line once from left to right, so that time is linear in the text.
 */
import { createToken, Lexer } from 'chevrotain';

// GLib drops one CR before a line feed, ends a line's text at a NUL, and takes these five for blanks (not the vertical tab).

/** A line of nothing but blanks. */
export const Blank = createToken({ name: 'Blank', pattern: /[ \t\f\r]+(?=\n|$)/, group: Lexer.SKIPPED });
export const NewLine = createToken({ name: 'NewLine', pattern: /\n+/, group: Lexer.SKIPPED, line_breaks: true });
export const CommentLine = createToken({ name: 'CommentLine', pattern: /[ \t\f\r]*[#\0][^\n]*/ });
/** `[name]`, and behind it blanks only. */
export const GroupLine = createToken({
  name: 'GroupLine',
  pattern: /[ \t\f\r]*\[[^\]\n\0]*\][ \t]*(?=\r?\n|\0|$)[^\n]*/,
});
/** Anything before the first `=`. */
export const KeyLine = createToken({ name: 'KeyLine', pattern: /[ \t\f\r]*[^= \t\f\r\n\0][^=\n\0]*=[^\n]*/ });
/** Neither of them: the file is refused. */
export const StrayLine = createToken({ name: 'StrayLine', pattern: /[^\n]+/ });

/** First match wins, in this order, which is the order in which GLib asks. */
export const tokens = [NewLine, Blank, CommentLine, GroupLine, KeyLine, StrayLine];

export const lexer = new Lexer(tokens, { positionTracking: 'onlyOffset', skipValidations: true });
