/** The outline: pipelines with their elements, configurations with their groups. */
import type { Element, Pipeline } from '../model/pipeline.ts';
import type { Reading } from '../model/read.ts';
import type { Span } from '../text/span.ts';

export interface SymbolNode {
  readonly name: string;
  readonly kind: 'pipeline' | 'element' | 'group' | 'key';
  readonly detail: string;
  /** All of it, in the excerpt. */
  readonly span: Span;
  /** Its name. */
  readonly nameSpan: Span;
  readonly children: readonly SymbolNode[];
}

/** More symbols of one text help nobody to find anything. */
const MOST = 5000;

export function symbols(reading: Reading): SymbolNode[] {
  if (reading.kind === 'launch') {
    const { pipeline, excerpt } = reading;
    if (pipeline.elements.length === 0) return [];
    const whole = { start: 0, end: excerpt.text.trimEnd().length };
    const children = pipeline.elements.slice(0, MOST).flatMap((element) => elementSymbol(element, whole));
    return [
      {
        name: pipelineName(pipeline),
        kind: 'pipeline',
        detail: `${pipeline.elements.length} elements`,
        span: whole,
        nameSpan: children[0]?.nameSpan ?? whole,
        children: children.sort((a, b) => a.span.start - b.span.start),
      },
    ];
  }
  return reading.config.sections.slice(0, MOST).map((section) => ({
    name: section.name,
    kind: 'group',
    detail: section.spec?.blurb ?? '',
    span: section.span,
    nameSpan: section.nameSpan,
    children: section.keys.map((key) => ({
      name: key.name,
      kind: 'key' as const,
      detail: key.nested ? '' : key.value,
      span: key.span,
      nameSpan: key.nameSpan,
      children: [],
    })),
  }));
}

/** `v4l2src → autovideosink`. */
export function pipelineName({ elements, links }: Pipeline): string {
  const led = new Set(links.map(({ to }) => to.element));
  const leading = new Set(links.map(({ from }) => from.element));
  const first = elements.find((element) => !led.has(element)) ?? elements[0];
  const last = elements.findLast((element) => !leading.has(element)) ?? elements.at(-1);
  return !first || !last || first === last ? (first?.factory ?? 'pipeline') : `${first.factory} → ${last.factory}`;
}

function elementSymbol(element: Element, whole: Span): SymbolNode[] {
  const span = element.node?.span ?? element.span;
  if (span.start < whole.start || span.end > whole.end) return [];
  return [
    {
      name: element.named ? element.name : element.factory,
      kind: 'element',
      detail: element.named ? element.factory : '',
      span,
      nameSpan: element.span,
      children: [],
    },
  ];
}
