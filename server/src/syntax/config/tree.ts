/**
 * The tree of a DeepStream configuration, whichever syntax it is written in: sections, keys and raw values, all with
 * their spans. The tree is always there, also for text that the real reader refuses; what is wrong stands in `problems`.
 */
import type { Span } from '../../text/span.ts';
import type { SyntaxProblem, Word } from '../launch/tree.ts';

export interface ConfigTree {
  readonly kind: 'config';
  readonly syntax: ConfigSyntax;
  readonly text: string;
  /** In file order. A group that is written twice stands here twice; GLib merges them. */
  readonly sections: readonly SectionNode[];
  /** Keys before the first group of a key file, or scalars on the outermost level of a YAML file. */
  readonly loose: readonly KeyNode[];
  readonly comments: readonly CommentNode[];
  /** Sorted by place. A key file with any of them is refused as a whole, at the first. */
  readonly problems: readonly ConfigProblem[];
}

/** `other`: a text that is neither (protobuf); its tree holds nothing. */
export type ConfigSyntax = 'ini' | 'yaml' | 'other';

/** `[name]` and what follows it, or a mapping on the outermost level of a YAML file. */
export interface SectionNode {
  readonly name: Word;
  /** The header: `[name]` with its brackets, or the YAML key. */
  readonly header: Span;
  /** From the header to the end of the last line that belongs to it. */
  readonly span: Span;
  readonly keys: readonly KeyNode[];
}

export interface KeyNode {
  readonly name: Word;
  /** Name, `=` and value. */
  readonly span: Span;
  readonly value: ConfigValue;
  /** True for `key[xx]=…`: a translation, which GLib drops. */
  readonly dropped: boolean;
}

export interface ConfigValue {
  /** As the program is given it: blanks in front are gone, a trailing `# text` is still there. Quotes of YAML are undone. */
  readonly text: string;
  readonly span: Span;
  /** Items of a YAML sequence; undefined in key files, where lists are cut only when they are read. */
  readonly items?: readonly Word[];
  /** True where YAML quotes make it text, whatever it looks like. */
  readonly quoted?: boolean;
  /** True where more structure stands below (YAML): nothing in it is judged. */
  readonly nested?: boolean;
}

export interface CommentNode {
  /** From the `#` to the end of the line. */
  readonly span: Span;
  /** Without `#` and the blanks around. */
  readonly text: string;
}

/** Something that makes the real reader refuse the file. */
export interface ConfigProblem extends SyntaxProblem {
  /** GKeyFile's error where it is the judge. */
  readonly code?: 'parse' | 'group-not-found' | 'unknown-encoding';
}

/** The problem that the real reader would stop at; undefined where it reads the file. */
export const refusal = (tree: ConfigTree): ConfigProblem | undefined =>
  tree.problems.find((problem) => problem.hint !== true);
