/** Properties that an element does not have. Where the tables do not hold all of them, only slips are reported. */
import type { ElementSpec } from '../catalog/element.ts';
import type { Finding, Fix, Rule } from '../model/finding.ts';
import { knowsAllProperties, mayHaveChildren, stock } from '../model/known.ts';
import { nearest } from '../model/nearest.ts';
import type { Element, Pipeline, Setting } from '../model/pipeline.ts';
import type { LaunchReading } from '../model/read.ts';
import { templateOf } from '../model/settings.ts';
import type { Target } from '../model/target.ts';
import { told } from '../model/told.ts';
import type { Edit } from '../text/edit.ts';
import { HOLE } from '../text/excerpt.ts';

export const rule: Rule = {
  id: 'unknown-property',
  title: 'The element has no such property',
  why:
    'GStreamer refuses the pipeline: from 1.22 on the element is not even made. Names are case-sensitive ' +
    '(num-B-Frames), only - and _ are the same.',
  severity: 'error',
  on: 'launch',
  examples: [
    { bad: 'videotestsrc patern=ball ! fakesink', good: 'videotestsrc pattern=ball ! fakesink' },
    {
      bad: 'videotestsrc ! queue Leaky=downstream ! fakesink',
      good: 'videotestsrc ! queue leaky=downstream ! fakesink',
    },
  ],
  *check(reading) {
    if (reading.kind !== 'launch') return;
    const { pipeline, tree, target } = reading;
    for (const element of [...pipeline.elements, ...pipeline.dropped]) {
      const { spec } = element;
      if (!spec) continue;
      let torn = 0;
      for (const [place, setting] of element.settings.entries()) {
        if (place < torn || setting.spec || setting.written.includes(HOLE) || told(tree, setting.nameSpan)) continue;
        // A value torn by a blank is one slip, however many words it left.
        const value = tornValue(element.settings, place, reading.excerpt.text);
        if (value) torn = value.end;
        const finding =
          setting.path.length > 0
            ? unknownChild(setting, spec, target)
            : INHERITED.has(setting.name)
              ? undefined
              : unknown(setting, element, spec, reading, value?.fix);
        if (finding) yield finding;
      }
    }
  },
};

/** GstObject's own, which every element has. */
const INHERITED: ReadonlySet<string> = new Set(['name', 'parent']);

function unknown(
  setting: Setting,
  element: Element,
  spec: ElementSpec,
  { pipeline, target }: LaunchReading,
  torn: Fix | undefined,
): Finding | undefined {
  const certain = knowsAllProperties(spec, target);
  const near = nearest(
    setting.name,
    spec.properties.filter((property) => property.writable).map((property) => property.name),
  );
  const slip = near !== undefined && near.how !== 'similar';
  if (!certain && !slip) return undefined;
  const other = slip || torn ? undefined : partnerWith(setting.name, element, pipeline);
  const said = [`${element.factory} has no property ${setting.written}, so GStreamer refuses the pipeline.`];
  if (torn)
    said.push('It belongs to the value before, which ends at the blank: remove the blank, or put the value in quotes.');
  else if (near?.how === 'same') said.push(`The name is case-sensitive: ${near.name}.`);
  else if (other) said.push(`${other.factory} has one; write it there.`);
  else if (near) said.push(`Did you mean ${near.name}?`);
  const rename = near && !other && !torn;
  return {
    span: setting.nameSpan,
    // Another release of a Jetson may have it, and which one this is, nobody has said; but none has it twice.
    severity: certain && (stock(spec) || !target.assumed || near?.how === 'same') ? 'error' : 'warning',
    message: said.join(' '),
    ...(other ? { related: [{ span: other.span, message: `${other.factory} has ${setting.name}` }] } : {}),
    fixes: torn
      ? [torn]
      : rename
        ? [{ title: `Change to ${near.name}`, edits: [{ span: setting.nameSpan, text: near.name }], safe: slip }]
        : [],
  };
}

/**
 * `caps=video/x-raw, width=640`: the blank ends the value, and the rest becomes properties. The fix that puts it together
 * again, and the place behind its last word; undefined where the word at `place` is not the first one torn off.
 */
function tornValue(settings: readonly Setting[], place: number, text: string): { fix: Fix; end: number } | undefined {
  const goesOn = (setting: Setting | undefined): boolean => setting !== undefined && text[setting.span.end - 1] === ',';
  const whole = settings[place - 1];
  if (!whole || !goesOn(whole) || whole.spec?.type.kind !== 'caps') return undefined;
  const edits: Edit[] = [];
  let end = place;
  for (; end < settings.length && goesOn(settings[end - 1]); end++) {
    const gap = { start: settings[end - 1]!.span.end, end: settings[end]!.span.start };
    // Anything but blanks between the two is a word that no setting holds.
    if (text.slice(gap.start, gap.end).trim() !== '') break;
    edits.push({ span: gap, text: '' });
  }
  if (edits.length === 0) return undefined;
  return { fix: { title: 'Remove the blanks in the value', edits, safe: true }, end };
}

/** `a::b` on an element that has neither children nor pads of its own making is looked up as one property's name. */
function unknownChild(setting: Setting, spec: ElementSpec, target: Target): Finding | undefined {
  if (!knowsAllProperties(spec, target)) return undefined;
  const pad = setting.path.length === 1 ? setting.path[0] : undefined;
  const properties = pad === undefined ? undefined : templateOf(spec, pad)?.properties;
  if (properties && properties.length > 0) {
    const near = nearest(
      setting.name,
      properties.map((property) => property.name),
    );
    // A pad has properties of its base classes too, which not every table lists.
    if (!near || near.how === 'similar') return undefined;
    const name = [...setting.path, near.name].join('::');
    return {
      span: setting.nameSpan,
      severity: 'warning',
      message: `The pad ${pad} of ${spec.name} has no property ${setting.name}; GStreamer refuses it when the pad is there. Did you mean ${near.name}?`,
      fixes: [{ title: `Change to ${name}`, edits: [{ span: setting.nameSpan, text: name }], safe: true }],
    };
  }
  if (mayHaveChildren(spec)) return undefined;
  return {
    span: setting.nameSpan,
    message: `${spec.name} has no children, so ${setting.written} is no property of it and GStreamer refuses the pipeline.`,
  };
}

/** An element linked to this one that has the property. */
function partnerWith(name: string, element: Element, pipeline: Pipeline): Element | undefined {
  // In a pipeline of thousands, what stands beside what is not worth a search through all links for every slip.
  for (const { from, to } of pipeline.links.slice(0, 1000)) {
    const other = from.element === element ? to.element : to.element === element ? from.element : undefined;
    if (
      other &&
      other.factory !== element.factory &&
      other.spec?.properties.some((one) => one.name === name && one.writable)
    ) {
      return other;
    }
  }
  return undefined;
}
