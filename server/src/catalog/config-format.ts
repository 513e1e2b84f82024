/** What the program knows of a DeepStream configuration format. Read from `schemas/configs`. */

export interface ConfigFormat {
  /** `deepstream-app`, `nvinfer`, `nvdsanalytics`. */
  readonly id: string;
  readonly title: string;
  /** File-name patterns (`*` for anything); the weakest sign of a format. */
  readonly files: readonly string[];
  /** The elements' properties that name a file of this format. */
  readonly namedBy?: readonly { readonly element: string; readonly property: string }[];
  /** `other` is a text of its own kind (protobuf), which is only recognised. */
  readonly syntax: readonly ('ini' | 'yaml' | 'other')[];
  /** What tells the format from all others. */
  readonly signs: FormatSigns;
  readonly sections: readonly SectionSpec[];
  /** True where a value that GLib's call refuses ends the program; else a default is taken or it is not known. */
  readonly strict?: boolean;
  /** What the program does with a section that is not listed. */
  readonly unknownSection: 'silent' | 'printed';
  readonly source: string;
  /** False for formats that are recognised and coloured but have no table: nothing in them is judged. */
  readonly judged: boolean;
}

export interface FormatSigns {
  /** Sections that only this format has, with `%u` for a number. */
  readonly sections?: readonly string[];
  /** Keys that only this format has, in whatever section. */
  readonly keys?: readonly string[];
  /** How many of them must be there; 1 where left out. */
  readonly atLeast?: number;
  /** Sections each of which decides alone, whatever else is there. */
  readonly decides?: readonly string[];
  /** True where the file may hold no section but those listed. */
  readonly only?: boolean;
  /** Words with which the text begins, behind comments: `infer_config {`. */
  readonly begins?: readonly string[];
}

export interface SectionSpec {
  /** `tracker`, or with a number: `source%u`, `class-attrs-%u`. */
  readonly name: string;
  readonly blurb: string;
  readonly required?: boolean;
  /** False where other keys are legal too (user data). */
  readonly closed: boolean;
  /** What the program does with a key that is not listed. */
  readonly unknownKey?: 'silent' | 'printed' | 'free';
  /** False where the table may lack keys, so that only an evident slip of the pen is one. True where left out. */
  readonly complete?: boolean;
  /** True where the number may be missing: the program looks at what the name begins with. */
  readonly bare?: boolean;
  /** More of them are refused. */
  readonly most?: number;
  readonly since?: string;
  readonly keys: readonly KeySpec[];
}

export interface KeySpec {
  /** May hold `%u` or `%s` for a number or a label: `roi-%s`. */
  readonly name: string;
  readonly type: KeyType;
  /** The GLib call that reads it in a key file, which decides what a comment behind the value does. */
  readonly reader?: KeyReader;
  /** True where the program refuses the file without it. What depends on other keys is left to rules. */
  readonly required?: boolean;
  /** True where the program ends on a value that its type does not hold (range, words, length); else it is not checked. */
  readonly refuses?: boolean;
  readonly default?: string;
  readonly unit?: string;
  readonly blurb: string;
  /** First version that has it, and the last examined one that has it not; what lies between is not known. */
  readonly since?: string;
  readonly lastWithout?: string;
  /** Last version that has it, and the first examined one that has it not. */
  readonly until?: string;
  readonly firstWithout?: string;
  readonly deprecated?: string;
  /** The key that took its place. */
  readonly replacedBy?: string;
  readonly platform?: 'tegra' | 'dgpu';
  /** The value names a file; a format's id where that file is a configuration of its own. */
  readonly file?: true | string;
  /** What that file is where it is no configuration: `labels`, `engine`, `onnx`, `library`, `directory`, `output-file` … */
  readonly holds?: string;
  /** How DeepStream resolves the path: against this file's folder or against the working folder; `loader` searches. */
  readonly relativeTo?: 'file' | 'cwd' | 'loader';
  /** The key has an effect only where another key of the section has one of these values. */
  readonly appliesWhen?: { readonly key: string; readonly section?: string; readonly values: readonly string[] };
  /** Rules or notes in the data that the entry follows. */
  readonly source?: string;
}

export type KeyReader =
  | 'integer'
  | 'boolean'
  | 'double'
  | 'uint64'
  | 'string'
  | 'integer-list'
  | 'double-list'
  | 'string-list'
  | 'yaml';

export type KeyType =
  | { readonly kind: 'bool' }
  | { readonly kind: 'int'; readonly min?: number; readonly max?: number; readonly values?: readonly KeyValue[] }
  | { readonly kind: 'double'; readonly min?: number; readonly max?: number }
  | { readonly kind: 'string'; readonly values?: readonly KeyValue[] }
  | {
      readonly kind: 'list';
      readonly of: 'int' | 'double' | 'string';
      readonly separator: ';' | ',';
      /** How many items there must be: exactly, at least, at most, or a multiple of. */
      readonly length?: number;
      readonly least?: number;
      readonly most?: number;
      readonly multipleOf?: number;
      /** Range of each item. */
      readonly min?: number;
      readonly max?: number;
    };

export interface KeyValue {
  readonly value: string;
  readonly meaning: string;
  readonly since?: string;
  readonly lastWithout?: string;
  readonly until?: string;
  readonly platform?: 'tegra' | 'dgpu';
}
