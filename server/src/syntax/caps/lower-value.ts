/** Values of the CST → values of caps: types given and guessed, lists, ranges, nested caps (gstvalue.c of GStreamer 1.22). */
import type { CstNode, IToken } from 'chevrotain';
import type { Caps, Value } from '../../caps/caps.ts';
import { compareFractions } from '../../caps/compare.ts';
import { HOLE } from '../../text/excerpt.ts';
import { type Span, span } from '../../text/span.ts';
import { lowerStructures, nodesOf, parseCaps, problem, type Reading, spanOf, tokensOf, wordOf } from './lower.ts';
import type { CapsWord, ValueNode } from './tree.ts';
import { GUESSES, readValue, TYPES, unquote } from './values.ts';

/** A value and where it stands; no value where GStreamer refuses it, for which a problem was noted. */
export interface Lowered {
  readonly value: Value | undefined;
  readonly node: ValueNode;
}

/** `inherited` is the type written before the list or range that the value is in, as {@link TYPES} names it. */
export function lowerValue(
  cst: CstNode,
  inherited: string | undefined,
  text: string,
  reading: Reading,
): Lowered | undefined {
  const castWord = nodesOf(cst, 'cast').flatMap((cast) => tokensOf(cast, 'Word'))[0];
  const cast = castWord && wordOf(castWord);
  let type = inherited;
  if (cast && !cast.text.includes(HOLE)) {
    type = TYPES.get(cast.text);
    if (type === undefined) {
      reading.problems.push(problem('caps-type', cast.span, unknownType(cast.text)));
      type = UNKNOWN;
    }
  }
  const start = nodesOf(cst, 'cast').flatMap((c) => tokensOf(c, 'LParen'))[0]?.startOffset;
  const from = (at: Span): Span => span(start ?? at.start, at.end);

  const plain = tokensOf(cst, 'Word')[0] ?? tokensOf(cst, 'Quoted')[0];
  if (plain) {
    const at = spanOf(plain);
    const node: ValueNode = { kind: 'plain', span: from(at), type: cast, text: plainText(plain), items: [] };
    if (plain.image.includes(HOLE) || cast?.text.includes(HOLE)) return { value: undefined, node };
    return { value: type === UNKNOWN ? undefined : readPlain(plain.image, type, at, cast, reading), node };
  }
  const words = tokensOf(cst, 'PlainList')[0];
  if (words) return lowerWords(words, type, cast, from(spanOf(words)), reading);
  for (const kind of ['list', 'array'] as const) {
    const group = nodesOf(cst, kind)[0];
    if (!group) continue;
    const items = nodesOf(group, 'members')
      .flatMap((members) => nodesOf(members, 'value'))
      .map((value) => lowerValue(value, type, text, reading))
      .filter((item) => item !== undefined);
    const node: ValueNode = {
      kind,
      span: from(spanOfNode(group)),
      type: cast,
      text: '',
      items: items.map((i) => i.node),
    };
    const values = items.map((i) => i.value).filter((v) => v !== undefined);
    return { value: values.length === items.length ? { kind, values } : undefined, node };
  }
  const range = nodesOf(cst, 'range')[0];
  if (range) return lowerRange(range, type, cast, from, text, reading);
  const nested = nodesOf(cst, 'nested')[0];
  return nested && lowerNested(nested, type, cast, from, text, reading);
}

/** A list of plain words. Its value is shared by all lists that are written the same. */
function lowerWords(
  token: IToken,
  type: string | undefined,
  cast: CapsWord | undefined,
  at: Span,
  reading: Reading,
): Lowered {
  const items: ValueNode[] = [];
  const values: Value[] = [];
  const before = reading.problems.length;
  const key = `${type ?? ''} ${token.image}`;
  const known = lists.get(key);
  for (const match of token.image.matchAll(WORDS)) {
    const text = match[0];
    const start = token.startOffset + match.index;
    const where = span(start, start + text.length);
    items.push({ kind: 'plain', span: where, type: undefined, text, items: [] });
    if (known || type === UNKNOWN || text.includes(HOLE)) continue;
    const value = readPlain(text, type, where, undefined, reading);
    if (value) values.push(value);
  }
  const node: ValueNode = { kind: 'list', span: at, type: cast, text: '', items };
  if (known) return { value: known, node };
  if (values.length < items.length) return { value: undefined, node };
  const value: Value = { kind: 'list', values };
  if (reading.problems.length === before) {
    if (lists.size >= MOST_KEPT) lists.clear();
    lists.set(key, value);
  }
  return { value, node };
}

const WORDS = /[A-Za-z0-9_\-+/:.\uFFFC]+/g;
const MOST_KEPT = 4096;
const lists = new Map<string, Value>();

/** Stands for a type that does not exist, below which nothing more is said. */
const UNKNOWN = '?';

function unknownType(name: string): string {
  const meant = TYPES.get(name.toLowerCase()) ?? TYPES.get(`g${name.toLowerCase()}`);
  return `GStreamer has no type "${name}"${meant ? `; write (${meant})` : ''}.`;
}

function plainText(token: IToken): string {
  return token.image.startsWith('"') ? (unquote(token.image) ?? wordOf(token).text) : token.image;
}

function readPlain(
  image: string,
  type: string | undefined,
  at: Span,
  cast: CapsWord | undefined,
  reading: Reading,
): Value | undefined {
  const quoted = image.startsWith('"');
  if (type === undefined) {
    if (SURELY_STRING.test(image) && !/^(?:little_endian|min|max|t|yes|true|no|NULL|nan|inf\w*)$/i.test(image)) {
      return { kind: 'string', value: image };
    }
    for (const guess of GUESSES) {
      const value = readValue(guess, quoted && guess !== 'string' ? image.slice(1, -1) : image);
      if (value) return value;
    }
    reading.problems.push(problem('caps-value', at, `${image} has an escape that stands for no character.`));
    return undefined;
  }
  const value = type === 'structure' || type === 'GstCaps' ? readInner(image, type) : readValue(type, image);
  if (!value) reading.problems.push(problem('caps-value', at, notOfType(image, type, quoted)));
  else if (cast && value.kind === 'int' && /^\d{10}$/.test(image) && Number(image) !== value.value) {
    reading.problems.push(
      problem('caps-value', at, `${image} does not fit in an int; GStreamer takes it as ${value.value}.`, false),
    );
  }
  return value;
}

/** Begins with a letter that no number in any base begins with. */
const SURELY_STRING = /^[g-zG-Z]/;

function notOfType(image: string, type: string, quoted: boolean): string {
  const numeric = type !== 'string' && type !== 'structure' && type !== 'GstCaps';
  const hint = quoted && numeric && readValue(type, image.slice(1, -1)) ? ' Leave the quotes away.' : '';
  return `${image} cannot be read as ${type}; GStreamer refuses the caps.${hint}`;
}

/** Caps or a structure written as a string. */
function readInner(image: string, type: string): Value | undefined {
  const text = image.startsWith('"') ? unquote(image) : image;
  // The blank keeps a structure named ANY or EMPTY from being read as those caps.
  const parsed = text === undefined ? undefined : parseCaps(type === 'structure' ? ` ${text}` : text);
  return parsed && inner(parsed.caps, type);
}

function inner(caps: Caps | undefined, type: string): Value | undefined {
  if (caps === undefined) return undefined;
  if (type === 'GstCaps') return { kind: 'other', type, text: '', inner: caps };
  // A structure has no features, and what follows its `;` is left unread.
  const first = caps === 'any' ? undefined : caps[0];
  return first && { kind: 'other', type, text: '', inner: [{ ...first, features: [] }] };
}

function lowerNested(
  cst: CstNode,
  type: string | undefined,
  cast: CapsWord | undefined,
  from: (at: Span) => Span,
  text: string,
  reading: Reading,
): Lowered {
  const node: ValueNode = { kind: 'nested', span: from(spanOfNode(cst)), type: cast, text: '', items: [] };
  const content = nodesOf(cst, 'caps')[0];
  const before = reading.problems.length;
  const { structures, nodes } = content ? lowerStructures(content, text, reading) : { structures: [], nodes: [] };
  if (reading.problems.slice(before).some((p) => p.refused)) return { value: undefined, node };
  const opened = tokensOf(cst, 'LSquare')[0]?.startOffset ?? 0;
  const closed = tokensOf(cst, 'RSquare')[0]?.startOffset ?? text.length;
  if (matchingBracket(text, opened) !== closed) {
    reading.problems.push(
      problem(
        'caps-syntax',
        node.span,
        'A nested structure ends at the first "]" that has no "[", be it in quotes or not.',
      ),
    );
    return { value: undefined, node };
  }
  const featured = nodes[0]?.featuresSpan !== undefined;
  const wanted = type ?? (featured ? 'GstCaps' : 'structure');
  const value =
    wanted === 'structure' && featured ? undefined : TAKES_BRACKETS.has(wanted) ? inner(structures, wanted) : undefined;
  if (!value)
    reading.problems.push(problem('caps-value', node.span, `A structure in brackets cannot be read as ${wanted}.`));
  return { value, node };
}

/** Offset of the bracket that closes the one at `from`, as the library counts: everywhere, without regard to quotes. */
function matchingBracket(text: string, from: number): number {
  let open = 0;
  for (let i = from; i < text.length; i++) {
    if (text[i] === '[') open++;
    else if (text[i] === ']' && --open === 0) return i;
  }
  return text.length;
}

const TAKES_BRACKETS: ReadonlySet<string> = new Set(['structure', 'GstCaps']);

function lowerRange(
  cst: CstNode,
  type: string | undefined,
  cast: CapsWord | undefined,
  from: (at: Span) => Span,
  text: string,
  reading: Reading,
): Lowered {
  const items = nodesOf(cst, 'value')
    .map((value) => lowerValue(value, type, text, reading))
    .filter((item) => item !== undefined);
  const node: ValueNode = {
    kind: 'range',
    span: from(spanOfNode(cst)),
    type: cast,
    text: '',
    items: items.map((i) => i.node),
  };
  const values = items.map((i) => i.value).filter((v) => v !== undefined);
  if (values.length < items.length || values.length < 2) return { value: undefined, node };
  const value = makeRange(values);
  if (value === undefined) {
    reading.problems.push(
      problem(
        'caps-range',
        node.span,
        'A range needs two numbers of one type (int, double, fraction); only ranges of ints have a step.',
      ),
    );
  } else if (isEmptyRange(value)) {
    reading.problems.push(
      problem(
        'caps-range',
        node.span,
        `${text.slice(node.span.start, node.span.end)} is no range (its start must be below its end, and both multiples of the step); GStreamer makes ${cast ? `${cast.text} ` : ''}0 of it.`,
        false,
      ),
    );
  }
  return { value, node };
}

function makeRange(values: readonly Value[]): Value | undefined {
  const [low, high, step] = values;
  if (low?.kind === 'int' && high?.kind === 'int' && (step === undefined || step.kind === 'int')) {
    const by = step?.value ?? 1;
    const right = low.value < high.value && by > 0 && low.value % by === 0 && high.value % by === 0;
    return right
      ? { kind: 'intRange', min: low.value, max: high.value, step: by }
      : { kind: 'intRange', min: 0, max: 0, step: 1 };
  }
  if (low?.kind === 'int64' && high?.kind === 'int64' && (step === undefined || step.kind === 'int64')) {
    const by = step?.value ?? 1n;
    const right = low.value < high.value && by > 0n && low.value % by === 0n && high.value % by === 0n;
    return right
      ? { kind: 'int64Range', min: low.value, max: high.value, step: by }
      : { kind: 'int64Range', min: 0n, max: 0n, step: 1n };
  }
  if (step !== undefined) return undefined;
  if (low?.kind === 'double' && high?.kind === 'double') {
    const right = low.value < high.value;
    return { kind: 'doubleRange', min: right ? low.value : 0, max: right ? high.value : 0 };
  }
  if (low?.kind === 'fraction' && high?.kind === 'fraction') {
    const min = [low.num, low.den] as const;
    const max = [high.num, high.den] as const;
    const right = compareFractions(min, max) < 0;
    return { kind: 'fractionRange', min: right ? min : [0, 1], max: right ? max : [0, 1] };
  }
  return undefined;
}

const isEmptyRange = (v: Value): boolean =>
  v.kind === 'fractionRange' ? v.min[0] === v.max[0] && v.min[1] === v.max[1] : 'min' in v && v.min === v.max;

function spanOfNode(cst: CstNode): Span {
  const tokens = Object.values(cst.children)
    .flat()
    .filter((child): child is IToken => 'image' in child && child.isInsertedInRecovery !== true);
  let start = cst.location?.startOffset ?? 0;
  let end = cst.location?.endOffset === undefined ? start : cst.location.endOffset + 1;
  for (const token of tokens) {
    start = Math.min(start, token.startOffset);
    end = Math.max(end, token.startOffset + token.image.length);
  }
  return span(start, Math.max(start, end));
}
