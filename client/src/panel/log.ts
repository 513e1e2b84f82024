/** The page of the debug log: a list that draws only the lines that are seen, filters above it, the selected line in full below. */
import type { LogLine, LogToHost, LogToPage } from '../views/panel-messages.ts';
import { button, make } from './dom.ts';
import { connect } from './host.ts';
import {
  EMPTY,
  height,
  type LogAction,
  NO_FILTER,
  reduce,
  scrollOf,
  seen,
  selected,
  topOf,
  wanted,
} from './log-state.ts';

/** Height of a line in pixels, as in log.css. */
const ROW = 20;
/** Below this width columns are left out, in pixels. */
const NARROW = 520;
/** How long typing rests before it filters, in milliseconds. */
const REST = 200;

const LEVELS: readonly (readonly [string, string])[] = [
  ['', 'All levels'],
  ['error', 'Errors'],
  ['warning', 'Warnings'],
  ['info', 'Info'],
  ['debug', 'Debug'],
  ['log', 'Log'],
];

let state = EMPTY;
let drawing = false;
let asked = '';
let typing: ReturnType<typeof setTimeout> | undefined;
/** The place that the scroll bar was put to by the page itself: that is no press of a person. */
let putTo = 0;

const send = connect<LogToPage, LogToHost>((message) => act(message));

const logs = choice('Run or saved log', (value) => send({ type: 'choose', log: value }));
const level = choice('Level', (value) => filter({ level: value }));
const element = choice('Element', (value) => filter({ element: value }));
const category = choice('Category', (value) => filter({ category: value }));
const text = make('input', {
  type: 'search',
  'aria-label': 'Filter by words, "quoted text", /expression/, level: element: category: kind:, - for not',
  title: 'Words, "quoted text", /expression/, level: element: category: kind: — with - before it for its contrary',
  placeholder: 'Filter, such as -kind:perf /not.negotiated/',
  spellcheck: 'false',
});
const follow = button('Follow', 'Stay at the end as lines come', () => act({ type: 'follow', on: !state.follow }));
const clear = button('Clear', 'Forget the lines of this log', () => send({ type: 'clear' }));
const save = button('Save', 'Save the lines that are shown', () => send({ type: 'save' }));
const open = button('Open', 'Open a saved log', () => send({ type: 'open' }));
const notes = make('div', { class: 'notes', role: 'status' });
const lines = make('div', {
  class: 'lines',
  role: 'listbox',
  'aria-label': 'Lines',
  'aria-multiselectable': 'true',
  tabindex: 0,
});
/** As tall as the list is long, so that the browser has a scroll bar for it; the lines stay in sight inside. */
const tall = make('div', { class: 'tall' }, lines);
const list = make('div', { class: 'list' }, tall);
const details = make('div', { class: 'details', hidden: true, role: 'region', 'aria-label': 'Selected line' });
const unfilter = button('Show All Lines', 'Take the filter away', () => {
  text.value = '';
  filter(NO_FILTER);
});
const emptyText = make('span');
const empty = make('p', { class: 'empty', hidden: true }, emptyText, ' ', unfilter);

level.replaceChildren(...LEVELS.map(([value, title]) => make('option', { value }, title)));
document
  .getElementById('page')!
  .append(
    make('header', {}, logs, level, element, category, text, follow, clear, save, open),
    notes,
    empty,
    list,
    details,
  );

text.addEventListener('input', () => {
  clearTimeout(typing);
  typing = setTimeout(() => filter({ text: text.value }), REST);
});
list.addEventListener('scroll', () => {
  if (Math.abs(list.scrollTop - putTo) < 1) return;
  putTo = list.scrollTop;
  act({ type: 'scroll', to: topOf(state, ROW, list.clientHeight, list.scrollTop) });
});
// A long list is drawn shorter than it is, so the wheel would run too fast if the browser moved it.
list.addEventListener(
  'wheel',
  (event) => {
    if (event.ctrlKey || event.deltaY === 0) return;
    event.preventDefault();
    const rows =
      event.deltaMode === 0 ? event.deltaY / ROW : event.deltaMode === 1 ? event.deltaY : event.deltaY * state.rows;
    act({ type: 'move', by: rows });
  },
  { passive: false },
);
lines.addEventListener('keydown', press);
lines.addEventListener('click', (event) => {
  const line = (event.target as Element).closest<HTMLElement>('.line');
  if (!line) return;
  const place = Number(line.dataset.place);
  act({ type: 'select', place, extend: event.shiftKey });
  if ((event.target as Element).classList.contains('element')) reveal(place);
});
lines.addEventListener('dblclick', (event) => {
  const line = (event.target as Element).closest<HTMLElement>('.line');
  if (line) reveal(Number(line.dataset.place));
});
new ResizeObserver(() => {
  document.body.classList.toggle('narrow', list.clientWidth < NARROW);
  act({ type: 'resize', rows: list.clientHeight / ROW });
}).observe(list);
draw();

function press(event: KeyboardEvent): void {
  const page = Math.max(1, Math.floor(state.rows) - 1);
  const control = event.ctrlKey || event.metaKey;
  const steps: Readonly<Record<string, number>> = {
    ArrowUp: -1,
    ArrowDown: 1,
    PageUp: -page,
    PageDown: page,
    Home: Number.NEGATIVE_INFINITY,
    End: Number.POSITIVE_INFINITY,
  };
  const by = steps[event.key];
  if (by !== undefined && !control) act({ type: 'step', by, extend: event.shiftKey });
  else if (event.key === 'Enter' && state.selection) reveal(state.selection.focus);
  else if (control && event.key === 'c') copy();
  else if (control && event.key === 'f') text.focus();
  else if (control && event.key === 'a') {
    act({ type: 'select', place: 0, extend: false });
    act({ type: 'select', place: state.list.length - 1, extend: true });
  } else if (event.key === 'Escape') act({ type: 'follow', on: true });
  else return;
  event.preventDefault();
}

function copy(): void {
  const range = selected(state);
  if (range) send({ type: 'copy', generation: state.list.generation, ...range });
}

function reveal(place: number): void {
  const name = state.known.get(place)?.element ?? '';
  if (name !== '') send({ type: 'reveal', element: name });
}

function filter(change: Partial<typeof state.filter>): void {
  act({ type: 'filter', filter: change });
  send({ type: 'filter', filter: state.filter });
}

function act(action: LogAction): void {
  state = reduce(state, action);
  // An answer may have been lost with the list that it was for.
  if (action.type === 'list') asked = '';
  if (action.type === 'filtered') text.value = action.filter.text;
  if (drawing) return;
  drawing = true;
  requestAnimationFrame(draw);
}

function draw(): void {
  drawing = false;
  drawHeader();
  drawLines();
  drawDetails();
  ask();
}

function ask(): void {
  const want = wanted(state);
  if (!want) {
    asked = '';
    return;
  }
  const { generation } = state.list;
  // One question at a time for the same stretch; a longer list may answer more.
  const key = `${generation} ${want.from} ${want.count}`;
  if (key === asked) return;
  asked = key;
  send({ type: 'want', generation, ...want });
}

function drawHeader(): void {
  const { list: all, follow: following, filter: words } = state;
  options(
    logs,
    all.logs.map(({ id, title, running }) => [id, running ? `● ${title}` : title]),
    all.log,
  );
  logs.hidden = all.logs.length === 0;
  options(element, [['', 'All elements'], ...withChosen(all.elements, words.element)], words.element);
  options(category, [['', 'All categories'], ...withChosen(all.categories, words.category)], words.category);
  level.value = words.level;
  follow.setAttribute('aria-pressed', String(following));
  text.setAttribute('aria-invalid', String(all.filterProblem !== ''));
  for (const one of [clear, save]) one.disabled = all.total === 0;
  const some = all.length === all.total ? '' : `${count(all.length)} of `;
  const said: [string, boolean][] = [[`${some}${count(all.total)} ${all.total === 1 ? 'line' : 'lines'}`, false]];
  if (all.errors > 0) said.push([`${count(all.errors)} ${all.errors === 1 ? 'error' : 'errors'}`, false]);
  if (all.warnings > 0) said.push([`${count(all.warnings)} ${all.warnings === 1 ? 'warning' : 'warnings'}`, false]);
  if (all.searching) said.push(['still searching …', false]);
  if (all.gone > 0) said.push([`The ${count(all.gone)} oldest lines were let go: there were too many.`, true]);
  if (all.problem !== '') said.push([all.problem, true]);
  if (all.filterProblem !== '') said.push([all.filterProblem, true]);
  const key = JSON.stringify(said);
  if (notes.dataset.key !== key) {
    notes.dataset.key = key;
    notes.replaceChildren(...said.map(([words_, bad]) => make('span', { class: bad ? 'bad' : undefined }, words_)));
  }
  notes.hidden = all.log === '';
  empty.hidden = all.length > 0;
  list.hidden = all.length === 0;
  const nothing =
    all.log === ''
      ? 'What a run prints appears here. Run a pipeline on a device, or open a saved log.'
      : all.total === 0
        ? 'Nothing has been printed yet.'
        : all.searching
          ? 'Searching …'
          : 'No line passes the filter.';
  if (emptyText.textContent !== nothing) emptyText.textContent = nothing;
  unfilter.hidden = all.log === '' || all.total === 0 || all.searching;
}

function withChosen(names: readonly string[], chosen: string): [string, string][] {
  return (chosen === '' || names.includes(chosen) ? names : [chosen, ...names]).map((name) => [name, name]);
}

function drawLines(): void {
  const { from, to } = seen(state);
  const range = selected(state);
  const made: HTMLElement[] = [];
  for (let place = from; place < to; place++) {
    const chosen = range !== undefined && place >= range.from && place <= range.to;
    made.push(lineOf(place, state.known.get(place), chosen));
  }
  lines.replaceChildren(...made);
  lines.style.setProperty('height', `${list.clientHeight}px`);
  lines.scrollTop = (state.top - from) * ROW;
  if (state.selection) lines.setAttribute('aria-activedescendant', `line-${state.selection.focus}`);
  tall.style.setProperty('height', `${height(state, ROW)}px`);
  const scroll = scrollOf(state, ROW, list.clientHeight);
  if (Math.abs(list.scrollTop - scroll) >= 1) list.scrollTop = scroll;
  putTo = list.scrollTop;
}

function lineOf(place: number, row: LogLine | undefined, chosen: boolean): HTMLElement {
  const attributes = { role: 'option', id: `line-${place}`, 'data-place': place, 'aria-selected': String(chosen) };
  const classes = ['line', row?.level ?? '', chosen ? 'selected' : ''].filter((name) => name !== '').join(' ');
  if (!row)
    return make('div', {
      class: classes,
      ...attributes,
      'aria-busy': 'true',
      'aria-label': 'This line is being fetched',
    });
  const parts = [make('span', { class: 'time' }, row.time)];
  if (row.level !== 'none') parts.push(make('span', { class: 'level' }, row.level));
  if (row.category !== '') parts.push(make('span', { class: 'category', title: row.category }, row.category));
  if (row.element !== '') {
    parts.push(make('span', { class: 'element', title: `Show ${row.element} in the text` }, row.element));
  }
  parts.push(make('span', { class: row.cause ? 'text told' : 'text' }, row.text));
  if (row.cause) parts.push(make('span', { class: 'explained', title: row.cause.title }, `→ ${row.cause.title}`));
  return make(
    'div',
    { class: classes, ...attributes, 'aria-setsize': state.list.length, 'aria-posinset': place + 1 },
    ...parts,
  );
}

function drawDetails(): void {
  const row = state.selection && state.known.get(state.selection.focus);
  details.hidden = !row;
  if (!row || details.dataset.number === `${state.list.log} ${row.number}`) return;
  details.dataset.number = `${state.list.log} ${row.number}`;
  const parts: HTMLElement[] = [make('pre', {}, row.text)];
  if (row.origin !== '') parts.push(make('p', { class: 'origin' }, row.origin));
  if (row.cause) {
    parts.push(make('h2', {}, row.cause.title));
    if (row.cause.cause !== '') parts.push(make('p', {}, row.cause.cause));
    if (row.cause.fix !== '') parts.push(make('p', {}, row.cause.fix));
  }
  const show = button('Show in Text', 'Show the element in the text', () => {
    if (state.selection) reveal(state.selection.focus);
  });
  parts.push(
    make('p', {}, ...(row.element === '' ? [] : [show, ' ']), button('Copy', 'Copy the selected lines', copy)),
  );
  details.replaceChildren(...parts);
}

function choice(name: string, choose: (value: string) => void): HTMLSelectElement {
  const select = make('select', { 'aria-label': name, title: name });
  select.addEventListener('change', () => choose(select.value));
  return select;
}

function options(select: HTMLSelectElement, all: readonly (readonly [string, string])[], value: string): void {
  const key = JSON.stringify(all);
  if (select.dataset.key !== key) {
    select.dataset.key = key;
    select.replaceChildren(...all.map(([one, title]) => make('option', { value: one }, title)));
  }
  select.value = value;
}

function count(some: number): string {
  return some.toLocaleString('en');
}
