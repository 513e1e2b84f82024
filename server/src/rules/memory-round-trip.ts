/** Finds frames that are copied out of NVMM and back again. */
import { frameBytes } from '../model/codecs.ts';
import type { Rule } from '../model/finding.ts';
import { type Flow, flowsOf } from '../model/flow.ts';
import { graphOf } from '../model/graph.ts';
import type { Element, Link, Pipeline } from '../model/pipeline.ts';

export const rule: Rule = {
  id: 'memory-round-trip',
  title: 'Frames leave NVMM and come back',
  why: 'Each crossing copies every frame through the CPU. Between two elements that keep frames in NVMM, a way through system memory costs two copies a frame and gains nothing, unless an element on the way needs the pixels.',
  severity: 'warning',
  on: 'launch',
  examples: [
    {
      bad: 'nvarguscamerasrc ! nvvidconv ! video/x-raw,format=I420 ! nvvidconv ! video/x-raw(memory:NVMM),format=NV12 ! nv3dsink',
      good: 'nvarguscamerasrc ! nvvidconv ! video/x-raw(memory:NVMM),format=NV12 ! nv3dsink',
    },
  ],
  *check(reading) {
    if (reading.kind !== 'launch') return;
    for (const out of reading.pipeline.elements) {
      if (!takesNvmm(out) || !crosses(reading.pipeline, out, 'nvmm', 'system')) continue;
      const way = wayBack(reading.pipeline, out);
      if (!way) continue;
      const { back, between } = way;
      const needed = between.find((element) => !onlyConverts(element));
      const cost = costOf(flowsOf(reading.pipeline).get(way.first));
      yield {
        span: out.span,
        severity: needed ? 'hint' : 'warning',
        message:
          `${out.factory} copies each frame out of NVMM, and ${back.factory} copies it back${cost}. ` +
          (needed
            ? `If an element for NVMM can do the work of ${needed.factory}, both copies go.`
            : 'Nothing between them needs the pixels; ask for video/x-raw(memory:NVMM) there and both copies go.'),
        related: [{ span: back.span, message: 'back into NVMM here' }],
      };
    }
  },
};

/** What links agree on is worked out where it is asked, so it is asked only of elements whose tables know of NVMM. */
const takesNvmm = ({ spec }: Element): boolean =>
  spec?.pads.some(({ direction, caps }) => direction === 'sink' && caps.includes('memory:NVMM')) === true;

function crosses(pipeline: Pipeline, element: Element, from: 'nvmm' | 'system', to: 'nvmm' | 'system'): boolean {
  const graph = graphOf(pipeline);
  const [into, out] = [graph.into(element), graph.outOf(element)];
  return into.length === 1 && out.length === 1 && holds(into[0]!, from) && holds(out[0]!, to);
}

const holds = (link: Link, memory: 'nvmm' | 'system'): boolean =>
  link.agreed.verdict === 'agreed' &&
  link.agreed.memory === memory &&
  link.agreed.caps !== 'any' &&
  link.agreed.caps.every((structure) => structure.media === 'video/x-raw');

/** The element that copies back, where one way leads to it from where frames came out. */
function wayBack(pipeline: Pipeline, out: Element): { back: Element; between: Element[]; first: Link } | undefined {
  const graph = graphOf(pipeline);
  const between: Element[] = [];
  const seen = new Set([out]);
  const first = graph.outOf(out)[0]!;
  for (let link: Link | undefined = first; link; ) {
    const element: Element = link.to.element;
    if (seen.has(element)) return undefined;
    seen.add(element);
    if (crosses(pipeline, element, 'system', 'nvmm')) return { back: element, between, first };
    const next: readonly Link[] = graph.outOf(element);
    if (next.length !== 1 || graph.into(element).length !== 1 || !holds(next[0]!, 'system')) return undefined;
    between.push(element);
    link = next[0];
  }
  return undefined;
}

/** Queues, and converters and scalers of stock GStreamer: what NVMM's own converter does as well. */
const onlyConverts = (element: Element): boolean =>
  element.spec?.klass.some((word) => word === 'Converter' || word === 'Scaler') ||
  element.spec?.roles?.queue !== undefined ||
  element.spec?.klass.join('/') === 'Generic';

function costOf(flow: Flow | undefined): string {
  const bytes = frameBytes(flow?.format, flow?.width, flow?.height);
  if (bytes === undefined || flow?.rate === undefined) return '';
  return `: ${Math.round((2 * bytes * flow.rate) / 1e6)} MB/s in all`;
}
