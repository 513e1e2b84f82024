/** What is measured over time: kept bounded, cut, written to files and read from them, judged. */
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { rateReadings, readingsOf } from '../../../client/src/remote/board-readings.ts';
import { alertsOf, bottleneckOf, comparison } from '../../../client/src/remote/bottleneck.ts';
import {
  between,
  History,
  hidesEngines,
  type Measurements,
  type Reading,
  statisticsOf,
} from '../../../client/src/remote/measurements.ts';
import { readRecording, toCsv, toJson } from '../../../client/src/remote/recording-file.ts';
import { readTegrastats } from '../../../client/src/remote/streams/tegrastats.ts';

const gpu = (value: number): Reading => ({ id: 'gpu', title: 'GPU', group: 'load', unit: '%', value, limit: 100 });
const ram = (value: number): Reading => ({ id: 'ram', title: 'RAM', group: 'memory', unit: 'MB', value, limit: 7620 });
const reading = (id: string, value: number): Reading => ({ id, title: id, group: 'load', unit: '%', value });

describe('a history', () => {
  it('has a value or null for each series and time', () => {
    const history = new History('board');
    assert.deepEqual(history.add(1, [gpu(5)]).series.length, 1);
    const second = history.add(2, [ram(100)]);
    assert.deepEqual(second.values, { ram: 100 });
    const { times, values } = history.measurements;
    assert.deepEqual(times, [1, 2]);
    assert.deepEqual(values, [
      [5, null],
      [null, 100],
    ]);
  });

  it('forgets the oldest times, and their marks', () => {
    const history = new History('board', 100);
    history.mark({ at: 0, kind: 'start', title: 'a' });
    for (let at = 0; at < 1_000; at++) history.add(at, [gpu(at)]);
    history.mark({ at: 999, kind: 'stop', title: 'a' });
    const { times, values, marks } = history.measurements;
    assert.ok(times.length >= 100 && times.length <= 110, String(times.length));
    assert.equal(times.at(-1), 999);
    assert.equal(values[0]!.length, times.length);
    assert.deepEqual(
      marks.map(({ kind }) => kind),
      ['stop'],
    );
  });

  it('never goes back in time, and takes no value that is no number', () => {
    const history = new History('board');
    history.add(10, [gpu(1)]);
    history.add(3, [gpu(Number.NaN), ram(5)]);
    const { times, values } = history.measurements;
    assert.deepEqual(times, [10, 10]);
    assert.deepEqual(values, [
      [1, null],
      [null, 5],
    ]);
  });

  it('is not filled by names without end', () => {
    const history = new History('board');
    for (let i = 0; i < 2_000; i++) history.add(i, [reading(`frames.${i}`, 1)]);
    assert.equal(history.measurements.series.length, 256);
  });

  it('is cut by time', () => {
    const history = new History('board');
    for (let at = 0; at < 10; at++) history.add(at, [gpu(at)]);
    history.mark({ at: 4.5, kind: 'start', title: 'a' });
    const part = between(history.measurements, 4, 6);
    assert.deepEqual(part.times, [4, 5, 6]);
    assert.deepEqual(part.values, [[4, 5, 6]]);
    assert.equal(part.marks.length, 1);
    assert.equal(between(history.measurements, 7, 6).times.length, 0);
  });
});

it('statistics leave out what was not measured', () => {
  assert.deepEqual(statisticsOf([null, 2, 4, null]), { now: 4, average: 3, maximum: 4, minimum: 2 });
  assert.equal(statisticsOf([null]), undefined);
});

describe('readings of a sample', () => {
  const line =
    'RAM 3000/7620MB (lfb 4x4MB) SWAP 20/3810MB (cached 0MB) CPU [50%@1510,off,10%@729] EMC_FREQ 12%@2133 GR3D_FREQ 93%@[624] NVDEC 43%@793 NVENC off APE 174 tj@71.5C PMIC@100C VDD_IN 9000mW/5000mW NC 0mW/0mW';
  const values = new Map(readingsOf(readTegrastats(line)!).map(({ id, value }) => [id, value]));

  it('tell what the line tells', () => {
    assert.equal(values.get('cpu'), 30);
    assert.equal(values.get('gpu'), 93);
    assert.equal(values.get('emc'), 12);
    assert.equal(values.get('ram'), 3000);
    assert.equal(values.get('swap'), 20);
    assert.equal(values.get('core.2'), 10);
    assert.equal(values.get('clock.core.0'), 1510);
    assert.equal(values.get('engine.NVDEC'), 43);
    assert.equal(values.get('engine-clock.NVDEC'), 793);
    assert.equal(values.get('temperature.tj'), 71.5);
    assert.equal(values.get('rail.VDD_IN'), 9);
  });

  it('count an engine that is off as idle, and a core that is off as nothing', () => {
    assert.equal(values.get('engine.NVENC'), 0);
    assert.equal(values.has('core.1'), false);
  });

  it('leave out what is no measurement', () => {
    assert.equal(values.has('temperature.pmic'), false);
    assert.equal(values.has('rail.NC'), false);
    assert.equal(
      readingsOf(readTegrastats('RAM 1/2MB CPU [1%@5] EMC_FREQ 0% GR3D_FREQ 3%')!).some(({ id }) => id === 'emc'),
      false,
    );
  });

  it('tell whether all is told', () => {
    const measured = (text: string): Measurements => {
      const history = new History('b');
      history.add(1, readingsOf(readTegrastats(text)!));
      return history.measurements;
    };
    assert.equal(hidesEngines(measured(line)), false);
    assert.equal(hidesEngines(measured('RAM 1/2MB CPU [1%@5] GR3D_FREQ 3% tj@5C')), true);
    assert.equal(hidesEngines(new History('b').measurements), false);
  });

  it('name the streams', () => {
    assert.deepEqual(
      rateReadings([{ stream: '1', now: 30 }]).map(({ id, title, value }) => [id, title, value]),
      [['frames.1', 'Stream 1', 30]],
    );
  });
});

describe('a recording', () => {
  const history = new History('board "x", y');
  history.add(1_700_000_000, [gpu(5.5), ram(3000)]);
  history.add(1_700_000_001.25, [ram(3001)]);
  history.mark({ at: 1_700_000_000.5, kind: 'start', title: '=1+1, "run"\nof; it' });
  const all = history.measurements;

  it('is the same after JSON', () => {
    assert.deepEqual(readRecording(toJson(all), 'x.json'), all);
  });

  it('has the same figures after CSV', () => {
    const again = readRecording(toCsv(all), 'x.csv');
    assert.deepEqual(again.times, all.times);
    assert.deepEqual(again.values, all.values);
    assert.deepEqual(
      again.series.map(({ id, group, unit }) => [id, group, unit]),
      [
        ['gpu', 'load', '%'],
        ['ram', 'memory', 'MB'],
      ],
    );
    assert.equal(again.marks.length, 1);
    assert.equal(again.marks[0]!.kind, 'start');
  });

  it('has all groups after CSV', () => {
    const line = 'RAM 1/2MB SWAP 1/2MB (cached 0MB) CPU [1%@5] GR3D_FREQ 3%@[9] NVDEC 1%@2 tj@5C VDD_IN 9mW/5mW';
    const board = new History('b');
    board.add(1, [...readingsOf(readTegrastats(line)!), ...rateReadings([{ stream: '0', now: 1 }])]);
    const groups = ({ series }: Measurements) => series.map(({ id, group }) => [id, group]);
    assert.deepEqual(groups(readRecording(toCsv(board.measurements), 'x')), groups(board.measurements));
  });

  it('is refused in words where it is none', () => {
    assert.throws(() => readRecording('{"a":1}', 'a.json'), /a\.json is JSON, but no recording/);
    assert.throws(() => readRecording('{', 'a.json'), /a\.json is no recording/);
    assert.throws(() => readRecording('a,b\n1,2\n', 'a.csv'), /first column is not "time"/);
    assert.throws(() => readRecording('time,gpu [%]\nnever,2\n', 'a.csv'), /line 2: "never" is no time/);
    assert.throws(() => readRecording('', 'a.csv'), /no recording/);
  });

  it('with damaged parts keeps the whole ones', () => {
    const damaged = JSON.parse(toJson(all));
    damaged.series[0].values = [1];
    damaged.series[1].values[0] = 'high';
    damaged.marks.push({ at: 'now' });
    const read = readRecording(JSON.stringify(damaged), 'x.json');
    assert.deepEqual(read.values, [[null, 3001]]);
    assert.equal(read.marks.length, 1);
  });
});

describe('what limits', () => {
  const measured = (readings: readonly Reading[], seconds = 30): Measurements => {
    const history = new History('board');
    for (let at = 0; at < seconds; at++) history.add(1_000 + at, readings);
    return history.measurements;
  };

  for (const [kind, readings] of [
    ['gpu', [gpu(95)]],
    ['encoder', [gpu(95), reading('engine.NVENC', 97)]],
    ['decoder', [reading('engine.NVDEC0', 91)]],
    ['cpu', [reading('cpu', 96), reading('core.0', 99)]],
    ['core', [reading('cpu', 30), reading('core.0', 5), reading('core.1', 99)]],
    ['memory', [gpu(99), ram(7500)]],
    ['thermal', [gpu(99), { ...reading('temperature.tj', 96), title: 'tj' }]],
    ['bus', [reading('emc', 95)]],
    ['none', [gpu(40), reading('frames.0', 30)]],
  ] as const) {
    it(`is ${kind}`, () => assert.equal(bottleneckOf(measured(readings))?.kind, kind));
  }

  it('is not told where nothing runs, or nothing is known', () => {
    assert.equal(bottleneckOf(measured([gpu(40)])), undefined);
    assert.equal(bottleneckOf(measured([])), undefined);
    assert.equal(bottleneckOf(new History('b').measurements), undefined);
  });

  it('is no single moment', () => {
    assert.equal(bottleneckOf(measured([gpu(100)], 1)), undefined);
    const history = new History('board');
    for (let at = 0; at < 20; at++) history.add(at, [gpu(at === 19 ? 100 : 20)]);
    assert.equal(bottleneckOf(history.measurements), undefined);
  });

  it('is no engine that looks busy at a low clock, and heat where a busy GPU is slowed down', () => {
    const limitAfter = (before: readonly Reading[], now: readonly Reading[]) => {
      const history = new History('board');
      for (let at = 0; at < 60; at++) history.add(at, at < 20 ? before : now);
      return bottleneckOf(history.measurements)?.kind;
    };
    const encoder = (load: number, clock: number) => [
      reading('engine.NVENC', load),
      { ...reading('engine-clock.NVENC', clock), unit: 'MHz' },
    ];
    assert.equal(limitAfter(encoder(30, 800), encoder(95, 160)), undefined);
    assert.equal(limitAfter(encoder(30, 800), encoder(95, 800)), 'encoder');
    const hot = (clock: number) => [gpu(99), reading('clock.GR3D', clock), reading('temperature.tj', 87)];
    assert.equal(limitAfter(hot(900), hot(300)), 'thermal');
    assert.equal(limitAfter(hot(900), hot(900)), 'gpu');
  });

  it('is compared with what was predicted', () => {
    const all = measured([reading('engine.NVDEC', 52), reading('gpu', 10)]);
    const budget = [
      { what: 'NVDEC decode', share: 0.43 },
      { what: 'NVENC encode', share: 0.5 },
      { what: 'NVMM held by pools' },
    ];
    assert.equal(comparison([budget], all), 'NVDEC 43 % predicted, 52 % measured; NVENC 50 % predicted.');
    assert.match(comparison([budget, budget], all), /NVDEC 86 % predicted/);
    assert.equal(comparison([], all), '');
    assert.equal(comparison([[{ what: 'NVDEC decode' }]], all), '');
  });

  it('alerts name heat, swap and growing memory', () => {
    const hot = (celsius: number) => alertsOf(measured([{ ...reading('temperature.tj', celsius), title: 'tj' }]));
    assert.match(hot(86)[0]!, /tj is at 86 °C/);
    assert.match(hot(92)[0]!, /lowers its clocks/);
    assert.deepEqual(hot(84), []);
    assert.match(alertsOf(measured([reading('swap', 300)]))[0]!, /Swap is in use: 300 MB/);
    assert.deepEqual(alertsOf(measured([reading('swap', 2)])), []);
    const history = new History('board');
    history.mark({ at: 0, kind: 'start', title: 'a' });
    for (let at = 0; at < 300; at++) history.add(at, [ram(at < 60 ? 1_000 : 3_000 + at * 3)]);
    assert.match(alertsOf(history.measurements)[0]!, /grown by 6\d\d MB/);
    const loading = new History('board');
    for (let at = 0; at < 300; at++) loading.add(at, [ram(at < 30 ? 1_000 : 3_000)]);
    assert.deepEqual(alertsOf(loading.measurements), []);
  });
});
