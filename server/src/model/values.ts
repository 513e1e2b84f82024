/** What GStreamer makes of the values that an element is given. Rules about values look here. */
import type { EnumValue, PropertySpec } from '../catalog/element.ts';
import { type Judgement, judgeValue } from '../catalog/value.ts';
import { parseCaps } from '../syntax/caps/lower.ts';
import type { Severity } from './finding.ts';
import { knowsAllProperties, stock } from './known.ts';
import type { Element, Setting } from './pipeline.ts';
import type { LaunchReading } from './read.ts';
import type { Target } from './target.ts';
import { told } from './told.ts';

export interface JudgedSetting {
  readonly element: Element;
  readonly setting: Setting;
  readonly property: PropertySpec;
  readonly value: string;
  readonly judgement: Judgement;
}

/** Every setting whose property and value are known, with GStreamer's verdict; read-only properties are not among them. */
export function* judgedSettings(reading: LaunchReading): Iterable<JudgedSetting> {
  const { pipeline, tree, target } = reading;
  for (const element of [...pipeline.elements, ...pipeline.dropped]) {
    for (const setting of element.settings) {
      const { spec: property, value } = setting;
      if (!property?.writable || value === undefined || told(tree, setting.valueSpan)) continue;
      // Names and flags are added from release to release; a table that may lack some proves nothing about them.
      const growing = property.type.kind === 'enum' || property.type.kind === 'flags';
      if (growing && !(element.spec && knowsAllProperties(element.spec, target) && countable(property.type.values)))
        continue;
      yield { element, setting, property, value, judgement: judge(property, value) };
    }
  }
}

/** Whether all values are there with their numbers, any of which may be written. */
const countable = (values: readonly EnumValue[]): boolean =>
  values.length > 0 && values.every(({ value }) => Number.isInteger(value));

export const judge = (property: PropertySpec, value: string): Judgement =>
  judgeValue(property.type, value, { caps: takesCaps });

/** What holds for NVIDIA's elements holds for the releases that were examined; which one it is may be assumed only. */
export const certainty = (element: Element, setting: Setting, target: Target): Severity =>
  element.spec && setting.path.length === 0 && (stock(element.spec) || !target.assumed) ? 'error' : 'warning';

const takesCaps = (text: string): boolean => parseCaps(text).caps !== undefined;
