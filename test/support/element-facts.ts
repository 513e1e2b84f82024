/** The facts that a page of gst-inspect tells of an element, for comparing tables. Words, and what other sources add, are not among them. */
import { isDeepStrictEqual } from 'node:util';
import type { Catalog } from '../../server/src/catalog/catalog.ts';
import type { ElementSpec, PropertySpec } from '../../server/src/catalog/element.ts';

export const factsOf = (spec: ElementSpec): object => ({
  plugin: spec.plugin,
  typeName: spec.typeName,
  ancestry: spec.ancestry,
  klass: spec.klass,
  rank: spec.rank,
  protocols: spec.protocols,
  pads: spec.pads.map(({ name, direction, presence, caps, properties }) => ({
    name,
    direction,
    presence,
    caps,
    properties: properties?.map(ofProperty),
  })),
  properties: spec.properties.map(ofProperty),
});

const ofProperty = ({ name, type, default: value, readable, writable, changeable }: PropertySpec): object => ({
  name,
  type,
  value,
  readable,
  writable,
  changeable,
});

/** How a harvest differs from a table: names of elements. Those that the harvest could not read whole are not compared. */
export function differences(
  table: Pick<Catalog, 'heads' | 'element'>,
  found: readonly ElementSpec[],
): { readonly compared: number; readonly different: readonly string[]; readonly missing: readonly string[] } {
  const mine = new Map(found.map((spec) => [spec.name, spec]));
  const names = [...table.heads()].map(({ name }) => name);
  const pairs = names.flatMap((name) => {
    const [known, live] = [table.element(name), mine.get(name)];
    return known && live?.complete ? [{ name, known, live }] : [];
  });
  return {
    compared: pairs.length,
    different: pairs
      .filter(({ known, live }) => !isDeepStrictEqual(factsOf(live), factsOf(known)))
      .map(({ name }) => name),
    missing: names.filter((name) => !mine.has(name)),
  };
}
