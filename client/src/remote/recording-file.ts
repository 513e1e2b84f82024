/** Measurements as files: JSON that holds everything, and CSV for a spreadsheet. Both can be read again. */
import type { Mark, Measurements, Series, SeriesGroup } from './measurements.ts';

const FORMAT = 'jetson-pipelines-recording';

/** Everything, one series a line, so that it can be looked at. */
export function toJson({ device, series, times, values, marks }: Measurements): string {
  const rows = series.map((one, at) => `    ${JSON.stringify({ ...one, values: values[at] })}`);
  return `{
  "format": "${FORMAT}",
  "version": 1,
  "device": ${JSON.stringify(device)},
  "times": ${JSON.stringify(times)},
  "marks": ${JSON.stringify(marks)},
  "series": [
${rows.join(',\n')}
  ]
}
`;
}

/**
 * A row for each time, in ISO 8601 and UTC; a column for each series, headed `id [unit]`; starts and stops in the last column. Points
 * are decimal points and commas part cells (RFC 4180), whatever the locale.
 */
export function toCsv({ series, times, values, marks }: Measurements): string {
  const head = ['time', ...series.map(({ id, unit }) => `${id} [${unit}]`), 'mark'];
  const left = [...marks].sort((one, other) => one.at - other.at);
  const rows = times.map((at, row) => {
    const here: string[] = [];
    while (left[0] && (left[0].at <= at || row === times.length - 1)) {
      const { kind, title } = left.shift()!;
      here.push(`${kind} ${title.replaceAll(/[\r\n;]+/g, ' ')}`);
    }
    return [new Date(at * 1000).toISOString(), ...values.map((column) => column[row] ?? ''), here.join('; ')];
  });
  return `${[head, ...rows].map((cells) => cells.map(cell).join(',')).join('\r\n')}\r\n`;
}

/** A title is the person's own text: no spreadsheet shall take it for a formula. */
function cell(value: string | number): string {
  const text = String(value);
  const safe = typeof value === 'string' && /^[=+@\t-]/.test(text) ? `'${text}` : text;
  return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}

/** Characters of a recording that are read. */
const LONGEST = 256 * 1024 * 1024;

/** Reads either form. Throws an Error that says what is wrong with it. `name` is that of the file. */
export function readRecording(text: string, name: string): Measurements {
  if (text.length > LONGEST) throw new Error(`${name} is too large for a recording.`);
  const start = text.charCodeAt(0) === 0xfeff ? 1 : 0;
  return /^\s*\{/.test(text.slice(start, start + 100))
    ? fromJson(text.slice(start), name)
    : fromCsv(text.slice(start), name);
}

function fromJson(text: string, name: string): Measurements {
  let all: Readonly<Record<string, unknown>>;
  try {
    all = JSON.parse(text);
  } catch (error) {
    throw new Error(`${name} is no recording: ${(error as Error).message}`);
  }
  const { format, device, times, series, marks } = all;
  const isList = Array.isArray(series) && Array.isArray(times) && times.every(Number.isFinite);
  if (format !== FORMAT || !isList) throw new Error(`${name} is JSON, but no recording of a device.`);
  const columns = series.flatMap((one: unknown) => {
    const { values, ...head } = (one ?? {}) as Record<string, unknown>;
    const read = readSeries(head);
    if (!read || !Array.isArray(values) || values.length !== times.length) return [];
    return [
      { series: read, values: values.map((value: unknown) => (Number.isFinite(value) ? (value as number) : null)) },
    ];
  });
  return {
    device: typeof device === 'string' ? device : name,
    times: times as number[],
    series: columns.map((column) => column.series),
    values: columns.map((column) => column.values),
    marks: (Array.isArray(marks) ? marks : []).filter(isMark),
  };
}

function readSeries({ id, title, group, unit, limit }: Readonly<Record<string, unknown>>): Series | undefined {
  if (typeof id !== 'string' || typeof title !== 'string' || typeof unit !== 'string') return undefined;
  if (!(GROUPS as readonly unknown[]).includes(group)) return undefined;
  return { id, title, unit, group: group as SeriesGroup, ...(Number.isFinite(limit) && { limit: limit as number }) };
}

const GROUPS: readonly SeriesGroup[] = [
  ...([
    'load',
    'cores',
    'engines',
    'memory',
    'temperature',
    'power',
    'frames',
    'latency',
    'clocks',
    'engine-clocks',
  ] as const),
];

const isMark = (mark: unknown): mark is Mark => {
  const { at, kind, title } = (mark ?? {}) as Record<string, unknown>;
  return Number.isFinite(at) && (kind === 'start' || kind === 'stop') && typeof title === 'string';
};

function fromCsv(text: string, name: string): Measurements {
  const [head = [], ...rows] = readCells(text);
  if (head[0] !== 'time') throw new Error(`${name} is no recording: its first column is not "time".`);
  const series = head.slice(1).flatMap((title, at) => {
    const match = /^(.*) \[(.*)\]$/.exec(title);
    return match ? [{ column: at + 1, ...seriesOfId(match[1]!, match[2]!) }] : [];
  });
  const markColumn = head.indexOf('mark');
  const times: number[] = [];
  const values = series.map((): (number | null)[] => []);
  const marks: Mark[] = [];
  for (const [row, cells] of rows.entries()) {
    if (cells.length === 1 && cells[0] === '') continue;
    const at = Date.parse(cells[0] ?? '') / 1000;
    if (!Number.isFinite(at)) throw new Error(`${name}, line ${row + 2}: "${cells[0]}" is no time.`);
    times.push(at);
    series.forEach(({ column }, i) => {
      const value = cells[column] ?? '';
      values[i]!.push(value === '' || !Number.isFinite(Number(value)) ? null : Number(value));
    });
    for (const mark of (cells[markColumn] ?? '').split('; ')) {
      const match = /^(start|stop) (.*)$/.exec(mark);
      if (match) marks.push({ at, kind: match[1] as Mark['kind'], title: match[2]! });
    }
  }
  return { device: name, times, values, marks, series: series.map(({ column: _, ...one }) => one) };
}

/** What the name of a column tells: its first part is the group's word. */
function seriesOfId(id: string, unit: string): Series {
  const [kind = '', ...rest] = id.split('.');
  const group = GROUP_OF_ID[kind] ?? GROUP_OF_UNIT[unit] ?? 'load';
  const title = rest.length > 0 ? rest.join('.') : kind.toUpperCase();
  return { id, title: kind === 'core' ? `Core ${title}` : kind === 'frames' ? `Stream ${title}` : title, group, unit };
}

const GROUP_OF_ID: Readonly<Record<string, SeriesGroup>> = {
  core: 'cores',
  engine: 'engines',
  clock: 'clocks',
  'engine-clock': 'engine-clocks',
  temperature: 'temperature',
  rail: 'power',
  frames: 'frames',
  latency: 'latency',
  ram: 'memory',
  swap: 'memory',
};

const GROUP_OF_UNIT: Readonly<Record<string, SeriesGroup>> = {
  MB: 'memory',
  '°C': 'temperature',
  W: 'power',
  MHz: 'clocks',
  fps: 'frames',
  ms: 'latency',
};

/** RFC 4180, with any line ends. */
function readCells(text: string): string[][] {
  const rows: string[][] = [];
  let row: string[] = [];
  const piece = /(?:"((?:[^"]|"")*)"|([^",\r\n]*))(,|\r\n|\n|\r|$)/y;
  while (piece.lastIndex < text.length) {
    const match = piece.exec(text);
    if (!match) break;
    const [, quoted, plain = '', end] = match;
    row.push(quoted === undefined ? plain : quoted.replaceAll('""', '"'));
    if (end === ',') continue;
    rows.push(row);
    row = [];
  }
  if (row.length > 0) rows.push(row);
  return rows;
}
