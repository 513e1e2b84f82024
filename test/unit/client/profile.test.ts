/** Latencies, curves and the report of a profile. */
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { curvesSvg } from '../../../client/src/remote/curves-svg.ts';
import { LatencyMeter } from '../../../client/src/remote/latency.ts';
import { History, type Reading } from '../../../client/src/remote/measurements.ts';
import { profileReport } from '../../../client/src/remote/profile-report.ts';
import { readDebugLine } from '../../../client/src/remote/streams/gst-debug.ts';
import { readLatency } from '../../../client/src/remote/streams/tracer.ts';

const gpu = (value: number): Reading => ({ id: 'gpu', title: 'GPU', group: 'load', unit: '%', value, limit: 100 });

describe('a meter of latencies', () => {
  const meter = new LatencyMeter();
  const take = (element: string, milliseconds: number): void =>
    meter.take({ kind: 'element', element, pad: 'src', time: milliseconds * 1e6, at: 0 });
  take('slow', 4);
  take('slow', 8);
  take('quick', 0.5);
  meter.take({ kind: 'pipeline', from: 'camera', to: 'sink', time: 20e6, at: 0 });
  meter.take({ kind: 'reported', element: 'slow', live: true, minimum: 5, maximum: undefined, at: 0 });

  it('has the whole first, then the slowest', () => {
    assert.deepEqual(
      meter.all.map(({ name, frames, average, maximum }) => [name, frames, average, maximum]),
      [
        ['camera → sink', 1, 20, 20],
        ['slow', 2, 6, 8],
        ['quick', 1, 0.5, 0.5],
      ],
    );
  });

  it('gives what came since it was last asked', () => {
    assert.deepEqual(
      meter.drain().map(({ id, value }) => [id, value]),
      [
        ['latency.slow', 6],
        ['latency.quick', 0.5],
        ['latency.camera → sink', 20],
      ],
    );
    assert.deepEqual(meter.drain(), []);
  });

  it('understands what GStreamer 1.22 prints', () => {
    const line =
      '0:00:00.100000000  4242 0x55d0c0 TRACE             GST_TRACER :0:: element-latency, element-id=(string)0x1, element=(string)enc0, src=(string)src, time=(guint64)2500000, ts=(guint64)100000000;';
    const real = new LatencyMeter();
    real.take(readLatency(readDebugLine(line)!)!);
    assert.equal(real.all[0]?.average, 2.5);
  });

  it('is not filled by names without end', () => {
    const full = new LatencyMeter();
    for (let i = 0; i < 5_000; i++) full.take({ kind: 'element', element: `e${i}`, pad: 'src', time: 1, at: 0 });
    assert.equal(full.all.length, 500);
  });
});

describe('curves', () => {
  const history = new History('board');
  for (let at = 0; at < 60; at++) history.add(1_000 + at, [gpu(at)]);
  history.mark({ at: 1_010, kind: 'start', title: 'x' });

  it('are a picture of what was measured', () => {
    const svg = curvesSvg(history.measurements, 'load', 'Load <1>')!;
    assert.match(svg, /^<svg xmlns/);
    assert.match(svg, /Load &lt;1&gt; \(%\)/);
    assert.equal(svg.match(/L\d/g)?.length, 59);
    assert.doesNotMatch(svg, /NaN|undefined|Infinity/);
  });

  it('are none where nothing was measured', () => {
    assert.equal(curvesSvg(history.measurements, 'power', 'Power'), undefined);
    assert.equal(curvesSvg(new History('b').measurements, 'load', 'Load'), undefined);
  });

  it('can be of one moment', () => {
    const one = new History('b');
    one.add(5, [gpu(0)]);
    assert.doesNotMatch(curvesSvg(one.measurements, 'load', 'Load')!, /NaN|Infinity/);
  });
});

describe('a report', () => {
  const history = new History('board | one');
  for (let at = 0; at < 30; at++) history.add(1_000 + at, [gpu(96)]);
  const { markdown, pictures } = profileReport(
    {
      measurements: history.measurements,
      runs: [
        {
          title: 'a → b',
          command: "gst-launch-1.0 -e a ! b note='```'",
          latencies: [{ name: 'x', whole: false, frames: 3, last: 1, average: 1.234, maximum: 2 }],
        },
      ],
      facts: [{ title: 'JetPack', value: '6.2 <b>' }],
      at: Date.UTC(2026, 0, 2, 3, 4, 5),
    },
    'my pictures',
  );

  it('says what limits, what ran and how long its elements take', () => {
    assert.match(markdown, /^# Profile of board \\\| one\n/);
    assert.match(markdown, /2026-01-02 03:04:05 UTC, 29 s/);
    assert.match(markdown, /\*\*The GPU limits: 96 %/);
    assert.match(markdown, /\n````sh\ngst-launch-1\.0 -e a ! b note='```'\n````\n/);
    assert.match(markdown, /\| x \| 3 \| 1\.23 \| 2\.00 \|/);
    assert.match(markdown, /\| JetPack \| 6\.2 \\<b\\> \|/);
  });

  it('names its pictures', () => {
    assert.deepEqual(
      pictures.map(({ name }) => name),
      ['load.svg'],
    );
    assert.match(markdown, /!\[Load\]\(my%20pictures\/load\.svg\)/);
    assert.match(markdown, /\| GPU \| % \| 96\.0 \| 96\.0 \| 96\.0 \|/);
  });
});
