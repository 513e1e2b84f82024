/**
 * The tree of a gst-launch text. Follows GStreamer's `grammar.y`; every node has its span in the excerpt.
 * The tree is always there, also for text that GStreamer refuses; what is wrong stands in `problems`.
 */
import type { Edit } from '../../text/edit.ts';
import type { Span } from '../../text/span.ts';

/** A word of the text: as written by its span, as meant by `text` (escapes and quotes undone). */
export interface Word {
  readonly text: string;
  readonly span: Span;
}

export type TokenKind =
  | 'IDENTIFIER'
  | 'REF'
  | 'PADREF'
  | 'BINREF'
  | 'ASSIGNMENT'
  | 'PRESET'
  | 'LINK'
  | 'LINK_ALL'
  | 'URL'
  | 'OPERATOR'
  | 'OTHER'
  | 'HOLE';

/** A token as GStreamer's lexer (`parse.l`) cuts it; HOLE is ours: a word that is known only at run time. */
export interface Token {
  readonly kind: TokenKind;
  readonly span: Span;
}

export interface LaunchTree {
  readonly kind: 'launch';
  readonly text: string;
  readonly chains: readonly Chain[];
  readonly tokens: readonly Token[];
  readonly problems: readonly SyntaxProblem[];
}

/** Items joined by links: `a ! b ! c`. `links[i].before` and `.after` are indices into `items`. */
export interface Chain {
  readonly kind: 'chain';
  readonly span: Span;
  readonly items: readonly Item[];
  readonly links: readonly LinkNode[];
}

export type Item = ElementNode | BinNode | ReferenceNode | UriNode | HoleNode;

/** `videotestsrc pattern=ball`. */
export interface ElementNode {
  readonly kind: 'element';
  readonly span: Span;
  readonly factory: Word;
  readonly settings: readonly (PropertyNode | PresetNode)[];
}

/** `name=value`, one token. */
export interface PropertyNode {
  readonly kind: 'property';
  readonly span: Span;
  /** As written: `num_buffers`, `sink_0::alpha`. */
  readonly name: Word;
  readonly value: ValueNode;
}

/** The right side of an assignment. */
export interface ValueNode {
  /** As written, with its quotes. */
  readonly span: Span;
  /** What the property is given: outer double quotes and backslashes undone. */
  readonly text: string;
  readonly quote: '"' | "'" | undefined;
}

/** `@preset=NAME`. */
export interface PresetNode {
  readonly kind: 'preset';
  readonly span: Span;
  readonly value: ValueNode;
}

/** `!` or `:` between two items, with the caps written inside and the pads named on both sides. */
export interface LinkNode {
  readonly kind: 'link';
  /** The operator, or both operators and the caps between them. */
  readonly span: Span;
  /** `:` links all pads that fit. */
  readonly all: boolean;
  readonly filter: CapsNode | undefined;
  /** Index of the item before in the chain's items; undefined for a leading link. */
  readonly before: number | undefined;
  readonly after: number | undefined;
  /** Pads named before the link: `a.x,y !`. Empty: any. */
  readonly fromPads: readonly Word[];
  readonly toPads: readonly Word[];
}

/** The caps in a link, as written. */
export interface CapsNode {
  readonly kind: 'caps';
  readonly span: Span;
  /** The text that gst_caps_from_string is given: as written up to 1.22, with backslashes undone from 1.24 on. */
  readonly text: string;
  /** True where undoing the backslashes fails, and the caps with it: a lone one at the end, an octal number cut short. */
  readonly broken?: true;
}

/** `( … )` or `name.( … )`. */
export interface BinNode {
  readonly kind: 'bin';
  readonly span: Span;
  readonly factory: Word | undefined;
  readonly settings: readonly (PropertyNode | PresetNode)[];
  readonly chains: readonly Chain[];
  /** False where the `)` is missing. */
  readonly closed: boolean;
}

/** `t.`, `t.src_0`, `t.a,b`: an element by its name. */
export interface ReferenceNode {
  readonly kind: 'reference';
  readonly span: Span;
  /** The element's name; undefined for a bare `.pad`, which speaks of the neighbour. */
  readonly element: Word | undefined;
  readonly pads: readonly Word[];
}

/** `rtsp://host/path` standing as a source or a sink. */
export interface UriNode {
  readonly kind: 'uri';
  readonly span: Span;
  readonly uri: Word;
}

/** A whole word that is known only at run time: an element, a link, several of both. Nothing beside it is judged. */
export interface HoleNode {
  readonly kind: 'hole';
  readonly span: Span;
}

/** Something the grammar refuses. */
export interface SyntaxProblem {
  /** `syntax` or `syntax-…` for a slip that is known by name. */
  readonly rule: string;
  readonly span: Span;
  readonly message: string;
  readonly fixes: readonly { readonly title: string; readonly edits: readonly Edit[]; readonly safe: boolean }[];
  /** True where it is advice about text that GStreamer accepts. */
  readonly hint?: boolean;
  /**
   * True where the grammar takes the text, but GStreamer refuses what it then means: `! video/x-raw` at the end is an
   * element `video` and a URI. Findings about elements and URIs inside the span would tell the same slip twice.
   */
  readonly later?: boolean;
}
