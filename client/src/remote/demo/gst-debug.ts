/** The debug log of a pipeline on the demo device: GST_DEBUG's levels by category, and the latency tracer's records. */
import type { Rehearsal } from '../../../../server/src/protocol.ts';
import type { Process } from './machine.ts';
import { toBytes } from './pipes.ts';

const LEVELS = ['NONE', 'ERROR', 'WARN', 'FIXME', 'INFO', 'DEBUG', 'LOG', 'TRACE', '', 'MEMDUMP'];

export class DebugLog {
  readonly #process: Process;
  readonly #what: Rehearsal;
  readonly #levels: readonly (readonly [RegExp, number])[];
  readonly #latency: boolean;
  readonly #colour: boolean;
  readonly #began = performance.now();
  #told = 0;

  constructor(process: Process, what: Rehearsal) {
    this.#process = process;
    this.#what = what;
    this.#levels = levelsOf(process.env.get('GST_DEBUG') ?? '');
    this.#latency = /\blatency\b/.test(process.env.get('GST_TRACERS') ?? '');
    this.#colour = !process.env.has('GST_DEBUG_NO_COLOR');
  }

  /** Since the start: `0:00:00.012345678`. */
  time(): string {
    const nanoseconds = BigInt(Math.round((performance.now() - this.#began) * 1e6));
    const seconds = Number(nanoseconds / 1_000_000_000n);
    const two = (number: number): string => String(number).padStart(2, '0');
    const rest = String(nanoseconds % 1_000_000_000n).padStart(9, '0');
    return `${Math.floor(seconds / 3600)}:${two(Math.floor(seconds / 60) % 60)}:${two(seconds % 60)}.${rest}`;
  }

  async beginning(): Promise<void> {
    await this.#line(4, 'GST_INIT', 'gst.c:592:init_pre', '', 'Initializing GStreamer Core Library version 1.20.3');
    for (const { factory, name } of this.#what.elements) {
      await this.#line(
        4,
        'GST_ELEMENT_FACTORY',
        'gstelementfactory.c:489:gst_element_factory_create_with_properties',
        '',
        `creating element "${factory}"`,
      );
      await this.#line(
        5,
        'GST_ELEMENT_FACTORY',
        'gstelementfactory.c:541:gst_element_factory_create_with_properties',
        name,
        'created',
      );
    }
    for (const { from, to, fromPad, toPad } of this.#what.links) {
      await this.#line(
        4,
        'GST_PADS',
        'gstpad.c:2378:gst_pad_link_prepare',
        '',
        `trying to link ${from}:${fromPad} and ${to}:${toPad}`,
      );
      await this.#line(
        4,
        'GST_PADS',
        'gstpad.c:2586:gst_pad_link_full',
        '',
        `linked ${from}:${fromPad} and ${to}:${toPad}, successful`,
      );
    }
  }

  async playing(): Promise<void> {
    for (const { name } of this.#what.elements) {
      await this.#line(
        4,
        'GST_STATES',
        'gstbin.c:2936:gst_bin_change_state_func',
        name,
        'completed state change to 4 (PLAYING)',
      );
    }
    const camera = this.#what.elements.find(({ factory }) => factory === 'v4l2src');
    if (camera)
      await this.#line(
        2,
        'v4l2src',
        'gstv4l2src.c:695:gst_v4l2src_query',
        camera.name,
        "Can't give latency since framerate isn't fixated !",
      );
  }

  /** Called with the number of frames so far. */
  async frames(done: number): Promise<void> {
    const fresh = Math.min(4, Math.floor(done) - Math.floor(this.#told));
    this.#told = done;
    for (let frame = 0; frame < fresh; frame++) {
      for (const { from, to, fromPad } of this.#what.links) {
        await this.#line(
          6,
          'GST_SCHEDULING',
          'gstpad.c:4428:gst_pad_chain_data_unchecked',
          to,
          `calling chainfunction with buffer of ${from}:${fromPad}`,
        );
      }
      if (this.#latency) await this.#records();
    }
  }

  async #records(): Promise<void> {
    const time = Math.round((performance.now() - this.#began) * 1e6);
    let sum = 0;
    for (const { name, factory, does } of this.#what.elements) {
      if (does !== 'other') continue;
      const spent = Math.round((WORK[factory] ?? 0.05) * 1e6 * (0.9 + Math.random() * 0.2));
      sum += spent;
      await this.#line(
        7,
        'GST_TRACER',
        ':0:',
        '',
        `element-latency, element-id=(string)0x${idOf(name)}, element=(string)${name}, src=(string)src, time=(guint64)${spent}, ts=(guint64)${time};`,
      );
    }
    const source = this.#what.elements.find(({ does }) => does === 'source');
    const sink = this.#what.elements.find(({ does }) => does === 'sink');
    if (!source || !sink) return;
    await this.#line(
      7,
      'GST_TRACER',
      ':0:',
      '',
      `latency, src-element-id=(string)0x${idOf(source.name)}, src-element=(string)${source.name}, src=(string)src, sink-element-id=(string)0x${idOf(sink.name)}, sink-element=(string)${sink.name}, sink=(string)sink, time=(guint64)${sum}, ts=(guint64)${time};`,
    );
  }

  async #line(level: number, category: string, place: string, object: string, message: string): Promise<void> {
    if (level > levelFor(this.#levels, category)) return;
    const name = LEVELS[level]!.padEnd(7);
    const pid = String(this.#process.pid).padStart(5);
    const thread = '0xaaaad40b1c00'.padStart(14);
    const tail = `${place}:${object === '' ? '' : `<${object}>`} ${message}`;
    const text = this.#colour
      ? `${this.time()} \x1b[3${(this.#process.pid % 6) + 1}m${pid}\x1b[00m ${thread} \x1b[37m${name}\x1b[00m \x1b[00m${category.padStart(20)} ${place}:${object === '' ? '' : `<${object}>`}\x1b[00m ${message}`
      : `${this.time()} ${pid} ${thread} ${name} ${category.padStart(20)} ${tail}`;
    await this.#process.complain(toBytes(`${text}\n`));
  }
}

/** Milliseconds that an element keeps a frame. */
const WORK: Readonly<Record<string, number>> = {
  nvinfer: 6.1,
  nvv4l2decoder: 9.4,
  nvstreammux: 3.2,
  nvtracker: 2.4,
  nvvideoconvert: 0.8,
  nvvidconv: 0.8,
  nvdsosd: 0.7,
  x264enc: 18.5,
  videoconvert: 3.1,
  queue: 0.2,
};

/** The same name gives the same address. */
const idOf = (name: string): string =>
  (0xaaab00000000 + [...name].reduce((sum, one) => (sum * 31 + one.charCodeAt(0)) % 0x0fffffff, 7) * 16).toString(16);

function levelsOf(text: string): readonly (readonly [RegExp, number])[] {
  return text.split(',').flatMap((one) => {
    const [name, level] = one.includes(':') ? one.split(':') : ['*', one];
    const number = /^\d+$/.test(level ?? '')
      ? Number(level)
      : LEVELS.indexOf((level ?? '').toUpperCase().replace('WARNING', 'WARN'));
    if (one === '' || number < 0) return [];
    const pattern = name!
      .replace(/[.+^${}()|[\]\\]/g, '\\$&')
      .replace(/\*/g, '.*')
      .replace(/\?/g, '.');
    return [[new RegExp(`^${pattern}$`), number] as const];
  });
}

/** The last that fits counts. */
function levelFor(levels: readonly (readonly [RegExp, number])[], category: string): number {
  return levels.findLast(([pattern]) => pattern.test(category))?.[1] ?? 0;
}
