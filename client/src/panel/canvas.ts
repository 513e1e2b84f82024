/** The page of the analytics canvas: shapes over a frame, dragged by pointer or moved by arrow keys. */
import type { CanvasToHost, CanvasToPage, Drawing, Point, Shape, ShapeKind } from '../views/panel-messages.ts';
import {
  addPoint,
  find,
  type Handle,
  isPolygon,
  movePoint,
  moveShape,
  newPoints,
  removePoint,
  samePoints,
  streams,
  view,
} from './canvas-state.ts';
import { button, make, shape as svg } from './dom.ts';
import { connect } from './host.ts';

const NAMES: Readonly<Record<ShapeKind, string>> = {
  region: 'Region',
  crowd: 'Crowd',
  line: 'Line',
  direction: 'Direction',
};

const page = document.getElementById('page')!;
const stream = make('select', { 'aria-label': 'Stream' });
const frame = make('div', { class: 'frame' });
const details = make('footer', { 'aria-live': 'polite' });

let drawing: Drawing | undefined;
let message = 'Reading …';
let picture: string | undefined;
let shown = 0;
let selected: { readonly section: string; readonly key: string } | undefined;
let drag: { readonly handle: Handle | undefined; readonly from: Point; readonly before: Drawing } | undefined;
/** How many changes were sent; what is shown is older than what is drawn here until the last of them was made. */
let turn = 0;
/** How many pixels of the frame a pixel of the screen is: names and points have one size, whatever the frame's is. */
let unit = 1;

const send = connect<CanvasToPage, CanvasToHost>((told) => {
  if (told.type === 'picture') picture = told.address;
  else if (told.type === 'empty') {
    drawing = undefined;
    drag = undefined;
    message = told.message;
  } else if (told.type === 'show') {
    if (drag || told.turn < turn) return;
    drawing = told.drawing;
  } else return;
  draw();
});

const add = (kind: ShapeKind) =>
  button(`+ ${NAMES[kind]}`, `Add a ${NAMES[kind].toLowerCase()} to this stream`, () => {
    if (drawing) send({ type: 'add', kind, stream: shown, points: newPoints(drawing, kind), turn: ++turn });
  });
const remove = button('Delete', 'Delete the selected shape', () => {
  if (selected) send({ type: 'remove', ...selected, turn: ++turn });
});

page.append(
  make(
    'header',
    { role: 'toolbar', 'aria-label': 'Regions' },
    make('label', {}, 'Stream ', stream),
    ...(['region', 'crowd', 'line', 'direction'] as const).map(add),
    remove,
    make('span', { class: 'space' }),
    button('Picture …', 'Draw over a picture of yours', () => send({ type: 'pickPicture' })),
    button('Grid', 'Draw over a grid again', () => send({ type: 'clearPicture' })),
  ),
  frame,
  details,
);

new ResizeObserver(() => draw()).observe(frame);
stream.addEventListener('change', () => {
  shown = Number(stream.value);
  selected = undefined;
  draw();
});

function draw(): void {
  if (!drawing) {
    frame.replaceChildren(make('p', { class: 'empty' }, message));
    details.replaceChildren();
    return;
  }
  const all = streams(drawing);
  if (!all.includes(shown)) shown = all[0] ?? 0;
  stream.replaceChildren(
    ...all.map((one) => {
      const used = drawing?.shapes.some((shape) => shape.stream === one);
      return make('option', { value: one, selected: one === shown }, used ? String(one) : `${one} (new)`);
    }),
  );
  if (selected && !find(drawing, selected.section, selected.key)) selected = undefined;
  remove.disabled = !selected;
  const { width, height } = drawing;
  const focused = document.activeElement?.getAttribute('data-at');
  // While something is dragged the view stands still, else the pointer would mean another place with every move.
  const { x, y, width: wide, height: high } = view(drag?.before ?? drawing, shown);
  unit = Math.max(wide / Math.max(1, frame.clientWidth - 16), high / Math.max(1, frame.clientHeight - 16));
  const root = svg('svg', {
    viewBox: `${x} ${y} ${wide} ${high}`,
    role: 'group',
    'aria-label': `Frame of ${width} by ${height} pixels`,
  });
  root.append(...ground(width, height));
  const here = drawing.shapes.filter((one) => one.stream === shown);
  for (const one of here) root.append(shapeView(one));
  frame.replaceChildren(root);
  if (focused) dotAt(focused)?.focus({ preventScroll: true });
  tell(here);
}

function ground(width: number, height: number): SVGElement[] {
  if (picture) return [svg('image', { href: picture, width, height, preserveAspectRatio: 'none' })];
  const lines: SVGElement[] = [svg('rect', { class: 'ground', width, height })];
  const step = Math.max(20, Math.round(width / 16 / 10) * 10);
  for (let x = step; x < width; x += step) lines.push(svg('line', { class: 'grid', x1: x, x2: x, y1: 0, y2: height }));
  for (let y = step; y < height; y += step) lines.push(svg('line', { class: 'grid', x1: 0, x2: width, y1: y, y2: y }));
  return lines;
}

function shapeView(one: Shape): SVGElement {
  const { section, key, kind, points, label, enabled, problems } = one;
  const chosen = selected?.section === section && selected.key === key;
  const worst = problems.some(({ severity }) => severity === 'error') ? 'error' : problems.length > 0 ? 'warning' : '';
  const group = svg('g', { class: `shape ${kind} ${worst} ${chosen ? 'chosen' : ''} ${enabled ? '' : 'off'}` });
  const text = points.map(({ x, y }) => `${x},${y}`).join(' ');
  if (isPolygon(kind)) group.append(svg('polygon', { points: text }));
  if (kind === 'line' && points.length >= 4) {
    group.append(line(points[2]!, points[3]!, 'crossing'), ...arrow(points[0]!, points[1]!));
  }
  if (kind === 'direction' && points.length >= 2) group.append(...arrow(points[0]!, points[1]!));
  const first = points[kind === 'line' ? 2 : 0]!;
  const size = 13 * unit;
  const name = problems.length > 0 ? `⚠ ${label}` : label;
  group.append(svg('text', { x: first.x + size / 2, y: first.y - size / 2, 'font-size': size }, name));
  if (problems.length > 0) group.append(svg('title', {}, problems.map((problem) => problem.message).join('\n')));
  group.addEventListener('pointerdown', (event) => begin(event, one, undefined));
  group.addEventListener('dblclick', () => send({ type: 'reveal', section, key }));
  points.forEach((point, i) => {
    const dot = svg('circle', {
      ...{ cx: point.x, cy: point.y, r: 5 * unit, tabindex: 0, role: 'button', 'data-at': `${section} ${key} ${i}` },
      'aria-label': [
        `${NAMES[kind]} ${label}, point ${i + 1} at ${point.x}, ${point.y}. Arrow keys move it.`,
        ...problems.map((problem) => problem.message),
      ].join(' '),
    });
    const handle: Handle = { section, key, point: i };
    dot.addEventListener('pointerdown', (event) => begin(event, one, handle));
    dot.addEventListener('focus', () => choose(one));
    dot.addEventListener('keydown', (event) => pressed(event, handle, point));
    group.append(dot);
  });
  return group;
}

const line = (a: Point, b: Point, name: string): SVGElement =>
  svg('line', { class: name, x1: a.x, y1: a.y, x2: b.x, y2: b.y });

/** A line with a head at its end. */
function arrow(a: Point, b: Point): SVGElement[] {
  const length = Math.hypot(b.x - a.x, b.y - a.y) || 1;
  const size = 9 * unit;
  const [dx, dy] = [((b.x - a.x) / length) * size, ((b.y - a.y) / length) * size];
  const wing = (side: number) => `${b.x - 2 * dx - side * dy},${b.y - 2 * dy + side * dx}`;
  return [line(a, b, 'arrow'), svg('polygon', { class: 'head', points: `${b.x},${b.y} ${wing(1)} ${wing(-1)}` })];
}

function choose({ section, key }: Shape): void {
  if (selected?.section === section && selected.key === key) return;
  selected = { section, key };
  draw();
}

function begin(event: PointerEvent, one: Shape, handle: Handle | undefined): void {
  if (!drawing || event.button !== 0) return;
  event.stopPropagation();
  event.preventDefault();
  selected = { section: one.section, key: one.key };
  drag = { handle, from: pixel(event), before: drawing };
  // The shapes are drawn anew with every move; the frame around them stays, and keeps the pointer wherever it goes.
  frame.setPointerCapture(event.pointerId);
  draw();
  const at = handle && `${handle.section} ${handle.key} ${handle.point}`;
  if (at) dotAt(at)?.focus({ preventScroll: true });
}

frame.addEventListener('pointerdown', () => {
  selected = undefined;
  draw();
});
frame.addEventListener('pointermove', (event) => {
  if (!drag || !selected) return;
  const at = pixel(event);
  drawing = drag.handle
    ? movePoint(drag.before, drag.handle, at)
    : moveShape(drag.before, selected.section, selected.key, { x: at.x - drag.from.x, y: at.y - drag.from.y });
  draw();
});
frame.addEventListener('pointerup', () => {
  const before = drag?.before;
  drag = undefined;
  if (before) tellPoints(before);
});
frame.addEventListener('pointercancel', giveUp);

/** Ends a drag as if it had not been. */
function giveUp(): void {
  if (!drag) return;
  drawing = drag.before;
  drag = undefined;
  draw();
}

window.addEventListener('keydown', (event) => {
  if (event.key === 'Escape') giveUp();
  if (!(event.ctrlKey || event.metaKey) || drag) return;
  const key = event.key.toLowerCase();
  if (key === 'z') send({ type: event.shiftKey ? 'redo' : 'undo' });
  else if (key === 'y') send({ type: 'redo' });
  else if (key === 's') send({ type: 'save' });
});

function pressed(event: KeyboardEvent, handle: Handle, { x, y }: Point): void {
  if (!drawing) return;
  const by = event.shiftKey ? 10 : 1;
  const moves: Readonly<Record<string, Point>> = {
    ArrowLeft: { x: x - by, y },
    ArrowRight: { x: x + by, y },
    ArrowUp: { x, y: y - by },
    ArrowDown: { x, y: y + by },
  };
  const to = moves[event.key];
  const before = drawing;
  if (to && event.altKey) {
    drawing = moveShape(drawing, handle.section, handle.key, { x: to.x - x, y: to.y - y });
  } else if (to) drawing = movePoint(drawing, handle, to);
  else if (event.key === 'Insert' || event.key === '+') drawing = addPoint(drawing, handle);
  else if (event.key === 'Delete' || event.key === '-') drawing = removePoint(drawing, handle);
  else if (event.key === 'Enter') send({ type: 'reveal', section: handle.section, key: handle.key });
  else return;
  event.preventDefault();
  draw();
  tellPoints(before);
}

/** Tells where the points of the selected shape are now, if that is elsewhere than before. */
function tellPoints(before: Drawing): void {
  if (!drawing || !selected) return;
  const { section, key } = selected;
  const one = find(drawing, section, key);
  if (!one || samePoints(one, find(before, section, key))) return;
  send({ type: 'points', section, key, points: one.points, turn: ++turn });
}

const dotAt = (at: string): SVGElement | null => frame.querySelector<SVGElement>(`[data-at="${CSS.escape(at)}"]`);

/** Where the pointer is, in pixels of the frame: whatever room the drawing has, and wherever it stands in it. */
function pixel({ clientX, clientY }: PointerEvent): Point {
  const matrix = frame.querySelector('svg')?.getScreenCTM()?.inverse();
  const { x, y } = new DOMPoint(clientX, clientY).matrixTransform(matrix);
  return { x, y };
}

function tell(here: readonly Shape[]): void {
  const one = here.find(({ section, key }) => section === selected?.section && key === selected.key);
  if (!one) {
    const help =
      'Drag a point or a shape; Tab and arrow keys do the same, with Alt for the whole shape, with Shift in steps of ten. ' +
      '+ and − add and take away a point, Enter goes to the text, Ctrl+Z undoes.';
    details.replaceChildren(make('p', {}, here.length === 0 ? 'No shape yet: add one above.' : help));
    return;
  }
  const numbers = one.points.map(({ x, y }) => `${x};${y}`).join(';');
  details.replaceChildren(
    make(
      'p',
      {},
      make('strong', {}, `${NAMES[one.kind]} ${one.label}`),
      ` [${one.section}]${one.enabled ? '' : ' (not enabled)'}`,
    ),
    make('code', {}, `${one.key}=${numbers}`),
    ...one.problems.map(({ severity, message: text }) => make('p', { class: severity }, text)),
  );
}
