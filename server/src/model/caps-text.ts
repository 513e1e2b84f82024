/** The caps of pad templates, parsed once. */
import type { Caps } from '../caps/caps.ts';
import type { PadTemplate } from '../catalog/element.ts';
import { capsOf } from '../syntax/caps/lower.ts';

/** Tables are read once and live as long as the program; so do the caps of their templates. */
const parsed = new WeakMap<PadTemplate, Caps>();

/** The caps of a template. A text that does not parse proves nothing and takes anything. */
export function templateCaps(template: PadTemplate): Caps {
  const known = parsed.get(template);
  if (known !== undefined) return known;
  const caps = capsOf(template.caps) ?? 'any';
  parsed.set(template, caps);
  return caps;
}
