/** The page of the caps inspector: three columns, what is given, where both meet, what is taken. */
import type { CapsToHost, CapsToPage, Meeting, MeetingSide } from '../views/panel-messages.ts';
import { make } from './dom.ts';
import { connect } from './host.ts';

const page = document.getElementById('page')!;
const names = make('datalist', { id: 'names' });
const from = field('Element that gives');
const to = field('Element that takes');
const body = make('div', { class: 'body' });
let known = 0;

const send = connect<CapsToPage, CapsToHost>((message) => {
  if (message.type === 'empty') body.replaceChildren(make('p', { class: 'empty' }, message.message));
  else show(message.meeting);
});

page.append(
  make(
    'header',
    {},
    make('label', {}, 'Gives ', from),
    make('span', { 'aria-hidden': true }, '→'),
    make('label', {}, 'Takes ', to),
  ),
  names,
  body,
);

for (const input of [from, to]) {
  input.addEventListener('change', () => send({ type: 'ask', from: from.value.trim(), to: to.value.trim() }));
}

function field(label: string): HTMLInputElement {
  return make('input', {
    list: 'names',
    'aria-label': label,
    spellcheck: 'false',
    autocomplete: 'off',
    placeholder: 'element',
  });
}

function show(meeting: Meeting): void {
  if (known !== meeting.elements.length) {
    names.replaceChildren(...meeting.elements.map((name) => make('option', { value: name })));
    known = meeting.elements.length;
  }
  from.value = meeting.from.factory;
  to.value = meeting.to.factory;
  const verdicts = meeting.pairs.map((pair) => pairView(pair));
  body.replaceChildren(
    make('div', { class: 'sides' }, sideView(meeting.from, 'gives'), sideView(meeting.to, 'takes')),
    ...(verdicts.length > 0 ? verdicts : [make('p', { class: 'empty' }, nothing(meeting))]),
  );
}

function nothing({ from: left, to: right }: Meeting): string {
  if (!left.known) return `No table has an element "${left.factory}".`;
  if (!right.known) return `No table has an element "${right.factory}".`;
  if (left.pads.length === 0) return `${left.factory} gives nothing: it has no source pad.`;
  return `${right.factory} takes nothing: it has no sink pad.`;
}

function sideView({ factory, blurb, pads }: MeetingSide, does: string): HTMLElement {
  return make(
    'section',
    { 'aria-label': `${factory} ${does}` },
    make('h2', {}, factory),
    make('p', { class: 'blurb' }, blurb),
    ...pads.map(({ name, presence, caps }) =>
      make(
        'details',
        {},
        make(
          'summary',
          {},
          make('strong', {}, name),
          ` ${presence} · ${caps
            .map(({ media, memory }) => [media, memory].filter(Boolean).join(' in '))
            .filter((text, i, all) => all.indexOf(text) === i)
            .slice(0, 4)
            .join(', ')}`,
        ),
        ...caps.map(({ media, memory, fields }) =>
          make(
            'dl',
            {},
            make('dt', {}, memory === '' ? media : `${media} (${memory})`),
            ...fields.map(({ name: key, value }) => make('dd', {}, make('span', { class: 'key' }, key), ` ${value}`)),
          ),
        ),
      ),
    ),
  );
}

function pairView({ fromPad, toPad, meet, rows }: Meeting['pairs'][number]): HTMLElement {
  const head = make('tr', {}, ...['', 'gives', 'both', 'takes'].map((title) => make('th', { scope: 'col' }, title)));
  let group = '';
  const lines = rows.flatMap(({ media, memory, field: key, from: left, to: right, both }) => {
    const own = `${media}${memory && memory !== 'memory' ? ` in ${memory} memory` : ''}`;
    const title =
      own === group ? [] : [make('tr', { class: 'group' }, make('th', { colspan: 4, scope: 'rowgroup' }, own))];
    group = own;
    return [
      ...title,
      make(
        'tr',
        { class: both === '' ? 'apart' : undefined },
        make('th', { scope: 'row' }, key || (memory === 'memory' ? 'memory' : '')),
        make('td', {}, left),
        make('td', {}, both === '' ? '✗ nothing' : both),
        make('td', {}, right),
      ),
    ];
  });
  return make(
    'section',
    { class: 'pair' },
    make(
      'h3',
      { class: meet ? 'meets' : 'apart' },
      `${fromPad} → ${toPad}: ${meet ? '✓ they meet' : '✗ they do not meet'}`,
    ),
    make('div', { class: 'wide' }, make('table', {}, make('thead', {}, head), make('tbody', {}, ...lines))),
  );
}
