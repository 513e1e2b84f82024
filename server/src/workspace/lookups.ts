/** Where a program looks a name up that a pipeline or a configuration gives: `get_by_name("sink")`, `objInROIcnt["gate"]`. */
import type { Occurrence } from '../features/names.ts';
import { type Span, touches } from '../text/span.ts';

export interface Lookup {
  readonly kind: 'element' | 'shape';
  readonly name: string;
  /** Of the name, without its quotes. */
  readonly span: Span;
}

/** By kind of name. The last group is the name, and its quote follows. */
const FORMS: Readonly<Record<Lookup['kind'], RegExp>> = {
  element:
    /by_?name(?:_recurse_up)?(?:::<[\w:<>]{0,60}>)?\s*\(\s*(?:[\w.>()-]{1,60},\s*)?(?:b|c|r)?(["'])([\w%:-]{1,200})\1/gi,
  // The maps of NvDsAnalyticsFrameMeta and NvDsAnalyticsObjInfo, by their names in nvds_analytics_meta.h.
  shape: /\b(?:objInROIcnt|objLCCurrCnt|objLCCumCnt|ocStatus)\s*\[\s*(["'])([\w.-]{1,200})\1/g,
};

/** Every lookup in a program's text, in the order of the text for each kind. */
export function lookups(text: string): Lookup[] {
  return (['element', 'shape'] as const).flatMap((kind) =>
    [...text.matchAll(FORMS[kind])].map((match) => {
      const name = match[2]!;
      const end = match.index + match[0].length - 1;
      return { kind, name, span: { start: end - name.length, end } };
    }),
  );
}

export const lookupAt = (text: string, offset: number): Lookup | undefined =>
  lookups(text).find(({ span }) => touches(span, offset));

/** Those of one name. */
export const lookupsOf = (text: string, { kind, name }: Pick<Occurrence, 'kind' | 'name'>): Lookup[] =>
  kind === 'element' || kind === 'shape' ? lookups(text).filter((one) => one.kind === kind && one.name === name) : [];
