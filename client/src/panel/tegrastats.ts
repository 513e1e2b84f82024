/** The page of the tegrastats panel: curves over one time axis, with a table of figures under each. Draws the state; keeps nothing. */
import uPlot from 'uplot';
import type { StatsToHost, StatsToPage } from '../views/panel-messages.ts';
import { button, make, shape } from './dom.ts';
import { connect } from './host.ts';
import { curveOf, themeOf } from './stats-theme.ts';
import {
  type Chart,
  charts,
  EMPTY,
  keyAction,
  reduce,
  type StatsAction,
  shown,
  spoken,
  WINDOWS,
} from './tegrastats-state.ts';

const HEIGHT = 120;
/** How often the page is drawn anew at most, in milliseconds. */
const REST = 100;
const INTERVALS: readonly (readonly [number, string])[] = [
  [250, '0.25 s'],
  [500, '0.5 s'],
  [1_000, '1 s'],
  [2_000, '2 s'],
  [5_000, '5 s'],
];

/** One chart of the page, and what it was made of: it is made anew when that changes. */
interface Drawn {
  readonly made: string;
  readonly plot: uPlot;
}

let state = EMPTY;
let timer: ReturnType<typeof setTimeout> | undefined;
let theme = themeOf(document.body);
const plots = new Map<string, Drawn>();

const send = connect<StatsToPage, StatsToHost>((message) => act(message));

const devices = choice('Device', (value) => send({ type: 'choose', device: value }));
const window_ = choice('Time that is shown', (value) => act({ type: 'window', seconds: Number(value) }));
const interval = choice('Time between two samples', (value) => send({ type: 'interval', milliseconds: Number(value) }));
const pause = button('Pause', 'Pause or go on', () => act({ type: state.pausedAt === undefined ? 'pause' : 'resume' }));
const fit = button('Fit', 'Show the whole window again', () => act({ type: 'unzoom' }));
const connectButton = button('Connect', 'Connect and measure', () => send({ type: 'connect' }));
const live = button('Live', 'Back to the device', () => send({ type: 'live' }));
const record = button('Record', 'Write what is measured to a file', () => send({ type: 'record' }));
const save = button('Save', 'Save what was measured as CSV or JSON', () => send({ type: 'save' }));
const open = button('Open', 'Open a recording', () => send({ type: 'open' }));
const said = make('div', { class: 'said' });
const alerts = make('ul', { class: 'alerts', role: 'alert', 'aria-label': 'Alerts' });
const sections = make('div', { class: 'charts' });
const body = make('div', { class: 'body', tabindex: 0, role: 'region', 'aria-label': help() }, said, alerts, sections);

window_.replaceChildren(...WINDOWS.map(([value, title]) => make('option', { value }, title)));
interval.replaceChildren(...INTERVALS.map(([value, title]) => make('option', { value }, title)));
document
  .getElementById('page')!
  .append(make('header', {}, devices, connectButton, live, pause, fit, window_, interval, record, save, open), body);

body.addEventListener('keydown', (event) => {
  if (event.ctrlKey || event.altKey || event.metaKey || event.target instanceof HTMLButtonElement) return;
  const action = keyAction(state, event.key);
  if (!action) return;
  event.preventDefault();
  act(action);
});
new ResizeObserver(() => {
  for (const { plot } of plots.values()) plot.setSize({ width: width(), height: HEIGHT });
}).observe(body);
// Curves are painted, so a change of the theme does not reach them by itself.
new MutationObserver(() => {
  theme = themeOf(document.body);
  forget();
  draw();
}).observe(document.body, { attributes: true, attributeFilter: ['class', 'data-vscode-theme-id'] });
draw();

function help(): string {
  return 'Measurements. Drag over a chart to zoom; plus and minus zoom, arrows move, 0 shows the whole window, space pauses.';
}

function act(action: StatsAction): void {
  const before = state.look;
  state = reduce(state, action);
  if (state.look !== before && action.type !== 'show') send({ type: 'look', look: state.look });
  if (timer !== undefined) return;
  timer = setTimeout(() => {
    timer = undefined;
    draw();
  }, REST);
}

function draw(): void {
  drawHeader();
  drawSaid();
  const { times, charts: all } = charts(state);
  const groups = new Set<string>(all.map(({ group }) => group));
  for (const [group, { plot }] of plots) {
    if (groups.has(group)) continue;
    plot.destroy();
    plots.delete(group);
  }
  const made = all.map((chart) => drawChart(chart, times));
  // Only what is new is put in, so that the place one has scrolled to and the focus stay.
  if (made.length !== sections.children.length || made.some((one, i) => sections.children[i] !== one)) {
    sections.replaceChildren(...made);
  }
}

function drawHeader(): void {
  const { status, pausedAt, zoom, look } = state;
  const names = [...status.devices.map(({ name }) => name)];
  if (status.device !== '' && !names.includes(status.device)) names.push(status.device);
  options(
    devices,
    names.map((name) => {
      const count = status.devices.find((one) => one.name === name)?.alerts ?? 0;
      return [name, count > 0 ? `${name} (${count} ${count === 1 ? 'alert' : 'alerts'})` : name];
    }),
    status.device,
  );
  devices.hidden = names.length < 2;
  window_.value = String(look.window);
  interval.value = String(status.milliseconds);
  const opened = status.state === 'recording-open';
  const idle = status.state === 'idle' || status.state === 'failed';
  connectButton.hidden = !idle || status.devices.length === 0;
  live.hidden = !opened;
  interval.hidden = opened;
  record.hidden = opened;
  pause.hidden = opened;
  label(pause, pausedAt === undefined ? 'Pause' : 'Go on');
  pause.setAttribute('aria-pressed', String(pausedAt !== undefined));
  label(record, status.recording ? 'Stop Recording' : 'Record');
  record.setAttribute('aria-pressed', String(status.recording));
  fit.hidden = zoom === undefined;
  save.disabled = state.measurements.times.length === 0;
}

function drawSaid(): void {
  const { message, bottleneck, advice, comparison, alerts: warnings } = state.status;
  const lines = [
    [message, 'message'],
    [bottleneck, 'bottleneck'],
    [advice, 'advice'],
    [comparison, 'advice'],
  ].filter(([text]) => text !== '');
  const key = JSON.stringify([lines, warnings]);
  if (said.dataset.key === key) return;
  said.dataset.key = key;
  said.replaceChildren(...lines.map(([text, name]) => make('p', { class: name }, text!)));
  alerts.replaceChildren(...warnings.map((text) => make('li', {}, `⚠ ${text}`)));
}

function drawChart(chart: Chart, times: readonly number[]): HTMLElement {
  const { group, folded, rows } = chart;
  const section =
    sections.querySelector<HTMLElement>(`[data-group="${group}"]`) ??
    make(
      'section',
      { 'data-group': group },
      make('h2', {}),
      make('div', { class: 'chart', role: 'img' }),
      make('div', {}),
    );
  const [head, canvas, figures] = section.children as unknown as [HTMLElement, HTMLElement, HTMLElement];
  drawHead(head, chart);
  canvas.hidden = folded;
  figures.hidden = folded;
  if (folded) {
    plots.get(group)?.plot.destroy();
    plots.delete(group);
    return section;
  }
  canvas.setAttribute('aria-label', spoken(chart));
  drawFigures(figures, chart);
  const made = JSON.stringify([rows.map(({ series, hidden }) => [series.id, hidden]), chart.least]);
  const data = [times, ...rows.map(({ values }) => values)] as unknown as uPlot.AlignedData;
  let known = plots.get(group);
  if (known?.made !== made) {
    known?.plot.destroy();
    known = { made, plot: new uPlot(optionsOf(chart), data, canvas) };
    plots.set(group, known);
  } else known.plot.setData(data, false);
  const { from, to } = shown(state);
  known.plot.setScale('x', { min: from, max: to > from ? to : from + 1 });
  return section;
}

function drawHead(head: HTMLElement, { group, title, unit, folded }: Chart): void {
  const fold = head.querySelector('button') ?? button(title, title, () => act({ type: 'fold', group }));
  if (!fold.isConnected) head.append(fold);
  fold.setAttribute('aria-expanded', String(!folded));
  if (fold.dataset.folded === String(folded)) return;
  fold.dataset.folded = String(folded);
  fold.replaceChildren(`${folded ? '▸' : '▾'} ${title} `, make('span', { class: 'unit' }, unit));
}

/** The figures change with each sample, the rows seldom: only their text is set anew, so that the focus stays. */
function drawFigures(place: HTMLElement, { group, unit, rows }: Chart): void {
  const key = JSON.stringify(rows.map(({ series, hidden }) => [series.id, hidden]));
  if (place.dataset.key !== key) {
    const focused = document.activeElement?.getAttribute('data-series');
    place.dataset.key = key;
    place.replaceChildren(tableOf(group, unit, rows));
    if (focused) place.querySelector<HTMLElement>(`[data-series="${CSS.escape(focused)}"]`)?.focus();
  }
  const lines = place.querySelectorAll('tbody tr');
  for (const [i, { now, average, maximum }] of rows.entries()) {
    const cells = lines[i]!.querySelectorAll('td');
    for (const [j, text] of [now, average, maximum].entries()) {
      if (cells[j]!.textContent !== text) cells[j]!.textContent = text;
    }
  }
}

function tableOf(group: string, unit: string, rows: Chart['rows']): HTMLElement {
  const heads = ['now', 'average', 'max'].map((text) => make('th', { scope: 'col', title: `${text}, ${unit}` }, text));
  const lines = rows.map(({ series, hidden }, at) => {
    const { colour, dash } = curveOf(theme, at);
    const line = shape('line', {
      x1: 0,
      y1: 5,
      x2: 16,
      y2: 5,
      stroke: colour,
      'stroke-width': 2,
      'stroke-dasharray': dash.join(' '),
    });
    const toggle = button('', `Draw ${series.title}`, () => act({ type: 'hide', series: series.id }));
    toggle.setAttribute('aria-pressed', String(!hidden));
    toggle.setAttribute('data-series', series.id);
    const limit = series.limit !== undefined && unit !== '%' ? ` of ${series.limit}` : '';
    toggle.append(
      shape('svg', { width: 16, height: 10, 'aria-hidden': 'true' }, line),
      make('span', {}, `${series.title}${limit}`),
    );
    const cells = [0, 1, 2].map(() => make('td', {}));
    return make('tr', { class: hidden ? 'hidden' : undefined }, make('th', { scope: 'row' }, toggle), ...cells);
  });
  return make(
    'table',
    { 'aria-label': group },
    make('thead', {}, make('tr', {}, make('th', { scope: 'col' }), ...heads)),
    make('tbody', {}, ...lines),
  );
}

function optionsOf({ rows, least, lines }: Chart): uPlot.Options {
  const grid = { stroke: theme.grid, width: 1 };
  const axis = { stroke: theme.text, grid, ticks: grid, font: theme.font };
  return {
    width: width(),
    height: HEIGHT,
    legend: { show: false },
    padding: [8, 8, 0, 0],
    cursor: { sync: { key: 'tegrastats' }, drag: { x: true, y: false, setScale: false }, points: { size: 5 } },
    scales: { x: { time: true }, y: { range: (_plot, _low, high) => [0, Math.max(least, (high ?? 0) * 1.05, 1)] } },
    axes: [
      { ...axis, size: 28, space: 60, values: (_plot, splits) => splits.map(clock) },
      { ...axis, size: 50, space: 24 },
    ],
    series: [
      {},
      ...rows.map(({ series, hidden }, at) => {
        const { colour, dash } = curveOf(theme, at);
        return {
          label: series.title,
          show: !hidden,
          stroke: colour,
          width: 1.5,
          dash: [...dash],
          points: { show: false },
        };
      }),
    ],
    hooks: {
      draw: [(plot) => paintMarks(plot, lines)],
      setSelect: [
        (plot) => {
          const { left, width: wide } = plot.select;
          if (wide < 4) return;
          act({ type: 'zoom', from: plot.posToVal(left, 'x'), to: plot.posToVal(left + wide, 'x') });
          plot.setSelect({ left: 0, top: 0, width: 0, height: 0 }, false);
        },
      ],
    },
  };
}

/** Starts and stops of runs down the chart, limits across. */
function paintMarks(plot: uPlot, lines: Chart['lines']): void {
  const { ctx, bbox } = plot;
  const right = bbox.left + bbox.width;
  const bottom = bbox.top + bbox.height;
  ctx.save();
  ctx.lineWidth = devicePixelRatio;
  const stroke = (colour: string, dash: number[], x1: number, y1: number, x2: number, y2: number): void => {
    ctx.strokeStyle = colour;
    ctx.setLineDash(dash.map((one) => one * devicePixelRatio));
    ctx.beginPath();
    ctx.moveTo(x1, y1);
    ctx.lineTo(x2, y2);
    ctx.stroke();
  };
  for (const { at } of lines) {
    const y = plot.valToPos(at, 'y', true);
    if (y >= bbox.top && y <= bottom) stroke(theme.warning, [4, 4], bbox.left, y, right, y);
  }
  for (const { at, kind } of state.measurements.marks) {
    const x = plot.valToPos(at, 'x', true);
    if (x >= bbox.left && x <= right) stroke(kind === 'start' ? theme.start : theme.stop, [], x, bbox.top, x, bottom);
  }
  ctx.restore();
}

function forget(): void {
  for (const { plot } of plots.values()) plot.destroy();
  plots.clear();
  sections.replaceChildren();
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

function label(of: HTMLElement, text: string): void {
  if (of.textContent !== text) of.textContent = text;
}

function width(): number {
  return Math.max(120, sections.clientWidth);
}

/** Hours, minutes and seconds, in the person's own time zone. */
function clock(seconds: number): string {
  return new Date(seconds * 1000).toTimeString().slice(0, 8);
}
