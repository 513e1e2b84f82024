/** Properties that an element does not have. Where the tables do not hold all of them, only slips are reported. */
import type { ElementSpec } from '../catalog/element.ts';
import type { Finding, Rule } from '../model/finding.ts';
import { knowsAllProperties, mayHaveChildren } from '../model/known.ts';
import { nearest } from '../model/nearest.ts';
import type { Element, Pipeline, Setting } from '../model/pipeline.ts';
import { templateOf } from '../model/settings.ts';
import type { Target } from '../model/target.ts';
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
    const { pipeline, target } = reading;
    for (const element of [...pipeline.elements, ...pipeline.dropped]) {
      const { spec } = element;
      if (!spec) continue;
      for (const setting of element.settings) {
        if (setting.spec || setting.written.includes(HOLE)) continue;
        const finding =
          setting.path.length > 0
            ? unknownChild(setting, spec, target)
            : INHERITED.has(setting.name)
              ? undefined
              : unknown(setting, element, spec, pipeline, target);
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
  pipeline: Pipeline,
  target: Target,
): Finding | undefined {
  const certain = knowsAllProperties(spec, target);
  const near = nearest(
    setting.name,
    spec.properties.filter((property) => property.writable).map((property) => property.name),
  );
  if (!certain && (near === undefined || near.how === 'similar')) return undefined;
  const other =
    near?.how === 'same' || near?.how === 'typo' ? undefined : neighbourWith(setting.name, element, pipeline);
  const said = [`${element.factory} has no property ${setting.written}, so GStreamer refuses the pipeline.`];
  if (near?.how === 'same') said.push(`The name is case-sensitive: ${near.name}.`);
  else if (other) said.push(`${other.factory} has one; write it there.`);
  else if (near) said.push(`Did you mean ${near.name}?`);
  return {
    span: setting.nameSpan,
    severity: certain ? 'error' : 'warning',
    message: said.join(' '),
    ...(other ? { related: [{ span: other.span, message: `${other.factory} has ${setting.name}` }] } : {}),
    fixes:
      near && !other
        ? [
            {
              title: `Change to ${near.name}`,
              edits: [{ span: setting.nameSpan, text: near.name }],
              safe: near.how !== 'similar',
            },
          ]
        : [],
  };
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

/** The nearest element of the pipeline, by place in the text, that has the property. */
function neighbourWith(name: string, element: Element, pipeline: Pipeline): Element | undefined {
  let best: Element | undefined;
  for (const other of pipeline.elements) {
    if (other === element || other.factory === element.factory) continue;
    const has = other.spec?.properties.some((property) => property.name === name && property.writable);
    if (!has) continue;
    if (!best || Math.abs(other.span.start - element.span.start) < Math.abs(best.span.start - element.span.start))
      best = other;
  }
  return best;
}
