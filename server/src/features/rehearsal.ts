/**
 * What would become of a pipeline on a machine: whether it is built, in GStreamer's own words where it is not, and how much
 * work it is. For the demo device, which has no GStreamer to ask. What is not known counts as fine.
 */
import { printCaps } from '../caps/algebra.ts';
import type { Value } from '../caps/caps.ts';
import { budgetOf } from '../model/budget.ts';
import { capsPlaces, refusal } from '../model/caps-places.ts';
import { type Flow, flowsOf, numberOf, settingOf } from '../model/flow.ts';
import { knowsAllProperties } from '../model/known.ts';
import type { Element, Link, Pipeline } from '../model/pipeline.ts';
import type { LaunchReading } from '../model/read.ts';
import { atLeast, type Target } from '../model/target.ts';
import { told } from '../model/told.ts';
import { judge } from '../model/values.ts';
import type { Refusal, Rehearsal, RehearsedElement } from '../protocol.ts';

/** `reading` is the text's, where it is a gst-launch pipeline: its own mistakes are looked for too. */
export function rehearse(pipeline: Pipeline, target: Target, reading?: LaunchReading): Rehearsal {
  const flows = flowsOf(pipeline);
  const refused = reading ? (refusedText(reading) ?? refusedStart(pipeline, target)) : refusedStart(pipeline, target);
  const frames = framesOf(pipeline);
  return {
    ...(refused && { refusal: refused }),
    elements: pipeline.elements.map(elementOf),
    links: pipeline.links.map((link) => ({
      from: link.from.element.name,
      to: link.to.element.name,
      fromPad: link.from.pad ?? 'src',
      toPad: link.to.pad ?? 'sink',
      caps: capsText(link, flows.get(link)),
    })),
    live: pipeline.elements.some(isLive),
    ...(frames !== undefined && { frames }),
    rate: rateOf(flows),
    streams: streamsOf(pipeline),
    load: loadOf(pipeline, target, flows),
  };
}

/** Why gst_parse_launch refuses the text. It builds in the order of the text and tells its first mistake. */
function refusedText(reading: LaunchReading): Refusal | undefined {
  const { pipeline, tree, target } = reading;
  const parse = (message: string): Refusal => ({ stage: 'parse', message });
  // A dash of typography is a word like any other to GStreamer; what it does there is seen below.
  const slips = tree.problems.filter(({ hint, rule }) => !hint && rule !== 'syntax-typography');
  if (slips.some(({ later }) => !later)) return parse('syntax error');
  for (const { rule, span } of slips) {
    if (rule === 'syntax-bare-uri')
      return parse(`no source element for URI "${tree.text.slice(span.start, span.end)}"`);
    if (rule === 'syntax-empty-bin') return parse('specified empty bin "bin", not allowed');
  }
  for (const place of capsPlaces(reading)) {
    const filter = place.link?.node?.filter;
    if (filter && refusal(place)) return parse(`could not parse caps "${filter.text}"`);
  }
  if (pipeline.elements.length === 0) return parse('empty pipeline not allowed');
  // Until 1.20 an element is made first and then set, so that it has its name already.
  const called = ({ factory, name }: Element): string => (atLeast(target.gstreamer, '1.22') ? factory : name);
  for (const element of [...pipeline.elements, ...pipeline.dropped]) {
    const { spec, factory, node } = element;
    if (!node || node.kind === 'uri' || node.kind === 'bin') continue;
    if (!spec) return parse(`no element "${factory}"`);
    for (const { spec: property, path, name, written, value, nameSpan } of element.settings) {
      if (path.length > 0 || name === 'name' || name === 'parent' || told(tree, nameSpan)) continue;
      if (!property && knowsAllProperties(spec, target))
        return parse(`no property "${written}" in element "${called(element)}"`);
      if (!property?.writable || value === undefined) continue;
      if (judge(property, value).verdict === 'refused') {
        return parse(`could not set property "${written}" in element "${called(element)}" to "${value}"`);
      }
    }
  }
  const loose = pipeline.loose[0];
  if (loose && !pipeline.open)
    return parse(
      `No src-element named "${tree.text.slice(loose.span.start, loose.span.end).replace(/\..*$/s, '')}" - omitting link`,
    );
  for (const link of pipeline.links) {
    if (link.agreed.verdict === 'broken' && !link.delayed) return parse(notLinked(link));
  }
  return undefined;
}

function notLinked({ from, to, filter, agreed }: Link): string {
  const both = `could not link ${from.element.name} to ${to.element.name}`;
  if (filter === undefined || filter === 'any') return both;
  const between = agreed.conflict && 'between' in agreed.conflict ? agreed.conflict.between : undefined;
  const who = between === 'filter-taker' ? to.element.name : from.element.name;
  return `${both}, ${who} can't handle caps ${printCaps(filter)}`;
}

/** Why it is built but does not start, as far as the text tells: an engine that the module lacks, a stream nobody takes. */
function refusedStart({ elements, links }: Pipeline, target: Target): Refusal | undefined {
  const [device] = target.devices;
  for (const element of elements) {
    const engine = element.spec?.engine;
    if (engine?.engine !== 'nvenc' || device?.engines.nvenc !== 0) continue;
    const node = target.l4t !== undefined && !atLeast(target.l4t, '36') ? '/dev/nvhost-msenc' : '/dev/v4l2-nvenc';
    return {
      stage: 'start',
      element: element.name,
      message: `Cannot identify device '${node}'.`,
      debug: ['gst-v4l2/v4l2_calls.c(629): gst_v4l2_open ()', 'system error: No such file or directory'],
    };
  }
  const broken = links.find(({ agreed, delayed }) => agreed.verdict === 'broken' && delayed);
  const source = broken && sourceOf(broken.from.element, links);
  if (!source) return undefined;
  return {
    stage: 'run',
    element: source.name,
    message: 'Internal data stream error.',
    debug: ['../libs/gst/base/gstbasesrc.c(3127): gst_base_src_loop ()', 'streaming stopped, reason not-linked (-1)'],
  };
}

/** The element that the stream comes from. */
function sourceOf(element: Element, links: readonly Link[]): Element {
  let at = element;
  for (const seen = new Set<Element>(); !seen.has(at); ) {
    seen.add(at);
    at = links.find(({ to }) => to.element === at)?.from.element ?? at;
  }
  return at;
}

function elementOf(element: Element): RehearsedElement {
  const { name, factory, spec, settings } = element;
  const klass = spec?.klass ?? [];
  const does = klass.includes('Sink') ? 'sink' : klass.includes('Source') ? 'source' : 'other';
  const files = settings.flatMap(({ name: property, value, overridden }): RehearsedElement['files'] => {
    if (value === undefined || value === '' || overridden) return [];
    if (property === 'location' && /^(?:multi)?file/.test(factory)) {
      return [{ path: value, how: does === 'sink' ? 'write' : 'read' }];
    }
    return property === 'config-file-path' || property === 'll-config-file' ? [{ path: value, how: 'config' }] : [];
  });
  return {
    name,
    factory,
    typeName: spec?.typeName ?? `Gst${factory[0]?.toUpperCase() ?? ''}${factory.slice(1)}`,
    does,
    files,
    settings: settings
      .filter((one) => one.name !== 'name' && one.value !== undefined)
      .map((one) => `${one.name}=${one.value}`),
  };
}

/** What flows when it runs: fixed, as `-v` prints it. What the text leaves open becomes what GStreamer would choose first. */
function capsText({ agreed }: Link, flow: Flow | undefined): string {
  const first = agreed.caps === 'any' ? undefined : agreed.caps[0];
  const media = flow?.media ?? first?.media;
  if (media === undefined) return '';
  const nvmm = agreed.memory === 'nvmm' || flow?.memory === 'nvmm';
  const raw = media === 'video/x-raw';
  const format = flow?.format ?? (raw ? (chosen(first?.fields.get('format')) ?? (nvmm ? 'NV12' : 'I420')) : undefined);
  const width = flow?.width ?? (raw ? 320 : undefined);
  const height = flow?.height ?? (raw ? 240 : undefined);
  const rate = flow?.rate ?? (raw ? USUAL_RATE : undefined);
  const fields = [
    format !== undefined && `format=(string)${format}`,
    width !== undefined && `width=(int)${width}`,
    height !== undefined && `height=(int)${height}`,
    rate !== undefined &&
      `framerate=(fraction)${Number.isInteger(rate) ? `${rate}/1` : `${Math.round(rate * 1001)}/1001`}`,
  ].filter((field) => field);
  return [`${media}${nvmm ? '(memory:NVMM)' : ''}`, ...fields].join(', ');
}

/** The first string of a field, where it has one. */
function chosen(value: Value | undefined): string | undefined {
  if (value?.kind === 'string') return value.value ?? undefined;
  return value?.kind === 'list' ? chosen(value.values[0]) : undefined;
}

const CAMERAS =
  /^(?:nvarguscamerasrc|nvv4l2camerasrc|v4l2src|rtspsrc|udpsrc|alsasrc|pulsesrc|rtmpsrc|srtsrc|tcpclientsrc)$/;

const isLive = (element: Element): boolean =>
  CAMERAS.test(element.factory) ||
  settingOf(element, 'is-live') === 'true' ||
  settingOf(element, 'live-source') === '1';

function framesOf({ elements }: Pipeline): number | undefined {
  // It ends the stream behind the first picture.
  if (elements.some((element) => element.factory === 'pngenc' && settingOf(element, 'snapshot') === 'true')) return 1;
  const ends = elements.flatMap((element) => {
    const buffers = Number(settingOf(element, 'num-buffers') ?? -1);
    if (buffers >= 0) return [buffers];
    // A recording ends; how long it is cannot be told from the text.
    return element.factory === 'filesrc' && settingOf(element, 'num-buffers') === undefined ? [FRAMES_OF_A_FILE] : [];
  });
  const endless = elements.some(
    (element) =>
      element.spec?.klass.includes('Source') &&
      element.factory !== 'filesrc' &&
      settingOf(element, 'num-buffers') === undefined,
  );
  return ends.length === 0 || endless ? undefined : Math.max(...ends);
}

/** One minute at 30 frames a second. */
const FRAMES_OF_A_FILE = 1800;

const USUAL_RATE = 30;

function rateOf(flows: ReadonlyMap<Link, Flow>): number {
  for (const { rate } of flows.values()) if (rate !== undefined && rate > 0) return rate;
  return USUAL_RATE;
}

function streamsOf({ elements, links }: Pipeline): number {
  const muxers = elements.filter(({ factory }) => factory === 'nvstreammux');
  const fed = muxers.flatMap((muxer) => links.filter(({ to }) => to.element === muxer));
  return Math.max(1, fed.length);
}

/** Milliseconds of the GPU for a frame, on a small board: what the kinds of work roughly take. */
const GPU_MS: Readonly<Record<string, number>> = {
  nvinfer: 6,
  nvinferserver: 7,
  nvtracker: 1.5,
  nvdsosd: 0.6,
  nvmultistreamtiler: 0.8,
  nvdspreprocess: 1,
  nvdewarper: 2,
  nvof: 3,
};

/** Nanoseconds of a core for a pixel. */
const CPU_NS: readonly (readonly [RegExp, number])[] = [
  [/^(?:x265enc|av1enc|vp9enc)/, 60],
  [/^(?:x264enc|openh264enc|vp8enc)/, 20],
  [/^(?:avdec_|openh264dec|libde265dec|vp[89]dec|dav1ddec)/, 5],
  [/^(?:videoconvert|videoscale|videoconvertscale|videorate|compositor|jpegenc|jpegdec)/, 3],
  [/src$/, 1],
];

/** Pixels a second that the video image compositor converts: 4K at 60. */
const VIC_PIXELS = 3840 * 2160 * 60;

function loadOf(pipeline: Pipeline, target: Target, flows: ReadonlyMap<Link, Flow>): Rehearsal['load'] {
  const budget = budgetOf(pipeline, target.devices[0]);
  const engine = (name: string): number =>
    budget.engines.filter((one) => one.engine === name).reduce((sum, one) => sum + (one.load ?? 0.1), 0);
  const rate = rateOf(flows);
  const streams = streamsOf(pipeline);
  let gpu = 0;
  let vic = 0;
  let cpu = 0.02 * pipeline.elements.length;
  for (const element of pipeline.elements) {
    const flow = pipeline.links
      .map((link) => (link.to.element === element || link.from.element === element ? flows.get(link) : undefined))
      .find((one) => one?.width !== undefined);
    const pixels = (flow?.width ?? 640) * (flow?.height ?? 480) * (flow?.rate ?? rate);
    const every = 1 + (numberOf(settingOf(element, 'interval')) ?? 0);
    gpu += ((GPU_MS[element.factory] ?? 0) * rate * streams) / every / 1000;
    if (element.factory === 'nvvidconv' || element.factory === 'nvvideoconvert') vic += pixels / VIC_PIXELS;
    cpu += ((CPU_NS.find(([pattern]) => pattern.test(element.factory))?.[1] ?? 0) * pixels) / 1e9;
  }
  const memory =
    40 + budget.nvmm.total / 1e6 + (pipeline.elements.some(({ factory }) => factory.startsWith('nvinfer')) ? 700 : 0);
  return { gpu, nvdec: engine('nvdec'), nvenc: engine('nvenc'), vic, cpu, memory };
}
