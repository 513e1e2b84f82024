/** Assignments met with the tables: which property each one sets. Whether the value is good is the rules' question. */
import type { ElementSpec, PadTemplate, PropertySpec } from '../catalog/element.ts';
import type { PresetNode, PropertyNode } from '../syntax/launch/tree.ts';
import { HOLE } from '../text/excerpt.ts';
import type { Setting } from './pipeline.ts';
import type { Target } from './target.ts';

/** The settings of an element in the order in which they were written; presets are none. */
export function readSettings(
  nodes: readonly (PropertyNode | PresetNode)[],
  spec: ElementSpec | undefined,
  platform: Target['platform'],
): Setting[] {
  const settings: Setting[] = [];
  /** Keys that are set behind the place the loop has come to. */
  const behind = new Set<string>();
  for (let i = nodes.length - 1; i >= 0; i--) {
    const node = nodes[i]!;
    if (node.kind !== 'property') continue;
    const path = node.name.text.split('::');
    const name = canonicalName(path.pop() ?? '');
    const key = [...path, name].join('::');
    settings.push({
      span: node.span,
      nameSpan: node.name.span,
      valueSpan: node.value.span,
      name,
      written: node.name.text,
      path,
      value: node.value.text.includes(HOLE) ? undefined : node.value.text,
      spec: spec && (path.length === 0 ? propertyOf(spec, name, platform) : childProperty(spec, path, name, platform)),
      overridden: behind.has(key),
    });
    behind.add(key);
  }
  return settings.reverse();
}

/** A property's name as GObject keeps it: `num_buffers` is `num-buffers`. Upper and lower case are different. */
export const canonicalName = (written: string): string => written.replace(/_/g, '-');

/** The element's own property of a canonical name; of two tables of it, the one for the platform. */
export function propertyOf(spec: ElementSpec, name: string, platform: Target['platform']): PropertySpec | undefined {
  const found = propertiesByName(spec).get(name);
  return found && (found.find((property) => !property.only || property.only === platform) ?? found[0]);
}

/** The template that a pad of this name is made from: its own name before a pattern such as `sink_%u`. */
export function templateOf(spec: ElementSpec, pad: string, direction?: 'src' | 'sink'): PadTemplate | undefined {
  const fits = spec.pads.filter((template) => direction === undefined || template.direction === direction);
  return (
    fits.find((template) => template.name === pad) ??
    fits.find((template) => template.presence !== 'always' && fitsPattern(template.name, pad))
  );
}

/** Whether `sink_3` is a name that `sink_%u` gives. */
export function fitsPattern(pattern: string, name: string): boolean {
  if (!pattern.includes('%')) return pattern === name;
  let kept = patterns.get(pattern);
  if (!kept) {
    const source = pattern
      .split(/(%[uds])/)
      .map((part) => (part === '%u' ? '[0-9]+' : part === '%d' ? '-?[0-9]+' : part === '%s' ? '.+' : escaped(part)));
    kept = new RegExp(`^${source.join('')}$`);
    patterns.set(pattern, kept);
  }
  return kept.test(name);
}

const patterns = new Map<string, RegExp>();
const escaped = (text: string): string => text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');

/** `sink_0::alpha`: a property of the pad, where the tables have it. Other children are known only when they exist. */
function childProperty(
  spec: ElementSpec,
  path: readonly string[],
  name: string,
  platform: Target['platform'],
): PropertySpec | undefined {
  const pad = path.length === 1 ? path[0] : undefined;
  if (pad === undefined) return undefined;
  const found = templateOf(spec, pad)?.properties?.filter((property) => property.name === name);
  return found?.find((property) => !property.only || property.only === platform) ?? found?.[0];
}

const tables = new WeakMap<ElementSpec, ReadonlyMap<string, readonly PropertySpec[]>>();

function propertiesByName(spec: ElementSpec): ReadonlyMap<string, readonly PropertySpec[]> {
  const kept = tables.get(spec);
  if (kept) return kept;
  const made = new Map<string, PropertySpec[]>();
  for (const property of spec.properties) {
    const same = made.get(property.name);
    if (same) same.push(property);
    else made.set(property.name, [property]);
  }
  tables.set(spec, made);
  return made;
}
