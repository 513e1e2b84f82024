/** Elements by their name and their pads: `t.`, `mux.sink_0`. */
import { canIntersect } from '../../caps/algebra.ts';
import type { PadTemplate } from '../../catalog/element.ts';
import { templateCaps } from '../../model/caps-text.ts';
import type { AtElement } from '../../model/cursor.ts';
import type { Here } from '../../model/here.ts';
import type { Element, Pipeline } from '../../model/pipeline.ts';
import type { LaunchReading } from '../../model/read.ts';
import { templateOf } from '../../model/settings.ts';
import { type Suggestion, suits } from './suggestion.ts';

/** So many free numbers are offered for a pad that is requested by number. */
const MOST_NUMBERS = 6;

/** Named elements that a link could start from (`src`) or lead to (`sink`), those with a free pad for it first. */
export function references(
  reading: LaunchReading,
  direction: 'src' | 'sink',
  prefix: string,
  here: Here | undefined,
): Suggestion[] {
  const { pipeline } = reading;
  const named = pipeline.elements.filter((element) => element.named && suits(prefix, element.name));
  const judged = named.map((element, index) => ({ element, index, worth: worth(element, direction, pipeline, here) }));
  judged.sort((a, b) => b.worth - a.worth || b.index - a.index);
  return judged
    .filter(({ worth }) => worth >= 0)
    .map(({ element }) => ({
      label: `${element.name}.`,
      kind: 'reference',
      detail: element.factory,
      why: direction === 'src' ? `link from ${element.name}` : `link to ${element.name}`,
      about: { kind: 'element', element: element.factory },
      goesOn: manyPads(element, direction),
    }));
}

const manyPads = (element: Element, direction: 'src' | 'sink'): boolean =>
  (element.spec?.pads.filter((pad) => pad.direction === direction && pad.presence !== 'always').length ?? 0) > 0;

function worth(element: Element, direction: 'src' | 'sink', pipeline: Pipeline, here: Here | undefined): number {
  const { spec } = element;
  if (!spec || spec.pads.length === 0) return 1;
  const pads = spec.pads.filter((pad) => pad.direction === direction);
  if (pads.length === 0) return -1;
  const flows = direction === 'sink' ? here?.offered : here?.taken;
  const fits = (pad: PadTemplate): boolean =>
    flows === undefined || flows === 'any' || pad.open === true || canIntersect(templateCaps(pad), flows);
  const free = pads.filter((pad) => pad.presence !== 'always' || !usedPads(pipeline, element).has(pad.name));
  if (!free.some(fits)) return 0;
  return free.some((pad) => pad.presence !== 'always') ? 3 : 2;
}

/** Pads of the element, free ones first; a requested one with its next free number. */
export function pads(
  reading: LaunchReading,
  at: AtElement | undefined,
  direction: 'src' | 'sink',
  prefix: string,
  own: number,
): Suggestion[] {
  const spec = at?.spec;
  if (!spec) return [];
  const used = at.element ? usedPads(reading.pipeline, at.element, own) : new Set<string>();
  const found: { readonly name: string; readonly template: PadTemplate; readonly rank: number }[] = [];
  const add = (template: PadTemplate, name: string, rank: number): void => {
    if (suits(prefix, name) && !found.some((one) => one.name === name)) found.push({ name, template, rank });
  };
  for (const template of spec.pads) {
    const side = template.direction === direction ? 0 : 1000;
    if (!template.name.includes('%')) add(template, template.name, side + (used.has(template.name) ? 500 : 0));
    else for (const [index, name] of numbered(template.name, used).entries()) add(template, name, side + index * 5);
    // What is asked for by a word is written after the pattern alone.
    if (/^[\w-]+$/.test(prefix) && templateOf(spec, prefix) === template) add(template, prefix, side + 400);
  }
  found.sort((a, b) => a.rank - b.rank);
  return found.map(({ name, template }) => ({
    label: name,
    kind: 'pad',
    detail: `${template.direction}, ${template.presence}`,
    why: template.caps.length > 80 ? `${template.caps.slice(0, 79)}…` : template.caps,
  }));
}

/** Free names of a pattern: `sink_%u` → `sink_2`, `sink_3` … A pad with two numbers counts by the last. */
function numbered(pattern: string, used: ReadonlySet<string>): string[] {
  const names: string[] = [];
  const last = pattern.lastIndexOf('%');
  const front = pattern.slice(0, last).replace(/%[ud]/g, '0').replace(/%s/g, 'x');
  const back = pattern.slice(last + 2);
  if (pattern[last + 1] === 's') return [`${front}0${back}`];
  for (let n = 0; names.length < MOST_NUMBERS && n < 1000; n++) {
    const name = `${front}${n}${back}`;
    if (!used.has(name)) names.push(name);
  }
  return names;
}

/** Names of the element's pads that are linked already, but for the one written at the offset. */
export function usedPads(pipeline: Pipeline, element: Element, own = -1): ReadonlySet<string> {
  const used = new Set<string>();
  for (const { from, to } of pipeline.links) {
    for (const end of [from, to]) {
      const here = end.padSpan && end.padSpan.start <= own && own <= end.padSpan.end;
      if (end.element === element && end.pad !== undefined && !here) used.add(end.pad);
    }
  }
  return used;
}
