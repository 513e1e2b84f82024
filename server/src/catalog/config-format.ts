/** What the program knows of a DeepStream configuration format. Read from `schemas/configs`. */

export interface ConfigFormat {
  /** `deepstream-app`, `nvinfer`, `nvdsanalytics`. */
  readonly id: string;
  readonly title: string;
  /** File-name patterns; the weakest sign of a format. */
  readonly files: readonly string[];
  readonly syntax: readonly ('ini' | 'yaml')[];
  readonly sections: readonly SectionSpec[];
  readonly source: string;
  /** False for formats that are recognised and coloured but have no table: nothing in them is judged. */
  readonly judged: boolean;
}

export interface SectionSpec {
  /** `tracker`, or with a number: `source%u`, `class-attrs-%u`. */
  readonly name: string;
  readonly blurb: string;
  readonly required?: boolean;
  /** False where other keys are legal too (user data). */
  readonly closed: boolean;
  readonly keys: readonly KeySpec[];
}

export interface KeySpec {
  /** May hold `%u` or `%s` for a number or a label: `roi-%s`. */
  readonly name: string;
  readonly type: KeyType;
  readonly required?: boolean;
  readonly default?: string;
  readonly unit?: string;
  readonly blurb: string;
  readonly since?: string;
  readonly until?: string;
  readonly deprecated?: string;
  readonly platform?: 'tegra' | 'dgpu';
  /** The value names a file; a format's id where that file is a configuration of its own. */
  readonly file?: true | string;
  /** How DeepStream resolves the path: against this file's folder or against the working folder. */
  readonly relativeTo?: 'file' | 'cwd';
  /** Rules or notes in the data that the entry follows. */
  readonly source?: string;
}

export type KeyType =
  | { readonly kind: 'bool' }
  | { readonly kind: 'int'; readonly min?: number; readonly max?: number; readonly values?: readonly KeyValue[] }
  | { readonly kind: 'double'; readonly min?: number; readonly max?: number }
  | { readonly kind: 'string'; readonly values?: readonly KeyValue[] }
  | {
      readonly kind: 'list';
      readonly of: 'int' | 'double' | 'string';
      readonly separator: ';' | ',';
      readonly length?: number;
    };

export interface KeyValue {
  readonly value: string;
  readonly meaning: string;
  readonly since?: string;
  readonly until?: string;
}
