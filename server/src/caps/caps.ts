/** GStreamer's caps as values. The model of `GstCaps`/`GstStructure`; what they mean is in algebra.ts. */

/** ANY takes everything; a list of structures takes what one of them takes; the empty list takes nothing. */
export type Caps = 'any' | readonly Structure[];

/** One alternative: a media type, its memory features and its fields. */
export interface Structure {
  /** `video/x-raw`. */
  readonly media: string;
  /** `memory:NVMM`, `meta:…`; empty means `memory:SystemMemory`; `'any'` is `(ANY)`. */
  readonly features: readonly string[] | 'any';
  readonly fields: ReadonlyMap<string, Value>;
}

/** A field's value with GStreamer's type. */
export type Value =
  | { readonly kind: 'int'; readonly value: number }
  | { readonly kind: 'int64'; readonly value: bigint }
  | { readonly kind: 'uint'; readonly value: number }
  | { readonly kind: 'uint64'; readonly value: bigint }
  | { readonly kind: 'double'; readonly value: number }
  | { readonly kind: 'boolean'; readonly value: boolean }
  | { readonly kind: 'string'; readonly value: string | null }
  | { readonly kind: 'fraction'; readonly num: number; readonly den: number }
  | { readonly kind: 'bitmask'; readonly value: bigint }
  | { readonly kind: 'flagset'; readonly flags: number; readonly mask: number; readonly type?: string }
  | { readonly kind: 'intRange'; readonly min: number; readonly max: number; readonly step: number }
  | { readonly kind: 'int64Range'; readonly min: bigint; readonly max: bigint; readonly step: bigint }
  | { readonly kind: 'doubleRange'; readonly min: number; readonly max: number }
  | { readonly kind: 'fractionRange'; readonly min: readonly [number, number]; readonly max: readonly [number, number] }
  | { readonly kind: 'list'; readonly values: readonly Value[] }
  | { readonly kind: 'array'; readonly values: readonly Value[] }
  /**
   * A value of a type that is not modelled here (floats, buffers, dates): `type` and `text` as GStreamer prints them,
   * equal to its like only. Nested caps and structures (`type` is `GstCaps` or `structure`) have their meaning in `inner`.
   */
  | { readonly kind: 'other'; readonly type: string; readonly text: string; readonly inner?: Caps };

/** The memory that buffers live in, as far as caps features tell. */
export type Memory = 'system' | 'nvmm' | 'dmabuf' | 'cuda' | 'gl' | 'va' | 'unknown';
