/** What the tegrastats page shows: windows, pause, zoom, figures. */
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import {
  charts,
  EMPTY,
  keyAction,
  reduce,
  type StatsAction,
  type StatsState,
  shown,
  spoken,
} from '../../../client/src/panel/tegrastats-state.ts';
import { History } from '../../../client/src/remote/measurements.ts';

/** 600 seconds of a GPU whose load is the second, up to 100. */
function state(...actions: readonly StatsAction[]): StatsState {
  const history = new History('board');
  for (let at = 0; at <= 600; at++) {
    history.add(at, [
      { id: 'gpu', title: 'GPU', group: 'load', unit: '%', value: at % 100, limit: 100 },
      { id: 'temperature.tj', title: 'tj', group: 'temperature', unit: '°C', value: 50 },
    ]);
  }
  const show: StatsAction = { type: 'show', measurements: history.measurements, look: EMPTY.look };
  return [show, ...actions].reduce(reduce, EMPTY);
}

const addition = (at: number, value: number): StatsAction => ({
  type: 'add',
  device: 'board',
  addition: { at, series: [], values: { gpu: value } },
});

describe('the stretch that is shown', () => {
  it('is the window up to the last time', () => assert.deepEqual(shown(state()), { from: 300, to: 600 }));

  it('is everything where that is chosen', () =>
    assert.deepEqual(shown(state({ type: 'window', seconds: 0 })), { from: 0, to: 600 }));

  it('moves with what comes, but not while paused', () => {
    assert.equal(shown(state(addition(610, 1))).to, 610);
    const paused = state({ type: 'pause' }, addition(610, 1));
    assert.equal(shown(paused).to, 600);
    assert.equal(paused.measurements.times.at(-1), 610);
    assert.equal(shown(reduce(paused, { type: 'resume' })).to, 610);
  });

  it('can be zoomed, whichever way it is dragged, and stays inside', () => {
    assert.deepEqual(shown(state({ type: 'zoom', from: 420, to: 400 })), { from: 400, to: 420 });
    assert.deepEqual(shown(state({ type: 'zoom', from: 590, to: 620 })), { from: 570, to: 600 });
    assert.deepEqual(shown(state({ type: 'zoom', from: 400, to: 400 })), { from: 400, to: 402 });
    assert.deepEqual(shown(state({ type: 'zoom', from: 0, to: 5_000 })), { from: 300, to: 600 });
    assert.deepEqual(shown(state({ type: 'zoom', from: Number.NaN, to: 4 })), { from: 300, to: 600 });
  });

  it('is another one for another device', () => {
    const other: StatsAction = {
      type: 'show',
      measurements: { ...EMPTY.measurements, device: 'other' },
      look: EMPTY.look,
    };
    const turned = state({ type: 'zoom', from: 400, to: 420 }, other);
    assert.equal(turned.zoom, undefined);
    assert.deepEqual(charts(turned).charts, []);
  });

  it('is driven by keys', () => {
    const press = (key: string, from: StatsState) => reduce(from, keyAction(from, key)!);
    const near = press('+', state());
    assert.deepEqual(shown(near), { from: 375, to: 525 });
    assert.deepEqual(shown(press('ArrowLeft', near)), { from: 337.5, to: 487.5 });
    assert.deepEqual(shown(press('Home', near)), { from: 0, to: 150 });
    assert.deepEqual(shown(press('Escape', near)), { from: 300, to: 600 });
    assert.notEqual(press(' ', state()).pausedAt, undefined);
    assert.equal(keyAction(state(), 'q'), undefined);
  });
});

describe('charts', () => {
  it('hold the times of the stretch and one beyond', () => {
    const { times } = charts(state({ type: 'zoom', from: 400, to: 420 }));
    assert.equal(times[0], 399);
    assert.equal(times.at(-1), 421);
  });

  it('say now, average and maximum of the stretch alone', () => {
    const row = charts(state({ type: 'zoom', from: 410, to: 420 })).charts[0]!.rows[0]!;
    assert.deepEqual([row.now, row.average, row.maximum], ['20', '15', '20']);
  });

  it('part what was not measured from a gap', () => {
    const gap: StatsAction = { type: 'add', device: 'board', addition: { at: 602, series: [], values: {} } };
    const [load, heat] = charts(state(addition(601, 7), gap)).charts;
    assert.deepEqual(load!.rows[0]!.values.slice(-2), [7, null]);
    assert.deepEqual(heat!.rows[0]!.values.slice(-2), [undefined, null]);
  });

  it('have room for all there is, and lines where it gets hot', () => {
    const [load, heat] = charts(state()).charts;
    assert.equal(load!.least, 100);
    assert.deepEqual(
      heat!.lines.map(({ at }) => at),
      [85, 90],
    );
  });

  it('take a series that comes late', () => {
    const late: StatsAction = {
      type: 'add',
      device: 'board',
      addition: {
        at: 601,
        series: [{ id: 'frames.0', title: 'Stream 0', group: 'frames', unit: 'fps' }],
        values: { 'frames.0': 29.97 },
      },
    };
    const frames = charts(state(late, late)).charts.filter(({ group }) => group === 'frames');
    assert.equal(frames.length, 1);
    assert.equal(frames[0]!.rows[0]!.now, '30.0');
    assert.equal(frames[0]!.rows[0]!.values.length, charts(state(late, late)).times.length);
  });

  it('drop what is of another device', () => {
    const other: StatsAction = { type: 'add', device: 'other', addition: { at: 700, series: [], values: { gpu: 1 } } };
    assert.equal(state(other).measurements.times.at(-1), 600);
  });

  it('can be folded and their series hidden, and say so', () => {
    const folded = state({ type: 'fold', group: 'load' }, { type: 'hide', series: 'temperature.tj' });
    const [load, heat] = charts(folded).charts;
    assert.equal(load!.folded, true);
    assert.equal(heat!.rows[0]!.hidden, true);
    assert.equal(charts(reduce(folded, { type: 'fold', group: 'load' })).charts[0]!.folded, false);
  });

  it('are bounded', () => {
    let now = state();
    for (let at = 601; at < 9_500; at++) now = reduce(now, addition(at, 1));
    assert.ok(now.measurements.times.length <= 8_000);
    assert.equal(now.measurements.values[1]!.length, now.measurements.times.length);
  });

  it('are told in words', () => {
    assert.match(spoken(charts(state()).charts[0]!), /^Load: GPU 0 %, at most 99/);
  });
});
