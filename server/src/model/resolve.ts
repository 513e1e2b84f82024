/**
 * Makes of a tree the pipeline that GStreamer's own parser would make of it: which elements, in which order, under which
 * names, in which bins, and which links are tried. Follows `gst/parse/grammar.y` and `gst_object_set_name_default`.
 * What flows through the links is not asked here; that is `negotiate.ts`.
 */
import type { ElementSpec } from '../catalog/element.ts';
import type {
  BinNode,
  Chain,
  ElementNode,
  Item,
  LaunchTree,
  LinkNode,
  ReferenceNode,
  UriNode,
  Word,
} from '../syntax/launch/tree.ts';
import { HOLE } from '../text/excerpt.ts';
import { choosePads, type PlannedLink } from './pads.ts';
import type { Bin, Element, Pipeline } from './pipeline.ts';
import { readSettings } from './settings.ts';
import { atLeast, type Target } from './target.ts';
import { elementForUri, protocolOf } from './uris.ts';

/**
 * The pipeline of a tree, as the target's GStreamer would build it.
 * `fragment` is for text that a program joins with more: names may then be defined elsewhere.
 */
export function resolve(tree: LaunchTree, target: Target, fragment = false): Pipeline {
  const builder = new Builder(target, fragment);
  const { members } = builder.chains(tree.chains, undefined);
  return builder.finish(members);
}

type Draft<T> = { -readonly [K in keyof T]: T[K] };

/** One end of a link while names are not known yet. */
type End = { readonly element: Draft<Element> } | { readonly reference: ReferenceNode } | undefined;

interface PendingLink {
  readonly from: End;
  readonly to: End;
  readonly node: LinkNode;
}

/** A list of chains read: what the outside links to, and the elements that stand directly in it. */
interface Level {
  readonly first: Draft<Element> | undefined;
  readonly last: Draft<Element> | undefined;
  readonly members: Draft<Element>[];
}

class Builder {
  readonly #target: Target;
  /** Since 1.22 an element is made together with its properties, so that a given name takes no number. */
  readonly #madeWithProperties: boolean;
  readonly #made: Draft<Element>[] = [];
  readonly #bins: Draft<Bin>[] = [];
  readonly #children = new Map<Draft<Element>, Draft<Element>[]>();
  readonly #pending: PendingLink[] = [];
  readonly #counts = new Map<string, number>();
  #open: boolean;

  constructor(target: Target, fragment: boolean) {
    this.#target = target;
    this.#madeWithProperties = atLeast(target.gstreamer, '1.22');
    this.#open = fragment;
  }

  chains(chains: readonly Chain[], bin: Draft<Bin> | undefined): Level {
    const members: Draft<Element>[] = [];
    let first: Draft<Element> | undefined;
    let last: Draft<Element> | undefined;
    chains.forEach((chain, place) => {
      const ends: Level[] = [];
      let link = 0;
      chain.items.forEach((item, index) => {
        const level = this.#item(item, index, bin);
        ends.push(level);
        for (const member of level.members) members.push(member);
        // A link is set up when the item behind it has been read, and so after the links inside that item.
        for (let node = chain.links[link]; node && (node.after ?? 0) <= index; node = chain.links[++link]) {
          this.#link(node, chain.items, ends);
        }
      });
      if (place === 0) first = ends[0]?.first;
      last = chain.items.length > 1 && chain.items.at(-1)?.kind === 'uri' ? undefined : ends.at(-1)?.last;
    });
    return { first, last, members };
  }

  #item(item: Item, index: number, bin: Draft<Bin> | undefined): Level {
    switch (item.kind) {
      case 'element':
        return alone(this.#element(item, bin));
      case 'uri': {
        const element = this.#uri(item, index === 0 ? 'src' : 'sink', bin);
        // What stands in front of a chain can be linked to by its end only.
        return { first: undefined, last: element, members: [element] };
      }
      case 'bin':
        return this.#bin(item, bin);
      case 'hole':
        this.#open = true;
        return { first: undefined, last: undefined, members: [] };
      case 'reference':
        if (item.element?.text.includes(HOLE)) this.#open = true;
        return { first: undefined, last: undefined, members: [] };
    }
  }

  #link(node: LinkNode, items: readonly Item[], ends: readonly Level[]): void {
    if (node.before === undefined || node.after === undefined) return;
    const before = items[node.before];
    const after = items[node.after];
    const last = ends[node.before]?.last;
    const first = ends[node.after]?.first ?? (after?.kind === 'uri' ? ends[node.after]?.last : undefined);
    this.#pending.push({
      node,
      from: before?.kind === 'reference' ? { reference: before } : last && { element: last },
      to: after?.kind === 'reference' ? { reference: after } : first && { element: first },
    });
  }

  #element(node: ElementNode, bin: Draft<Bin> | undefined): Draft<Element> {
    const factory = node.factory.text;
    const spec = this.#spec(node.factory);
    const settings = readSettings(node.settings, spec, this.#target.platform);
    const given = names(node);
    const name = this.#madeWithProperties ? given[0] : given.at(-1);
    const counted = name === undefined || !this.#madeWithProperties ? this.#count(factory, spec) : '';
    return this.#make({
      node,
      factory,
      spec,
      span: node.factory.span,
      bin,
      settings,
      name: name ?? counted,
      named: name !== undefined,
    });
  }

  #uri(node: UriNode, direction: 'src' | 'sink', bin: Draft<Bin> | undefined): Draft<Element> {
    const spec = node.uri.text.includes(HOLE)
      ? undefined
      : elementForUri(this.#target.catalog, node.uri.text, direction);
    const factory = spec?.name ?? protocolOf(node.uri.text);
    return this.#make({
      node,
      factory,
      spec,
      span: node.span,
      bin,
      settings: [],
      name: this.#count(factory, spec),
      named: false,
    });
  }

  #bin(node: BinNode, outer: Draft<Bin> | undefined): Level {
    const factory = node.factory?.text ?? 'bin';
    const spec = node.factory ? this.#spec(node.factory) : this.#target.catalog.element('bin');
    const isBin = factory === 'bin' || factory === 'pipeline' || (spec?.ancestry.includes('GstBin') ?? false);
    const unpacked = !isBin && spec === undefined;
    const bin: Draft<Bin> = { node, element: undefined, parent: outer };
    if (!unpacked) this.#bins.push(bin);
    const inside = this.chains(node.chains, unpacked ? outer : bin);
    if (unpacked) return inside;

    const settings = readSettings(node.settings, spec, this.#target.platform);
    // A bin is made first and told its properties afterwards, in every version.
    const counted = this.#count(factory, spec);
    const name = names(node).at(-1);
    const span = node.factory?.span ?? { start: node.span.start, end: node.span.start + 1 };
    const element = this.#make({
      node,
      factory,
      spec,
      span,
      bin: outer,
      settings,
      name: name ?? counted,
      named: name !== undefined,
    });
    bin.element = element;
    // An element that is no bin takes no children: they are made, linked, and forgotten.
    this.#children.set(element, isBin ? inside.members : []);
    return { first: inside.first, last: inside.last, members: [element] };
  }

  #make(element: Omit<Draft<Element>, 'index'>): Draft<Element> {
    if (element.name.includes(HOLE)) this.#open = true;
    const made = { ...element, index: this.#made.length };
    this.#made.push(made);
    return made;
  }

  #spec(factory: Word): ElementSpec | undefined {
    if (!factory.text.includes(HOLE)) return this.#target.catalog.element(factory.text);
    this.#open = true;
    return undefined;
  }

  /** The next automatic name: the type without `Gst`, in lower case, and its number; `-` keeps two digits apart. */
  #count(factory: string, spec: ElementSpec | undefined): string {
    // Without a table the type's name is guessed; a type's name has letters, digits and _ only.
    const stem = (spec?.typeName ?? factory.replace(/[^A-Za-z0-9_]/g, '_')).replace(/^Gst/, '').toLowerCase();
    const count = this.#counts.get(stem) ?? 0;
    this.#counts.set(stem, count + 1);
    return /[0-9]$/.test(stem) ? `${stem}-${count}` : `${stem}${count}`;
  }

  finish(members: readonly Draft<Element>[]): Pipeline {
    const { kept, byName } = this.#assemble(members);
    const elements = this.#made.filter((element) => kept.has(element));
    const dropped = this.#made.filter((element) => !kept.has(element));
    [...elements, ...dropped].forEach((element, index) => {
      element.index = index;
    });
    const loose: ReferenceNode[] = [];
    const planned: PlannedLink[] = [];
    const find = (end: End): Element | undefined => {
      if (!end) return undefined;
      if ('element' in end) return end.element;
      const name = end.reference.element?.text;
      const found = name === undefined ? undefined : byName.get(name);
      if (!found && name !== undefined && !name.includes(HOLE)) loose.push(end.reference);
      return found;
    };
    for (const { from, to, node } of this.#pending) {
      const source = find(from);
      const sink = find(to);
      if (source && sink)
        planned.push({
          from: source,
          to: sink,
          node,
          fromPads: padsOf(node.fromPads, from),
          toPads: padsOf(node.toPads, to),
        });
    }
    return { elements, dropped, bins: this.#bins, byName, loose, links: choosePads(planned), open: this.#open };
  }

  /** Puts elements into their bins, where the second of a name is refused; and says what a name finds. */
  #assemble(members: readonly Draft<Element>[]): { kept: Set<Element>; byName: Map<string, Element> } {
    const kept = new Set<Element>();
    const byName = new Map<string, Element>();
    const single = members.length === 1 ? members[0] : undefined;
    if (single) {
      kept.add(single);
      if (!this.#children.has(single)) byName.set(single.name, single);
    }
    // A name is looked for from the newest child to the oldest, each followed by its own children.
    const stack = distinct(single ? (this.#children.get(single) ?? []) : members);
    for (let element = stack.pop(); element; element = stack.pop()) {
      kept.add(element);
      if (!byName.has(element.name) && !element.name.includes(HOLE)) byName.set(element.name, element);
      for (const child of distinct(this.#children.get(element) ?? [])) stack.push(child);
    }
    return { kept, byName };
  }
}

const alone = (element: Draft<Element>): Level => ({ first: element, last: element, members: [element] });

/** The names that the settings give, in order. `NULL` is no name. A name with a hole counts as written. */
const names = (node: ElementNode | BinNode): string[] =>
  node.settings.flatMap((setting) =>
    setting.kind === 'property' && setting.name.text === 'name' && setting.value.text !== 'NULL'
      ? [setting.value.text]
      : [],
  );

/** Pads stand beside the link, or with the reference on that side. */
const padsOf = (beside: readonly Word[], end: End): readonly Word[] =>
  beside.length > 0 || !end || !('reference' in end) ? beside : end.reference.pads;

/** The elements without those whose name an earlier one has. Names known only at run time are taken to differ. */
function distinct(elements: readonly Draft<Element>[]): Draft<Element>[] {
  const seen = new Set<string>();
  return elements.filter((element) => {
    if (element.name.includes(HOLE)) return true;
    if (seen.has(element.name)) return false;
    seen.add(element.name);
    return true;
  });
}
