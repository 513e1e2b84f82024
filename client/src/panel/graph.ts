/** The page of the pipeline graph: draws what it is told, and tells what is clicked. */
import type { GraphToHost, GraphToPage, PictureElement, PictureLink } from '../views/panel-messages.ts';
import { button, make } from './dom.ts';
import { pngOf, standalone } from './export-svg.ts';
import {
  afterMessage,
  find,
  firstState,
  type GraphState,
  memories,
  type Selected,
  scaleFor,
  select,
  step,
  summary,
} from './graph-state.ts';
import { connect } from './host.ts';
import { safeSvg } from './safe-svg.ts';

const MEMORY: Readonly<Record<string, string>> = {
  nvmm: 'NVMM',
  system: 'system memory',
  cuda: 'CUDA',
  dmabuf: 'DMABuf',
  gl: 'GL',
  va: 'VA',
  unknown: 'not known',
};

const page = document.getElementById('page')!;
const choice = make('select', { 'aria-label': 'Pipeline' });
const target = make('span', { class: 'target' });
const canvas = make('div', {
  class: 'canvas',
  tabindex: 0,
  role: 'application',
  'aria-label': 'Pipeline graph. Arrow keys walk along the links, Enter goes to the text.',
});
const legend = make('div', { class: 'legend' });
const budget = make('div', { class: 'budget' });
const details = make('div', { class: 'details', 'aria-live': 'polite' });

let state: GraphState = firstState;
let drawn: SVGSVGElement | undefined;
let size = { width: 0, height: 0 };
let zoom: number | undefined;

const send = connect<GraphToPage, GraphToHost>((message) => {
  const before = state.picture;
  state = afterMessage(state, message);
  if (message.type !== 'select') draw(before?.index !== state.picture?.index);
  mark(message.type === 'select');
});

page.append(
  make(
    'header',
    { role: 'toolbar', 'aria-label': 'Graph' },
    choice,
    target,
    make(
      'span',
      { class: 'buttons' },
      button('−', 'Smaller', () => scale(1 / 1.25)),
      button('+', 'Larger', () => scale(1.25)),
      button('Fit', 'Fit the graph into the view', () => {
        zoom = undefined;
        resize();
      }),
      button(
        'SVG',
        'Save the graph as SVG',
        () => drawn && send({ type: 'export', kind: 'svg', text: standalone(drawn) }),
      ),
      button('PNG', 'Save the graph as PNG', () => void savePng()),
    ),
  ),
  canvas,
  make('footer', {}, details, legend, budget),
);

choice.addEventListener('change', () => send({ type: 'choose', index: choice.selectedIndex }));
canvas.addEventListener('click', ({ target: at }) => {
  const hit = selectedAt(at);
  if (!hit) return;
  choose(hit);
  if (!state.picture?.foreign) send({ type: 'reveal', ...hit });
});
canvas.addEventListener('keydown', (event) => {
  const move = keys[event.key];
  if (move) {
    const next = step(state, move);
    if (next) choose(next);
    event.preventDefault();
  } else if (event.key === 'Enter' || event.key === ' ') {
    if (state.selected) send({ type: 'reveal', ...state.selected });
    event.preventDefault();
  } else if (event.key === '+' || event.key === '=') scale(1.25);
  else if (event.key === '-') scale(1 / 1.25);
  else if (event.key === '0') {
    zoom = undefined;
    resize();
  }
});
canvas.addEventListener(
  'wheel',
  (event) => {
    if (!event.ctrlKey) return;
    event.preventDefault();
    scale(event.deltaY < 0 ? 1.1 : 1 / 1.1);
  },
  { passive: false },
);
dragToScroll();
new ResizeObserver(() => {
  tellShape();
  resize();
}).observe(canvas);

const keys: Readonly<Record<string, 'forward' | 'back' | 'next' | 'before'>> = {
  ArrowRight: 'forward',
  ArrowLeft: 'back',
  ArrowDown: 'next',
  ArrowUp: 'before',
};

/** Tall and narrow, as beside a text: the pipeline flows downwards. */
function tellShape(): void {
  const { clientWidth, clientHeight } = canvas;
  if (clientWidth > 0) send({ type: 'shape', direction: clientWidth > clientHeight * 1.3 ? 'LR' : 'TB' });
}

function draw(fresh: boolean): void {
  const { picture, message } = state;
  choice.replaceChildren(
    ...(picture?.choices ?? []).map((title, i) => make('option', { selected: i === picture?.index }, title)),
  );
  choice.hidden = (picture?.choices.length ?? 0) < 2;
  target.textContent = picture ? (picture.target ? `for ${picture.target}` : picture.title) : '';
  document.body.classList.toggle('foreign', picture?.foreign === true);
  drawn = picture && safeSvg(picture.svg);
  if (picture && drawn) shrinkTexts(drawn, picture.shrink);
  if (!picture || !drawn) {
    canvas.replaceChildren(make('p', { class: 'empty' }, message || 'The picture could not be read.'));
    legend.replaceChildren();
    budget.replaceChildren();
    return;
  }
  const [, , width = 0, height = 0] = (drawn.getAttribute('viewBox') ?? '').split(/[ ,]+/).map(Number);
  size = { width, height };
  if (fresh) zoom = undefined;
  canvas.replaceChildren(drawn);
  for (const element of picture.elements) describe(`e${element.id}`, labelOf(element));
  for (const link of picture.links) describe(`l${link.id}`, labelOf(link));
  legend.replaceChildren(
    ...memories(picture).map((memory) => make('span', { class: `key ${memory}` }, MEMORY[memory] ?? memory)),
    ...(picture.links.some(({ verdict }) => verdict === 'broken')
      ? [make('span', { class: 'key broken' }, 'does not link')]
      : []),
  );
  budget.replaceChildren(
    ...picture.budget.map(({ what, amount, share, unknown }) => {
      const line = make('div', { class: 'line' }, make('span', {}, what));
      if (share !== undefined)
        line.append(make('meter', { min: 0, max: 1, high: 0.9, value: Math.min(share, 1), 'aria-label': what }));
      line.append(make('strong', { class: share !== undefined && share > 1 ? 'over' : undefined }, amount));
      if (unknown.length > 0) {
        const words = amount === 'unknown' ? unknown.join('; ') : `without ${unknown.join('; ')}`;
        line.append(make('span', { class: 'unknown' }, words));
      }
      return line;
    }),
  );
  resize();
}

/** Texts at their own size. Those of an element were set from the left; as they end elsewhere now, they are centred. */
function shrinkTexts(svg: SVGSVGElement, by: number): void {
  if (by === 1) return;
  for (const text of svg.querySelectorAll('text')) {
    text.setAttribute('font-size', String(Number(text.getAttribute('font-size') ?? 14) / by));
    const box = text.closest('g.node')?.querySelector('path, polygon');
    if (!box) continue;
    const xs = [...(box.getAttribute('d') ?? box.getAttribute('points') ?? '').matchAll(/(-?[\d.]+),-?[\d.]+/g)];
    const at = xs.map((pair) => Number(pair[1]));
    text.setAttribute('x', String((Math.min(...at) + Math.max(...at)) / 2));
    text.setAttribute('text-anchor', 'middle');
  }
}

function describe(id: string, label: string): void {
  const group = drawn?.querySelector(`#${id}`);
  group?.setAttribute('role', 'img');
  group?.setAttribute('aria-label', label);
}

const labelOf = ({ label, problems }: PictureElement | PictureLink): string =>
  [label, ...problems.map(({ message }) => message)].join('. ');

function choose(selected: Selected): void {
  state = select(state, selected);
  mark(true);
}

/** Shows what is selected in the picture and below it. */
function mark(scroll: boolean): void {
  for (const one of canvas.querySelectorAll('.selected')) one.classList.remove('selected');
  const { picture, selected } = state;
  const part = picture && selected && find(picture, selected);
  if (!picture || !selected || !part) {
    const problems = picture ? [...picture.links, ...picture.elements].flatMap((one) => one.problems) : [];
    details.replaceChildren(
      make('div', {}, picture && !picture.foreign ? summary(picture) : ''),
      ...problems.slice(0, 5).map(({ severity, message }) => make('p', { class: severity }, message)),
    );
    return;
  }
  const group = drawn?.querySelector(`#${selected.what === 'element' ? 'e' : 'l'}${selected.id}`);
  group?.classList.add('selected');
  if (scroll) group?.scrollIntoView({ block: 'nearest', inline: 'nearest' });
  details.replaceChildren(
    make('div', {}, make('strong', {}, headOf(selected))),
    ...part.problems.map(({ severity, message }) => make('p', { class: severity }, message)),
  );
  if ('caps' in part) {
    // A broken link agrees on nothing, which GStreamer writes as EMPTY.
    if (part.verdict !== 'broken') details.append(make('code', {}, part.caps));
    details.append(
      button('Compare caps', 'Show what both elements give and take', () => send({ type: 'inspect', link: part.id })),
    );
  }
}

function headOf({ what, id }: Selected): string {
  const { picture } = state;
  const name = (element: number) => picture?.elements.find((one) => one.id === element)?.label ?? '';
  if (what === 'element') return name(id);
  const link = picture?.links.find((one) => one.id === id);
  return link ? `${name(link.from)} → ${name(link.to)}${link.label ? `: ${link.label}` : ''}` : '';
}

function selectedAt(at: EventTarget | null): Selected | undefined {
  const group = at instanceof Element ? at.closest('g.node, g.edge') : undefined;
  const id = /^([el])(\d+)$/.exec(group?.id ?? '');
  return id ? { what: id[1] === 'e' ? 'element' : 'link', id: Number(id[2]) } : undefined;
}

function scale(by: number): void {
  zoom = Math.min(6, Math.max(0.1, (zoom ?? current()) * by));
  resize();
}

/** Points of the drawing are a third larger than pixels. */
const current = (): number =>
  zoom ??
  scaleFor(size, { width: (canvas.clientWidth - 24) * 0.75, height: (canvas.clientHeight - 24) * 0.75 }) * (4 / 3);

function resize(): void {
  if (!drawn) return;
  const now = current();
  drawn.setAttribute('width', String(size.width * now));
  drawn.setAttribute('height', String(size.height * now));
}

async function savePng(): Promise<void> {
  if (!drawn) return;
  try {
    send({ type: 'export', kind: 'png', text: await pngOf(standalone(drawn), size) });
  } catch (error) {
    send({ type: 'failed', message: error instanceof Error ? error.message : String(error) });
  }
}

function dragToScroll(): void {
  let from: { x: number; y: number } | undefined;
  canvas.addEventListener('pointerdown', ({ clientX, clientY, target: at }) => {
    if (!selectedAt(at)) from = { x: clientX, y: clientY };
  });
  window.addEventListener('pointermove', ({ clientX, clientY }) => {
    if (!from) return;
    canvas.scrollBy(from.x - clientX, from.y - clientY);
    from = { x: clientX, y: clientY };
  });
  window.addEventListener('pointerup', () => {
    from = undefined;
  });
}
