/**
 * Makes the links of a pipeline as GStreamer's parser makes them, one after the other, and says of each what both ends
 * agree on. A link is broken only where the real parser is bound to refuse it; whatever is not known leaves it open.
 * Follows gst_element_link_pads_full (which pads are tried) and gst_pad_query_caps (what they answer).
 */
import { intersect } from '../caps/algebra.ts';
import type { Caps, Memory } from '../caps/caps.ts';
import { memoryOf } from '../caps/memory.ts';
import type { ElementSpec, PadTemplate } from '../catalog/element.ts';
import { conflictOf } from './conflict.ts';
import { isToldOnly, type Made, Offers, own } from './offers.ts';
import {
  type Conflict,
  type Element,
  type Endpoint,
  type Link,
  type Negotiated,
  type Pipeline,
  type Step,
  unknownAgreement,
} from './pipeline.ts';

/** The pipeline with every link negotiated. Time grows with the number of links; never throws. */
export function negotiate(pipeline: Pipeline): Pipeline {
  const offers = new Offers('proved');
  const pads = new Pads();
  const outcomes = pipeline.links.map((link) => {
    const outcome = tryLink(link, offers, pads);
    if ('made' in outcome && outcome.made) offers.make(outcome.made);
    return outcome;
  });
  let told = offers;
  if (pipeline.elements.some(isToldOnly)) {
    told = new Offers('told');
    for (const outcome of outcomes) if ('made' in outcome && outcome.made) told.make(outcome.made);
  }
  const links = pipeline.links.map((link, place) => {
    const outcome = outcomes[place]!;
    return { ...link, agreed: agreementOf(link, outcome, told) };
  });
  return { ...pipeline, links };
}

function agreementOf(link: Link, outcome: Outcome, offers: Offers): Negotiated {
  if ('negotiated' in outcome) return outcome.negotiated;
  return outcome.made ? new Agreement(link, outcome.made, offers) : unknownAgreement;
}

/** A pad that a link may use. */
interface Candidate {
  readonly template: PadTemplate | undefined;
  /** Undefined where the pad is requested and gets its number then, or is not known. */
  readonly pad: string | undefined;
}

/** A link made (or waiting for a pad), or refused. */
type Outcome = { readonly made: Made | undefined } | { readonly negotiated: Negotiated };

/** Always pads and named request pads take one link each. */
class Pads {
  readonly #taken: (string[] | undefined)[] = [];

  take(element: Element, pad: string | undefined): void {
    if (pad === undefined) return;
    const pads = this.#taken[element.index];
    if (pads) pads.push(pad);
    else this.#taken[element.index] = [pad];
  }

  taken(element: Element, pad: string): boolean {
    return this.#taken[element.index]?.includes(pad) ?? false;
  }
}

function tryLink(link: Link, offers: Offers, pads: Pads): Outcome {
  const filter = filterOf(link);
  const from = candidates(link.from, 'src', pads);
  const to = candidates(link.to, 'sink', pads);
  if (from === 'unknown' || to === 'unknown' || link.delayed) {
    // Something links there or will, but not what is known; its caps are anything.
    return { made: partial(link, from, to, filter) };
  }
  if (from.length === 0 || to.length === 0) return noPad(link, from.length === 0 ? link.from : link.to, from, to);
  for (const source of from) {
    const offered = intersect(offers.pad(link.from.element, source.template, 'src'), filter);
    for (const sink of to) {
      const both = intersect(offered, offers.pad(link.to.element, sink.template, 'sink'));
      if (both !== 'any' && both.length === 0) continue;
      pads.take(link.from.element, source.pad);
      pads.take(link.to.element, sink.pad);
      return { made: makeOf(link, source, sink, filter, from.length === 1, to.length === 1) };
    }
  }
  if (waits(link.from.element)) return { made: undefined };
  return refuse(link, from[0]!, to, offers, filter);
}

/** The caps of the link's filter; anything where they are only known at run time or do not parse. */
function filterOf(link: Link): Caps {
  const caps = link.filter;
  if (caps === undefined || link.filterOpen === 'all' || caps === 'any') return 'any';
  if (!link.filterOpen?.size) return caps;
  const open = link.filterOpen;
  return caps.map((s) => ({ ...s, fields: new Map([...s.fields].filter(([name]) => !open.has(name))) }));
}

/** A link that uses the pads; where another pad could have been chosen as well, its template proves nothing later. */
function makeOf(link: Link, from: Candidate, to: Candidate, filter: Caps, onlyFrom: boolean, onlyTo: boolean): Made {
  return {
    from: link.from.element,
    to: link.to.element,
    fromTemplate: onlyFrom ? from.template : undefined,
    toTemplate: onlyTo ? to.template : undefined,
    filter,
    open: false,
  };
}

function partial(
  link: Link,
  from: readonly Candidate[] | 'unknown',
  to: readonly Candidate[] | 'unknown',
  filter: Caps,
): Made {
  return {
    from: link.from.element,
    to: link.to.element,
    fromTemplate: from !== 'unknown' && from.length === 1 ? from[0]!.template : undefined,
    toTemplate: to !== 'unknown' && to.length === 1 ? to[0]!.template : undefined,
    filter,
    open: true,
  };
}

/** The pads that GStreamer would try, in its order: static ones, then request ones. */
function candidates(end: Endpoint, direction: 'src' | 'sink', pads: Pads): readonly Candidate[] | 'unknown' {
  const spec = end.element.spec;
  if (!spec || isOpenEnded(end.element)) return 'unknown';
  if (end.padSpan && end.pad !== undefined) return named(end.element, spec, end.pad, direction, pads);
  const { tried, waits } = padsOf(spec)[direction];
  const free = tried.some(({ pad }) => pad !== undefined && pads.taken(end.element, pad))
    ? tried.filter(({ pad }) => pad === undefined || !pads.taken(end.element, pad))
    : tried;
  // A table from a manual names the pads that the manual names.
  return free.length === 0 && (waits || (tried.length === 0 && !spec.complete)) ? 'unknown' : free;
}

function named(
  element: Element,
  spec: ElementSpec,
  pad: string,
  direction: 'src' | 'sink',
  pads: Pads,
): readonly Candidate[] | 'unknown' {
  const template = spec.pads.find((t) => t.direction === direction && matches(t.name, pad));
  if (!template) return spec.pads.some((t) => t.presence === 'sometimes') || !spec.complete ? 'unknown' : [];
  if (template.presence === 'sometimes') return 'unknown';
  return pads.taken(element, pad) ? [] : [{ template, pad }];
}

/** What a direction of an element has to link: pads in the order in which they are tried, and whether more may appear. */
interface Side {
  readonly tried: readonly Candidate[];
  readonly waits: boolean;
}

/** Specs live as long as the tables. */
const sides = new WeakMap<ElementSpec, Readonly<Record<'src' | 'sink', Side>>>();

function padsOf(spec: ElementSpec): Readonly<Record<'src' | 'sink', Side>> {
  let known = sides.get(spec);
  if (!known) sides.set(spec, (known = { src: sideOf(spec, 'src'), sink: sideOf(spec, 'sink') }));
  return known;
}

function sideOf(spec: ElementSpec, direction: 'src' | 'sink'): Side {
  const templates = spec.pads.filter((pad) => pad.direction === direction);
  const of = (presence: PadTemplate['presence']): PadTemplate[] => templates.filter((t) => t.presence === presence);
  return {
    tried: [
      ...of('always').map((template) => ({ template, pad: template.name })),
      ...of('request').map((template) => ({ template, pad: undefined })),
    ],
    waits: of('sometimes').length > 0,
  };
}

/** Bins make and ghost pads as they are filled; nothing can be said of theirs. */
const isOpenEnded = (element: Element): boolean => element.node?.kind === 'bin' || element.spec?.pads.length === 0;

const waits = (element: Element): boolean => element.spec !== undefined && padsOf(element.spec).src.waits;

/** Whether a pad name is one of a template's: `sink_3` of `sink_%u`. */
export function matches(template: string, pad: string): boolean {
  if (template === pad) return true;
  if (!template.includes('%')) return false;
  const pattern = template
    .split(/(%[uds])/)
    .map((part) => (part === '%s' ? '.+' : /^%[ud]$/.test(part) ? '\\d+' : part.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')))
    .join('');
  return new RegExp(`^${pattern}$`).test(pad);
}

function noPad(link: Link, end: Endpoint, from: readonly Candidate[], to: readonly Candidate[]): Outcome {
  const direction = end === link.from ? 'src' : 'sink';
  const exists = end.element.spec!.pads.some(
    (pad) => pad.direction === direction && (!end.padSpan || end.pad === undefined || matches(pad.name, end.pad)),
  );
  const conflict: Conflict = {
    kind: exists ? 'pad-taken' : 'no-pad',
    at: end,
    from: from.length > 0,
    to: to.length > 0,
  };
  return { negotiated: { caps: [], memory: 'unknown', verdict: 'broken', because: [], conflict } };
}

function refuse(link: Link, source: Candidate, sinks: readonly Candidate[], offers: Offers, filter: Caps): Outcome {
  const offered = offers.pad(link.from.element, source.template, 'src');
  const taken =
    sinks.length === 1 ? offers.pad(link.to.element, sinks[0]!.template, 'sink') : union(sinks, link, offers);
  const conflict = conflictOf(offered, filter, taken);
  const because = [
    ...trace(link.from.element, source.template, offers),
    ...(link.filter
      ? [{ at: 'filter' as const, span: link.filterSpan, allows: filter, leaves: intersect(offered, filter) }]
      : []),
    { at: link.to, span: link.to.element.span, allows: taken, leaves: [] },
  ];
  return { negotiated: { caps: [], memory: 'unknown', verdict: 'broken', because, conflict } };
}

function union(sinks: readonly Candidate[], link: Link, offers: Offers): Caps {
  const all: Exclude<Caps, 'any'>[number][] = [];
  for (const sink of sinks) {
    const caps = offers.pad(link.to.element, sink.template, 'sink');
    if (caps === 'any') return 'any';
    all.push(...caps);
  }
  return all;
}

/** How the offer came to be: each element upstream whose caps passed through, the farthest first. Bounded. */
function trace(element: Element, template: PadTemplate | undefined, offers: Offers): Step[] {
  const steps: Step[] = [];
  let current: Element | undefined = element;
  let pad = template;
  for (let hops = 0; current && hops < 64; hops++) {
    const leaves = offers.pad(current, pad, 'src');
    const endpoint: Endpoint = { element: current, pad: pad?.name, padSpan: undefined, template: pad };
    steps.unshift({ at: endpoint, span: current.span, allows: own(current, pad, 'src'), leaves });
    const feeding = offers.linked(current, 'sink');
    if (feeding.length !== 1 || !current.spec?.behaviour?.forward) break;
    const link: Made = feeding[0]!;
    if (link.filter !== 'any') {
      steps.unshift({ at: 'filter', span: undefined, allows: link.filter, leaves: link.filter });
    }
    pad = link.fromTemplate;
    current = link.from;
  }
  return steps;
}

/** What both ends agree on once every link is made. Worked out when it is first looked at: most links of a text never are. */
class Agreement implements Negotiated {
  #settled: Settled | undefined;
  readonly #link: Link;
  readonly #made: Made;
  readonly #offers: Offers;

  constructor(link: Link, made: Made, offers: Offers) {
    this.#link = link;
    this.#made = made;
    this.#offers = offers;
  }

  get caps(): Caps {
    return this.#settle().caps;
  }

  get memory(): Memory {
    return this.#settle().memory;
  }

  get because(): readonly Step[] {
    return this.#settle().because;
  }

  get verdict(): 'agreed' | 'open' {
    if (this.#made.open) return 'open';
    // What real elements answered cannot come to nothing once the link was made; what is told of others can.
    return this.#offers.trust === 'told' && this.#settle().empty ? 'open' : 'agreed';
  }

  #settle(): Settled {
    this.#settled ??= settle(this.#link, this.#made, this.#offers);
    return this.#settled;
  }
}

interface Settled {
  readonly caps: Caps;
  readonly memory: Memory;
  readonly because: readonly Step[];
  /** True where what is told of both ends has nothing in common. */
  readonly empty: boolean;
}

function settle(link: Link, made: Made, offers: Offers): Settled {
  const offered = offers.pad(made.from, made.fromTemplate, 'src');
  const taken = offers.pad(made.to, made.toTemplate, 'sink');
  const filtered = intersect(offered, made.filter);
  const caps = intersect(filtered, taken);
  const because: Step[] = [
    { at: link.from, span: link.from.element.span, allows: offered, leaves: offered },
    ...(link.filter ? [{ at: 'filter' as const, span: link.filterSpan, allows: made.filter, leaves: filtered }] : []),
    { at: link.to, span: link.to.element.span, allows: taken, leaves: caps },
  ];
  const empty = caps !== 'any' && caps.length === 0;
  return { caps: empty ? 'any' : caps, memory: empty ? 'unknown' : memoryOf(caps), because, empty };
}
