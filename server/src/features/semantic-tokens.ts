/** What each word of a reading is, for colouring by meaning. In the order of the text, none overlapping. */
import { capsPlaces } from '../model/caps-places.ts';
import type { Reading } from '../model/read.ts';
import type { Span } from '../text/span.ts';

/** In the order in which the legend lists them. */
export const TOKEN_TYPES = [
  'class',
  'property',
  'enumMember',
  'number',
  'string',
  'operator',
  'type',
  'decorator',
  'parameter',
  'variable',
  'namespace',
] as const;
export const TOKEN_MODIFIERS = ['declaration', 'deprecated', 'readonly'] as const;

export interface SemanticToken {
  readonly span: Span;
  readonly type: (typeof TOKEN_TYPES)[number];
  readonly modifiers: readonly (typeof TOKEN_MODIFIERS)[number][];
}

export function semanticTokens(reading: Reading): SemanticToken[] {
  const found: SemanticToken[] = [];
  const add = (span: Span, type: SemanticToken['type'], ...modifiers: SemanticToken['modifiers'][number][]): void => {
    if (span.end > span.start) found.push({ span, type, modifiers });
  };
  if (reading.kind === 'launch') launch(reading, add);
  else config(reading, add);
  found.sort((a, b) => a.span.start - b.span.start || b.span.end - a.span.end);
  let end = 0;
  return found.filter(({ span }) => {
    if (span.start < end) return false;
    end = span.end;
    return true;
  });
}

type Add = (span: Span, type: SemanticToken['type'], ...modifiers: SemanticToken['modifiers'][number][]) => void;

function launch(reading: Extract<Reading, { kind: 'launch' }>, add: Add): void {
  const { pipeline, tree } = reading;
  /** Where caps begin that are coloured word by word. */
  const inCaps = new Set<number>();
  for (const { parsed, place, setting, span } of capsPlaces(reading)) {
    if (setting && parsed.tree.structures.length === 0) continue;
    inCaps.add(span.start);
    for (const structure of parsed.tree.structures) {
      add(place(structure.media.span), 'type');
      for (const feature of structure.features) add(place(feature.span), 'decorator');
      for (const { name, value } of structure.fields) {
        add(place(name.span), 'property');
        if (value) add(place(value.span), /^[\d./-]+$/.test(value.text) ? 'number' : 'enumMember');
      }
    }
  }
  for (const element of [...pipeline.elements, ...pipeline.dropped]) {
    if (element.spec) add(element.span, 'class', ...(element.spec.deprecated ? (['deprecated'] as const) : []));
    for (const { spec, nameSpan, valueSpan, name, value } of element.settings) {
      const readOnly = spec && !spec.writable;
      add(
        nameSpan,
        'property',
        ...(spec?.deprecated ? (['deprecated'] as const) : []),
        ...(readOnly ? (['readonly'] as const) : []),
      );
      if (inCaps.has(valueSpan.start)) continue;
      if (name === 'name') add(valueSpan, 'variable', 'declaration');
      else add(valueSpan, valueType(spec?.type.kind, value));
    }
  }
  for (const { kind, span } of tree.tokens) {
    const text = tree.text.slice(span.start, span.end);
    if (kind === 'LINK' || kind === 'LINK_ALL') {
      add({ start: span.start, end: span.start + 1 }, 'operator');
      if (text.length > 1) add({ start: span.end - 1, end: span.end }, 'operator');
    } else if (kind === 'REF' || kind === 'PADREF') {
      const dot = span.start + text.indexOf('.');
      add({ start: span.start, end: dot }, 'variable');
      add({ start: dot + 1, end: span.end }, 'parameter');
    }
  }
}

function valueType(kind: string | undefined, value: string | undefined): SemanticToken['type'] {
  if (kind === 'enum' || kind === 'flags' || kind === 'bool') return 'enumMember';
  return value !== undefined && /^-?\d+(?:[./]\d+)?$/.test(value) ? 'number' : 'string';
}

function config({ config: { sections } }: Extract<Reading, { kind: 'config' }>, add: Add): void {
  for (const section of sections) {
    add(section.nameSpan, 'namespace', 'declaration');
    for (const { nameSpan, valueSpan, value, spec, nested } of section.keys) {
      add(nameSpan, 'property', ...(spec?.deprecated === undefined ? [] : (['deprecated'] as const)));
      if (nested) continue;
      const closed = spec !== undefined && 'values' in spec.type && spec.type.values !== undefined;
      add(valueSpan, closed ? 'enumMember' : /^-?[\d.;, ]+$/.test(value) ? 'number' : 'string');
    }
  }
}
