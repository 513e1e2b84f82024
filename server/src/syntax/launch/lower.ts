/**
 * From the concrete syntax to the tree: chains, links and pads as `grammar.y` puts them together, and the places that
 * it refuses, bare (`slips.ts` finds the words for them).
 */
import type { Span } from '../../text/span.ts';
import type { ChainCst, ElementCst, ItemCst, LevelCst, PadsCst, ReferenceCst } from './grammar.ts';
import type { Level } from './levels.ts';
import { isGlibSpace } from './lex.ts';
import { atLeast, type LaunchOptions, type LaunchToken } from './tokens.ts';
import type {
  BinNode,
  CapsNode,
  Chain,
  ElementNode,
  HoleNode,
  Item,
  LinkNode,
  PresetNode,
  PropertyNode,
  ReferenceNode,
  UriNode,
  Word,
} from './tree.ts';
import { splitAssignment, unescapeValue, unwrapCaps } from './values.ts';

/** A place that GStreamer's grammar refuses. `first` and `last` are token indices, both included. */
export interface Refusal {
  readonly kind:
    | 'stray'
    | 'leading-link'
    | 'trailing-link'
    | 'doubled-link'
    | 'link-behind-end'
    | 'loose-reference'
    | 'loose-pads'
    | 'bare-pads'
    | 'pads-before-name'
    | 'unclosed'
    | 'nesting';
  readonly first: number;
  readonly last: number;
}

/** Bins nested deeper than this are kept as holes, so that whoever walks the tree may recur. */
const DEEPEST = 200;
/** Entries that GStreamer's parser has room for on its stack (bison's YYMAXDEPTH, the last one is never used). */
const STACK = 9999;

/** Lowers the levels of one text. Inner levels have to be lowered before the levels around them. */
export class Lowering {
  readonly refusals: Refusal[] = [];
  readonly #options: LaunchOptions;
  readonly #lastIndex: number;
  readonly #chains = new Map<Level, readonly Chain[]>();
  /** Entries on GStreamer's stack that a level needs from its parenthesis on. */
  readonly #stack = new Map<Level, number>();

  constructor(options: LaunchOptions, tokenCount: number) {
    this.#options = options;
    this.#lastIndex = tokenCount - 1;
  }

  level(level: Level, cst: LevelCst): readonly Chain[] {
    const strays = [...(cst.children.Stray ?? [])];
    const chains: Chain[] = [];
    let stack = 1;
    for (const chain of cst.children.chain ?? []) {
      const lowered = this.#chain(chain, strays);
      chains.push(lowered.chain);
      stack = Math.max(stack, 1 + lowered.stack);
    }
    this.#reportStrays(strays);
    if (level.open && !level.close) this.#refuse('unclosed', level.open.index, level.open.index);
    this.#chains.set(level, chains);
    this.#stack.set(level, stack);
    if (!level.open && 1 + stack > STACK) this.#refuse('nesting', 0, this.#lastIndex);
    return chains;
  }

  #refuse(kind: Refusal['kind'], first: number, last: number): void {
    this.refusals.push({ kind, first, last });
  }

  /** Strays that stand side by side are one refusal. */
  #reportStrays(strays: LaunchToken[]): void {
    strays.sort((a, b) => a.index - b.index);
    for (let i = 0; i < strays.length; ) {
      let next = i + 1;
      while (next < strays.length && strays[next]!.index === strays[next - 1]!.index + 1) next++;
      this.#refuse('stray', strays[i]!.index, strays[next - 1]!.index);
      i = next;
    }
  }

  #chain(cst: ChainCst, strays: LaunchToken[]): { readonly chain: Chain; readonly stack: number } {
    // One by one: as arguments of a call, very many would not fit on the stack.
    for (const stray of cst.children.Stray ?? []) strays.push(stray);
    const items: Item[] = [];
    const links: LinkNode[] = [];
    const hops = cst.children.hop ?? [];
    let stack = 0;
    let first: Lowered | undefined;
    // The item that the next link starts from, and whether a link has led to it.
    let at: Lowered | undefined;
    let reached = false;

    const add = (item: Lowered): number => {
      items.push(item.node);
      at = item;
      return items.length - 1;
    };

    const head = cst.children.item?.[0];
    if (head) {
      first = this.#item(head);
      add(first);
      stack = first.stack;
      if (first.node.kind === 'reference') {
        if (first.node.element === undefined) this.#refuse('bare-pads', first.first, first.last);
        else if (hops.length === 0) this.#refuse('loose-reference', first.first, first.last);
      }
    }

    hops.forEach((hop, i) => {
      const token = hop.children.Link[0]!;
      for (const stray of hop.children.Stray ?? []) strays.push(stray);
      const from = at;
      const before = from ? items.length - 1 : undefined;
      if (!from && i === 0) this.#refuse('leading-link', token.index, token.index);
      // Behind a reference or a URI that a link leads to, the chain is over.
      if (from && reached && (from.node.kind === 'reference' || from.node.kind === 'uri')) {
        this.#refuse('link-behind-end', token.index, token.index);
      }
      const padsCst = hop.children.pads?.[0];
      const itemCst = hop.children.item?.[0];
      const pads = padsCst ? lowerPads(padsCst) : undefined;
      let after: number | undefined;
      let toPads: readonly Word[] = [];
      if (pads) stack = Math.max(stack, 2 + pads.stack);
      if (itemCst) {
        const item = this.#item(itemCst);
        after = add(item);
        reached = true;
        toPads = [...(pads?.pads ?? []), ...(item.node.kind === 'reference' ? item.node.pads : [])];
        stack = Math.max(stack, (item.node.kind === 'reference' || item.node.kind === 'uri' ? 2 : 3) + item.stack);
        if (item.node.kind === 'reference' && item.node.element === undefined) {
          this.#refuse('bare-pads', item.first, item.last);
        } else if (pads && (item.node.kind === 'reference' || item.node.kind === 'uri')) {
          this.#refuse('pads-before-name', pads.first, pads.last);
        }
      } else if (pads) {
        this.#refuse('bare-pads', pads.first, pads.last);
        after = add({ ...pads, node: bareReference(pads) });
        reached = true;
        toPads = pads.pads;
      } else if (!hop.children.Stray) {
        const next = hops[i + 1]?.children.Link[0];
        if (!next) this.#refuse('trailing-link', token.index, token.index);
        else if (from || i > 0) this.#refuse('doubled-link', next.index, next.index);
      }
      links.push({
        kind: 'link',
        span: spanOf(token),
        all: token.kind === 'LINK_ALL',
        filter: lowerFilter(token, this.#options),
        before,
        after,
        fromPads: from ? from.pads : [],
        toPads,
      });
    });

    if (at && at.padsFirst !== undefined && links.at(-1)?.before !== items.length - 1) {
      this.#refuse('loose-pads', at.padsFirst, at.last);
    }

    const start = first ? first.start : links[0]!.span.start;
    const end = Math.max(at?.end ?? 0, links.at(-1)?.span.end ?? 0);
    return { chain: { kind: 'chain', span: { start, end }, items, links }, stack };
  }

  #item(cst: ItemCst): Lowered {
    const { element, Bin, reference, Url, Hole, pads } = cst.children;
    if (reference) return lowerReference(reference[0]!);
    if (Url) return { ...leaf(Url[0]!, lowerUri(Url[0]!)), stack: 1 };
    if (Hole) return leaf(Hole[0]!, { kind: 'hole', span: spanOf(Hole[0]!) });
    const behind = pads ? lowerPads(pads[0]!) : undefined;
    if (!element && !Bin) return { ...behind!, node: bareReference(behind!) };
    const own = element ? lowerElement(element[0]!) : this.#bin(Bin![0]!);
    if (!behind) return own;
    return {
      ...own,
      last: behind.last,
      end: behind.end,
      pads: behind.pads,
      padsFirst: behind.first,
      stack: Math.max(own.stack, 1 + behind.stack),
    };
  }

  #bin(token: LaunchToken): Lowered {
    const level = token.level!;
    const open = level.open!;
    const span = spanOf(token);
    const factory = open.kind === 'BINREF' ? wordAt(open, 0, /^[^\s.]*/.exec(open.image)![0].length) : undefined;
    const inside = this.#chains.get(level)!;
    const node: BinNode = {
      kind: 'bin',
      span,
      factory,
      settings: level.settings.map(lowerProperty),
      chains: level.depth > DEEPEST ? sealed(inside) : inside,
      closed: level.close !== undefined,
    };
    return {
      node,
      first: open.index,
      last: level.close?.index ?? this.#lastIndex,
      start: span.start,
      end: span.end,
      pads: [],
      padsFirst: undefined,
      // The opener and one entry for each assignment still unread, or for all of them and what is inside.
      stack: Math.max(level.settings.length + 2, 2 + this.#stack.get(level)!, 4),
    };
  }
}

/** An item with what its chain has to know of it. */
interface Lowered {
  readonly node: Item;
  /** Token indices, both included. */
  readonly first: number;
  readonly last: number;
  readonly start: number;
  readonly end: number;
  /** The pads that a link from here starts at. */
  readonly pads: readonly Word[];
  /** The token at which pads behind an element or bin begin. */
  readonly padsFirst: number | undefined;
  /** Entries on GStreamer's stack while the item is read. */
  readonly stack: number;
}

type LoweredPads = Omit<Lowered, 'node'>;

function lowerElement(cst: ElementCst): Lowered {
  const name = cst.children.Identifier[0]!;
  const settings: (PropertyNode | PresetNode)[] = [];
  let last = name;
  for (const setting of cst.children.setting ?? []) {
    const { Assignment, Preset } = setting.children;
    last = (Assignment ?? Preset)![0]!;
    settings.push(Assignment ? lowerProperty(last) : lowerPreset(last));
  }
  const span = { start: name.startOffset, end: last.endOffset + 1 };
  const node: ElementNode = { kind: 'element', span, factory: wordOf(name), settings };
  return { ...leaf(name, node), last: last.index, end: span.end, stack: 2 };
}

function lowerReference(cst: ReferenceCst): Lowered {
  const token = cst.children.Ref[0]!;
  const more = cst.children.Identifier ?? [];
  const dot = token.image.indexOf('.');
  const pads = more.map(wordOf);
  if (dot + 1 < token.image.length) pads.unshift(wordAt(token, dot + 1, token.image.length));
  const last = more.at(-1) ?? token;
  const span = { start: token.startOffset, end: last.endOffset + 1 };
  const node: ReferenceNode = { kind: 'reference', span, element: wordAt(token, 0, dot), pads };
  return { ...leaf(token, node), last: last.index, end: span.end, pads, stack: 2 + 2 * more.length };
}

function lowerPads(cst: PadsCst): LoweredPads {
  const token = cst.children.PadRef[0]!;
  const more = cst.children.Identifier ?? [];
  const last = more.at(-1) ?? token;
  return {
    first: token.index,
    last: last.index,
    start: token.startOffset,
    end: last.endOffset + 1,
    pads: [wordAt(token, 1, token.image.length), ...more.map(wordOf)],
    padsFirst: undefined,
    stack: 2 + 2 * more.length,
  };
}

const bareReference = (pads: LoweredPads): ReferenceNode => ({
  kind: 'reference',
  span: { start: pads.start, end: pads.end },
  element: undefined,
  pads: pads.pads,
});

const leaf = (token: LaunchToken, node: Item): Lowered => ({
  node,
  first: token.index,
  last: token.index,
  start: token.startOffset,
  end: token.endOffset + 1,
  pads: [],
  padsFirst: undefined,
  stack: 2,
});

const lowerUri = (token: LaunchToken): UriNode => ({
  kind: 'uri',
  span: spanOf(token),
  uri: { text: unescapeValue(token.image), span: spanOf(token) },
});

function lowerProperty(token: LaunchToken): PropertyNode {
  const { nameEnd, valueStart, text, quote } = splitAssignment(token.image);
  const span = spanOf(token);
  return {
    kind: 'property',
    span,
    name: wordAt(token, 0, nameEnd),
    value: { span: { start: span.start + valueStart, end: span.end }, text, quote },
  };
}

/** Quotes of a preset's name are not undone, and blanks behind the `=` belong to it. */
function lowerPreset(token: LaunchToken): PresetNode {
  const span = spanOf(token);
  const from = token.image.indexOf('=') + 1;
  const text = unescapeValue(token.image.slice(from));
  return { kind: 'preset', span, value: { span: { start: span.start + from, end: span.end }, text, quote: undefined } };
}

/** The caps between a link's two operators. Blanks are trimmed, also a blank that has a backslash before it. */
function lowerFilter(token: LaunchToken, options: LaunchOptions): CapsNode | undefined {
  const image = token.image;
  if (image.length === 1) return undefined;
  let start = 1;
  while (isGlibSpace(image.charCodeAt(start))) start++;
  let end = image.length - 1;
  while (end > start && isGlibSpace(image.charCodeAt(end - 1))) end--;
  const span = { start: token.startOffset + start, end: token.startOffset + end };
  const written = image.slice(start, end);
  if (!atLeast(options, 24)) return { kind: 'caps', span, text: written };
  const text = unwrapCaps(written);
  return text === undefined ? { kind: 'caps', span, text: written, broken: true } : { kind: 'caps', span, text };
}

/** A hole in place of all that is inside a bin. */
function sealed(inside: readonly Chain[]): readonly Chain[] {
  const first = inside[0];
  if (!first) return [];
  const span = { start: first.span.start, end: inside.at(-1)!.span.end };
  const hole: HoleNode = { kind: 'hole', span };
  return [{ kind: 'chain', span, items: [hole], links: [] }];
}

const spanOf = (token: LaunchToken): Span => ({ start: token.startOffset, end: token.endOffset + 1 });
const wordOf = (token: LaunchToken): Word => ({ text: token.image, span: spanOf(token) });
const wordAt = (token: LaunchToken, from: number, to: number): Word => ({
  text: token.image.slice(from, to),
  span: { start: token.startOffset + from, end: token.startOffset + to },
});
