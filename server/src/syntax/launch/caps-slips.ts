/**
 * Caps that are not where GStreamer looks for them. Caps are a filter only between two link operators; anywhere else
 * `video/x-raw` is an element `video` and a URI `/x-raw`.
 */
import { endOf, fix, insert, isGlued, isLink, remove, type Slip } from './slips.ts';
import type { LaunchToken } from './tokens.ts';

/** Slips with caps that are first, last, doubled, or have a link or a comma missing. */
export function capsSlips(text: string, tokens: readonly LaunchToken[]): Slip[] {
  const slips: Slip[] = [];
  for (let i = 0; i < tokens.length; i++) {
    const slip = isLink(tokens[i])
      ? (cutAtColon(text, tokens, i) ?? insideLink(tokens, i))
      : outsideLink(text, tokens, i);
    if (!slip) continue;
    slips.push(slip);
    i = slip.last;
  }
  return slips;
}

/** First parts of the media types that GStreamer knows; no element has such a name. */
const major = /^(video|audio|image|text|application|subpicture|subtitle|closedcaption|other|meta|multipart)$/;
const media = String.raw`[A-Za-z0-9-]+\/[\w+.-]+(?:\([^()]*\))?`;

function outsideLink(text: string, tokens: readonly LaunchToken[], i: number): Slip | undefined {
  const token = tokens[i]!;
  const rest = tokens[i + 1];
  if (token.kind !== 'IDENTIFIER' || !major.test(token.image)) return undefined;
  if (rest?.kind !== 'URL' || !rest.image.startsWith('/') || !isGlued(token, rest)) return undefined;
  return placed(text, tokens, i, fieldsEnd(tokens, i + 1), undefined);
}

/** `! video/x-raw(memory:NVMM)` without a link behind: the caps end at their colon, which is an operator too. */
function cutAtColon(text: string, tokens: readonly LaunchToken[], i: number): Slip | undefined {
  const token = tokens[i]!;
  if (!/^[!:]\s*[A-Za-z0-9-]+\/[\w+.-]+\([^()]*:$/.test(token.image)) return undefined;
  let last = i;
  while (last + 1 < tokens.length && isGlued(tokens[last], tokens[last + 1])) {
    last++;
    if (tokens[last]!.image.startsWith(')')) return placed(text, tokens, i, fieldsEnd(tokens, last), last);
  }
  return undefined;
}

/**
 * The slip of caps that begin in token `from` and end in `last`. Token `from` is the media type or, where `closes` tells
 * the `)` of the feature, the link whose caps were cut short.
 */
function placed(
  text: string,
  tokens: readonly LaunchToken[],
  from: number,
  last: number,
  closes: number | undefined,
): Slip | undefined {
  const cut = closes !== undefined;
  const start = cut
    ? tokens[from]!.startOffset + /[^!:\s]/.exec(tokens[from]!.image)!.index
    : tokens[from]!.startOffset;
  const end = endOf(tokens[last]!);
  const caps = text.slice(start, end);
  const before = cut ? undefined : tokens[from - 1];
  const linked = cut || isLink(before);
  const next = tokens[last + 1];
  const ends = next === undefined || next.image === ')';
  // An arrow in the place of a link is told as what it is.
  if (isForeign(next) || isForeign(before)) return undefined;
  const base = { first: from, last, otherwise: 'later', span: { start, end }, closes } as const;
  if (linked && isLink(next) && caps.includes(';')) {
    const trailing = /[\s;]+$/.exec(caps);
    return {
      ...base,
      rule: 'syntax',
      message: 'A ";" in a filter stands only between two caps, once; with this one GStreamer sees no filter here.',
      fixes: trailing
        ? [fix('Remove ";"', true, { span: { start: end - trailing[0].length, end }, text: '' })]
        : [fix('Keep one ";"', true, { span: { start, end }, text: caps.replace(/;[\s;]*;/g, ';') })],
    };
  }
  if (linked && !cut && before!.image.length > 1 && isLink(next)) {
    return {
      ...base,
      rule: 'syntax-caps-doubled',
      message: 'Two caps filters cannot follow each other: one pair of links holds one filter.',
      fixes: [
        fix('Make it a capsfilter', false, {
          span: { start, end },
          text: `capsfilter caps="${caps.replace(/[\\"]/g, '\\$&')}"`,
        }),
      ],
    };
  }
  if (linked && ends) {
    const link = cut ? tokens[from]!.startOffset : before!.startOffset;
    const whole = cut || before!.image.length === 1;
    return {
      ...base,
      rule: 'syntax-caps-last',
      message:
        'Caps are a filter only between two links. Behind the last link GStreamer looks for an element, and finds none of that name.',
      fixes: whole ? [fix('Remove the caps', false, remove(text, link, end))] : [],
    };
  }
  if (linked) {
    return {
      ...base,
      rule: 'syntax-missing-link',
      message: 'A "!" is missing behind these caps: caps are a filter only between two links.',
      fixes: isLink(next) ? [] : [fix('Put "!" behind the caps', false, insert(end, ' !'))],
    };
  }
  const starts = before === undefined || before.kind === 'BINREF' || before.image === '(';
  if (starts) {
    const alone = isLink(next) && next!.image.length === 1;
    return {
      ...base,
      rule: 'syntax-caps-first',
      message: 'Caps are a filter only between two links. Before the first link GStreamer looks for an element.',
      fixes: alone ? [fix('Remove the caps', false, remove(text, start, endOf(next!)))] : [],
    };
  }
  const edits = [insert(start, '! '), ...(isLink(next) || ends ? [] : [insert(end, ' !')])];
  return {
    ...base,
    rule: 'syntax-missing-link',
    message: 'A "!" is missing before these caps: caps are a filter only between two links.',
    fixes: [fix('Put "!" before the caps', false, ...edits)],
  };
}

const isForeign = (token: LaunchToken | undefined): boolean =>
  token?.kind === 'OTHER' && token.image.charCodeAt(0) > 127;

/** The last token of caps whose fields begin behind the index: assignments and what holds them together. */
function fieldsEnd(tokens: readonly LaunchToken[], index: number): number {
  let last = index;
  for (let i = index + 1; i < tokens.length; i++) {
    const { kind, image } = tokens[i]!;
    if (kind === 'ASSIGNMENT') last = i;
    else if (!(kind === 'OPERATOR' && (image === ',' || image === ';'))) break;
  }
  return last;
}

/** Caps in a link that have a comma missing behind the media type, or have swallowed the next element. */
function insideLink(tokens: readonly LaunchToken[], i: number): Slip | undefined {
  const token = tokens[i]!;
  const comma = missingComma.exec(token.image);
  if (comma) {
    const at = token.startOffset + comma[1]!.length;
    return {
      rule: 'syntax-caps-comma',
      first: i,
      last: i,
      otherwise: 'later',
      span: { start: token.startOffset + comma[1]!.length - comma[2]!.length, end: at },
      message: `A comma is missing behind "${comma[2]}": GStreamer cannot read these caps.`,
      fixes: [fix('Put a comma', true, insert(at, ','))],
    };
  }
  const link = swallowed.exec(token.image);
  if (!link) return undefined;
  const start = token.startOffset + link[1]!.length;
  return {
    rule: 'syntax-missing-link',
    first: i,
    last: i,
    otherwise: 'later',
    span: { start, end: start + link[2]!.length },
    message: `A "!" is missing before "${link[2]}": up to the next link all belongs to the caps, and GStreamer cannot read them.`,
    fixes: [fix('Put "!" before it', false, insert(start, '! '))],
  };
}

const missingComma = new RegExp(String.raw`^([!:]\s*(${media}))\s+[A-Za-z_][\w-]*\s*=`);
/** Caps of plain fields, then a word that is no field. */
const swallowed = new RegExp(
  String.raw`^([!:]\s*${media}(?:\s*,\s*[A-Za-z_][\w-]*=(?:\([a-z]+\))?[\w/.+-]+)*\s+)([A-Za-z][\w-]*)(?:\s+[A-Za-z][\w:-]*=[\w/.+-]+)*\s*[!:]$`,
);
