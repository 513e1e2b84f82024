/** Bare URIs in a pipeline: `gst_element_make_from_uri` picks the element, by protocol and rank. */
import type { Catalog } from '../catalog/catalog.ts';
import type { ElementSpec } from '../catalog/element.ts';

/** The element that GStreamer makes of the URI as a source or as a sink; undefined where no table has one. */
export function elementForUri(catalog: Catalog, uri: string, direction: 'src' | 'sink'): ElementSpec | undefined {
  return handlers(catalog).get(`${direction} ${protocolOf(uri)}`);
}

/** `rtsp` of `rtsp://host/path`, in lower case. */
export const protocolOf = (uri: string): string => {
  const colon = uri.indexOf(':');
  return (colon < 0 ? uri : uri.slice(0, colon)).toLowerCase();
};

const kept = new WeakMap<Catalog, ReadonlyMap<string, ElementSpec>>();

/** Direction and protocol → the element of the highest rank; of equal ranks the first name. Read once for a catalog. */
function handlers(catalog: Catalog): ReadonlyMap<string, ElementSpec> {
  const known = kept.get(catalog);
  if (known) return known;
  const made = new Map<string, ElementSpec>();
  for (const head of catalog.heads()) {
    const direction = head.klass.includes('Source') ? 'src' : head.klass.includes('Sink') ? 'sink' : undefined;
    if (!direction) continue;
    const spec = catalog.element(head.name);
    for (const protocol of spec?.protocols ?? []) {
      const key = `${direction} ${protocol.toLowerCase()}`;
      const before = made.get(key);
      if (spec && (!before || precedes(spec, before))) made.set(key, spec);
    }
  }
  kept.set(catalog, made);
  return made;
}

const precedes = (a: ElementSpec, b: ElementSpec): boolean =>
  (a.rank ?? 0) !== (b.rank ?? 0) ? (a.rank ?? 0) > (b.rank ?? 0) : a.name < b.name;
