/** What the text does not say and the reader wants to know: what flows, what is copied, default names, what a number means. */
import { budgetOf } from '../model/budget.ts';
import { type Flow, flowsOf } from '../model/flow.ts';
import type { Element, Link } from '../model/pipeline.ts';
import type { LaunchReading, Reading } from '../model/read.ts';
import { bytesWords } from './hover/caps-words.ts';

export interface Hint {
  readonly offset: number;
  readonly label: string;
  readonly kind: HintKind;
  readonly tooltip?: string;
}

export type HintKind = 'links' | 'copies' | 'names' | 'values';

export function inlayHints(reading: Reading, wanted: Readonly<Record<HintKind, boolean>>): Hint[] {
  const hints: Hint[] = [];
  if (reading.kind === 'config') return wanted.values ? configValues(reading) : [];
  if (wanted.links) hints.push(...linkHints(reading));
  if (wanted.copies) hints.push(...copyHints(reading));
  if (wanted.names) hints.push(...nameHints(reading));
  if (wanted.values) hints.push(...valueHints(reading));
  return hints.sort((a, b) => a.offset - b.offset);
}

/**
 * Behind the operator. Where caps are written in the link, only what they leave open is told; and what an element hands on as
 * it came, a queue or a parser, is not told again.
 */
function linkHints({ pipeline }: LaunchReading): Hint[] {
  const flows = flowsOf(pipeline);
  const arriving = new Map<Element, string | undefined>();
  for (const link of pipeline.links) {
    const flow = flows.get(link);
    const { to } = link;
    // Of an element that several links lead into, none of them says what leaves it.
    arriving.set(to.element, arriving.has(to.element) || !flow ? undefined : flowWords(flow));
  }
  const seen = new Set<number>();
  return pipeline.links.flatMap((link): Hint[] => {
    const flow = flows.get(link);
    if (!flow || link.agreed.verdict === 'broken' || seen.has(link.span.end)) return [];
    if (!link.filterSpan && arriving.get(link.from.element) === flowWords(flow)) return [];
    const label = flowWords(flow, link);
    if (label === '') return [];
    seen.add(link.span.end);
    return [{ offset: link.span.end, label, kind: 'links' }];
  });
}

/** `NVMM · NV12 1920×1080@30`; of a link with caps, what these do not say. */
function flowWords(flow: Flow, link?: Link): string {
  const written = link?.filter === undefined || link.filter === 'any' ? undefined : link.filter[0]?.fields;
  const open = (field: string): boolean => written?.has(field) !== true;
  const filtered = link?.filterSpan !== undefined;
  const memory =
    flow.memory === 'nvmm' ? 'NVMM' : flow.memory === 'unknown' || flow.memory === 'system' ? '' : flow.memory;
  const size =
    flow.width !== undefined && flow.height !== undefined && (open('width') || open('height'))
      ? `${flow.width}×${flow.height}`
      : '';
  const rate = flow.rate !== undefined && open('framerate') ? `@${Math.round(flow.rate * 100) / 100}` : '';
  const format = flow.format !== undefined && open('format') ? flow.format : '';
  const picture = `${[format, size].filter((part) => part !== '').join(' ')}${rate}`;
  const parts = [filtered && memory === 'NVMM' ? '' : memory, picture].filter((part) => part !== '');
  // A coded stream is told by its name where nothing else is known of it.
  const coded = /^video\/x-(h26[456]|vp[89]|av1)$/.exec(flow.media ?? '')?.[1];
  if (coded && !filtered) parts.unshift(coded.toUpperCase().replace('H26', 'H.26'));
  return parts.join(' · ');
}

function copyHints({ pipeline, target }: LaunchReading): Hint[] {
  const { copies } = budgetOf(pipeline, target.device);
  return copies.parts.map(({ element, amount }) => ({
    offset: element.span.end,
    label: `↯ ${bytesWords(amount)}/s copy`,
    kind: 'copies',
    tooltip: 'Frames are copied between ordinary memory and NVMM here.',
  }));
}

/** Names that a log will use and the text does not tell: of elements that stand more than once. */
function nameHints({ pipeline }: LaunchReading): Hint[] {
  const count = new Map<string, number>();
  for (const { factory } of pipeline.elements) count.set(factory, (count.get(factory) ?? 0) + 1);
  return pipeline.elements.flatMap((element): Hint[] =>
    element.named || (count.get(element.factory) ?? 0) < 2 || element.node?.kind !== 'element'
      ? []
      : [{ offset: element.span.end, label: element.name, kind: 'names', tooltip: 'Its name in logs.' }],
  );
}

/** `control-rate=1 ⟨constant bitrate⟩`. */
function valueHints({ pipeline }: LaunchReading): Hint[] {
  return pipeline.elements.flatMap((element) =>
    element.settings.flatMap(({ spec, value, valueSpan }): Hint[] => {
      if (spec?.type.kind !== 'enum' || value === undefined || !/^-?\d+$/.test(value)) return [];
      const meant = spec.type.values.find((one) => String(one.value) === value);
      const words = meant?.name && /\s|[a-z]/.test(meant.name) && !/^GST_/.test(meant.name) ? meant.name : meant?.nick;
      return words === undefined || words === value
        ? []
        : [{ offset: valueSpan.end, label: `⟨${words.replaceAll('_', ' ')}⟩`, kind: 'values' }];
    }),
  );
}

function configValues({ config }: Extract<Reading, { kind: 'config' }>): Hint[] {
  return config.sections.flatMap((section) =>
    section.keys.flatMap(({ spec, value, valueSpan }): Hint[] => {
      if (!spec || !('values' in spec.type) || !/^-?\d+$/.test(value.trim())) return [];
      const meant = spec.type.values?.find((one) => one.value === value.trim());
      return meant
        ? [{ offset: valueSpan.start + value.trimEnd().length, label: `⟨${shortened(meant.meaning)}⟩`, kind: 'values' }]
        : [];
    }),
  );
}

const shortened = (words: string): string => (words.length > 40 ? `${words.slice(0, 39)}…` : words);
