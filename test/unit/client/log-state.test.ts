/** Where the log page stands in a list of a million lines, and which rows it asks for. */
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import {
  EMPTY,
  height,
  type LogAction,
  type LogState,
  reduce,
  scrollOf,
  seen,
  selected,
  topOf,
  wanted,
} from '../../../client/src/panel/log-state.ts';
import type { LogLine, LogList } from '../../../client/src/views/panel-messages.ts';

const ROW = 20;

const list = (length: number, more: Partial<LogList> = {}): LogAction => ({
  type: 'list',
  list: { ...EMPTY.list, log: 'a', generation: 1, length, total: length, ...more },
});

const row = (number: number): LogLine => ({
  ...{ number, time: '', level: 'info', kind: 'plain', category: '', element: '', text: `line ${number}` },
  ...{ continues: false, origin: '', cause: undefined },
});

const rows = (from: number, count: number, generation = 1): LogAction => ({
  type: 'rows',
  generation,
  from,
  rows: Array.from({ length: count }, (_, i) => row(from + i)),
});

const stateAfter = (...actions: readonly LogAction[]): LogState => actions.reduce(reduce, EMPTY);

describe('following', () => {
  it('stays at the end as lines come', () => {
    assert.deepEqual(seen(stateAfter(list(1_000_000), list(1_000_100))), { from: 1_000_080, to: 1_000_100 });
  });

  it('ends when one scrolls up or selects, and begins again at the end', () => {
    const up = stateAfter(list(1_000), { type: 'move', by: -3 });
    assert.equal(up.follow, false);
    assert.equal(reduce(up, list(2_000)).top, up.top);
    assert.equal(stateAfter(list(1_000), { type: 'select', place: 990, extend: false }).follow, false);
    assert.equal(reduce(up, { type: 'move', by: 50 }).follow, true);
  });

  it('begins again for another log', () => {
    const other = stateAfter(list(1_000), { type: 'scroll', to: 0 }, list(500, { log: 'b', generation: 2 }));
    assert.equal(other.follow, true);
    assert.equal(other.top, 480);
  });
});

describe('rows', () => {
  it('are asked for where they are not known, with some beyond', () => {
    const state = stateAfter(list(1_000), { type: 'scroll', to: 500 });
    assert.deepEqual(wanted(state), { from: 460, count: 101 });
    assert.equal(wanted(reduce(state, rows(460, 101))), undefined);
    assert.deepEqual(wanted(reduce(state, rows(460, 50))), { from: 460, count: 101 });
  });

  it('of an older list are dropped', () => {
    const state = stateAfter(list(1_000), list(10, { generation: 2 }), rows(0, 10, 1));
    assert.equal(state.known.size, 0);
    assert.equal(wanted(stateAfter(list(0))), undefined);
  });

  it('of the end come unasked', () => {
    const tail = [row(998), row(999)];
    const state = stateAfter({ type: 'resize', rows: 1.5 }, list(1_000, { tail }));
    assert.equal(wanted(state), undefined);
    assert.equal(state.known.get(999)?.number, 999);
    const other = reduce(state, list(500, { log: 'b', generation: 2, tail: [row(498), row(499)] }));
    assert.deepEqual([...other.known.keys()], [498, 499]);
  });

  it('are forgotten when places mean other lines', () => {
    const state = stateAfter(list(1_000), rows(980, 20), { type: 'select', place: 985, extend: false });
    const next = reduce(state, list(900, { generation: 2 }));
    assert.equal(next.known.size, 0);
    assert.equal(next.selection, undefined);
  });

  it('stay where they were when the oldest lines go', () => {
    const state = stateAfter(list(1_000), { type: 'scroll', to: 600 }, list(900, { generation: 2, anchor: 500 }));
    assert.equal(state.top, 500);
    assert.equal(state.follow, false);
  });

  it('are not kept without end', () => {
    let state = stateAfter(list(1_000_000), { type: 'scroll', to: 0 });
    for (let from = 0; from < 100_000; from += 500) {
      state = reduce(reduce(state, { type: 'scroll', to: from }), rows(from, 500));
    }
    assert.ok(state.known.size <= 2_000, String(state.known.size));
    assert.ok(state.known.has(seen(state).from));
  });
});

describe('the keyboard', () => {
  const step = (by: number, extend = false): LogAction => ({ type: 'step', by, extend });

  it('goes line by line, page by page and to the ends', () => {
    const first = stateAfter(list(1_000), step(Number.NEGATIVE_INFINITY));
    assert.deepEqual([first.selection?.focus, first.top], [0, 0]);
    const page = [step(19), step(1), step(1)].reduce(reduce, first);
    assert.deepEqual([page.selection?.focus, page.top], [21, 2]);
    const last = reduce(page, step(Number.POSITIVE_INFINITY));
    assert.deepEqual([last.selection?.focus, last.top], [999, 980]);
  });

  it('extends a selection both ways', () => {
    const some = stateAfter(list(100), { type: 'select', place: 50, extend: false }, step(-3, true));
    assert.deepEqual(selected(some), { from: 47, to: 50 });
    assert.deepEqual(selected(reduce(some, step(5, true))), { from: 50, to: 52 });
    assert.deepEqual(selected(reduce(some, step(1))), { from: 48, to: 48 });
  });

  it('does nothing in an empty list', () => {
    assert.equal(stateAfter(list(0), step(1)).selection, undefined);
    assert.equal(stateAfter(list(0), { type: 'select', place: 0, extend: false }).selection, undefined);
  });
});

describe('the scroll bar', () => {
  for (const length of [5, 1_000, 1_000_000, 50_000_000]) {
    it(`tells the place in ${length} lines`, () => {
      for (const share of [0, 0.25, 0.5, 1]) {
        const state = stateAfter(list(length), { type: 'scroll', to: share * Math.max(0, length - 20) });
        const scroll = scrollOf(state, ROW, 400);
        assert.ok(scroll <= Math.max(0, height(state, ROW) - 400));
        assert.ok(Math.abs(topOf(state, ROW, 400, scroll) - state.top) < 0.01);
      }
      assert.ok(height(stateAfter(list(length)), ROW) <= 8_000_000);
    });
  }

  it('never leaves the list', () => {
    assert.equal(stateAfter(list(1_000), { type: 'scroll', to: -5 }).top, 0);
    assert.equal(stateAfter(list(1_000), { type: 'scroll', to: 5_000 }).top, 980);
    assert.equal(stateAfter(list(1_000), { type: 'resize', rows: 600 }).top, 400);
  });
});
