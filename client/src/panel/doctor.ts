/** The Doctor's page: draws what was found, and tells what the person wants done. */
import type { DoctorToHost, DoctorToPage } from '../views/panel-messages.ts';
import { button, make } from './dom.ts';
import { connect } from './host.ts';

type Groups = Extract<DoctorToPage, { type: 'show' }>['groups'];
type Check = Groups[number]['checks'][number];

/** A sign, and what it is read out as. */
const SIGNS: Readonly<Record<Check['state'], readonly [sign: string, words: string]>> = {
  good: ['✓', 'works'],
  note: ['!', 'could be better'],
  bad: ['✗', 'does not work'],
  open: ['–', 'not needed, or not known'],
};

const page = document.getElementById('page')!;
const body = make('div', { class: 'body', 'aria-live': 'polite' }, make('p', { class: 'empty' }, 'Looking …'));

const send = connect<DoctorToPage, DoctorToHost>(({ groups }) => {
  const focused = document.activeElement?.getAttribute('data-at');
  body.replaceChildren(make('p', { class: 'sum' }, summary(groups)), ...groups.map(groupView));
  if (focused) body.querySelector<HTMLElement>(`[data-at="${CSS.escape(focused)}"]`)?.focus();
});

page.append(
  make(
    'header',
    { role: 'toolbar', 'aria-label': 'Doctor' },
    make('h1', {}, 'Jetson Doctor'),
    make('span', { class: 'space' }),
    button('Look Again', 'Look at everything again', () => send({ type: 'again' })),
    button('Copy', 'Copy all as text', () => send({ type: 'copy' })),
  ),
  body,
);

function groupView({ title, checks }: Groups[number], group: number): HTMLElement {
  return make(
    'section',
    { 'aria-label': title },
    make('h2', {}, title),
    make('ul', {}, ...checks.map((check, at) => checkView(check, group, at))),
  );
}

function checkView({ title, state, text, next }: Check, group: number, check: number): HTMLElement {
  const [sign, words] = SIGNS[state];
  const item = make(
    'li',
    { class: state },
    make('span', { class: 'sign', role: 'img', 'aria-label': words }, sign),
    make('div', { class: 'said' }, make('strong', {}, title), make('span', {}, text)),
  );
  if (next) {
    const press = button(next.title, `${title}: ${next.title}`, () => send({ type: 'do', group, check }));
    press.dataset.at = `${group} ${check}`;
    item.append(press);
  }
  return item;
}

function summary(groups: Groups): string {
  const all = groups.flatMap(({ checks }) => checks);
  const bad = all.filter(({ state }) => state === 'bad').length;
  const notes = all.filter(({ state }) => state === 'note').length;
  if (bad > 0) return bad === 1 ? 'One thing does not work.' : `${bad} things do not work.`;
  if (notes > 0) return notes === 1 ? 'All works; one thing could be better.' : `All works; ${notes} could be better.`;
  return 'All works.';
}
