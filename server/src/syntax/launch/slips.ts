/**
 * Known slips, found in the tokens: what people write when they mean something else. A slip takes up the refusals of
 * the grammar that it is the reason for; some slips are not refused by the grammar at all, but by what comes after it.
 */
import type { Edit } from '../../text/edit.ts';
import { capsSlips } from './caps-slips.ts';
import type { LaunchToken } from './tokens.ts';
import type { SyntaxProblem } from './tree.ts';
import { typographicSlips } from './typography.ts';
import { splitAssignment, writeValue } from './values.ts';

/** A slip over a stretch of tokens, `first` to `last` both included. */
export interface Slip extends Omit<SyntaxProblem, 'hint' | 'later'> {
  readonly first: number;
  readonly last: number;
  /** What it is where the grammar refuses nothing here; `nothing`: then it is no slip. */
  readonly otherwise: 'later' | 'hint' | 'nothing';
  /** Index of a `)` that is part of the slip, and closes nothing if people mean what they think they write. */
  readonly closes?: number;
}

export type SlipFix = SyntaxProblem['fixes'][number];

/** All slips of the text in the order of their beginning. */
export function findSlips(text: string, tokens: readonly LaunchToken[]): Slip[] {
  const slips = [
    ...programSlips(text, tokens),
    ...capsSlips(text, tokens),
    ...typographicSlips(text, tokens),
    ...uriSlips(text, tokens),
    ...quoteSlips(text, tokens),
    ...gluedSlips(tokens),
  ].sort((a, b) => a.first - b.first || b.last - a.last);
  let end = -1;
  return slips.filter((slip) => {
    if (slip.first <= end) return false;
    end = slip.last;
    return true;
  });
}

export const endOf = (token: LaunchToken): number => token.endOffset + 1;
export const isGlued = (left: LaunchToken | undefined, right: LaunchToken | undefined): boolean =>
  left !== undefined && right !== undefined && endOf(left) === right.startOffset;
export const isLink = (token: LaunchToken | undefined): boolean => token?.kind === 'LINK' || token?.kind === 'LINK_ALL';

export const fix = (title: string, safe: boolean, ...edits: Edit[]): SlipFix => ({ title, edits, safe });
export const insert = (at: number, text: string): Edit => ({ span: { start: at, end: at }, text });

/** Takes a stretch out, with the blanks behind it, or before it at the end of the text. */
export function remove(text: string, start: number, end: number): Edit {
  let to = end;
  while (to < text.length && /\s/.test(text[to]!)) to++;
  let from = start;
  if (to === text.length) {
    to = end;
    while (from > 0 && /\s/.test(text[from - 1]!)) from--;
  }
  return { span: { start: from, end: to }, text: '' };
}

/** `gst-launch-1.0` and its options in a text that is given to the parser as it is. */
function programSlips(text: string, tokens: readonly LaunchToken[]): Slip[] {
  const slips: Slip[] = [];
  for (let i = 0; i < tokens.length; i++) {
    const token = tokens[i]!;
    const program = token.kind === 'REF' && /^gst-launch(-\d+)?\.\d+$/.test(token.image) && !isLink(tokens[i + 1]);
    let last = program ? i : i - 1;
    for (let end = optionEnd(text, tokens, last + 1); end >= 0; end = optionEnd(text, tokens, last + 1)) last = end;
    if (last < i) continue;
    const span = { start: token.startOffset, end: endOf(tokens[last]!) };
    const written = text.slice(span.start, span.end);
    slips.push({
      rule: 'syntax-option',
      first: i,
      last,
      otherwise: 'nothing',
      span,
      message: program
        ? `"${written}" belongs to the command line. The parser is given the pipeline only, and takes this for a reference to an element named "${token.image.slice(0, token.image.indexOf('.'))}".`
        : `"${written}" is an option of the gst-launch program; the parser is given the pipeline only and has no options.`,
      fixes: [fix(`Remove "${written}"`, true, remove(text, span.start, span.end))],
    });
    i = last;
  }
  return slips;
}

/** The last token of a `-x` or `--option` that begins at the index; -1 where none does. */
function optionEnd(text: string, tokens: readonly LaunchToken[], index: number): number {
  const start = tokens[index];
  if (!start || !isDash(start) || (start.startOffset > 0 && !/\s/.test(text[start.startOffset - 1]!))) return -1;
  const second = tokens[index + 1];
  const at = second && isDash(second) && isGlued(start, second) ? index + 2 : index + 1;
  const word = tokens[at];
  if (!isGlued(tokens[at - 1], word) || (word!.kind !== 'IDENTIFIER' && word!.kind !== 'ASSIGNMENT')) return -1;
  return /^[A-Za-z]/.test(word!.image) ? at : -1;
}

const isDash = (token: LaunchToken): boolean => token.kind === 'OTHER' && /^[-\u2010-\u2015\u2212]$/.test(token.image);

/** A path or URI behind an element, where `location=` or `uri=` was meant, or a path with a blank in it. */
function uriSlips(text: string, tokens: readonly LaunchToken[]): Slip[] {
  const slips: Slip[] = [];
  tokens.forEach((token, i) => {
    const file = token.kind === 'REF' && !isLink(tokens[i + 1]) && fileName.test(token.image);
    if (token.kind !== 'URL' && !file) return;
    // `videos/a.mp4` is cut into a name and a path.
    const first = tokens[i - 1]?.kind === 'IDENTIFIER' && isGlued(tokens[i - 1], token) ? i - 1 : i;
    const span = { start: tokens[first]!.startOffset, end: endOf(token) };
    const base = { first, last: i, span } as const;
    if (token.image.startsWith('//')) {
      const message = 'GStreamer knows no comments: this is taken for a URI that no element handles.';
      slips.push({ ...base, rule: 'syntax', otherwise: 'later', message, fixes: [] });
      return;
    }
    const blank = blankInPath(text, tokens, first);
    if (blank) {
      slips.push(blank);
      return;
    }
    let at = first - 1;
    while (tokens[at]?.kind === 'ASSIGNMENT' || tokens[at]?.kind === 'PRESET') at--;
    const element = tokens[at];
    if (element?.kind !== 'IDENTIFIER' || !takesFile.test(element.image)) return;
    const scheme = /^[a-zA-Z][\w+.-]*:\/\//.test(token.image);
    const property = /uri|playbin|decodebin/.test(element.image) ? 'uri' : 'location';
    const meant = `Write ${property}=… to set the property.`;
    slips.push({
      ...base,
      rule: 'syntax-bare-uri',
      otherwise: scheme ? 'hint' : 'later',
      message: scheme
        ? `This URI is not given to ${element.image}: GStreamer makes a second element for it. ${meant}`
        : `This is not given to ${element.image}: standing alone, ${file ? 'it is taken for a reference to an element' : 'a path is taken for a URI that no element handles'}. ${meant}`,
      fixes: [fix(`Write ${property}= before it`, false, insert(span.start, `${property}=`))],
    });
  });
  return slips;
}

const fileName = /\.(mp4|mkv|mov|avi|h26[45]|264|265|ts|jpe?g|png|wav|mp3|ogg|webm|flv|yuv|raw)$/;
/** Elements that are given a file or an address. */
const takesFile = /file|uri|url|rtsp|http|rtmp|srt|hls|gio|playbin|decodebin/;

/** `location=/a b/c.mp4`: the value ends at the blank. All words up to the next link or property are taken for its rest. */
function blankInPath(text: string, tokens: readonly LaunchToken[], first: number): Slip | undefined {
  const before = tokens[first - 1];
  if (before?.kind !== 'ASSIGNMENT' || !/^(location|uri)\s*=\s*[^\s"']/.test(before.image)) return undefined;
  if (/^[a-zA-Z][\w+.-]*:\/\//.test(tokens[first]!.image)) return undefined;
  let last = first;
  while (/^(IDENTIFIER|URL|REF)$/.test(tokens[last + 1]?.kind ?? '')) last++;
  const start = before.startOffset + splitAssignment(before.image).valueStart;
  const span = { start, end: endOf(tokens[last]!) };
  return {
    rule: 'syntax-quote',
    first: first - 1,
    last,
    otherwise: 'later',
    span,
    message: 'The value ends at the first blank; a value with a blank in it has to be quoted.',
    fixes: [fix('Quote the value', false, { span, text: writeValue(text.slice(start, span.end)) })],
  };
}

/** Quotes that stand alone, or around what must not be quoted. */
function quoteSlips(text: string, tokens: readonly LaunchToken[]): Slip[] {
  const slips: Slip[] = [];
  for (let i = 0; i < tokens.length; i++) {
    const token = tokens[i]!;
    const mark = text[token.startOffset]!;
    if (token.kind === 'ASSIGNMENT') {
      const value = token.image.slice(splitAssignment(token.image).valueStart);
      const whole = value.length > 1 && value[0] === '"' && value.endsWith('"');
      if (whole || !/^["']/.test(value) || value.split(value[0]!).length % 2 === 1) continue;
      const end = endOf(token);
      slips.push({
        rule: 'syntax-quote',
        first: i,
        last: i,
        otherwise: 'hint',
        span: { start: end - value.length, end },
        message: `This quote is never closed, so it belongs to the value, and the value ends at the next blank.`,
        fixes: [fix('Close the quote behind this word', false, insert(end, value[0]!))],
      });
    } else if (token.kind === 'OTHER' && (mark === '"' || mark === "'")) {
      const end = text.indexOf(mark, token.startOffset + 1);
      let last = i;
      while (end >= 0 && last + 1 < tokens.length && tokens[last + 1]!.startOffset <= end) last++;
      const start = token.startOffset;
      slips.push({
        rule: 'syntax-quote',
        first: i,
        last,
        otherwise: 'nothing',
        span: { start, end: end < 0 ? start + 1 : end + 1 },
        message:
          end < 0
            ? 'This quote is never closed. Only values of properties may be quoted.'
            : 'Only the value of a property may be quoted, as in name="value". Elements, links and caps between links are written without quotes.',
        fixes: [
          end < 0
            ? fix('Remove the quote', false, { span: { start, end: start + 1 }, text: '' })
            : fix(
                'Remove the quotes',
                false,
                { span: { start, end: start + 1 }, text: '' },
                { span: { start: end, end: end + 1 }, text: '' },
              ),
        ],
      });
      i = last;
    }
  }
  return slips;
}

/** A link or a parenthesis that a value has swallowed, for want of a blank. */
function gluedSlips(tokens: readonly LaunchToken[]): Slip[] {
  const slips: Slip[] = [];
  tokens.forEach((token, i) => {
    if (token.kind !== 'ASSIGNMENT' || isLink(tokens[i + 1])) return;
    const { valueStart, nameEnd, quote } = splitAssignment(token.image);
    const value = token.image.slice(valueStart);
    if (quote !== undefined || !value.endsWith('!') || value.includes('"')) return;
    const end = endOf(token);
    const name = token.image.slice(0, nameEnd);
    slips.push({
      rule: 'syntax-glued-link',
      first: i,
      last: i,
      otherwise: 'hint',
      span: { start: end - value.length, end },
      message:
        value === '!'
          ? `"${name}=" takes the next word for its value, and that is the "!": nothing is linked here.`
          : `The "!" belongs to the value here, because no blank stands before it: nothing is linked.`,
      fixes: value === '!' ? [] : [fix('Put a blank before "!"', false, insert(end - 1, ' '))],
    });
  });
  return slips;
}
