/**
 * What the log page shows of a list of a million lines and more: where it stands, which rows it has and which it wants. Pure:
 * no DOM. Places count from 0 in the list as it is filtered now.
 */
import type { LogFilterWords, LogLine, LogList, LogToPage } from '../views/panel-messages.ts';

export interface LogState {
  readonly list: LogList;
  /** First place on the page; a part of a row may be scrolled away. */
  readonly top: number;
  /** Rows that fit. */
  readonly rows: number;
  /** Stays at the end as lines come. */
  readonly follow: boolean;
  /** Rows that are known, by place. */
  readonly known: ReadonlyMap<number, LogLine>;
  /** Places of the selection; `focus` is the one that the keyboard moves. */
  readonly selection: { readonly anchor: number; readonly focus: number } | undefined;
  readonly filter: LogFilterWords;
}

export type LogAction =
  | Exclude<LogToPage, { readonly type: 'keep' }>
  | { readonly type: 'resize'; readonly rows: number }
  /** To a place, or by a number of rows. */
  | { readonly type: 'scroll'; readonly to: number }
  | { readonly type: 'move'; readonly by: number }
  | { readonly type: 'follow'; readonly on: boolean }
  | { readonly type: 'select'; readonly place: number; readonly extend: boolean }
  | { readonly type: 'step'; readonly by: number; readonly extend: boolean }
  | { readonly type: 'filter'; readonly filter: Partial<LogFilterWords> };

export const NO_FILTER: LogFilterWords = { level: '', category: '', element: '', text: '' };

export const EMPTY: LogState = {
  list: {
    ...{ log: '', generation: 0, length: 0, total: 0, gone: 0, problem: '', filterProblem: '', searching: false },
    ...{ logs: [], elements: [], categories: [], errors: 0, warnings: 0, anchor: undefined, tail: [] },
  },
  top: 0,
  rows: 20,
  follow: true,
  known: new Map(),
  selection: undefined,
  filter: NO_FILTER,
};

/** Rows that are kept beside those that are seen. */
const KEPT = 2_000;
/** Rows that are asked for beyond either end of the page, so that a little scrolling shows no blanks. */
const MARGIN = 40;

export function reduce(state: LogState, action: LogAction): LogState {
  switch (action.type) {
    case 'list':
      return withList(state, action.list);
    case 'rows': {
      if (action.generation !== state.list.generation) return state;
      const known = new Map(state.known);
      for (const [i, row] of action.rows.entries()) known.set(action.from + i, row);
      return { ...state, known: thinned(known, state) };
    }
    case 'filtered':
      return { ...state, filter: action.filter };
    case 'resize':
      return settled({ ...state, rows: Math.max(1, action.rows) });
    case 'scroll':
      return scrolled(state, action.to);
    case 'move':
      return scrolled(state, state.top + action.by);
    case 'follow':
      return settled({ ...state, follow: action.on });
    case 'select': {
      if (state.list.length === 0) return state;
      const focus = limit(action.place, 0, state.list.length - 1);
      const anchor = action.extend && state.selection ? state.selection.anchor : focus;
      return { ...state, follow: false, selection: { anchor, focus } };
    }
    case 'step':
      return stepped(state, action.by, action.extend);
    case 'filter':
      return { ...state, filter: { ...state.filter, ...action.filter } };
  }
}

/** Lines came, or another filter or log: then places mean something else, and what was known is forgotten. */
function withList(state: LogState, list: LogList): LogState {
  if (list.generation === state.list.generation) {
    return settled({ ...state, list, known: withTail(state.known, list, state) });
  }
  const other = list.log !== state.list.log;
  const top = list.anchor ?? (other ? 0 : state.top);
  return settled({
    ...state,
    list,
    top,
    follow: other ? true : state.follow,
    known: withTail(new Map(), list, state),
    selection: undefined,
  });
}

function withTail(known: LogState['known'], { tail, length }: LogList, state: LogState): LogState['known'] {
  if (tail.length === 0) return known;
  const grown = new Map(known);
  for (const [i, row] of tail.entries()) grown.set(length - tail.length + i, row);
  return state.follow ? thinned(grown, { ...state, top: Math.max(0, length - state.rows) }) : thinned(grown, state);
}

function scrolled(state: LogState, to: number): LogState {
  const end = lastTop(state);
  const top = limit(to, 0, end);
  // Whoever scrolls up wants to read; whoever comes to the end wants to see what comes.
  return { ...state, top, follow: top >= end - 0.01 && (state.follow || to > state.top) };
}

function stepped(state: LogState, by: number, extend: boolean): LogState {
  const { length } = state.list;
  if (length === 0) return state;
  const from = state.selection?.focus ?? Math.floor(state.top);
  // The first step of an arrow selects what stands at the top.
  const focus = limit(state.selection || !Number.isFinite(by) ? from + by : from, 0, length - 1);
  const anchor = extend && state.selection ? state.selection.anchor : focus;
  const top = focus < state.top ? focus : focus > state.top + state.rows - 1 ? focus - state.rows + 1 : state.top;
  return { ...state, follow: false, top: limit(top, 0, lastTop(state)), selection: { anchor, focus } };
}

function settled(state: LogState): LogState {
  const end = lastTop(state);
  return { ...state, top: state.follow ? end : Math.min(state.top, end) };
}

const lastTop = ({ list: { length }, rows }: LogState): number => Math.max(0, length - rows);

/** The places that are seen: from the first to before the last. */
export function seen({ top, rows, list: { length } }: LogState): { readonly from: number; readonly to: number } {
  const from = Math.floor(top);
  return { from, to: Math.min(length, from + Math.ceil(rows) + 1) };
}

/** The stretch to ask for; undefined where all that is seen is known. */
export function wanted(state: LogState): { readonly from: number; readonly count: number } | undefined {
  const { from, to } = seen(state);
  let first = from;
  while (first < to && state.known.has(first)) first++;
  if (first === to) return undefined;
  const start = Math.max(0, from - MARGIN);
  return { from: start, count: Math.min(state.list.length, to + MARGIN) - start };
}

function thinned(known: Map<number, LogLine>, state: LogState): ReadonlyMap<number, LogLine> {
  if (known.size <= KEPT) return known;
  const { from, to } = seen(state);
  const middle = (from + to) / 2;
  return new Map([...known].filter(([place]) => Math.abs(place - middle) < KEPT / 4));
}

/** From the first to the last selected place, both included. */
export function selected({ selection }: LogState): { readonly from: number; readonly to: number } | undefined {
  if (!selection) return undefined;
  const { anchor, focus } = selection;
  return { from: Math.min(anchor, focus), to: Math.max(anchor, focus) };
}

/** Pixels that a browser can still scroll through exactly. */
const TALLEST = 8_000_000;

/** How tall the list is for the scroll bar, in pixels; a long one is drawn shorter than it is. */
export const height = ({ list: { length }, rows }: LogState, row: number): number =>
  Math.min(TALLEST, Math.max(length, rows) * row);

/** Where the scroll bar stands for the top row, and back. */
export function scrollOf(state: LogState, row: number, view: number): number {
  const end = lastTop(state);
  return end === 0 ? 0 : (state.top / end) * Math.max(0, height(state, row) - view);
}

export function topOf(state: LogState, row: number, view: number, scroll: number): number {
  const room = height(state, row) - view;
  return room <= 0 ? 0 : (scroll / room) * lastTop(state);
}

const limit = (value: number, least: number, most: number): number => Math.max(least, Math.min(most, value));
