/**
 * What stands under an offset of a reading, also in text that is only half written. What could stand there instead is
 * completion's question; what the thing means is hover's.
 */
import type { KeySpec } from '../catalog/config-format.ts';
import type { ElementSpec, PropertySpec } from '../catalog/element.ts';
import type { Span } from '../text/span.ts';
import type { ConfigSection } from './config-file.ts';
import { configCursor } from './cursor-config.ts';
import { launchCursor } from './cursor-launch.ts';
import type { Element } from './pipeline.ts';
import type { Reading } from './read.ts';

/** A place in a reading. */
export interface Place {
  /** The excerpt's offset. */
  readonly offset: number;
  /** True where the document has a blank in front of the place that the excerpt has not. */
  readonly gap: boolean;
}

/** The word at the cursor. */
export interface AtWord {
  /** What stands in front of the cursor of it. */
  readonly prefix: string;
  /** The whole word: what an answer replaces. Empty between words. */
  readonly span: Span;
}

/** An element that is written at or around the cursor. */
export interface AtElement {
  readonly factory: string;
  readonly spec: ElementSpec | undefined;
  /** The pipeline's own, where the half-written text still has it. */
  readonly element: Element | undefined;
}

/** What stands around caps that are being written. */
export interface AtCaps {
  /** Media type of the alternative under the cursor; empty where it is not written yet. */
  readonly media: string;
  /** Features of the alternative, as written between its parentheses; undefined where there are none. */
  readonly features: string | undefined;
  /** Names of the fields that are there already, behind the cursor too. */
  readonly fields: ReadonlySet<string>;
  /** Values of the other fields, as written. */
  readonly values: ReadonlyMap<string, string>;
  /** The caps as a whole: a link's, or a property's value. */
  readonly whole: Span;
  /** Where the caps are a property's. */
  readonly property: { readonly at: AtElement; readonly name: string } | undefined;
}

export type Cursor =
  | (AtWord & {
      readonly kind: 'element-name';
      /** True where a link leads here. */
      readonly linked: boolean;
      /** True where a link follows. */
      readonly links: boolean;
      /** True where another chain begins behind: what is named here is linked to by its name. */
      readonly alone: boolean;
      /** Properties that are written behind the cursor, for an element to be named here. */
      readonly settings: readonly string[];
      /** True where a blank is wanted between what stands in front and the word. */
      readonly glued: boolean;
    })
  | (AtWord & {
      readonly kind: 'property-name';
      readonly at: AtElement;
      /** Names that are set already, canonical; children's with their path. */
      readonly set: ReadonlySet<string>;
      /** `sink_0` of `sink_0::alpha`. */
      readonly path: readonly string[];
      readonly links: boolean;
      /** True where the `=` is there already. */
      readonly assigned: boolean;
    })
  | (AtWord & {
      readonly kind: 'property-value';
      readonly at: AtElement;
      readonly name: string;
      readonly path: readonly string[];
      readonly property: PropertySpec | undefined;
      readonly quote: string;
    })
  | (AtWord & {
      readonly kind: 'pad-name';
      readonly at: AtElement | undefined;
      /** `src` where the pad starts a link. */
      readonly direction: 'src' | 'sink';
    })
  | (AtWord & { readonly kind: 'caps-media' | 'caps-feature' | 'caps-field'; readonly caps: AtCaps })
  | (AtWord & { readonly kind: 'caps-value'; readonly caps: AtCaps; readonly field: string })
  | (AtWord & { readonly kind: 'section'; readonly closed: boolean })
  | (AtWord & {
      readonly kind: 'key';
      readonly section: ConfigSection | undefined;
      readonly assigned: boolean;
    })
  | (AtWord & {
      readonly kind: 'key-value';
      readonly section: ConfigSection | undefined;
      readonly name: string;
      readonly key: KeySpec | undefined;
      readonly label: string | undefined;
      /** The whole value, of which the word may be one item. */
      readonly whole: Span;
    })
  | (AtWord & { readonly kind: 'option' })
  | { readonly kind: 'nothing' };

/** What stands at the place. Never throws; time grows with the length of the text. */
export function cursorAt(reading: Reading, place: Place): Cursor {
  return reading.kind === 'launch' ? launchCursor(reading, place) : configCursor(reading, place.offset);
}
