/** Curves of a group of series as an SVG picture for a report: readable on paper and on a dark page, without a script. */
import type { Measurements, SeriesGroup } from './measurements.ts';

const WIDTH = 760;
const HEIGHT = 220;
const LEFT = 52;
const RIGHT = 150;
const TOP = 26;
const BOTTOM = 24;
/** Told apart by colour-blind people too (Okabe and Ito); the names stand at the side. */
const COLOURS = ['#0072b2', '#d55e00', '#009e73', '#cc79a7', '#e69f00', '#56b4e9', '#000000'];
const DASHES = ['', '6 3', '2 2'];
/** Names beside the picture. */
const MOST_NAMES = 14;

/** Undefined where nothing of the group was measured. */
export function curvesSvg(all: Measurements, group: SeriesGroup, title: string): string | undefined {
  const curves = all.series.flatMap((series, i) => {
    const values = all.values[i]!;
    return series.group === group && values.some((value) => value !== null) ? [{ series, values }] : [];
  });
  const first = all.times[0];
  const last = all.times.at(-1);
  if (curves.length === 0 || first === undefined || last === undefined) return undefined;
  const highest = Math.max(...curves.flatMap(({ values }) => values.map((value) => value ?? 0)));
  const most = niceTop(Math.max(highest, curves[0]!.series.unit === '%' ? 100 : 0));
  const x = (at: number): number => LEFT + ((at - first) / Math.max(1e-9, last - first)) * (WIDTH - LEFT - RIGHT);
  const y = (value: number): number => HEIGHT - BOTTOM - (value / most) * (HEIGHT - TOP - BOTTOM);
  const parts = [
    `<rect width="${WIDTH}" height="${HEIGHT}" fill="#ffffff"/>`,
    text(8, 16, `${title} (${curves[0]!.series.unit})`, 'start', '600'),
  ];
  for (const share of [0, 0.25, 0.5, 0.75, 1]) {
    const at = y(most * share);
    parts.push(`<path d="M${LEFT} ${at}H${WIDTH - RIGHT}" stroke="#dddddd"/>`);
    parts.push(text(LEFT - 6, at + 4, number(most * share), 'end'));
  }
  for (const share of [0, 0.5, 1]) {
    const at = first + (last - first) * share;
    parts.push(text(x(at), HEIGHT - 8, `${number(at - first)} s`, 'middle'));
  }
  for (const { at, kind } of all.marks) {
    if (at < first || at > last) continue;
    parts.push(`<path d="M${x(at)} ${TOP}V${HEIGHT - BOTTOM}" stroke="${kind === 'start' ? '#009e73' : '#d55e00'}"/>`);
  }
  for (const [i, { series, values }] of curves.entries()) {
    const colour = COLOURS[i % COLOURS.length]!;
    const dash = DASHES[Math.floor(i / COLOURS.length) % DASHES.length]!;
    const stroke = `stroke="${colour}" stroke-width="1.5"${dash === '' ? '' : ` stroke-dasharray="${dash}"`} fill="none"`;
    parts.push(`<path d="${pathOf(all.times, values, x, y)}" ${stroke}/>`);
    if (i >= MOST_NAMES) continue;
    const at = TOP + 8 + i * 13;
    parts.push(`<path d="M${WIDTH - RIGHT + 10} ${at - 4}h16" ${stroke}/>`);
    parts.push(text(WIDTH - RIGHT + 32, at, series.title.slice(0, 18), 'start'));
  }
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${WIDTH} ${HEIGHT}" width="${WIDTH}" height="${HEIGHT}" font-family="sans-serif" font-size="11">\n${parts.join('\n')}\n</svg>\n`;
}

/** What was not measured at a time is bridged; a time without anything is a gap. */
function pathOf(
  times: readonly number[],
  values: readonly (number | null)[],
  x: (at: number) => number,
  y: (value: number) => number,
): string {
  let path = '';
  for (const [i, value] of values.entries()) {
    if (value !== null) path += `${path === '' ? 'M' : 'L'}${x(times[i]!).toFixed(1)} ${y(value).toFixed(1)}`;
  }
  return path;
}

/** The least round figure that is not below. */
function niceTop(value: number): number {
  if (value <= 0) return 1;
  const step = 10 ** Math.floor(Math.log10(value));
  return [1, 1.5, 2, 3, 4, 5, 8, 10].map((one) => one * step).find((one) => one >= value - 1e-9) ?? value;
}

const number = (value: number): string => String(Number(value.toFixed(value < 10 ? 1 : 0)));

const text = (x: number, y: number, words: string, anchor: string, weight = '400'): string =>
  `<text x="${x.toFixed(1)}" y="${y.toFixed(1)}" text-anchor="${anchor}" font-weight="${weight}" fill="#333333">${escaped(words)}</text>`;

const escaped = (words: string): string =>
  words.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;');
