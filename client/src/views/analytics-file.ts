/**
 * The shapes of an nvdsanalytics file, and the edits that change one of them and nothing else. Pure. Key files and YAML,
 * as the element reads both. Layout of values: NVIDIA's DeepStream plugin manual, Gst-nvdsanalytics, configuration.
 */
import type { Drawing, Point, Shape, ShapeKind } from './panel-messages.ts';

/** Replaces the text from `start` to `end`, offsets of the file. */
export interface TextChange {
  readonly start: number;
  readonly end: number;
  readonly text: string;
}

/** A shape and where it stands. */
export interface PlacedShape extends Shape {
  readonly line: number;
  /** The numbers only. */
  readonly value: { readonly start: number; readonly end: number };
}

/** The frame and the shapes over it. */
export interface Analytics extends Omit<Drawing, 'shapes'> {
  readonly shapes: readonly PlacedShape[];
}

const KINDS: Readonly<Record<string, { readonly kind: ShapeKind; readonly prefix: string }>> = {
  'roi-filtering-stream-': { kind: 'region', prefix: 'roi-' },
  'overcrowding-stream-': { kind: 'crowd', prefix: 'roi-' },
  'line-crossing-stream-': { kind: 'line', prefix: 'line-crossing-' },
  'direction-detection-stream-': { kind: 'direction', prefix: 'direction-' },
};

/** The frame and all shapes of the file; undefined where it holds no section of nvdsanalytics. */
export function readAnalytics(text: string): Analytics | undefined {
  let width = 1920;
  let height = 1080;
  let ours = false;
  const shapes: PlacedShape[] = [];
  const disabled = new Set<string>();
  for (const { section, key, value, line, start } of keysOf(text)) {
    if (section === 'property' && key === 'config-width') width = Number.parseInt(value, 10) || width;
    if (section === 'property' && key === 'config-height') height = Number.parseInt(value, 10) || height;
    const found = kindOf(section);
    if (!found) continue;
    ours = true;
    if (key === 'enable' && value.trim() === '0') disabled.add(section);
    if (!key.startsWith(found.prefix) || key.length === found.prefix.length) continue;
    const numbers = value.split(';').flatMap((part) => (part.trim() === '' ? [] : [Number(part)]));
    if (numbers.length < 4 || numbers.some((one) => !Number.isFinite(one))) continue;
    const points: Point[] = [];
    for (let i = 0; i + 1 < numbers.length; i += 2) points.push({ x: numbers[i]!, y: numbers[i + 1]! });
    const trimmed = value.replace(/[;\s]+$/, '');
    shapes.push({
      ...{ kind: found.kind, section, key, label: key.slice(found.prefix.length), stream: found.stream },
      ...{ enabled: true, points, problems: [], line, value: { start, end: start + trimmed.length } },
    });
  }
  if (!ours && !/^\s*(?:\[property\]|property:)/m.test(text)) return undefined;
  if (!ours && !/config-width/.test(text)) return undefined;
  return { width, height, shapes: shapes.map((shape) => ({ ...shape, enabled: !disabled.has(shape.section) })) };
}

/** The change that gives a shape other points; undefined where it is no longer there. */
export function movePoints(
  text: string,
  section: string,
  key: string,
  points: readonly Point[],
): TextChange | undefined {
  const shape = find(text, section, key);
  return shape && { ...shape.value, text: numbersOf(points) };
}

/** The change that takes a shape out, with its line. */
export function removeShape(text: string, section: string, key: string): TextChange | undefined {
  const shape = find(text, section, key);
  if (!shape) return undefined;
  const start = text.lastIndexOf('\n', shape.value.start - 1) + 1;
  const newline = text.indexOf('\n', shape.value.end);
  return { start, end: newline < 0 ? text.length : newline + 1, text: '' };
}

/** The change that adds a shape: to its section, or with a section of its own at the end of the file. */
export function addShape(text: string, kind: ShapeKind, stream: number, points: readonly Point[]): TextChange {
  const [name, { prefix }] = Object.entries(KINDS).find(([, one]) => one.kind === kind)!;
  const section = `${name}${stream}`;
  const yaml = !/^\s*\[/m.test(text) && /^[\w-]+:[ \t]*$/m.test(text);
  const line = text.includes('\r\n') ? '\r\n' : '\n';
  const keys = [...keysOf(text)];
  const taken = new Set(keys.filter((one) => one.section === section).map((one) => one.key));
  let count = 1;
  while (taken.has(`${prefix}${count}`)) count++;
  const put = (key: string, value: string) => (yaml ? `  ${key}: ${value}${line}` : `${key}=${value}${line}`);
  const own = put(`${prefix}${count}`, numbersOf(points));
  const last = keys.findLast((one) => one.section === section);
  if (last) {
    const newline = text.indexOf('\n', last.start);
    return newline < 0
      ? { start: text.length, end: text.length, text: `${line}${own}` }
      : { start: newline + 1, end: newline + 1, text: own };
  }
  const gap = text === '' || /\n\s*\n$/.test(text) ? '' : text.endsWith('\n') ? line : `${line}${line}`;
  const head = yaml ? `${section}:${line}` : `[${section}]${line}`;
  const more = kind === 'crowd' ? put('object-threshold', '10') : kind === 'line' ? put('mode', 'balanced') : '';
  const body = `${put('enable', '1')}${own}${more}${put('class-id', '-1')}`;
  return { start: text.length, end: text.length, text: `${gap}${head}${body}` };
}

const find = (text: string, section: string, key: string): PlacedShape | undefined =>
  readAnalytics(text)?.shapes.find((shape) => shape.section === section && shape.key === key);

const numbersOf = (points: readonly Point[]): string =>
  points.map(({ x, y }) => `${Math.round(x)};${Math.round(y)}`).join(';');

function kindOf(section: string): { kind: ShapeKind; prefix: string; stream: number } | undefined {
  for (const [name, kind] of Object.entries(KINDS)) {
    const stream = section.startsWith(name) ? /^\d+$/.exec(section.slice(name.length)) : null;
    if (stream) return { ...kind, stream: Number(stream[0]) };
  }
  return undefined;
}

function* keysOf(text: string): Iterable<{ section: string; key: string; value: string; line: number; start: number }> {
  let section = '';
  let at = 0;
  let line = 0;
  for (const row of text.split('\n')) {
    const header = /^[ \t]*\[([^\]]*)\]/.exec(row) ?? /^([\w-]+):[ \t]*\r?$/.exec(row);
    const key = /^[ \t]*([\w-]+)[ \t]*[=:][ \t]*/.exec(row);
    if (header) section = header[1]!;
    else if (key) {
      const value = row.slice(key[0].length).replace(/\r$/, '');
      yield { section, key: key[1]!, value, line, start: at + key[0].length };
    }
    at += row.length + 1;
    line++;
  }
}
