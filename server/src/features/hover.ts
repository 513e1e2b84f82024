/** What is known of the word under the cursor. Offsets are the excerpt's. */

import type { PadTemplate } from '../catalog/element.ts';
import { keySpec } from '../model/config-names.ts';
import type { Element, Endpoint, Link, Setting } from '../model/pipeline.ts';
import type { ConfigReading, LaunchReading, Reading } from '../model/read.ts';
import { propertyOf, templateOf } from '../model/settings.ts';
import type { Target } from '../model/target.ts';
import { type Span, touches } from '../text/span.ts';
import { budgetLine } from './code-lens.ts';
import type { About } from './completion/suggestion.ts';
import { capsLines } from './hover/caps-words.ts';
import { groupText, idText, keyText } from './hover/config.ts';
import { elementText, padText, propertyText } from './hover/element.ts';
import { capsHover, linkText } from './hover/link.ts';
import { paragraphs } from './hover/paragraphs.ts';

export interface Hover {
  readonly span: Span;
  readonly markdown: string;
}

export function hover(reading: Reading, offset: number): Hover | undefined {
  return reading.kind === 'launch' ? hoverLaunch(reading, offset) : hoverConfig(reading, offset);
}

/** What is known of a thing that completion offers; empty where nothing is. */
export function aboutText(about: About, target: Target): string {
  switch (about.kind) {
    case 'element': {
      const spec = target.catalog.element(about.element);
      return spec ? elementText(spec, target) : '';
    }
    case 'property': {
      const spec = target.catalog.element(about.element);
      const property = spec && propertyOf(spec, about.property, target.platform);
      return property ? propertyText(property, about.element) : '';
    }
    case 'key': {
      const section = target.catalog.format(about.format)?.sections.find(({ name }) => name === about.section);
      const key = section && keySpec(section, about.key)?.spec;
      return key ? keyText(key) : '';
    }
  }
}

function hoverLaunch(reading: LaunchReading, offset: number): Hover | undefined {
  const { pipeline, target } = reading;
  for (const element of [...pipeline.elements, ...pipeline.dropped]) {
    if (element.spec && touches(element.span, offset)) {
      // Where the pipeline begins, it is told as a whole too: a file of its own has no other word for it.
      const budget = element === pipeline.elements[0] && pipeline.links.length > 0 ? budgetLine(reading) : '';
      const markdown = paragraphs(
        elementText(element.spec, target, element),
        budget === '' ? '' : `The pipeline asks for: ${budget}`,
      );
      return { span: element.span, markdown };
    }
    for (const setting of element.settings) {
      if (touches(setting.span, offset)) return hoverSetting(reading, element, setting, offset);
    }
  }
  const reference = hoverReference(reading, offset);
  if (reference) return reference;
  for (const link of pipeline.links) {
    if (!touches(link.span, offset)) continue;
    const caps = link.filterSpan && touches(link.filterSpan, offset) ? capsHover(reading, offset) : undefined;
    return caps ?? { span: link.span, markdown: linkText(reading, link) };
  }
  return undefined;
}

function hoverSetting(reading: LaunchReading, element: Element, setting: Setting, offset: number): Hover | undefined {
  const { spec } = setting;
  if (!spec) return undefined;
  if (offset >= setting.valueSpan.start && spec.type.kind === 'caps') {
    const caps = capsHover(reading, offset);
    if (caps) return caps;
  }
  const owner = setting.path.length > 0 ? `the pad ${setting.path.join('::')} of ${element.factory}` : element.factory;
  return {
    span: [setting.nameSpan, setting.valueSpan].find((span) => touches(span, offset)) ?? setting.span,
    markdown: propertyText(spec, owner, setting.value),
  };
}

/** `t.` and its pads, wherever a link names them. */
function hoverReference({ pipeline, target, tree }: LaunchReading, offset: number): Hover | undefined {
  for (const link of pipeline.links) {
    for (const end of [link.from, link.to]) {
      if (end.padSpan && touches(end.padSpan, offset)) return { span: end.padSpan, markdown: endText(end, link) };
    }
  }
  const token = tree.tokens.find(({ kind, span }) => kind === 'REF' && touches(span, offset));
  if (!token) return undefined;
  const [name = '', pad = ''] = tree.text.slice(token.span.start, token.span.end).split('.');
  const element = pipeline.byName.get(name);
  if (!element) return undefined;
  const behindDot = token.span.start + name.length + 1;
  if (offset > behindDot) {
    const template = element.spec && templateOf(element.spec, pad);
    const span = { start: behindDot, end: token.span.end };
    return template && { span, markdown: padOf(element, pad, template) };
  }
  return {
    span: { start: token.span.start, end: behindDot },
    markdown: paragraphs(
      `**${name}** is this ${element.factory}.`,
      element.spec ? elementText(element.spec, target, element) : '',
    ),
  };
}

/** A pad, what it is linked to and what flows there. */
function endText(end: Endpoint, { from, to, agreed }: Link): string {
  const other = end === from ? to : from;
  const there = `\`${other.element.name}${other.pad === undefined ? '' : `.${other.pad}`}\``;
  const known = agreed.verdict !== 'broken' && agreed.caps !== 'any' && agreed.caps.length === 1;
  return paragraphs(
    padOf(end.element, end.pad ?? '', end.template),
    `Linked ${end === from ? 'to' : 'from'} ${there}${known ? `: ${capsLines(agreed.caps).join('; ')}` : ''}`,
  );
}

const padOf = (element: Element, pad: string, template: PadTemplate | undefined): string =>
  paragraphs(`**${pad}** of ${element.factory} \`${element.name}\``, template ? padText(template) : '');

function hoverConfig(reading: ConfigReading, offset: number): Hover | undefined {
  for (const section of reading.config.sections) {
    if (touches(section.nameSpan, offset)) {
      return section.spec ? { span: section.nameSpan, markdown: groupText(reading, section) } : undefined;
    }
    if (offset < section.span.start || offset > section.span.end) continue;
    for (const key of section.keys) {
      if (!key.spec || !touches(key.span, offset)) continue;
      return {
        span: [key.nameSpan, key.valueSpan].find((span) => touches(span, offset)) ?? key.span,
        markdown: paragraphs(keyText(key.spec, key.value), idText(reading, key)),
      };
    }
  }
  return undefined;
}
