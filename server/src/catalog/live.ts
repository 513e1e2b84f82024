/** What a device's own gst-inspect says, as a {@link Catalog} on top of the tables, which add what gst-inspect does not tell. */
import type { Catalog } from './catalog.ts';
import type { ElementHead, ElementSpec } from './element.ts';

/**
 * The elements over the catalog below. `complete`: the device has no others, so those of the tables are known only as
 * being elsewhere.
 */
export function liveCatalog(elements: readonly ElementSpec[], below: Catalog, complete: boolean): Catalog {
  const specs = new Map(elements.map((spec) => [spec.name, spec]));
  const whole = new Map<string, ElementSpec>();
  const element = (name: string): ElementSpec | undefined => {
    const known = whole.get(name);
    if (known) return known;
    const live = specs.get(name);
    if (!live) return complete ? undefined : below.element(name);
    const table = below.element(name);
    const spec = table ? joined(live, table) : live;
    whole.set(name, spec);
    return spec;
  };
  let heads: readonly ElementHead[] | undefined;
  return {
    ...below,
    element,
    heads: () => {
      heads ??= headsOf(elements, below, complete);
      return heads;
    },
    elsewhere: (name) => {
      if (specs.has(name)) return [];
      const known = complete && below.element(name);
      const own = known ? [...below.heads()].filter((head) => head.name === name) : [];
      return [...own, ...below.elsewhere(name)];
    },
  };
}

/** The device's facts, with what only tables know: behaviour, engines, roles, our own words where the device has none. */
function joined(live: ElementSpec, table: ElementSpec): ElementSpec {
  const words = new Map(table.properties.map(({ name, blurb }) => [name, blurb]));
  return {
    ...table,
    ...live,
    blurb: live.blurb || table.blurb,
    properties: live.properties.map((property) => ({
      ...property,
      blurb: property.blurb || (words.get(property.name) ?? ''),
    })),
  };
}

function headsOf(elements: readonly ElementSpec[], below: Catalog, complete: boolean): ElementHead[] {
  const tables = new Map([...below.heads()].map((head) => [head.name, head]));
  const own = elements.map(({ name, plugin, klass, blurb, origin }) => ({
    name,
    plugin,
    klass,
    blurb: blurb || (tables.get(name)?.blurb ?? ''),
    layer: origin.layer,
    uses: tables.get(name)?.uses ?? 0,
  }));
  if (complete) return own;
  const names = new Set(own.map(({ name }) => name));
  return [...own, ...[...tables.values()].filter(({ name }) => !names.has(name))];
}
