/**
 * Pipelines drawn from the tables: every element with static pads comes up, those that people use more often more
 * often. Half grow element by element along templates that meet, half are common Jetson shapes; then some get one or
 * two mistakes of a kind that people make. A seed gives the same pipelines again.
 */
import { canIntersect } from '../../server/src/caps/algebra.ts';
import type { Caps, Structure } from '../../server/src/caps/caps.ts';
import { printStructure } from '../../server/src/caps/print.ts';
import type { Catalog } from '../../server/src/catalog/catalog.ts';
import type { ElementSpec, PadTemplate } from '../../server/src/catalog/element.ts';
import { templateCaps } from '../../server/src/model/caps-text.ts';
import type { Random } from './random.ts';

/** Sizes, rates and formats that filters are written with. */
const FIELDS = [
  'width=1280,height=720',
  'width=640,height=480',
  'framerate=30/1',
  'width=1920,height=1080,framerate=30/1',
];
const FORMATS = ['NV12', 'I420', 'RGBA', 'BGRx', 'BGR', 'RGB', 'YUY2', 'UYVY', 'GRAY8', 'P010_10LE', 'NV24'];
const MUTATIONS = ['memory', 'format', 'element', 'order', 'filter', 'remove'] as const;

/** Shapes that Jetson pipelines have; right ones. */
const SHAPES: readonly (readonly string[])[] = [
  [
    'nvarguscamerasrc',
    'video/x-raw(memory:NVMM),width=1920,height=1080,framerate=30/1',
    'nvvidconv',
    'video/x-raw,format=BGRx',
    'videoconvert',
    'video/x-raw,format=BGR',
    'appsink',
  ],
  ['nvarguscamerasrc', 'video/x-raw(memory:NVMM),format=NV12', 'nvv4l2h264enc', 'h264parse', 'mp4mux', 'filesink'],
  ['nvarguscamerasrc', 'nvvidconv', 'video/x-raw(memory:NVMM),format=I420', 'nvjpegenc', 'multifilesink'],
  [
    'v4l2src',
    'video/x-raw,format=YUY2',
    'nvvidconv',
    'video/x-raw(memory:NVMM),format=NV12',
    'nvv4l2h265enc',
    'h265parse',
    'rtph265pay',
    'udpsink',
  ],
  ['v4l2src', 'image/jpeg', 'jpegparse', 'nvv4l2decoder', 'nvvidconv', 'video/x-raw', 'xvimagesink'],
  ['filesrc', 'h264parse', 'nvv4l2decoder', 'nv3dsink'],
  [
    'filesrc',
    'h264parse',
    'nvv4l2decoder',
    'nvvidconv',
    'video/x-raw,format=I420',
    'x264enc',
    'h264parse',
    'flvmux',
    'filesink',
  ],
  [
    'filesrc',
    'h265parse',
    'nvv4l2decoder',
    'queue',
    'nvvideoconvert',
    'video/x-raw(memory:NVMM),format=RGBA',
    'nvdsosd',
    'nvegltransform',
    'nveglglessink',
  ],
  [
    'videotestsrc',
    'videoconvert',
    'videoscale',
    'video/x-raw,width=640,height=480',
    'x264enc',
    'h264parse',
    'matroskamux',
    'filesink',
  ],
  ['videotestsrc', 'video/x-raw,format=I420', 'nvvideoconvert', 'video/x-raw(memory:NVMM)', 'fakesink'],
  ['videotestsrc', 'timeoverlay', 'videoconvert', 'jpegenc', 'avimux', 'filesink'],
  [
    'udpsrc caps=application/x-rtp,media=video,encoding-name=H264,clock-rate=90000',
    'rtpjitterbuffer',
    'rtph264depay',
    'h264parse',
    'avdec_h264',
    'videoconvert',
    'autovideosink',
  ],
  [
    'nvarguscamerasrc',
    'tee name=t',
    'queue',
    'nvvidconv',
    'video/x-raw',
    'videoconvert',
    'videoflip',
    'jpegenc',
    'fakesink',
  ],
  [
    'nvvideotestsrc',
    'nvinfer',
    'nvtracker',
    'nvvideoconvert',
    'nvdsosd',
    'nvvideoconvert',
    'video/x-raw,format=I420',
    'videocrop',
    'x265enc',
    'filesink',
  ],
  ['audiotestsrc', 'audioconvert', 'audioresample', 'audio/x-raw,rate=44100', 'opusenc', 'oggmux', 'filesink'],
  ['filesrc', 'mpegtsmux', 'fakesink'],
  [
    'nvarguscamerasrc',
    'identity',
    'queue',
    'videorate',
    'nvvidconv',
    'video/x-raw,format=NV12',
    'videobox',
    'videobalance',
    'ximagesink',
  ],
];

interface Choice {
  readonly spec: ElementSpec;
  readonly weight: number;
}

/** One pipeline as a list of words: elements (with settings) and filters, in link order. */
type Words = string[];

export class PipelineMaker {
  readonly #all: readonly Choice[];
  readonly #sources: readonly Choice[];

  /** `uses` tells how often people use an element; the others come up now and then. */
  constructor(
    catalog: Catalog,
    uses: Readonly<Record<string, number>>,
    readonly random: Random,
  ) {
    const specs = [...catalog.heads()].map((head) => catalog.element(head.name)).filter((spec) => spec !== undefined);
    this.#all = specs
      .filter((spec) => spec.pads.length > 0 && spec.pads.every((pad) => pad.presence === 'always' && !pad.open))
      .map((spec) => ({ spec, weight: 1 + 4 * (uses[spec.name] ?? 0) }));
    this.#sources = this.#all.filter(({ spec }) => !pad(spec, 'sink') && pad(spec, 'src'));
  }

  /** The next pipeline's text and what was done to it. */
  next(): { text: string; mutations: string[] } {
    const words = this.random.chance(0.5) ? [...this.random.pick(SHAPES)] : this.#grow();
    const mutations: string[] = [];
    if (this.random.chance(0.7)) {
      const count = this.random.chance(0.3) ? 2 : 1;
      for (let i = 0; i < count; i++) mutations.push(this.#mutate(words));
    }
    return { text: words.join(' ! '), mutations };
  }

  #grow(): Words {
    let spec = this.#draw(this.#sources)!;
    const words: Words = [spec.name];
    const length = 1 + this.random.below(6);
    for (let i = 0; i < length; i++) {
      const source = pad(spec, 'src');
      if (!source) break;
      const offered = templateCaps(source);
      if (this.random.chance(0.25)) words.push(this.#filter(offered));
      const fits = this.#all.filter((c) => accepts(c.spec, offered));
      const next = this.#draw(this.random.chance(0.9) ? fits : this.#all);
      if (!next) break;
      spec = next;
      words.push(spec.name);
    }
    if (isFilter(words.at(-1)!)) words.push('fakesink');
    return words;
  }

  /** A filter that one alternative of the caps gives, or a common one. */
  #filter(caps: Caps): string {
    if (caps === 'any' || caps.length === 0) return `video/x-raw,format=${this.random.pick(FORMATS)}`;
    const structure: Structure = this.random.pick(caps);
    const bare = printStructure({ ...structure, fields: new Map() });
    if (structure.media !== 'video/x-raw') return bare;
    const format = this.random.chance(0.5) ? `,format=${this.random.pick(FORMATS)}` : '';
    const size = this.random.chance(0.5) ? `,${this.random.pick(FIELDS)}` : '';
    return `${bare}${format}${size}`;
  }

  #mutate(words: Words): string {
    const kind = this.random.pick(MUTATIONS);
    const at = this.random.below(words.length);
    const word = words[at]!;
    if (kind === 'memory') {
      const place = words.findIndex((w) => w.startsWith('video/x-raw'));
      if (place >= 0) words[place] = toggleMemory(words[place]!);
      else words.splice(Math.max(1, at), 0, 'video/x-raw(memory:NVMM)');
    } else if (kind === 'format') {
      const place = words.findIndex((w) => w.startsWith('video/x-raw'));
      const format = `format=${this.random.pick(FORMATS)}`;
      if (place >= 0) words[place] = `${words[place]!.replace(/,format=[^,]*/, '')},${format}`;
      else words.splice(Math.max(1, at), 0, `video/x-raw,${format}`);
    } else if (kind === 'element') {
      if (!isFilter(word)) words[at] = this.#draw(this.#all)!.name;
    } else if (kind === 'order') {
      const other = Math.min(at + 1, words.length - 1);
      [words[at], words[other]] = [words[other]!, word];
    } else if (kind === 'filter') {
      words.splice(Math.max(1, at), 0, this.#filter('any'));
    } else if (words.length > 2) {
      words.splice(at, 1);
    }
    repair(words);
    return kind;
  }

  #draw(choices: readonly Choice[]): ElementSpec | undefined {
    const total = choices.reduce((sum, c) => sum + c.weight, 0);
    let left = this.random.next() * total;
    for (const choice of choices) {
      left -= choice.weight;
      if (left < 0) return choice.spec;
    }
    return choices.at(-1)?.spec;
  }
}

const isFilter = (word: string): boolean => /^[a-z]+\/[\w.+-]+/.test(word);

/** The grammar takes caps only between two elements, and one at a time. */
function repair(words: Words): void {
  for (let i = words.length - 1; i > 0; i--) if (isFilter(words[i]!) && isFilter(words[i - 1]!)) words.splice(i, 1);
  while (words.length > 0 && isFilter(words[0]!)) words.shift();
  if (words.length === 0) words.push('videotestsrc');
  if (isFilter(words.at(-1)!)) words.push('fakesink');
}

const toggleMemory = (filter: string): string =>
  filter.includes('(memory:NVMM)')
    ? filter.replace('(memory:NVMM)', '')
    : filter.replace(/^video\/x-raw(\([^)]*\))?/, 'video/x-raw(memory:NVMM)');

const pad = (spec: ElementSpec, direction: 'src' | 'sink'): PadTemplate | undefined =>
  spec.pads.find((p) => p.direction === direction);

const accepts = (spec: ElementSpec, offered: Caps): boolean => {
  const sink = pad(spec, 'sink');
  return sink !== undefined && canIntersect(offered, templateCaps(sink));
};
