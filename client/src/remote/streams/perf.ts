/** Frames per second out of what programs print: deepstream-app's and its Python samples' PERF lines, and fpsdisplaysink. */

export interface StreamRate {
  /** Number of the source, or the name that was printed. */
  readonly stream: string;
  /** Frames per second in the last interval. */
  readonly now: number;
  /** Since the start; undefined where it is not printed. */
  readonly average?: number;
}

const RATE = '(\\d+(?:\\.\\d+)?)';
const PAIR = new RegExp(`${RATE} ?\\(${RATE}\\)`, 'g');
const NAMED = new RegExp(`'([^']{1,100})': ?${RATE}`, 'g');
const SINK = new RegExp(
  `^\\S*/\\w+:([^/:\\s]+): last-message = rendered: \\d+, dropped: \\d+, (?:fps|current): ${RATE}(?:, (?:drop rate|average): ${RATE})?`,
);

/** The rates of a line; empty for a header, undefined for a line that tells none. */
export function readRates(line: string): StreamRate[] | undefined {
  const perf = /^\s*(?:\*\*)?PERF ?:/.exec(line);
  if (perf) {
    const rest = line.slice(perf[0].length, 4_096);
    const pairs = [...rest.matchAll(PAIR)].map(([, now, average], i) => ({
      stream: String(i),
      now: Number(now),
      average: Number(average),
    }));
    if (pairs.length > 0) return pairs;
    return [...rest.matchAll(NAMED)].map(([, stream, now]) => ({ stream: stream ?? '', now: Number(now) }));
  }
  if (!line.includes('last-message = rendered:')) return undefined;
  const sink = SINK.exec(line);
  if (!sink) return undefined;
  const [, stream, now, average] = sink;
  return [
    {
      stream: stream ?? '',
      now: Number(now),
      ...(average === undefined || line.includes('drop rate') ? {} : { average: Number(average) }),
    },
  ];
}
