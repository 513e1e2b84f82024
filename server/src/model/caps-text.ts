/** The caps of pad templates, parsed once. */
import type { Caps } from '../caps/caps.ts';
import type { PadTemplate } from '../catalog/element.ts';
import { capsOf } from '../syntax/caps/lower.ts';

/** Tables are read once and live as long as the program; so do the caps of their templates. */
const parsed = new WeakMap<PadTemplate, Caps>();

/** The caps of a template. A text that does not parse, or caps that are filled in only at run time, prove nothing: anything. */
export function templateCaps(template: PadTemplate): Caps {
  const known = parsed.get(template);
  if (known !== undefined) return known;
  const said = capsOf(template.caps) ?? 'any';
  const caps = said.length === 0 ? 'any' : said;
  parsed.set(template, caps);
  return caps;
}
