/** A pipeline as a graph for a picture: what stands where, what flows between, what it asks of its machine. */
import { printCaps } from '../caps/algebra.ts';
import { type Budget, budgetOf, type Unknown } from '../model/budget.ts';
import { type Flow, flowsOf } from '../model/flow.ts';
import type { Bin, Element, Link } from '../model/pipeline.ts';
import type { LaunchReading } from '../model/read.ts';
import type { BudgetLine, GraphElement, GraphLink, PipelineGraph } from '../protocol.ts';
import type { Span } from '../text/span.ts';

/** Longer texts than these are no help in a picture. */
const MOST_SETTINGS = 4;
const LONGEST_SETTING = 40;
const LONGEST_CAPS = 2_000;

/** The pipeline's graph; places are the excerpt's. Problems are not told here, since only rules find them. */
export function graphOf({ pipeline, target }: LaunchReading): PipelineGraph<Span> {
  const bins = new Map<Bin, number>();
  pipeline.bins.forEach((bin, index) => {
    bins.set(bin, index);
  });
  const flows = flowsOf(pipeline);
  return {
    target: target.title,
    elements: pipeline.elements.map((element) => elementOf(element, bins)),
    links: pipeline.links.map((link) => linkOf(link, flows.get(link))),
    budget: budgetLines(budgetOf(pipeline, target.device)),
  };
}

function elementOf(element: Element, bins: ReadonlyMap<Bin, number>): GraphElement<Span> {
  const bin = element.bin && bins.get(element.bin);
  const settings = element.settings.filter(({ name }) => name !== 'name');
  const shown = settings.slice(0, MOST_SETTINGS).map((setting) => {
    const written = [...setting.path, setting.name].join('::');
    return shorten(`${written}=${setting.value ?? '…'}`, LONGEST_SETTING);
  });
  const more = settings.length - shown.length;
  return {
    id: element.index,
    factory: element.factory,
    name: element.name,
    named: element.named,
    known: element.spec !== undefined,
    ...(element.spec?.engine ? { engine: element.spec.engine.engine } : {}),
    ...(bin === undefined ? {} : { bin }),
    settings: more > 0 ? [...shown, `… ${more} more`] : shown,
    place: element.span,
    problems: [],
  };
}

function linkOf(link: Link, flow: Flow | undefined): GraphLink<Span> {
  return {
    id: link.index,
    from: link.from.element.index,
    to: link.to.element.index,
    ...(link.from.pad === undefined ? {} : { fromPad: link.from.pad }),
    ...(link.to.pad === undefined ? {} : { toPad: link.to.pad }),
    memory: link.agreed.memory,
    verdict: link.agreed.verdict,
    flow: flow ? flowText(flow) : '',
    caps: shorten(printCaps(link.agreed.caps), LONGEST_CAPS),
    delayed: link.delayed,
    place: link.span,
    problems: [],
  };
}

/** `NV12 1920×1080 @ 30`, as far as it is known; the media type where the stream is not raw video. */
export function flowText(flow: Flow): string {
  const { media, format, width, height, rate, batch } = flow;
  const parts = [
    media === undefined || media === 'video/x-raw' ? '' : media.replace(/^(?:video|audio|application)\/(?:x-)?/, ''),
    format ?? '',
    width !== undefined && height !== undefined ? `${width}×${height}` : '',
    rate === undefined ? '' : `@ ${Math.round(rate * 100) / 100}`,
    batch > 1 ? `×${batch}` : '',
  ].filter((part) => part !== '');
  return parts.length === 0 && media === 'video/x-raw' ? 'raw video' : parts.join(' ');
}

/** Engines first, then copies and memory; what has no part in the pipeline is left out. */
export function budgetLines({ engines, copies, nvmm }: Budget): BudgetLine[] {
  const lines: BudgetLine[] = engines.map(({ engine, work, load, unknown }) => ({
    what: `${engine.toUpperCase()} ${work}`,
    amount: load === undefined ? 'unknown' : `${Math.round(load * 100)} %`,
    ...(load === undefined ? {} : { share: load }),
    unknown: missing(unknown),
  }));
  if (copies.parts.length + copies.unknown.length > 0) {
    const known = copies.parts.length > 0;
    lines.push({
      what: `${copies.parts.length + copies.unknown.length === 1 ? 'Copy' : 'Copies'} between system memory and NVMM`,
      amount: known ? `${bytes(copies.total)}/s` : 'unknown',
      unknown: missing(copies.unknown),
    });
  }
  if (nvmm.parts.length + nvmm.unknown.length > 0) {
    lines.push({
      what: 'NVMM held by pools',
      amount: nvmm.parts.length > 0 ? bytes(nvmm.total) : 'unknown',
      unknown: missing(nvmm.unknown),
    });
  }
  return lines;
}

const missing = (unknown: readonly Unknown[]): string[] =>
  unknown.map(({ element, missing: what }) => `${element.name}: ${what}`);

const bytes = (amount: number): string =>
  amount >= 1e9 ? `${(amount / 1e9).toFixed(1)} GB` : `${Math.max(1, Math.round(amount / 1e6))} MB`;

const shorten = (text: string, most: number): string => (text.length > most ? `${text.slice(0, most - 1)}…` : text);
