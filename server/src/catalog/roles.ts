/**
 * What an element does in a pipeline that its pads and caps do not tell: whether it has a thread of its own, how long it
 * keeps frames, when its file is finished. From `schemas/elements/roles.json`; each entry says its source.
 */

export interface Roles {
  /** Gives each buffer to all linked source pads, one after the other, in the thread that brings it. */
  readonly splits?: true;
  /** Keeps buffers and hands them on in a thread of its own: the properties that limit how many. */
  readonly queue?: QueueLimits;
  /** Its plugin's codecs and muxers hand on in the thread that brings the data. */
  readonly inline?: true;
  /** Takes buffers and goes on in a thread of its own, in a way that is not counted here. */
  readonly thread?: true;
  readonly source?: SourceRole;
  /** Reads a camera: which kind, the property that says which one, and the one that chooses a mode by its number. */
  readonly camera?: { readonly kind: 'v4l2' | 'csi'; readonly node: string; readonly mode?: string };
  /** Frames that an encoder keeps before the first one comes out. */
  readonly delay?: Delay;
  /** The file is made readable by what is written at its end. */
  readonly tail?: {
    /** Properties that, when set to something else than 0, false or nothing, make it readable without. */
    readonly unless: readonly string[];
  };
  /** The property that repeats parameter sets (SPS, PPS, VPS) in the stream, and its values that do not. */
  readonly headers?: { readonly property: string; readonly not: readonly string[] };
  /** Parameter sets stand beside the stream (`codec_data`), not in it. */
  readonly headersBeside?: true;
  /** Fields that the caps of incoming RTP must have beside those that the pad's template gives. */
  readonly rtpNeeds?: readonly string[];
  /** The property without which buffers that other elements share are copied. */
  readonly copiesUnless?: string;
  /** Batches its sink pads. */
  readonly batch?: BatchRole;
  /** Infers on batches: the properties for how many frames at once, its own id, whose objects, and its engine file. */
  readonly infers?: {
    readonly batch: string;
    readonly id: string;
    readonly on: string;
    readonly process: string;
    readonly engine?: string;
  };
  /** Shows frames on a screen of the machine, and fails to start where there is none. */
  readonly screen?: true;
  /** Draws the frames of a batch beside each other. */
  readonly tiles?: { readonly rows: string; readonly columns: string };
}

export interface QueueLimits {
  readonly buffers: string;
  /** In bytes. */
  readonly bytes: string;
  /** In nanoseconds. */
  readonly time: string;
  /** The enumeration that lets it throw buffers away instead of waiting, and the value that does not. */
  readonly leaky?: { readonly property: string; readonly never: string };
}

export interface SourceRole {
  /** Gives data at the speed of the world: always, where the property is true, or never. */
  readonly live: boolean | string;
  /** Never ends by itself, unless one of these properties is set above zero. */
  readonly endless?: readonly string[];
  /** Gives what the network brings, with no caps but those of this property. */
  readonly packets?: string;
}

export interface Delay {
  /** The property that says how many, where it is set. */
  readonly frames: string;
  /** Where it is not: an enumeration that decides, and how many each of its values means. */
  readonly by?: { readonly property: string; readonly frames: Readonly<Record<string, number>> };
  /** Property → values with which nothing is kept. */
  readonly none: Readonly<Record<string, readonly string[]>>;
  /** Properties that, when set, make the number unknown. */
  readonly unsure: readonly string[];
}

export interface BatchRole {
  /** How many frames a batch has. */
  readonly size: string;
  /** Properties without which it does not start: the size to which all frames are brought, the batch's length. */
  readonly needs: readonly string[];
  /** The property for sources that give data at the speed of the world. */
  readonly live?: string;
}
