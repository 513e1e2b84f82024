/** How far the tables of an element can be trusted to be all there is. */
import type { ElementSpec } from '../catalog/element.ts';
import { atLeast, type Target } from './target.ts';

/**
 * Whether a property that the table does not list is surely not there on the target: the table holds all properties, and
 * is the target's own or of a GStreamer that is not older than the target's (releases add properties, they do not drop them).
 */
export function knowsAllProperties(spec: ElementSpec, target: Target): boolean {
  if (!spec.complete) return false;
  if (spec.origin.live) return true;
  const version = /^gstreamer-(\d+\.\d+)$/.exec(spec.origin.layer)?.[1];
  return version === undefined ? target.layers.includes(spec.origin.layer) : atLeast(version, target.gstreamer);
}

/** Whether the table is GStreamer's own. What NVIDIA ships differs more from release to release. */
export const stock = (spec: ElementSpec): boolean => spec.origin.live || spec.origin.layer.startsWith('gstreamer-');

/** Whether the element holds others. */
export const isBin = (spec: ElementSpec): boolean => spec.ancestry.includes('GstBin');

/**
 * Whether the element may have children that are set with `child::property`: a bin's elements, pads made at run time, an
 * equalizer's bands. Where the base class is not known, it may. Of GStreamer's 1,394 elements no other has any (asked 1.22).
 */
export const mayHaveChildren = (spec: ElementSpec): boolean =>
  isBin(spec) ||
  spec.ancestry.includes('GstIirEqualizer') ||
  spec.pads.some((template) => template.presence !== 'always') ||
  (spec.ancestry.length === 0 && !stock(spec));
