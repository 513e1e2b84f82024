/** Quotes, dashes, arrows and blanks that a word processor or a web page has put in the place of ASCII ones. */
import { endOf, fix, isLink, type Slip } from './slips.ts';
import type { LaunchToken } from './tokens.ts';
import { splitAssignment } from './values.ts';

/** The slips that are characters outside ASCII between tokens, or typographic quotes around a value. */
export function typographicSlips(text: string, tokens: readonly LaunchToken[]): Slip[] {
  const slips: Slip[] = [];
  for (let i = 0; i < tokens.length; i++) {
    const token = tokens[i]!;
    if (token.kind === 'ASSIGNMENT') {
      const slip = quotedValue(text, tokens, i);
      if (slip) {
        slips.push(slip);
        i = slip.last;
      }
    } else if (token.kind === 'OTHER' && token.image.charCodeAt(0) > 127) {
      let last = i;
      while (tokens[last + 1]?.image === token.image && tokens[last + 1]!.startOffset === endOf(tokens[last]!)) last++;
      slips.push(foreign(text, tokens, i, last));
      i = last;
    }
  }
  return slips;
}

/** What an ASCII keyboard has in place of a character; a blank for what cannot be seen. */
export function plain(character: string): string | undefined {
  if (/[\u201c-\u201f\u2033\u00ab\u00bb\uff02]/.test(character)) return '"';
  if (/[\u2018-\u201b\u2032\u00b4\uff07]/.test(character)) return "'";
  if (/[\u2010-\u2015\u2212\uff0d]/.test(character)) return '-';
  if (/[\u2192\u21d2\u27a1\u279c\u2794\uff01\u01c3]/.test(character)) return '!';
  if (/[\u00a0\u1680\u2000-\u200d\u2028\u2029\u202f\u205f\u2060\u3000\ufeff\u0085]/.test(character)) return ' ';
  if (character === '\uff0c') return ',';
  if (character === '\uff08') return '(';
  if (character === '\uff09') return ')';
  return undefined;
}

/** `location=“a b”`: the value ends at the blank, and what follows is taken for elements. */
function quotedValue(text: string, tokens: readonly LaunchToken[], i: number): Slip | undefined {
  const token = tokens[i]!;
  const start = token.startOffset + splitAssignment(token.image).valueStart;
  const opening = text[start] ?? '';
  const mark = opening > '\u007f' ? plain(opening) : undefined;
  if (mark !== '"' && mark !== "'") return undefined;
  // The closing one is looked for up to the next link: a value with a link in it would be a rare thing.
  let last = i;
  let end = -1;
  for (; last < tokens.length && !isLink(tokens[last]); last++) {
    const from = Math.max(start + 1, tokens[last]!.startOffset);
    const within = text.slice(from, endOf(tokens[last]!));
    const found = [...within].findIndex((c) => c > '\u007f' && plain(c) === mark);
    if (found >= 0) {
      end = from + found;
      break;
    }
  }
  if (end < 0) {
    last = i;
    return undefined;
  }
  return {
    rule: 'syntax-typography',
    first: i,
    last,
    otherwise: 'hint',
    span: { start, end: end + 1 },
    message: `Typographic quotes are no quotes to GStreamer: they become part of the value, which ends at the first blank.`,
    fixes: [
      fix(
        'Use plain quotes',
        true,
        { span: { start, end: start + 1 }, text: '"' },
        { span: { start: end, end: end + 1 }, text: '"' },
      ),
    ],
  };
}

function foreign(text: string, tokens: readonly LaunchToken[], first: number, last: number): Slip {
  const span = { start: tokens[first]!.startOffset, end: endOf(tokens[last]!) };
  const character = tokens[first]!.image;
  const ascii = plain(character);
  const shown = ascii === ' ' ? 'A blank that is not an ASCII one' : `The character "${character}"`;
  const between = /\s/.test(text[span.start - 1] ?? ' ') && /\s/.test(text[span.end] ?? ' ');
  const meant = ascii === '-' && between && first > 0 ? '!' : ascii;
  return {
    rule: 'syntax-typography',
    first,
    last,
    otherwise: 'hint',
    span,
    message: `${shown} (U+${character.codePointAt(0)!.toString(16).toUpperCase().padStart(4, '0')}) stands between the words of the pipeline. GStreamer refuses it on ARM, so on every Jetson; on x86_64 it silently ignores everything behind it.`,
    fixes:
      meant === undefined
        ? []
        : [fix(meant === ' ' ? 'Use a plain blank' : `Use "${meant}"`, meant === ' ', { span, text: meant })],
  };
}
