/** Puts into element tables which GStreamer brought what, as scripts/versions.py found it. */
import { readFileSync } from 'node:fs';
import type { TableElement, TablePad, TableProperty, TableType } from '../server/src/catalog/table.ts';

interface Versions {
  /** What documentation comments say. */
  readonly marks: {
    /** `Type:property`. */
    readonly properties: Readonly<Record<string, string>>;
    readonly elements: Readonly<Record<string, string>>;
    /** An enum value's full name. */
    readonly constants: Readonly<Record<string, string>>;
  };
  /** First documentation cache that has it, where the one before covers its element and does not. */
  readonly since: {
    readonly elements: Readonly<Record<string, string>>;
    /** `element.property`. */
    readonly properties: Readonly<Record<string, string>>;
    /** `Type:nick`. */
    readonly values: Readonly<Record<string, string>>;
  };
  /** Elements that the caches of 1.20 and 1.22 both have. */
  readonly covered: readonly string[];
  /** Elements with another base class in 1.22 → the properties that they had in 1.20. */
  readonly rebased: Readonly<Record<string, readonly string[]>>;
  /** What came after the tables' version, with its facts. */
  readonly added: { readonly properties: Readonly<Record<string, readonly TableProperty[]>> };
}

/** The oldest GStreamer of any target; what is older needs no mark. */
const OLDEST = 14;
/** The version that the pages were made by. */
const TABLES = 22;

/** A function that adds versions to an element; without a file it changes nothing. */
export function readVersions(file: string | undefined): (element: TableElement) => TableElement {
  if (file === undefined) return (element) => element;
  const versions = JSON.parse(readFileSync(file, 'utf8')) as Versions;
  return (element) => withVersions(element, versions);
}

function withVersions(element: TableElement, versions: Versions): TableElement {
  const since = usable(versions.marks.elements[element.name], versions.since.elements[element.name]);
  const own = new Set(element.properties.map(({ name }) => name));
  const later = (versions.added.properties[element.name] ?? []).filter(({ name }) => !own.has(name));
  const dated = (property: TableProperty): TableProperty => dateProperty(property, element, versions);
  const properties = [...element.properties.map(dated), ...later];
  return {
    ...element,
    ...(since !== undefined && { since }),
    pads: element.pads.map((pad) => datePad(pad, dated)),
    properties: properties.sort((a, b) => (a.name < b.name ? -1 : a.name > b.name ? 1 : 0)),
  };
}

function datePad(pad: TablePad, dated: (property: TableProperty) => TableProperty): TablePad {
  return pad.properties ? { ...pad, properties: pad.properties.map(dated) } : pad;
}

function dateProperty(property: TableProperty, element: TableElement, versions: Versions): TableProperty {
  const { marks, since, rebased, covered } = versions;
  const types = [element.typeName, ...(element.ancestry ?? []), element.name];
  const marked = types
    .map((type) => marks.properties[`${type}:${property.name}`])
    .find((version) => version !== undefined);
  const before = rebased[element.name];
  const cached =
    before && !before.includes(property.name) ? '1.22' : since.properties[`${element.name}.${property.name}`];
  let found = usable(marked, cached);
  // A mark may name the version of the documentation; where 1.20's cache has the element, it is the better witness.
  if (found === '1.22' && cached === undefined && covered.includes(element.name)) found = undefined;
  return { ...property, type: dateType(property.type, versions), ...(found !== undefined && { since: found }) };
}

function dateType(type: TableType, { marks, since }: Versions): TableType {
  if (type.kind !== 'enum' && type.kind !== 'flags') return type;
  const values = type.values.map((value) => {
    const found = usable(marks.constants[value.name ?? ''], since.values[`${type.type}:${value.nick}`]);
    return found === undefined ? value : { ...value, since: found };
  });
  return { ...type, values };
}

/** The older of two statements, where it lies after the oldest target and is not later than the tables. */
function usable(...versions: readonly (string | undefined)[]): string | undefined {
  const minors = versions.flatMap((version) => (version === undefined ? [] : [Number(version.split('.')[1])]));
  const oldest = Math.min(...minors.filter((minor) => minor <= TABLES));
  return minors.length > 0 && oldest > OLDEST && oldest <= TABLES ? `1.${oldest}` : undefined;
}
