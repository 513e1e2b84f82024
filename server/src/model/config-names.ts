/** Looks names up in a format's tables, those with a place holder too: `source%u`, `roi-%s`. */
import type { ConfigFormat, KeySpec, SectionSpec } from '../catalog/config-format.ts';

export interface Named<T> {
  readonly spec: T;
  /** What stands in the place of the holder; undefined where the name has none. */
  readonly label: string | undefined;
}

/** The section's entry in the format; undefined where there is none. */
export const sectionSpec = (format: ConfigFormat, name: string): Named<SectionSpec> | undefined =>
  look(
    tableOf(format, () => format.sections),
    name,
  );

/** The key's entry in the section; undefined where there is none. */
export const keySpec = (section: SectionSpec, name: string): Named<KeySpec> | undefined =>
  look(
    tableOf(section, () => section.keys),
    name,
  );

/** Whether the name fits the pattern: `%u` is a number, `%s` is anything but nothing. */
export function fits(pattern: string, name: string): boolean {
  return pattern === name || (pattern.includes('%') && labelOf(pattern, name, false) !== undefined);
}

interface Table<T> {
  readonly exact: ReadonlyMap<string, T>;
  readonly patterns: readonly T[];
}

interface Entry {
  readonly name: string;
  readonly bare?: boolean;
}

const tables = new WeakMap<object, Table<Entry>>();

function tableOf<T extends Entry>(owner: object, entries: () => readonly T[]): Table<T> {
  let table = tables.get(owner) as Table<T> | undefined;
  if (!table) {
    const all = entries();
    table = {
      exact: new Map(all.filter((entry) => !entry.name.includes('%')).map((entry) => [entry.name, entry])),
      patterns: all.filter((entry) => entry.name.includes('%')),
    };
    tables.set(owner, table);
  }
  return table;
}

function look<T extends Entry>(table: Table<T>, name: string): Named<T> | undefined {
  const exact = table.exact.get(name);
  if (exact) return { spec: exact, label: undefined };
  for (const spec of table.patterns) {
    const label = labelOf(spec.name, name, spec.bare === true);
    if (label !== undefined) return { spec, label };
  }
  return undefined;
}

/** What stands in the place of the holder, which is the pattern's end. */
function labelOf(pattern: string, name: string, bare: boolean): string | undefined {
  const front = pattern.slice(0, -2);
  if (!name.startsWith(front)) return undefined;
  const label = name.slice(front.length);
  if (pattern.endsWith('%u')) return /^[0-9]+$/.test(label) || (bare && label === '') ? label : undefined;
  return label === '' ? undefined : label;
}
