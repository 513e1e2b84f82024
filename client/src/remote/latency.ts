/** Latencies of a run's elements out of the records of GStreamer's tracer: means and extremes, for a curve and for the text. */
import type { Reading } from './measurements.ts';
import type { LatencyRecord } from './streams/tracer.ts';

/** Milliseconds. */
export interface Latency {
  /** Name of the element; `source → sink` for a whole pipeline. */
  readonly name: string;
  readonly whole: boolean;
  readonly frames: number;
  readonly last: number;
  readonly average: number;
  readonly maximum: number;
}

interface Sum {
  readonly name: string;
  readonly whole: boolean;
  frames: number;
  total: number;
  maximum: number;
  last: number;
  /** Since the last {@link LatencyMeter.drain}. */
  freshFrames: number;
  freshTotal: number;
}

/** Elements of a run that are counted; bins make theirs while they run. */
const MOST = 500;

export class LatencyMeter {
  readonly #sums = new Map<string, Sum>();

  take(record: LatencyRecord): void {
    if (record.kind === 'reported' || !Number.isFinite(record.time)) return;
    const whole = record.kind === 'pipeline';
    const name = whole ? `${record.from} → ${record.to}` : record.element;
    const key = `${whole} ${name}`;
    let sum = this.#sums.get(key);
    if (!sum) {
      if (this.#sums.size >= MOST) return;
      sum = { name, whole, frames: 0, total: 0, maximum: 0, last: 0, freshFrames: 0, freshTotal: 0 };
      this.#sums.set(key, sum);
    }
    const milliseconds = record.time / 1e6;
    sum.frames += 1;
    sum.total += milliseconds;
    sum.last = milliseconds;
    sum.maximum = Math.max(sum.maximum, milliseconds);
    sum.freshFrames += 1;
    sum.freshTotal += milliseconds;
  }

  /** The slowest first. */
  get all(): Latency[] {
    return [...this.#sums.values()]
      .map(({ name, whole, frames, total, maximum, last }) => ({
        name,
        whole,
        frames,
        last,
        maximum,
        average: total / frames,
      }))
      .sort((one, other) => Number(other.whole) - Number(one.whole) || other.average - one.average);
  }

  /** The means since the last time this was asked. */
  drain(): Reading[] {
    const readings: Reading[] = [];
    for (const sum of this.#sums.values()) {
      if (sum.freshFrames === 0) continue;
      const value = sum.freshTotal / sum.freshFrames;
      readings.push({ id: `latency.${sum.name}`, title: sum.name, group: 'latency', unit: 'ms', value });
      sum.freshFrames = 0;
      sum.freshTotal = 0;
    }
    return readings;
  }
}
