/** What a device says of its elements, as the client sends it: checked as far as the server relies on it. */
import type { ElementSpec } from '../catalog/element.ts';
import type { TablesParams } from '../protocol.ts';
import type { LiveTables } from '../workspace/targets.ts';

/** The tables; undefined where none were sent. Entries that are no elements are left out. */
export function liveTables({
  device,
  target,
  elements,
  complete,
}: TablesParams): Omit<LiveTables, 'revision'> | undefined {
  const good = elements.filter(isElement).map((element) => ({
    ...element,
    origin: { ...element.origin, layer: device, live: true },
  }));
  if (good.length === 0) return undefined;
  const words = target
    .toLowerCase()
    .split(/\s+/)
    .filter((word) => word !== '')
    .join(' ');
  return { target: words, elements: good, complete: complete && good.length === elements.length };
}

function isElement(value: unknown): value is ElementSpec {
  const element = value as Partial<ElementSpec> | null;
  return (
    typeof element?.name === 'string' &&
    typeof element.plugin === 'string' &&
    Array.isArray(element.klass) &&
    Array.isArray(element.pads) &&
    Array.isArray(element.properties) &&
    Array.isArray(element.ancestry)
  );
}
