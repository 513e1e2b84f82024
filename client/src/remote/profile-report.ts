/** A profile of a device and what runs on it as a Markdown report with pictures: everything that was measured, and what limits. */
import { alertsOf, bottleneckOf } from './bottleneck.ts';
import { curvesSvg } from './curves-svg.ts';
import type { Latency } from './latency.ts';
import { type Measurements, type SeriesGroup, statisticsOf } from './measurements.ts';

export interface ProfileInput {
  readonly measurements: Measurements;
  /** What ran: its title and its command line as a person would paste it. */
  readonly runs: readonly {
    readonly title: string;
    readonly command: string;
    readonly latencies: readonly Latency[];
  }[];
  /** What the device says of itself: `JetPack`, `6.2`. */
  readonly facts: readonly { readonly title: string; readonly value: string }[];
  /** Milliseconds since 1970. */
  readonly at: number;
}

export interface Report {
  readonly markdown: string;
  /** Named by the report, which looks for them in the folder `pictures`. */
  readonly pictures: readonly { readonly name: string; readonly svg: string }[];
}

const SECTIONS: readonly (readonly [SeriesGroup, string])[] = [
  ['load', 'Load'],
  ['frames', 'Frames per second'],
  ['latency', 'Latency'],
  ['engines', 'Engines'],
  ['cores', 'CPU cores'],
  ['memory', 'Memory'],
  ['temperature', 'Temperature'],
  ['power', 'Power'],
  ['clocks', 'Clocks'],
  ['engine-clocks', 'Engine clocks'],
];

/** `pictures`: the name of their folder, beside the report. */
export function profileReport({ measurements, runs, facts, at }: ProfileInput, pictures: string): Report {
  const seconds = Math.round((measurements.times.at(-1) ?? 0) - (measurements.times[0] ?? 0));
  const limit = bottleneckOf(measurements);
  const lines = [
    `# Profile of ${plain(measurements.device)}`,
    '',
    `${new Date(at).toISOString().replace('T', ' ').slice(0, 19)} UTC, ${seconds} s.`,
    '',
    ...(limit ? [`**${plain(limit.text)}** ${plain(limit.advice)}`, ''] : []),
    ...alertsOf(measurements).map((alert) => `* ${plain(alert)}`),
    '',
    ...table(
      ['', ''],
      facts.map(({ title, value }) => [title, value]),
    ),
  ];
  lines.push('## What ran', '');
  if (runs.length === 0) lines.push('Nothing of ours: these are the figures of the device as it was.', '');
  for (const { title, command, latencies } of runs) {
    lines.push(`**${plain(title)}**`, '', ...fenced(command), '');
    const rows = latencies.map(({ name, frames, average, maximum }) => [
      ...[name, String(frames), average.toFixed(2), maximum.toFixed(2)],
    ]);
    if (rows.length > 0) lines.push(...table(['latency of', 'frames', 'average ms', 'most ms'], rows));
  }
  const drawn: { name: string; svg: string }[] = [];
  for (const [group, title] of SECTIONS) {
    const svg = curvesSvg(measurements, group, title);
    if (svg === undefined) continue;
    drawn.push({ name: `${group}.svg`, svg });
    const rows = measurements.series.flatMap((series, i) => {
      const figures = series.group === group ? statisticsOf(measurements.values[i]!) : undefined;
      if (!figures) return [];
      const { average, minimum, maximum } = figures;
      return [[series.title, series.unit, ...[average, minimum, maximum].map((one) => one.toFixed(one < 100 ? 1 : 0))]];
    });
    const link = `${encodeURIComponent(pictures)}/${group}.svg`;
    lines.push(`## ${title}`, '', `![${title}](${link})`, '', ...table(['', 'unit', 'average', 'least', 'most'], rows));
  }
  return {
    markdown: `${lines
      .join('\n')
      .replace(/\n{3,}/g, '\n\n')
      .trimEnd()}\n`,
    pictures: drawn,
  };
}

function table(head: readonly string[], rows: readonly (readonly string[])[]): string[] {
  if (rows.length === 0) return [];
  const line = (cells: readonly string[]): string => `| ${cells.map(plain).join(' | ')} |`;
  return [line(head), line(head.map(() => '---')), ...rows.map(line), ''];
}

/** A device's words are text and nothing else. */
const plain = (text: string): string =>
  text === '---' ? text : text.replace(/[\r\n]+/g, ' ').replace(/[\\`*_[\]<>|#]/g, '\\$&');

/** A fence that is longer than any in the text. */
function fenced(text: string): string[] {
  const longest = Math.max(0, ...[...text.matchAll(/`+/g)].map(([run]) => run.length));
  const fence = '`'.repeat(Math.max(3, longest + 1));
  return [`${fence}sh`, text, fence];
}
