/**
 * What was measured on a device over time: named series over one list of times, with marks where runs began and ended. Kept
 * bounded while it is watched, and written to and read from files. How a tool's line becomes readings is for others.
 */

/** Series of a group are drawn in one chart, so a group has one unit. */
export type SeriesGroup =
  | 'load'
  | 'cores'
  | 'engines'
  | 'memory'
  | 'temperature'
  | 'power'
  | 'frames'
  | 'latency'
  | 'clocks'
  | 'engine-clocks';

export interface Series {
  /** `ram`, `core.0`, `rail.VDD_IN`; the same in all recordings. */
  readonly id: string;
  /** For a person: `RAM`, `Core 0`. */
  readonly title: string;
  readonly group: SeriesGroup;
  /** `%`, `MB`, `MHz`, `°C`, `W`, `fps`, `ms`. */
  readonly unit: string;
  /** The most that there is, such as the memory of the board. */
  readonly limit?: number;
}

/** One value of one series. */
export interface Reading extends Series {
  readonly value: number;
}

/** A moment to be seen in all charts. */
export interface Mark {
  /** Seconds since 1970, on this machine's clock. */
  readonly at: number;
  readonly kind: 'start' | 'stop';
  readonly title: string;
}

/** A list of values for each series, each as long as `times`. */
export interface Measurements {
  readonly device: string;
  readonly series: readonly Series[];
  /** Seconds since 1970, on this machine's clock, never falling. */
  readonly times: readonly number[];
  /** `null`: not measured at that time. A time at which nothing was measured is a gap. */
  readonly values: readonly (readonly (number | null)[])[];
  readonly marks: readonly Mark[];
}

/** What came at one time. `series` are only those that were not there before. */
export interface Addition {
  readonly at: number;
  readonly series: readonly Series[];
  readonly values: Readonly<Record<string, number>>;
}

/** How many times a history keeps: two hours of one a second. */
export const MOST_TIMES = 7_200;
/** A board has about sixty; what a program prints could make more without end. */
const MOST_SERIES = 256;
const MOST_MARKS = 500;

/** Collects readings. Bounded: the oldest times go first. */
export class History {
  readonly #device: string;
  readonly #most: number;
  readonly #series: Series[] = [];
  readonly #columns = new Map<string, (number | null)[]>();
  #times: number[] = [];
  #marks: Mark[] = [];

  constructor(device: string, most = MOST_TIMES) {
    this.#device = device;
    this.#most = most;
  }

  /**
   * Takes what was read at a time. A clock that jumps back does not turn the curves around: such a time counts as the last
   * one. No reading at all is a gap. A reading whose value is no number is left out.
   */
  add(at: number, readings: readonly Reading[]): Addition {
    const time = Math.max(at, this.#times.at(-1) ?? at);
    const row = this.#times.length;
    this.#times.push(time);
    const fresh: Series[] = [];
    const values: Record<string, number> = {};
    for (const { value, ...series } of readings) {
      if (!Number.isFinite(value)) continue;
      let column = this.#columns.get(series.id);
      if (!column) {
        if (this.#series.length >= MOST_SERIES) continue;
        column = new Array<number | null>(row).fill(null);
        this.#columns.set(series.id, column);
        this.#series.push(series);
        fresh.push(series);
      }
      column[row] = value;
      values[series.id] = value;
    }
    for (const column of this.#columns.values()) if (column.length <= row) column[row] = null;
    this.#drop();
    return { at: time, series: fresh, values };
  }

  mark(mark: Mark): void {
    this.#marks = [...this.#marks, mark].slice(-MOST_MARKS);
  }

  /** A copy of what is kept. */
  get measurements(): Measurements {
    return {
      device: this.#device,
      series: [...this.#series],
      times: [...this.#times],
      values: this.#series.map(({ id }) => [...this.#columns.get(id)!]),
      marks: this.#marks,
    };
  }

  /** In steps of a tenth, so that not every addition moves everything. */
  #drop(): void {
    if (this.#times.length <= this.#most * 1.1) return;
    const away = this.#times.length - this.#most;
    this.#times = this.#times.slice(away);
    for (const [id, column] of this.#columns) this.#columns.set(id, column.slice(away));
    const first = this.#times[0]!;
    this.#marks = this.#marks.filter(({ at }) => at >= first);
  }
}

/** The part between two times, both included. */
export function between(all: Measurements, from: number, to: number): Measurements {
  const first = all.times.findIndex((at) => at >= from);
  const start = first < 0 ? all.times.length : first;
  const after = all.times.findIndex((at) => at > to);
  const end = after < 0 ? all.times.length : after;
  return {
    ...all,
    times: all.times.slice(start, end),
    values: all.values.map((column) => column.slice(start, end)),
    marks: all.marks.filter(({ at }) => at >= from && at <= to),
  };
}

/**
 * Whether tegrastats runs without root. Then no release tells the load of the memory bus, and most tell nothing of the engines
 * (Jetson Linux from R28 to R39); with root all boards tell both.
 */
export const hidesEngines = ({ series }: Measurements): boolean =>
  series.some(({ group }) => group === 'cores') && !series.some(({ id }) => id === 'emc' || id.startsWith('engine'));

export interface Statistics {
  /** The last value that was measured. */
  readonly now: number;
  readonly average: number;
  readonly maximum: number;
  readonly minimum: number;
}

/** Undefined where nothing was measured. */
export function statisticsOf(values: readonly (number | null)[]): Statistics | undefined {
  let count = 0;
  let sum = 0;
  let now = 0;
  let maximum = Number.NEGATIVE_INFINITY;
  let minimum = Number.POSITIVE_INFINITY;
  for (const value of values) {
    if (value === null) continue;
    count += 1;
    sum += value;
    now = value;
    if (value > maximum) maximum = value;
    if (value < minimum) minimum = value;
  }
  return count === 0 ? undefined : { now, average: sum / count, maximum, minimum };
}
