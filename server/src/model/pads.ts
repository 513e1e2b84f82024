/**
 * Which pads a link takes, where that is certain, as `gst_element_link_pads_full` and `gst_parse_perform_link` choose:
 * the pad that was named; else the free pad that is always there; else one that is requested; else one that appears later.
 */
import type { ElementSpec, PadTemplate } from '../catalog/element.ts';
import type { LinkNode, Word } from '../syntax/launch/tree.ts';
import { HOLE } from '../text/excerpt.ts';
import { readFilter } from './filter.ts';
import type { Element, Endpoint, Link } from './pipeline.ts';
import { unknownAgreement } from './pipeline.ts';
import { templateOf } from './settings.ts';

/** A link between two elements with the pads that were named on both sides. */
export interface PlannedLink {
  readonly from: Element;
  readonly to: Element;
  readonly node: LinkNode;
  readonly fromPads: readonly Word[];
  readonly toPads: readonly Word[];
}

/** One link a pair of pads, in the order in which GStreamer tries them. */
export function choosePads(planned: readonly PlannedLink[]): Link[] {
  const links: Link[] = [];
  const taken = new Set<string>();
  for (const { from, to, node, fromPads, toPads } of planned) {
    const filter = readFilter(node.filter);
    // One side left empty: only the first pad of the other side is linked.
    const pairs = fromPads.length === 0 || toPads.length === 0 ? 1 : Math.min(fromPads.length, toPads.length);
    for (let i = 0; i < pairs; i++) {
      const source = choose(from, 'src', fromPads[i], taken, node.all);
      const sink = choose(to, 'sink', toPads[i], taken, node.all);
      links.push({
        index: links.length,
        from: source,
        to: sink,
        ...filter,
        node,
        span: node.span,
        delayed: source.template?.presence === 'sometimes',
        agreed: unknownAgreement,
      });
    }
  }
  return links;
}

function choose(
  element: Element,
  direction: 'src' | 'sink',
  named: Word | undefined,
  taken: Set<string>,
  all: boolean,
): Endpoint {
  if (named) {
    const pad = named.text;
    const open = pad.includes(HOLE);
    taken.add(`${element.index} ${pad}`);
    return {
      element,
      pad,
      padSpan: named.span,
      template: element.spec && !open ? templateOf(element.spec, pad, direction) : undefined,
    };
  }
  const unsure: Endpoint = { element, pad: undefined, padSpan: undefined, template: undefined };
  if (!element.spec) return unsure;
  const { count, always, request, sometimes } = padsOf(element.spec, direction);
  if (all && count > 1) return unsure;
  const free = always.filter((template) => !taken.has(`${element.index} ${template.name}`));
  const candidates: readonly PadTemplate[] =
    free.length > 0 ? free : request.length > 0 ? request : sometimes.length > 0 ? sometimes : always;
  const only = candidates.length === 1 ? candidates[0] : undefined;
  if (!only) return unsure;
  if (only.presence !== 'always') return { ...unsure, template: only };
  taken.add(`${element.index} ${only.name}`);
  return { ...unsure, pad: only.name, template: only };
}

/** The templates of one direction by presence. */
interface Templates {
  readonly count: number;
  readonly always: readonly PadTemplate[];
  readonly request: readonly PadTemplate[];
  readonly sometimes: readonly PadTemplate[];
}

const kept = new WeakMap<ElementSpec, { readonly src: Templates; readonly sink: Templates }>();

function padsOf(spec: ElementSpec, direction: 'src' | 'sink'): Templates {
  let known = kept.get(spec);
  if (!known) {
    known = { src: sorted(spec, 'src'), sink: sorted(spec, 'sink') };
    kept.set(spec, known);
  }
  return known[direction];
}

function sorted(spec: ElementSpec, direction: 'src' | 'sink'): Templates {
  const mine = spec.pads.filter((template) => template.direction === direction);
  const of = (presence: PadTemplate['presence']): PadTemplate[] => mine.filter((one) => one.presence === presence);
  return { count: mine.length, always: of('always'), request: of('request'), sometimes: of('sometimes') };
}
