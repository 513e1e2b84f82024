/**
 * Element tables as they stand in `schemas/elements/<set>/<plugin>.json`, and how one element of such a file becomes an
 * {@link ElementSpec} for one release. A set may speak of several releases; what a release does not have is left out here.
 */
import type { Behaviour, ElementSpec, EnumValue, PadTemplate, PropertySpec, PropertyType } from './element.ts';

/** `schemas/elements/layers.json`: which sets make which layer. */
export interface LayerSpec {
  /** `l4t-r36`, as targets name it. */
  readonly name: string;
  /** Folder under `schemas/elements`. */
  readonly set: string;
  /** Names of the set's releases, oldest first, as `seenIn` and `absentIn` call them. */
  readonly releases?: readonly string[];
  /** The one of them that the layer stands for, where it is not named like it. */
  readonly release?: string;
  /** GStreamer of that release: inherited properties and enum values newer than this are left out. */
  readonly gstreamer: string;
  /** Leaves out what belongs to the other platform. */
  readonly platform?: 'tegra' | 'dgpu';
  /** Only these plugins of the set; all where not given. */
  readonly plugins?: readonly string[];
  /** False where the tables come from another release than the layer's, so that it may have more. */
  readonly complete?: boolean;
}

/** Releases that were examined and have a thing, and those that were and do not; GStreamer version that brought it. */
interface Seen {
  readonly seenIn?: readonly string[];
  readonly absentIn?: readonly string[];
  readonly since?: string;
}

export interface TableValue extends EnumValue, Seen {}

export type TableType = Exclude<PropertyType, { values: unknown }> | TableChoice;

interface TableChoice {
  readonly kind: 'enum' | 'flags';
  readonly type?: string;
  readonly values: readonly TableValue[];
}

/** What differs in some releases, or on the other platform. The first variant that fits is taken. */
export interface Variant {
  readonly in?: readonly string[];
  readonly only?: 'tegra' | 'dgpu';
}

export interface PropertyVariant extends Variant {
  readonly type?: TableType;
  /** As in {@link PropertySpec}; null where that release has none. */
  readonly default?: string | null;
}

export interface TableProperty extends Seen {
  readonly name: string;
  readonly type: TableType;
  readonly default?: string;
  readonly unit?: string;
  readonly readable?: false;
  readonly writable?: false;
  readonly changeable?: PropertySpec['changeable'];
  readonly deprecated?: true;
  readonly repeats?: true;
  readonly only?: 'tegra' | 'dgpu';
  readonly variants?: readonly PropertyVariant[];
}

export interface TablePad extends Omit<PadTemplate, 'properties'> {
  readonly properties?: readonly TableProperty[];
}

export interface PadVariant extends Variant {
  readonly pads: readonly TablePad[];
}

export interface TableElement extends Seen {
  readonly name: string;
  readonly klass: string;
  readonly typeName?: string;
  readonly ancestry?: readonly string[];
  readonly rank?: number;
  readonly protocols?: readonly string[];
  readonly behaviour?: Behaviour;
  readonly complete?: false;
  readonly source?: string;
  readonly deprecated?: { readonly by?: string; readonly note: string };
  readonly only?: 'tegra' | 'dgpu';
  readonly pads: readonly TablePad[];
  readonly padVariants?: readonly PadVariant[];
  readonly properties: readonly TableProperty[];
}

export interface TableFile {
  readonly plugin: string;
  readonly source: string;
  readonly date: string;
  readonly elements: readonly TableElement[];
}

/** `index.json` of a set: plugin → element → row. */
export interface SetIndex {
  readonly source: string;
  readonly date: string;
  readonly plugins: Readonly<Record<string, Readonly<Record<string, IndexRow>>>>;
}

/** An element's class, and where not every release has the element, which. */
export type IndexRow = string | ({ readonly klass: string; readonly only?: 'tegra' | 'dgpu' } & Seen);

/** Our own words, from `schemas/elements/descriptions.json`. */
export interface Descriptions {
  readonly elements: Readonly<Record<string, string>>;
  /** `element.property` or a bare property name → words and unit. */
  readonly properties: Readonly<Record<string, { readonly blurb?: string; readonly unit?: string }>>;
}

/** Whether an element of the index is in the layer. */
export function isIn(row: IndexRow, layer: LayerSpec): boolean {
  return typeof row === 'string' || (has(row, layer) && !otherPlatform(row.only, layer));
}

/** The element as the layer's release has it; undefined where that release or platform is known not to have it. */
export function specOf(
  element: TableElement,
  file: TableFile,
  layer: LayerSpec,
  words: Descriptions | undefined,
): ElementSpec | undefined {
  if (!has(element, layer) || otherPlatform(element.only, layer)) return undefined;
  const variant = element.padVariants?.find((one) => fits(one, layer));
  return {
    name: element.name,
    plugin: file.plugin,
    ...(element.typeName !== undefined && { typeName: element.typeName }),
    ancestry: element.ancestry ?? [],
    blurb: words?.elements[element.name] ?? '',
    klass: element.klass.split('/').filter((word) => word !== ''),
    ...(element.rank !== undefined && { rank: element.rank }),
    pads: (variant?.pads ?? element.pads).map((pad) => padOf(pad, element.name, layer, words)),
    properties: propertiesOf(element.properties, element.name, layer, words),
    ...(element.protocols && { protocols: element.protocols }),
    ...(element.behaviour && { behaviour: element.behaviour }),
    complete: element.complete !== false && layer.complete !== false,
    origin: { layer: layer.name, source: element.source ?? file.source, live: false },
    ...(element.deprecated && { deprecated: element.deprecated }),
    ...(element.only && { only: element.only }),
  };
}

function padOf(pad: TablePad, element: string, layer: LayerSpec, words: Descriptions | undefined): PadTemplate {
  const { properties, ...rest } = pad;
  return properties ? { ...rest, properties: propertiesOf(properties, element, layer, words) } : rest;
}

function propertiesOf(
  properties: readonly TableProperty[],
  element: string,
  layer: LayerSpec,
  words: Descriptions | undefined,
): PropertySpec[] {
  return properties
    .filter((property) => has(property, layer) && !otherPlatform(property.only, layer))
    .map((property) => {
      const variant = property.variants?.find((one) => fits(one, layer));
      const value = variant?.default === undefined ? property.default : (variant.default ?? undefined);
      const said = words?.properties[`${element}.${property.name}`] ?? words?.properties[property.name];
      const unit = said?.unit ?? property.unit;
      return {
        name: property.name,
        type: typeOf(variant?.type ?? property.type, layer),
        ...(value !== undefined && { default: value }),
        blurb: said?.blurb ?? '',
        ...(unit !== undefined && { unit }),
        readable: property.readable ?? true,
        writable: property.writable ?? true,
        ...(property.changeable && { changeable: property.changeable }),
        ...(property.deprecated && { deprecated: true }),
        ...(property.repeats && { repeats: true }),
        ...(property.seenIn && { seenIn: property.seenIn }),
        ...(property.absentIn && { absentIn: property.absentIn }),
        ...(property.only && { only: property.only }),
      };
    });
}

function typeOf(type: TableType, layer: LayerSpec): PropertyType {
  if (type.kind !== 'enum' && type.kind !== 'flags') return type;
  const values = type.values
    .filter((value) => has(value, layer))
    .map(({ value, nick, name }) => ({
      value,
      ...(nick !== undefined && { nick }),
      ...(name !== undefined && { name }),
    }));
  return { ...type, values };
}

function otherPlatform(only: 'tegra' | 'dgpu' | undefined, layer: LayerSpec): boolean {
  return only !== undefined && layer.platform !== undefined && only !== layer.platform;
}

function fits(variant: Variant, layer: LayerSpec): boolean {
  if (otherPlatform(variant.only, layer)) return false;
  if (variant.only !== undefined && layer.platform === undefined) return false;
  return variant.in === undefined || variant.in.includes(releaseOf(layer));
}

/**
 * Whether the layer's release has the thing. A release that was not examined has what its nearest examined neighbours have;
 * where they differ, or none was examined, the thing is kept: a false alarm costs more than a missed one.
 */
function has(thing: Seen, layer: LayerSpec): boolean {
  if (thing.since !== undefined && isOlder(layer.gstreamer, thing.since)) return false;
  const absent = thing.absentIn ?? [];
  if (absent.length === 0) return true;
  const seen = thing.seenIn ?? [];
  const release = releaseOf(layer);
  if (seen.includes(release)) return true;
  if (absent.includes(release)) return false;
  const releases = layer.releases ?? [];
  const at = releases.indexOf(release);
  const examined = (name: string): boolean => seen.includes(name) || absent.includes(name);
  const below = releases.slice(0, Math.max(at, 0)).findLast(examined);
  const above = releases.slice(at + 1).find(examined);
  const neighbours = [below, above].filter((name) => name !== undefined);
  return neighbours.length === 0 || neighbours.some((name) => seen.includes(name));
}

function releaseOf(layer: LayerSpec): string {
  return layer.release ?? layer.name;
}

function isOlder(version: string, than: string): boolean {
  const [left, right] = [version.split('.').map(Number), than.split('.').map(Number)];
  const difference = (left[0] ?? 0) - (right[0] ?? 0) || (left[1] ?? 0) - (right[1] ?? 0);
  return difference < 0;
}
