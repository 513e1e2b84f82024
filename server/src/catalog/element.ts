import type { Engine } from './device.ts';
import type { Roles } from './roles.ts';

/**
 * What the program knows of an element. Read from `schemas/elements`, checked by `schemas/meta/element.schema.json`,
 * or from a device's own gst-inspect-1.0. In JSON a fact that is not known is null; here it is undefined.
 */

export interface ElementSpec {
  /** The factory's name: `nvv4l2h264enc`. */
  readonly name: string;
  readonly plugin: string;
  /** GObject type, `GstVideoConvert`; automatic names are counted by it (`Gst` dropped, lower case). */
  readonly typeName?: string;
  /** Parent types, nearest first, without the element's own. */
  readonly ancestry: readonly string[];
  /** Our own words; empty where nobody has written any. A live harvest shows the device's. */
  readonly blurb: string;
  /** `Codec/Encoder/Video`, cut at `/`. */
  readonly klass: readonly string[];
  /** GStreamer's rank: 256 primary, 128 secondary, 64 marginal, 0 none; undefined where not known. */
  readonly rank?: number;
  readonly pads: readonly PadTemplate[];
  readonly properties: readonly PropertySpec[];
  /** URI protocols that the element handles, for playbin and friends. */
  readonly protocols?: readonly string[];
  readonly behaviour?: Behaviour;
  readonly engine?: EngineUse;
  readonly roles?: Roles;
  /** False where the table is known not to hold all properties (facts from a manual): then a missing one is silence. */
  readonly complete: boolean;
  readonly origin: Origin;
  readonly deprecated?: { readonly by?: string; readonly note: string };
  /** Only on these platforms, where the fact is known. */
  readonly only?: 'tegra' | 'dgpu';
}

export interface PadTemplate {
  /** `sink`, `src_%u`. */
  readonly name: string;
  readonly direction: 'src' | 'sink';
  readonly presence: 'always' | 'sometimes' | 'request';
  /** As gst_caps_from_string reads it; `ANY` takes everything. */
  readonly caps: string;
  /** True where the plugin builds its caps at run time, so that the template proves nothing. */
  readonly open?: boolean;
  /** Properties of the pad itself: `sink_0::xpos`. */
  readonly properties?: readonly PropertySpec[];
}

export interface PropertySpec {
  /** Canonical: with `-`; case matters. */
  readonly name: string;
  readonly type: PropertyType;
  /** As gst-launch would take it; undefined where unknown or null. */
  readonly default?: string;
  /** Our own words; empty where nobody has written any. */
  readonly blurb: string;
  readonly unit?: string;
  readonly readable: boolean;
  readonly writable: boolean;
  readonly changeable?: 'never' | 'null' | 'ready' | 'paused' | 'playing';
  readonly deprecated?: boolean;
  /** True where a second value is added to the first one instead of replacing it. */
  readonly repeats?: boolean;
  /** Releases that were examined and do not have it, and those that do, as layer names. */
  readonly seenIn?: readonly string[];
  readonly absentIn?: readonly string[];
  /** The table of another code path of the same element (Jetson against a discrete GPU). */
  readonly only?: 'tegra' | 'dgpu';
}

export interface EnumValue {
  readonly value: number;
  readonly nick?: string;
  readonly name?: string;
}

/** A property's type as GStreamer's parser judges it. Limits are decimal text, since 64-bit ones exceed a double. */
export type PropertyType =
  | { readonly kind: 'bool' }
  | {
      readonly kind: 'int' | 'uint' | 'int64' | 'uint64';
      readonly min?: string;
      readonly max?: string;
    }
  | { readonly kind: 'float' | 'double'; readonly min?: number; readonly max?: number }
  | { readonly kind: 'string' }
  | { readonly kind: 'enum'; readonly type?: string; readonly values: readonly EnumValue[] }
  | { readonly kind: 'flags'; readonly type?: string; readonly values: readonly EnumValue[] }
  | { readonly kind: 'fraction'; readonly min?: string; readonly max?: string }
  | { readonly kind: 'caps' }
  | { readonly kind: 'structure' }
  | { readonly kind: 'array'; readonly of?: string }
  | { readonly kind: 'object' | 'boxed' | 'pointer' | 'other'; readonly type?: string };

/** Where a fact came from. Hover prints it: "bundled, GStreamer 1.22" or "from jetson-01, just now". */
export interface Origin {
  /** Name of the layer: `gstreamer-1.22`, `l4t-r36`, `deepstream-7.1`, a device's name. */
  readonly layer: string;
  /** `dump` of gst-inspect, `source`, `manual`, or measured on this machine. */
  readonly source: string;
  readonly live: boolean;
}

/**
 * What an element does to the caps that pass through it. Stock elements were asked one by one
 * (`scripts/probe_behaviour.py`), NVIDIA's come from their sources and manuals; `source` says which.
 * Directions: forwards from sink to src, backwards from src to sink. What is not told is not known.
 */
export interface Behaviour {
  readonly source: string;
  /** For caps in memory that the element's templates name. */
  readonly forward?: Passage;
  readonly backward?: Passage;
  /** For memory that they do not name (NVMM in a stock element whose template takes any). */
  readonly foreign?: { readonly forward?: Passage; readonly backward?: Passage };
  /** Properties that, when set, take fields out of what is kept. */
  readonly changedBy?: Readonly<Record<string, readonly string[]>>;
  /** The property that is what a pad offers or takes: `caps` of udpsrc, capsfilter, appsink. */
  readonly capsProperty?: { readonly name: string; readonly pads: readonly ('src' | 'sink')[] };
  /** Pads that an autoplugger or demuxer adds when it runs carry caps that are known only then. */
  readonly autoplugs?: boolean;
}

/** Which hardware an element works on, and what its own properties decide of what comes out. From `schemas/elements/engines.json`. */
export interface EngineUse {
  readonly engine: Engine;
  readonly work: 'decode' | 'encode' | 'convert';
  /** Where the element knows one codec only: `H.264`. Otherwise what flows in tells. */
  readonly codec?: string;
  /** Fields of its output → the property that sets them. */
  readonly sets?: Readonly<Record<string, string>>;
  /** Properties that count buffers of its NVMM pool. */
  readonly pool?: readonly string[];
  /** The element that does the same on the CPU, and its properties for these; units differ by `divide`. */
  readonly software?: {
    readonly element: string;
    readonly properties: Readonly<Record<string, { readonly to: string; readonly divide?: number }>>;
  };
  /** Properties that do nothing unless another one has one of these values (its default counts where it is not set). */
  readonly withoutEffect?: readonly {
    readonly property: string;
    readonly unless: { readonly property: string; readonly values: readonly string[] };
    readonly why: string;
    readonly source: string;
  }[];
  /** The property that says how many pictures one buffer holds. */
  readonly batch?: string;
  readonly source: string;
}

/** One direction of a {@link Behaviour}. */
export interface Passage {
  /** Whether the media type stays. `any`: nothing can be said. `none`: nothing comes out. */
  readonly media: 'same' | 'other' | 'same-or-other' | 'any' | 'none';
  /** Media types that come out where `media` is not `same`. */
  readonly becomes?: readonly string[];
  /** Fields that come out as they went in. */
  readonly kept: readonly string[];
  /** Fields that the element may change freely. */
  readonly free: readonly string[];
  /** Fields that do not exist on the other side. */
  readonly gone: readonly string[];
  /** The caps come out exactly as they went in, fields that are not listed included. */
  readonly whole?: boolean;
  /** Caps features that come out, as written in caps: `memory:NVMM`. Left out: those that went in, or the template's. */
  readonly memory?: readonly string[];
}

/** One line of an index: all that a completion list needs before an element is looked at. */
export interface ElementHead {
  readonly name: string;
  readonly plugin: string;
  readonly klass: readonly string[];
  readonly blurb: string;
  readonly layer: string;
  /** In how many of the pipelines that `schemas/elements/use.json` counted the element stands; 0 where in none. */
  readonly uses: number;
}
