/** What the tegrastats page shows, and what messages and presses make of it. Pure: no DOM. */
import type {
  Measurements,
  Series,
  SeriesGroup,
  StatsLook,
  StatsStatus,
  StatsToPage,
} from '../views/panel-messages.ts';

export interface StatsState {
  readonly measurements: Measurements;
  readonly status: StatsStatus;
  readonly look: StatsLook;
  /** The last time that is shown while the page is paused. What is measured meanwhile is kept. */
  readonly pausedAt: number | undefined;
  readonly zoom: Range | undefined;
}

/** Seconds since 1970. */
export interface Range {
  readonly from: number;
  readonly to: number;
}

export type StatsAction =
  | Exclude<StatsToPage, { readonly type: 'keep' }>
  | { readonly type: 'pause' }
  | { readonly type: 'resume' }
  | { readonly type: 'window'; readonly seconds: number }
  | { readonly type: 'zoom'; readonly from: number; readonly to: number }
  | { readonly type: 'unzoom' }
  | { readonly type: 'fold'; readonly group: SeriesGroup }
  | { readonly type: 'hide'; readonly series: string };

/** Windows that can be chosen, in seconds; 0 is everything. */
export const WINDOWS: readonly (readonly [number, string])[] = [
  [60, '1 min'],
  [300, '5 min'],
  [900, '15 min'],
  [3_600, '1 h'],
  [0, 'All'],
];

/** The clocks are many and seldom looked at. */
export const FIRST_LOOK: StatsLook = { window: 300, folded: ['clocks', 'engine-clocks'], hidden: [] };

export const EMPTY: StatsState = {
  measurements: { device: '', series: [], times: [], values: [], marks: [] },
  status: {
    ...{ device: '', devices: [], state: 'idle', message: '', milliseconds: 1_000, recording: false },
    ...{ bottleneck: '', advice: '', comparison: '', alerts: [] },
  },
  look: FIRST_LOOK,
  pausedAt: undefined,
  zoom: undefined,
};

/** Times that a page keeps; the program keeps as many. */
const MOST_TIMES = 8_000;
/** The narrowest stretch that can be zoomed to, in seconds. */
const NARROWEST = 2;

export function reduce(state: StatsState, action: StatsAction): StatsState {
  const { measurements, look } = state;
  switch (action.type) {
    case 'show': {
      const same = action.measurements.device === measurements.device;
      const kept = same ? {} : { pausedAt: undefined, zoom: undefined };
      return { ...state, ...kept, measurements: action.measurements, look: action.look };
    }
    case 'add':
      if (action.device !== measurements.device) return state;
      return { ...state, measurements: withAddition(measurements, action.addition) };
    case 'mark':
      if (action.device !== measurements.device) return state;
      return { ...state, measurements: { ...measurements, marks: [...measurements.marks, action.mark] } };
    case 'status':
      return { ...state, status: action.status };
    case 'pause':
      return { ...state, pausedAt: shown(state).to };
    case 'resume':
      return { ...state, pausedAt: undefined, zoom: undefined };
    case 'window':
      return { ...state, zoom: undefined, look: { ...look, window: action.seconds } };
    case 'zoom':
      return zoomed(state, action);
    case 'unzoom':
      return { ...state, zoom: undefined };
    case 'fold':
      return { ...state, look: { ...look, folded: toggled(look.folded, action.group) } };
    case 'hide':
      return { ...state, look: { ...look, hidden: toggled(look.hidden, action.series) } };
  }
}

const toggled = (list: readonly string[], one: string): readonly string[] =>
  list.includes(one) ? list.filter((other) => other !== one) : [...list, one];

function withAddition(
  all: Measurements,
  { at, series, values }: Extract<StatsAction, { type: 'add' }>['addition'],
): Measurements {
  const fresh = series.filter(({ id }) => all.series.every((known) => known.id !== id));
  const every = [...all.series, ...fresh];
  const away = all.times.length >= MOST_TIMES ? MOST_TIMES / 10 : 0;
  const rows = all.times.length - away;
  return {
    ...all,
    series: every,
    times: [...all.times.slice(away), at],
    values: every.map(({ id }, i) => {
      const before = all.values[i]?.slice(away) ?? new Array<number | null>(rows).fill(null);
      return [...before, values[id] ?? null];
    }),
  };
}

function zoomed(state: StatsState, { from, to }: Range): StatsState {
  const { times } = state.measurements;
  const first = times[0];
  const last = times.at(-1);
  if (first === undefined || last === undefined || !Number.isFinite(from) || !Number.isFinite(to)) return state;
  const length = Math.max(NARROWEST, Math.abs(to - from));
  if (length >= last - first) return { ...state, zoom: undefined };
  const start = Math.min(Math.max(Math.min(from, to), first), last - length);
  return { ...state, zoom: { from: start, to: start + length } };
}

/** The stretch of time that all charts show. */
export function shown({ measurements: { times }, look, pausedAt, zoom }: StatsState): Range {
  if (zoom) return zoom;
  const to = pausedAt ?? times.at(-1) ?? 0;
  const first = times[0] ?? to;
  return { from: look.window === 0 ? Math.min(first, to) : to - look.window, to };
}

/** A step of the keyboard: `+`, `-`, the arrows, Home and End, and 0 or Escape for all of the window. */
export function keyAction(state: StatsState, key: string): StatsAction | undefined {
  const { from, to } = shown(state);
  const length = to - from;
  const middle = (from + to) / 2;
  const { times } = state.measurements;
  switch (key) {
    case '+':
    case '=':
      return { type: 'zoom', from: middle - length / 4, to: middle + length / 4 };
    case '-':
      return { type: 'zoom', from: middle - length, to: middle + length };
    case 'ArrowLeft':
      return { type: 'zoom', from: from - length / 4, to: to - length / 4 };
    case 'ArrowRight':
      return { type: 'zoom', from: from + length / 4, to: to + length / 4 };
    case 'Home':
      return { type: 'zoom', from: times[0] ?? from, to: (times[0] ?? from) + length };
    case 'End':
    case '0':
    case 'Escape':
      return { type: 'unzoom' };
    case ' ':
      return { type: state.pausedAt === undefined ? 'pause' : 'resume' };
    default:
      return undefined;
  }
}

/** One chart, as uPlot wants it: times, then a list a series. */
export interface Chart {
  readonly group: SeriesGroup;
  readonly title: string;
  readonly unit: string;
  readonly folded: boolean;
  /** The axis reaches this far at least. */
  readonly least: number;
  /** Values with a line of their own, across. */
  readonly lines: readonly { readonly at: number; readonly title: string }[];
  readonly rows: readonly ChartRow[];
}

export interface ChartRow {
  readonly series: Series;
  readonly hidden: boolean;
  /** `undefined` where nothing was measured at that time, `null` in a gap: a curve is not drawn across it. */
  readonly values: readonly (number | null | undefined)[];
  /** Over the stretch that is shown; empty strings where nothing was measured. */
  readonly now: string;
  readonly average: string;
  readonly maximum: string;
}

const GROUPS: readonly (readonly [SeriesGroup, string])[] = [
  ['load', 'Load'],
  ['frames', 'Frames per second'],
  ['latency', 'Latency'],
  ['engines', 'Engines'],
  ['cores', 'CPU cores'],
  ['memory', 'Memory'],
  ['temperature', 'Temperature'],
  ['power', 'Power'],
  ['clocks', 'Clocks'],
  ['engine-clocks', 'Engine clocks'],
];

/** Where the module is warm, and where it is about to slow down. */
const THROTTLE = [
  { at: 85, title: '85 °C' },
  { at: 90, title: '90 °C' },
];

/** The charts that have something to show, and the times that are theirs. One time beyond either end belongs to it. */
export function charts(state: StatsState): { readonly times: readonly number[]; readonly charts: readonly Chart[] } {
  const { measurements, look } = state;
  const { from, to } = shown(state);
  const [start, end] = rowsOf(measurements.times, from, to);
  const times = measurements.times.slice(start, end);
  const gaps = times.map((_, row) => measurements.values.every((column) => (column[start + row] ?? null) === null));
  const made = GROUPS.flatMap(([group, title]): Chart[] => {
    const rows = measurements.series.flatMap((series, i): ChartRow[] => {
      if (series.group !== group) return [];
      const values = measurements.values[i]!.slice(start, end);
      return [
        {
          series,
          hidden: look.hidden.includes(series.id),
          values: values.map((value, row) => value ?? (gaps[row] ? null : undefined)),
          ...figures(values, times, from, to, series.unit),
        },
      ];
    });
    const first = rows[0];
    if (!first) return [];
    const limits = rows.flatMap(({ series }) => (series.limit === undefined ? [] : [series.limit]));
    return [
      {
        ...{ group, title, rows, unit: first.series.unit },
        folded: look.folded.includes(group),
        least: limits.length > 0 ? Math.max(...limits) : group === 'temperature' ? 95 : 0,
        lines: group === 'temperature' ? THROTTLE : [],
      },
    ];
  });
  return { times, charts: made };
}

function rowsOf(times: readonly number[], from: number, to: number): [number, number] {
  const first = times.findIndex((at) => at >= from);
  const start = first < 0 ? Math.max(0, times.length - 1) : Math.max(0, first - 1);
  const after = times.findIndex((at) => at > to);
  return [start, after < 0 ? times.length : after + 1];
}

function figures(
  values: readonly (number | null)[],
  times: readonly number[],
  from: number,
  to: number,
  unit: string,
): Pick<ChartRow, 'now' | 'average' | 'maximum'> {
  let count = 0;
  let sum = 0;
  let now = 0;
  let maximum = Number.NEGATIVE_INFINITY;
  for (const [row, value] of values.entries()) {
    const at = times[row]!;
    if (value === null || at < from || at > to) continue;
    count += 1;
    sum += value;
    now = value;
    maximum = Math.max(maximum, value);
  }
  if (count === 0) return { now: '', average: '', maximum: '' };
  return { now: written(now, unit), average: written(sum / count, unit), maximum: written(maximum, unit) };
}

/** As many digits as mean something. */
const written = (value: number, unit: string): string =>
  value.toFixed(unit === 'W' || unit === 'ms' ? 2 : unit === '°C' || unit === 'fps' ? 1 : 0);

/** What a chart shows, for those who hear it. */
export const spoken = ({ title, unit, rows }: Chart): string =>
  `${title}: ${rows
    .filter(({ hidden, now }) => !hidden && now !== '')
    .map(({ series, now, maximum }) => `${series.title} ${now} ${unit}, at most ${maximum}`)
    .join('; ')}`;
