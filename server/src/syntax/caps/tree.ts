/** The tree of a caps text: what stands where. What it means is in the `Caps` beside it. */
import type { Caps } from '../../caps/caps.ts';
import type { Span } from '../../text/span.ts';

/** What reading a caps text gives. */
export interface ParsedCaps {
  /**
   * What gst_caps_from_string makes of the text; undefined where it refuses. Fields of which a part is known only at
   * run time are left out; `'any'` where that is so of the whole.
   */
  readonly caps: Caps | undefined;
  /** True where a hole stands in a media type, a feature, a field's name or beside them: nothing is known of these caps. */
  readonly open: boolean;
  /** Names of the fields that have a hole in their value, in any alternative: negotiation must take them as unknown. */
  readonly openFields: readonly string[];
  readonly problems: readonly CapsProblem[];
  readonly tree: CapsTree;
}

export interface CapsProblem {
  readonly span: Span;
  readonly message: string;
  /** Slug: `caps-syntax`, `caps-media`, `caps-feature`, `caps-type`, `caps-value`, `caps-range`. */
  readonly rule: string;
  /** False where GStreamer takes the text, but not as its author meant it. */
  readonly refused: boolean;
}

/** A word of the text: as written by its span, as meant by `text` (quotes and escapes undone). */
export interface CapsWord {
  readonly text: string;
  readonly span: Span;
}

export interface CapsTree {
  readonly kind: 'caps';
  readonly span: Span;
  /** `ANY`, `EMPTY` and `NONE` have no structures. */
  readonly structures: readonly StructureNode[];
}

/** One alternative: `video/x-raw(memory:NVMM), width=640`. */
export interface StructureNode {
  readonly kind: 'structure';
  readonly span: Span;
  readonly media: CapsWord;
  /** Each feature between the parentheses. */
  readonly features: readonly CapsWord[];
  /** The parentheses and all between them; undefined where there are none. */
  readonly featuresSpan: Span | undefined;
  readonly fields: readonly FieldNode[];
}

/** `width=(int)640`. */
export interface FieldNode {
  readonly kind: 'field';
  readonly span: Span;
  readonly name: CapsWord;
  /** The type in parentheses, if it is written. */
  readonly type: CapsWord | undefined;
  /** Undefined where it is missing. */
  readonly value: ValueNode | undefined;
  /** True where a part of the value is known only at run time. */
  readonly hole: boolean;
}

/** A value as written; its type, where one is written, stands in `type`. */
export interface ValueNode {
  readonly kind: 'plain' | 'list' | 'array' | 'range' | 'nested';
  readonly span: Span;
  readonly type: CapsWord | undefined;
  /** The text of a plain value, quotes and escapes undone; empty for the others. */
  readonly text: string;
  /** Members of a list or an array, ends and step of a range. */
  readonly items: readonly ValueNode[];
}
