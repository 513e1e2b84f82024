/** Readings out of what a device prints: a line of tegrastats, frame rates of a program. */
import type { Reading, SeriesGroup } from './measurements.ts';
import type { StreamRate } from './streams/perf.ts';
import { cpuLoad, engineLoad, type TegraSample } from './streams/tegrastats.ts';

/** Fields that are no engine of a pipeline, or that have a chart of their own. */
const NOT_ENGINES = /^(?:GR3D2?|EMC|APE|AVP)$/;

/** All that a sample tells. What it does not tell is left out. */
export function readingsOf(sample: TegraSample): Reading[] {
  const { ram, swap, cores, engines, temperatures, rails } = sample;
  const readings: Reading[] = [];
  const take = (id: string, title: string, group: SeriesGroup, unit: string, value?: number, limit?: number): void => {
    if (value !== undefined) readings.push({ id, title, group, unit, value, ...(limit !== undefined && { limit }) });
  };
  take('cpu', 'CPU', 'load', '%', cpuLoad(sample), 100);
  take('gpu', 'GPU', 'load', '%', engineLoad(sample, 'GR3D'), 100);
  // Without root, old releases print 0 % and no clock for ever.
  const emc = engines.find(({ name }) => name === 'EMC');
  if (emc && emc.clocks.length > 0) take('emc', 'Memory bus', 'load', '%', emc.load, 100);
  take('ram', 'RAM', 'memory', 'MB', ram?.used, ram?.total);
  if (swap && swap.total > 0) take('swap', 'Swap', 'memory', 'MB', swap.used, swap.total);
  for (const [at, { load, clock }] of cores.entries()) {
    take(`core.${at}`, `Core ${at}`, 'cores', '%', load, 100);
    take(`clock.core.${at}`, `Core ${at}`, 'clocks', 'MHz', clock);
  }
  for (const { name, load, clocks, off } of engines) {
    const clock = clocks.length > 0 ? Math.max(...clocks) : off ? 0 : undefined;
    if (NOT_ENGINES.test(name)) {
      const title = name === 'EMC' ? 'Memory bus' : name === 'GR3D' ? 'GPU' : name;
      if (name !== 'GR3D2') take(`clock.${name}`, title, 'clocks', 'MHz', clock);
      continue;
    }
    take(`engine.${name}`, name, 'engines', '%', load ?? (off ? 0 : undefined), 100);
    take(`engine-clock.${name}`, name, 'engine-clocks', 'MHz', clock);
  }
  for (const { name, celsius, measured } of temperatures) {
    if (measured) take(`temperature.${name}`, name, 'temperature', '°C', celsius);
  }
  for (const { name, now } of rails) if (name !== 'NC') take(`rail.${name}`, name, 'power', 'W', now / 1000);
  return readings;
}

/** Frames per second of a run's streams. */
export const rateReadings = (rates: readonly StreamRate[]): Reading[] =>
  rates.map(({ stream, now }) => ({
    id: `frames.${stream}`,
    title: /^\d+$/.test(stream) ? `Stream ${stream}` : stream,
    group: 'frames',
    unit: 'fps',
    value: now,
  }));
