/** What encloses what in a reading: for folding and for growing a selection. */
import type { Reading } from '../model/read.ts';
import type { Chain } from '../syntax/launch/tree.ts';
import { covers, type Span } from '../text/span.ts';

/** Stretches that can be folded to their first line, where they have more than one: bins, groups, the whole. */
export function folds(reading: Reading): Span[] {
  if (reading.kind === 'config') return reading.config.sections.map(({ span }) => span);
  const found: Span[] = [{ start: 0, end: reading.excerpt.text.trimEnd().length }];
  for (const { node } of reading.pipeline.bins) if (node) found.push(node.span);
  return found;
}

/** The nodes around an offset, the smallest first. */
export function around(reading: Reading, offset: number): Span[] {
  const found: Span[] = [];
  const add = (span: Span): void => {
    if (span.start <= offset && offset <= span.end && span.end > span.start) found.push(span);
  };
  if (reading.kind === 'config') {
    for (const section of reading.config.sections) {
      add(section.span);
      add(section.nameSpan);
      add(section.header);
      for (const key of section.keys) for (const span of [key.span, key.nameSpan, key.valueSpan]) add(span);
    }
  } else {
    const lists: (readonly Chain[])[] = [reading.tree.chains];
    for (let chains = lists.pop(); chains; chains = lists.pop()) {
      for (const chain of chains) {
        if (offset < chain.span.start || offset > chain.span.end) continue;
        add(chain.span);
        for (const link of chain.links) {
          add(link.span);
          if (link.filter) add(link.filter.span);
        }
        for (const item of chain.items) {
          add(item.span);
          if (item.kind === 'bin') lists.push(item.chains);
          if (item.kind !== 'element' && item.kind !== 'bin') continue;
          if (item.factory) add(item.factory.span);
          for (const setting of item.settings) {
            add(setting.span);
            add(setting.value.span);
            if (setting.kind === 'property') add(setting.name.span);
          }
        }
      }
    }
  }
  add({ start: 0, end: reading.excerpt.text.trimEnd().length });
  return nested(found);
}

/** Growing, each in the next, none twice. */
function nested(spans: readonly Span[]): Span[] {
  const sorted = [...spans].sort((a, b) => a.end - a.start - (b.end - b.start));
  const kept: Span[] = [];
  for (const span of sorted) {
    const last = kept.at(-1);
    if (!last || (covers(span, last) && span.end - span.start > last.end - last.start)) kept.push(span);
  }
  return kept;
}
