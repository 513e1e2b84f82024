/** The peak load of a device while a run was under way, for the history of runs. */
import { between, type Measurements, statisticsOf } from '../remote/measurements.ts';

/** `GPU %`, `RAM MB`, `NVENC %`, `fps` → the most that was measured between two moments (milliseconds since 1970). Of frame rates the average. */
export function peaksOf(all: Measurements, from: number, to: number): ReadonlyMap<string, number> {
  const part = between(all, from / 1000, to / 1000);
  const peaks = new Map<string, number>();
  for (const [at, { id, title, unit, group }] of part.series.entries()) {
    const told =
      /^(?:cpu|gpu|ram|swap)$/.test(id) || group === 'engines' || group === 'temperature' || group === 'frames';
    const statistics = told ? statisticsOf(part.values[at] ?? []) : undefined;
    if (!statistics) continue;
    const value = group === 'frames' ? statistics.average : statistics.maximum;
    // An engine that did nothing, or is off, tells nothing.
    if (value <= 0) continue;
    const name = group === 'temperature' ? '°C' : group === 'frames' ? 'fps' : `${title} ${unit}`;
    peaks.set(name, Math.max(peaks.get(name) ?? 0, value));
  }
  return peaks;
}
