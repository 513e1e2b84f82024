import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { peaksOf } from '../../../client/src/devices/run-peaks.ts';

describe('the peak load of a run', () => {
  const series = [
    { id: 'gpu', title: 'GPU', group: 'load', unit: '%' },
    { id: 'core.0', title: 'Core 0', group: 'cores', unit: '%' },
    { id: 'engine.NVENC', title: 'NVENC', group: 'engines', unit: '%' },
    { id: 'temperature.cpu', title: 'cpu', group: 'temperature', unit: '°C' },
    { id: 'temperature.gpu', title: 'gpu', group: 'temperature', unit: '°C' },
    { id: 'fps.0', title: 'Stream 0', group: 'frames', unit: 'fps' },
  ] as const;
  const all = {
    device: 'orin',
    series,
    times: [100, 101, 102, 103],
    values: [
      [99, 10, 30, 98],
      [50, 50, 50, 50],
      [0, 0, 0, 0],
      [50, 51, 52, 70],
      [50, 61, 52, 70],
      [null, 29, 31, null],
    ],
    marks: [],
  };

  it('is of its own time, and leaves out what tells nothing', () => {
    assert.deepEqual(Object.fromEntries(peaksOf(all, 101_000, 102_500)), { 'GPU %': 30, '°C': 61, fps: 30 });
  });

  it('is nothing where nobody looked', () => {
    assert.equal(peaksOf(all, 200_000, 300_000).size, 0);
  });
});
