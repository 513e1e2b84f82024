/** What does on the CPU what an element does on an engine: the text that takes its place. */

import { applyEdits } from '../text/edit.ts';
import type { Fix } from './finding.ts';
import type { Element } from './pipeline.ts';
import { type LaunchReading, readText } from './read.ts';

/**
 * The fix that puts the software element in the element's place, with its units converted and a way out of NVMM in front
 * where that is what comes in. Undefined where the table names none or the new text has more broken links than the old.
 */
export function inSoftware(reading: LaunchReading, element: Element): Fix | undefined {
  const software = element.spec?.engine?.software;
  const { catalog } = reading.target;
  const spec = software && catalog.element(software.element);
  if (!software || !spec || element.node?.kind !== 'element') return undefined;
  const settings: string[] = element.named ? [`name=${element.name}`] : [];
  const lost: string[] = [];
  for (const setting of element.settings) {
    if (setting.overridden || setting.name === 'name' || setting.path.length > 0) continue;
    const rule = software.properties[setting.name];
    const value = rule && converted(setting.value, rule.divide);
    if (rule && value !== undefined) settings.push(`${rule.to}=${value}`);
    else lost.push(setting.name);
  }
  const feeding = reading.pipeline.links.find((link) => link.to.element === element);
  const nvmm = feeding?.agreed.memory === 'nvmm';
  const converter = nvmm ? 'nvvidconv ! video/x-raw,format=I420 ! ' : '';
  const text = `${converter}${[software.element, ...settings].join(' ')}`;
  const edits = [{ span: element.node.span, text }];
  if (broken(readText(applyEdits(reading.excerpt.text, edits), reading)) > broken(reading)) return undefined;
  return {
    title: `Use ${software.element}${lost.length > 0 ? ` (without ${lost.join(', ')})` : ''}`,
    edits,
    safe: false,
  };
}

/** The number in the other element's unit; undefined where it is known only at run time or does not divide to a number. */
function converted(value: string | undefined, divide = 1): string | undefined {
  const number = value === undefined ? Number.NaN : Number(value);
  return Number.isFinite(number) ? String(Math.max(1, Math.round(number / divide))) : undefined;
}

const broken = (reading: LaunchReading): number =>
  reading.pipeline.links.filter((l) => l.agreed.verdict === 'broken').length;
