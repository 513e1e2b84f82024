/**
 * What a pipeline is, whatever text it came from. gst-launch text becomes one in `resolve.ts`,
 * a deepstream-app configuration in `deepstream-app.ts`.
 */
import type { Caps, Memory } from '../caps/caps.ts';
import type { ElementSpec, PadTemplate, PropertySpec } from '../catalog/element.ts';
import type { BinNode, ElementNode, LinkNode, ReferenceNode, UriNode } from '../syntax/launch/tree.ts';
import type { Span } from '../text/span.ts';

export interface Pipeline {
  /** In the order in which GStreamer makes them. Dropped ones (a duplicate name) are not here but in `dropped`. */
  readonly elements: readonly Element[];
  readonly links: readonly Link[];
  readonly bins: readonly Bin[];
  readonly byName: ReadonlyMap<string, Element>;
  /** References that meet no element, with the link they stood in. */
  readonly loose: readonly ReferenceNode[];
  /** Second elements of a name, which GStreamer leaves out of the pipeline. */
  readonly dropped: readonly Element[];
  /** True where a hole may add or name elements: then "nothing is called that" cannot be said. */
  readonly open: boolean;
}

export interface Element {
  /** Place in the order of making; stable identity inside a pipeline. */
  readonly index: number;
  /** Where findings about the element as a whole are shown: its factory's word. */
  readonly span: Span;
  /** Where the element was written; undefined in pipelines that were not written as gst-launch. */
  readonly node: ElementNode | BinNode | UriNode | undefined;
  readonly factory: string;
  /** Undefined where no table has it or its name has a hole in it. */
  readonly spec: ElementSpec | undefined;
  /** Given by `name=`, or counted as GStreamer counts: `queue0`. */
  readonly name: string;
  readonly named: boolean;
  readonly settings: readonly Setting[];
  readonly bin: Bin | undefined;
}

/** One property as it was set. */
export interface Setting {
  readonly span: Span;
  readonly nameSpan: Span;
  readonly valueSpan: Span;
  /** Canonical name: `num-buffers`; the last part of a child's path. */
  readonly name: string;
  /** As written. */
  readonly written: string;
  /** `sink_0` of `sink_0::alpha`; empty for the element's own. */
  readonly path: readonly string[];
  /** What the property is given; undefined where a hole stands in it. */
  readonly value: string | undefined;
  readonly spec: PropertySpec | undefined;
  /** The same property is set again behind: this one has no effect. */
  readonly overridden: boolean;
}

/** A bin written with parentheses. */
export interface Bin {
  readonly node: BinNode | undefined;
  readonly element: Element | undefined;
  readonly parent: Bin | undefined;
}

/** One end of a link. */
export interface Endpoint {
  readonly element: Element;
  /** The pad as written, or as GStreamer would choose it where that is certain. */
  readonly pad: string | undefined;
  readonly padSpan: Span | undefined;
  readonly template: PadTemplate | undefined;
}

export interface Link {
  readonly index: number;
  readonly from: Endpoint;
  readonly to: Endpoint;
  /** Caps in the link; undefined where none were written or they do not parse. */
  readonly filter: Caps | undefined;
  readonly filterSpan: Span | undefined;
  /** Field names of the filter whose value is known only at run time; `'all'` where the whole filter is. */
  readonly filterOpen: ReadonlySet<string> | 'all' | undefined;
  readonly node: LinkNode | undefined;
  /** Where a finding about the link is shown. */
  readonly span: Span;
  /** The link waits for a pad that appears when the pipeline runs. */
  readonly delayed: boolean;
  readonly agreed: Negotiated;
}

/** What both ends of a link agree on. */
export interface Negotiated {
  readonly caps: Caps;
  readonly memory: Memory;
  /** `broken` is proved; `open` is whatever is not known. */
  readonly verdict: 'agreed' | 'open' | 'broken';
  /** The steps that led there, in order; hovers and messages print them. */
  readonly because: readonly Step[];
  /** Where broken: what keeps the ends apart. */
  readonly conflict?: Conflict;
}

/** Which two parties of a link do not meet: the offering pad, the filter, the taking pad. */
export type Parties = 'offer-filter' | 'filter-taker' | 'offer-taker';

/** What keeps two ends of a link apart. */
export type Conflict =
  /** The element has no pad of that direction or name; `from` and `to` tell which ends have one. */
  | { readonly kind: 'no-pad' | 'pad-taken'; readonly at: Endpoint; readonly from: boolean; readonly to: boolean }
  | {
      readonly kind: 'media';
      readonly between: Parties;
      readonly left: readonly string[];
      readonly right: readonly string[];
    }
  | {
      readonly kind: 'memory';
      readonly between: Parties;
      readonly left: readonly string[];
      readonly right: readonly string[];
    }
  /** The same media type and memory, but these fields have no value in common. */
  | { readonly kind: 'field'; readonly between: Parties; readonly fields: readonly string[] }
  /** One party lets nothing through at all. */
  | { readonly kind: 'nothing'; readonly between: Parties };

/** One party's say in a negotiation. */
export interface Step {
  readonly at: Endpoint | 'filter';
  readonly span: Span | undefined;
  /** What this party allows. */
  readonly allows: Caps;
  /** What is left after it. */
  readonly leaves: Caps;
}

/** Nothing is known of a link yet. */
export const unknownAgreement: Negotiated = { caps: 'any', memory: 'unknown', verdict: 'open', because: [] };
