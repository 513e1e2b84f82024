/**
 * One line of tegrastats, of any L4T from 21 to 39, with and without root: line in, sample out. Which fields a line has
 * depends on board, release, privileges and what is powered, so any field may stand anywhere or be missing. What limits
 * a pipeline is for `bottleneck.ts` to say.
 */

export interface TegraSample {
  /** Local time of the board as written, `11-24-2026 20:00:01`; releases before L4T 34 print none. */
  readonly time?: string;
  /** Megabytes. On a Jetson this is also the GPU's memory. */
  readonly ram?: Memory;
  /** Largest free block: `count` blocks of `size` kilobytes. */
  readonly largestFree?: { readonly count: number; readonly size: number };
  /** Megabytes; `cached` too. */
  readonly swap?: Memory & { readonly cached: number };
  /** Kilobytes of the video engine's own memory. */
  readonly iram?: Memory & { readonly largestFree: number };
  readonly cores: readonly Core[];
  readonly engines: readonly Engine[];
  readonly temperatures: readonly Temperature[];
  readonly rails: readonly Rail[];
  /** Per cent of the time that Denver and Carmel cores spend translating code. */
  readonly translation?: { readonly foreground: number; readonly background: number };
  /** Electrical limit in MHz (Tegra K1 and X1). */
  readonly electricalLimit?: number;
  /** Pieces that no rule reads; empty for every line known. */
  readonly unknown: readonly string[];
}

export interface Memory {
  readonly used: number;
  readonly total: number;
}

/** `load` in per cent, `clock` in MHz; both undefined for a core that is off. */
export interface Core {
  readonly load?: number;
  readonly clock?: number;
}

export interface Engine {
  /** Without `_FREQ`: `GR3D`, `EMC`, `NVENC`, `NVDEC0`. */
  readonly name: string;
  /** Per cent of what the present clock gives, not of what the engine could. */
  readonly load?: number;
  /** MHz, one for each cluster. */
  readonly clocks: readonly number[];
  readonly off: boolean;
}

export interface Temperature {
  /** Of the thermal zone, in lower case. */
  readonly name: string;
  readonly celsius: number;
  /** The second figure of L4T 39, whose meaning is not documented. */
  readonly second?: number;
  /** False for zones that print a constant, and for sensors that are switched off. */
  readonly measured: boolean;
}

/** Milliwatts. */
export interface Rail {
  readonly name: string;
  readonly now: number;
  readonly average: number;
  readonly maximum?: number;
}

/** Characters of a line that are looked at; real lines have fewer than a thousand. */
const LONGEST = 8_192;

interface Draft {
  time?: string;
  ram?: Memory;
  largestFree?: { count: number; size: number };
  swap?: Memory & { cached: number };
  iram?: Memory & { largestFree: number };
  cores: Core[];
  engines: Engine[];
  temperatures: Temperature[];
  rails: Rail[];
  translation?: { foreground: number; background: number };
  electricalLimit?: number;
  unknown: string[];
}

/** The sample, or undefined for a line that is none (a date, a prompt, an error). Never throws. */
export function readTegrastats(line: string): TegraSample | undefined {
  if (line.length > LONGEST || !/\b(?:RAM \d|cpu \[|CPU \[|GR3D)/.test(line)) return undefined;
  const draft: Draft = { cores: [], engines: [], temperatures: [], rails: [], unknown: [] };
  const blank = /\s*/y;
  let at = 0;
  while (true) {
    blank.lastIndex = at;
    blank.test(line);
    at = blank.lastIndex;
    if (at >= line.length) break;
    at = readField(line, at, draft) ?? skip(line, at, draft);
  }
  if (!draft.ram && draft.cores.length === 0) return undefined;
  return draft;
}

function readField(line: string, at: number, draft: Draft): number | undefined {
  for (const { pattern, take } of FIELDS) {
    pattern.lastIndex = at;
    const match = pattern.exec(line);
    if (!match) continue;
    take(match, draft);
    return pattern.lastIndex;
  }
  return undefined;
}

function skip(line: string, at: number, draft: Draft): number {
  WORD.lastIndex = at;
  const [word = ''] = WORD.exec(line) ?? [];
  draft.unknown.push(word);
  return at + word.length;
}

const WORD = /\S+/y;

interface Field {
  readonly pattern: RegExp;
  readonly take: (match: RegExpExecArray, draft: Draft) => void;
}

const END = '(?=\\s|$)';

/** In the order in which they are tried: a rail before a bare clock, since `GPU 0/0` and `GPU 0` differ only behind. */
const FIELDS: readonly Field[] = [
  {
    pattern: /\d\d-\d\d-\d{4} \d\d:\d\d:\d\d/y,
    take: (match, draft) => {
      draft.time = match[0];
    },
  },
  {
    pattern: /RAM (\d+)\/(\d+)([kM])B(?: \(lfb (\d+)x(\d+)([kM])B\))?/y,
    take: ([, used, total, unit, count, size, sizeUnit], draft) => {
      draft.ram = { used: megabytes(used, unit), total: megabytes(total, unit) };
      if (count !== undefined) draft.largestFree = { count: Number(count), size: kilobytes(size, sizeUnit) };
    },
  },
  {
    pattern: /SWAP (\d+)\/(\d+)([kM])B \(cached (\d+)([kM])B\)/y,
    take: ([, used, total, unit, cached, cachedUnit], draft) => {
      draft.swap = {
        used: megabytes(used, unit),
        total: megabytes(total, unit),
        cached: megabytes(cached, cachedUnit),
      };
    },
  },
  {
    pattern: /IRAM (\d+)\/(\d+)([kM])B ?\(lfb (\d+)([kM])B\)/y,
    take: ([, used, total, unit, largest, largestUnit], draft) => {
      draft.iram = {
        used: kilobytes(used, unit),
        total: kilobytes(total, unit),
        largestFree: kilobytes(largest, largestUnit),
      };
    },
  },
  {
    pattern: /cpu \[([^\]]*)\]@(-?\d+)/y,
    take: ([, list, clock], draft) => {
      draft.cores = coresOf(list ?? '', Number(clock) < 0 ? undefined : Number(clock));
    },
  },
  {
    pattern: /CPU \[([^\]]*)\]/y,
    take: ([, list], draft) => {
      draft.cores = coresOf(list ?? '', undefined);
    },
  },
  {
    pattern: /EDP limit (\d+)/y,
    take: ([, limit], draft) => {
      draft.electricalLimit = Number(limit);
    },
  },
  {
    pattern: /MTS fg (\d+)% bg (\d+)%/y,
    take: ([, foreground, background], draft) => {
      draft.translation = { foreground: Number(foreground), background: Number(background) };
    },
  },
  {
    pattern: /([A-Z][A-Z0-9_]*) (?:(\d+)%)?@\[([\d,]+)\]/y,
    take: ([, name, load, clocks], draft) => engine(draft, name, load, (clocks ?? '').split(',').map(Number)),
  },
  {
    pattern: new RegExp(`([A-Z][A-Z0-9_]*) (\\d+)%(?:@(\\d+))?${END}`, 'y'),
    take: ([, name, load, clock], draft) => engine(draft, name, load, clock === undefined ? [] : [Number(clock)]),
  },
  {
    pattern: /([A-Z][A-Z0-9_]*) @(\d+)/y,
    take: ([, name, clock], draft) => engine(draft, name, undefined, [Number(clock)]),
  },
  {
    pattern: new RegExp(`([A-Z][A-Z0-9_]*)\\s+off${END}`, 'y'),
    take: ([, name], draft) => engine(draft, name, undefined, [], true),
  },
  {
    pattern: new RegExp(`(\\w+) (\\d+)(?:mW)?/(\\d+)(?:mW)?(?:/(\\d+)mW)?${END}`, 'y'),
    take: ([, name, now, average, maximum], draft) => {
      draft.rails.push({
        name: name ?? '',
        now: Number(now),
        average: Number(average),
        ...(maximum === undefined ? {} : { maximum: Number(maximum) }),
      });
    },
  },
  {
    pattern: new RegExp(`([A-Z][A-Z0-9_]*)\\s+(\\d+)${END}`, 'y'),
    take: ([, name, clock], draft) => engine(draft, name, undefined, [Number(clock)]),
  },
  {
    pattern: /([A-Za-z]\w*)@(-?\d+(?:\.\d+)?)C(?:\/(-?\d+(?:\.\d+)?)C)?/y,
    take: ([, name, celsius, second], draft) => temperature(draft, name ?? '', Number(celsius), second),
  },
];

function coresOf(list: string, clock: number | undefined): Core[] {
  if (list.trim() === '') return [];
  return list.split(',').map((item) => {
    const match = /^\s*(\d+)%(?:@(\d+))?\s*$/.exec(item);
    if (!match) return {};
    const own = match[2] === undefined ? clock : Number(match[2]);
    return { load: Number(match[1]), ...(own === undefined ? {} : { clock: own }) };
  });
}

function engine(draft: Draft, name: string | undefined, load: string | undefined, clocks: number[], off = false): void {
  draft.engines.push({
    name: (name ?? '').replace(/_FREQ$/, ''),
    ...(load === undefined ? {} : { load: Number(load) }),
    clocks,
    off,
  });
}

/** `PMIC` prints 100 or 50 for ever; -256 is a sensor whose unit is switched off. */
function temperature(draft: Draft, name: string, celsius: number, second: string | undefined): void {
  draft.temperatures.push({
    name: name.toLowerCase(),
    celsius,
    ...(second === undefined ? {} : { second: Number(second) }),
    measured: celsius > -100 && name.toLowerCase() !== 'pmic',
  });
}

const megabytes = (value: string | undefined, unit: string | undefined): number =>
  unit === 'k' ? Number(value) / 1_024 : Number(value);

const kilobytes = (value: string | undefined, unit: string | undefined): number =>
  unit === 'M' ? Number(value) * 1_024 : Number(value);

/** Rails that measure the whole module. AGX boards have none. */
const TOTALS = ['VDD_IN', 'POM_5V_IN', 'VIN'];

/** Milliwatts of the whole module; undefined where no rail measures it. */
export const totalPower = ({ rails }: TegraSample): number | undefined =>
  rails.find(({ name }) => TOTALS.includes(name))?.now;

/** Mean load of the cores that are on, in per cent. */
export function cpuLoad({ cores }: TegraSample): number | undefined {
  const loads = cores.flatMap(({ load }) => (load === undefined ? [] : [load]));
  return loads.length === 0 ? undefined : loads.reduce((sum, load) => sum + load, 0) / loads.length;
}

/** The highest temperature that is measured, in degrees Celsius. */
export function hottest({ temperatures }: TegraSample): Temperature | undefined {
  return temperatures
    .filter(({ measured }) => measured)
    .reduce<Temperature | undefined>((top, one) => (!top || one.celsius > top.celsius ? one : top), undefined);
}

/** Load of an engine and its numbered or renamed kin: `NVENC` is also `NVENC0`, `MSENC` in old releases. The highest. */
export function engineLoad({ engines }: TegraSample, name: string): number | undefined {
  const loads = engines.flatMap((one) => (family(one.name) === name ? [one.load ?? (one.off ? 0 : undefined)] : []));
  const known = loads.filter((load) => load !== undefined);
  return known.length === 0 ? undefined : Math.max(...known);
}

/** `NVENC` of `NVENC1`; the GPU is `GR3D` in all releases. */
export const family = (name: string): string =>
  name === 'MSENC'
    ? 'NVENC'
    : name === 'GR3D2'
      ? 'GR3D'
      : name.replace(/\d+$/, (digits) => (name === `GR3${digits}` ? digits : ''));
