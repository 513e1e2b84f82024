/** What limits a device, in words, and what deserves a warning. Looks at measurements only, live or recorded. */
import { between, type Measurements, statisticsOf } from './measurements.ts';

export interface Bottleneck {
  readonly kind: 'thermal' | 'memory' | 'gpu' | 'decoder' | 'encoder' | 'converter' | 'cpu' | 'core' | 'bus' | 'none';
  /** One sentence. */
  readonly text: string;
  /** What to try; one sentence. */
  readonly advice: string;
}

/** Seconds that are looked at: one sample tells nothing. */
const LOOKED_AT = 10;
/** Samples that are needed. */
const LEAST = 3;
/** Per cent from which a unit counts as full: it is never at 100 all the time. */
const FULL = 90;
/** All cores together: interrupts and what cannot be shared out take the rest. */
const CPU_FULL = 80;
/** Degrees Celsius. */
const WARM = 85;
const HOT = 90;
/** Per cent of load from which on a GPU would clock up if it could. */
const BUSY = 60;
/** Share of the highest clock below which a unit counts as clocked down. */
const LOWERED = 0.85;

interface Limit {
  readonly kind: Bottleneck['kind'];
  readonly what: string;
  /** Matches the ids of the series that it is about. */
  readonly ids: RegExp;
  readonly full: number;
  readonly advice: string;
}

/** The fixed units first: when one of them is full, what is fed from it waits. */
const LIMITS: readonly Limit[] = [
  {
    ...{ kind: 'encoder', what: 'The encoder', ids: /^engine\.(?:NVENC|MSENC)\d*$/, full: FULL },
    advice: 'Encode fewer streams, smaller frames or fewer of them, or choose a faster preset of the encoder.',
  },
  {
    ...{ kind: 'decoder', what: 'The decoder', ids: /^engine\.NVDEC\d*$/, full: FULL },
    advice:
      'Decode fewer streams, drop frames in the decoder (drop-frame-interval), or let the cameras send smaller frames.',
  },
  {
    ...{ kind: 'gpu', what: 'The GPU', ids: /^gpu$/, full: FULL },
    advice:
      'Inference is the usual cause: a larger interval, FP16 or INT8, a smaller model or network size, or batches that fit the sources.',
  },
  {
    ...{ kind: 'converter', what: 'The converter (VIC)', ids: /^engine\.VIC$/, full: FULL },
    advice: 'Convert and scale once and early, and let nvvideoconvert use the GPU where that has room (compute-hw=1).',
  },
  {
    ...{ kind: 'cpu', what: 'The CPU', ids: /^cpu$/, full: CPU_FULL },
    advice:
      'Look for software codecs and for videoconvert or videoscale on frames in system memory; their hardware kin take that load away.',
  },
  {
    ...{ kind: 'core', what: 'One CPU core', ids: /^core\.\d+$/, full: 95 },
    advice: 'One thread does it all: a queue parts a pipeline into threads.',
  },
  {
    ...{ kind: 'bus', what: 'The memory bus', ids: /^emc$/, full: FULL },
    advice: 'Keep frames in NVMM memory from source to sink, and scale down before anything else is done.',
  },
];

/** Judges the last seconds; undefined where nothing is known. `none` is told only while frames are counted. */
export function bottleneckOf(all: Measurements): Bottleneck | undefined {
  const last = all.times.at(-1);
  if (last === undefined) return undefined;
  const recent = between(all, last - LOOKED_AT, last);
  if (recent.times.length < LEAST) return undefined;
  const hottest = top(recent, /^temperature\./);
  const gpu = clockShare(all, recent, /^clock\.GR3D$/);
  const slowed = gpu < LOWERED && (top(recent, /^gpu$/)?.average ?? 0) >= BUSY;
  if (hottest && hottest.average >= (slowed ? WARM : HOT)) {
    const clocks = slowed ? `the GPU has ${(gpu * 100).toFixed(0)} % of its clock` : 'the clocks are lowered';
    return {
      kind: 'thermal',
      text: `Heat limits: ${hottest.title} is at ${hottest.average.toFixed(0)} °C, and ${clocks}.`,
      advice: 'Check fan and heat sink, or choose a power mode with fewer watts.',
    };
  }
  const ram = top(recent, /^ram$/);
  if (ram?.limit && ram.average / ram.limit > 0.95) {
    return {
      kind: 'memory',
      text: `Memory limits: ${ram.average.toFixed(0)} of ${ram.limit} MB are in use, ${seconds(recent)}.`,
      advice:
        'Fewer streams, smaller queues and buffer pools, a smaller model; a desktop that is not needed takes about 800 MB.',
    };
  }
  for (const { kind, what, ids, full, advice } of LIMITS) {
    const found = top(recent, ids);
    if (found && found.average >= full && !idlesAt(all, recent, found.id)) {
      return { kind, advice, text: `${what} limits: ${found.average.toFixed(0)} % of its time, ${seconds(recent)}.` };
    }
  }
  const frames = top(recent, /^frames\./);
  if (!frames || !top(recent, /^(?:gpu|cpu)$/)) return undefined;
  return {
    kind: 'none',
    text: 'Nothing on the device is at its limit.',
    advice: 'Frames come as fast as the source gives them or the sink shows them (sync=true).',
  };
}

/**
 * The share of the highest clock that was seen at which a unit works now; 1 where its clock is not told. Loads are shares of
 * what the present clock gives.
 */
function clockShare(all: Measurements, recent: Measurements, id: RegExp): number {
  const highest = top(all, id)?.maximum ?? 0;
  const now = top(recent, id)?.average;
  return now === undefined || highest === 0 ? 1 : now / highest;
}

/** A codec engine with little to do clocks down, and then looks busy. The GPU's clock also falls where it must not rise. */
function idlesAt(all: Measurements, recent: Measurements, id: string): boolean {
  const name = /^engine\.(\w+)$/.exec(id)?.[1];
  return name !== undefined && clockShare(all, recent, new RegExp(`^engine-clock\\.${name}$`)) < LOWERED;
}

/** A part of what was predicted: `NVDEC decode` and its share of the engine, 1 is all. */
export interface Predicted {
  readonly what: string;
  readonly share?: number;
}

/** What was predicted of the codec engines beside what is measured of them, in one sentence; empty where nothing was. */
export function comparison(budgets: readonly (readonly Predicted[])[], all: Measurements): string {
  const shares = new Map<string, number>();
  for (const { what, share } of budgets.flat()) {
    const engine = /^(NVDEC|NVENC)\b/.exec(what)?.[1];
    if (engine !== undefined && share !== undefined) shares.set(engine, (shares.get(engine) ?? 0) + share);
  }
  const last = all.times.at(-1) ?? 0;
  const recent = between(all, last - LOOKED_AT, last);
  const parts = [...shares].map(([engine, share]) => {
    const found = top(recent, new RegExp(`^engine\\.${engine}\\d*$`));
    const measured = found ? `, ${found.average.toFixed(0)} % measured` : '';
    return `${engine} ${(share * 100).toFixed(0)} % predicted${measured}`;
  });
  return parts.length === 0 ? '' : `${parts.join('; ')}.`;
}

/** What a person should know at once, each a sentence. */
export function alertsOf(all: Measurements): string[] {
  const last = all.times.at(-1);
  if (last === undefined) return [];
  const recent = between(all, last - LOOKED_AT, last);
  const alerts: string[] = [];
  const hottest = top(recent, /^temperature\./);
  if (hottest && hottest.now >= HOT)
    alerts.push(`${hottest.title} is at ${hottest.now.toFixed(0)} °C: the module lowers its clocks.`);
  else if (hottest && hottest.now >= WARM)
    alerts.push(`${hottest.title} is at ${hottest.now.toFixed(0)} °C: a little more and the clocks are lowered.`);
  const swap = top(recent, /^swap$/);
  if (swap && swap.now >= SWAP_ALERT) alerts.push(`Swap is in use: ${swap.now.toFixed(0)} MB.`);
  const growth = memoryGrowth(all);
  if (growth !== undefined && growth > GROWTH_ALERT) {
    alerts.push(
      `Memory in use has grown by ${growth.toFixed(0)} MB since the run had settled: something may not be given back.`,
    );
  }
  return alerts;
}

/** Megabytes. A board that has once been short of memory keeps a little in swap for good. */
const SWAP_ALERT = 16;
const GROWTH_ALERT = 500;
/** Seconds after a start in which models are loaded and buffers allocated. */
const SETTLING = 60;

/** Megabytes since the last run had settled, or since the measuring began; undefined while that is too short. */
function memoryGrowth(all: Measurements): number | undefined {
  const last = all.times.at(-1)!;
  const start = all.marks.findLast(({ kind }) => kind === 'start')?.at ?? all.times[0]!;
  const stopped = all.marks.findLast(({ kind }) => kind === 'stop')?.at ?? Number.NEGATIVE_INFINITY;
  const settled = start + SETTLING;
  if (stopped >= start || last < settled + LOOKED_AT) return undefined;
  const before = top(between(all, settled, settled + LOOKED_AT), /^ram$/);
  const now = top(between(all, last - LOOKED_AT, last), /^ram$/);
  return before && now ? now.average - before.average : undefined;
}

interface Top {
  readonly id: string;
  readonly title: string;
  readonly average: number;
  readonly maximum: number;
  readonly now: number;
  readonly limit: number | undefined;
}

/** The series of these whose average is the highest. */
function top({ series, values }: Measurements, ids: RegExp): Top | undefined {
  let found: Top | undefined;
  for (const [i, { id, title, limit }] of series.entries()) {
    if (!ids.test(id)) continue;
    const statistics = statisticsOf(values[i]!);
    if (statistics && (!found || statistics.average > found.average)) {
      found = { id, title, limit, ...statistics };
    }
  }
  return found;
}

function seconds({ times }: Measurements): string {
  const length = (times.at(-1) ?? 0) - (times[0] ?? 0);
  return `over the last ${Math.max(1, Math.round(length))} s`;
}
