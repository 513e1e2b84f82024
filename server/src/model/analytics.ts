/** What a configuration of nvdsanalytics draws over the streams: regions, lines and directions, in its own picture's pixels. */
import { asList } from '../syntax/config/values.ts';
import { type ConfigFile, type ConfigKey, type ConfigSection, keyNamed } from './config-file.ts';
import { isOff } from './config-groups.ts';
import { numberOf } from './config-value.ts';

export interface Point {
  readonly x: number;
  readonly y: number;
}

/** A region, or a line with its direction. */
export interface Shape {
  readonly section: ConfigSection;
  readonly key: ConfigKey;
  readonly kind: 'region' | 'line' | 'direction';
  /** What stands behind `roi-`. */
  readonly label: string;
  readonly points: readonly Point[];
}

export interface Analytics {
  readonly width: number | undefined;
  readonly height: number | undefined;
  /** Those of groups that are on and whose numbers can be read. */
  readonly shapes: readonly Shape[];
  /** Groups that are on and speak of one stream. */
  readonly streams: readonly { readonly section: ConfigSection; readonly stream: number }[];
}

/** The file's shapes; undefined where it is no configuration of nvdsanalytics. */
export function analyticsOf(config: ConfigFile): Analytics | undefined {
  if (config.format?.id !== 'nvdsanalytics') return undefined;
  const shapes: Shape[] = [];
  const streams: { section: ConfigSection; stream: number }[] = [];
  for (const section of config.sections) {
    const enable = keyNamed(config, section.name, 'enable');
    // A group that is not switched on is read and not used.
    if (isOff(config, section) || !section.spec?.name.endsWith('-stream-%u')) continue;
    if (enable && section.number !== undefined) streams.push({ section, stream: section.number });
    for (const key of section.keys) {
      const kind = KINDS[key.spec?.name ?? ''];
      const read = kind && !key.dropped ? asList(key.value, 'integer') : undefined;
      if (!kind || !read?.ok) continue;
      const points: Point[] = [];
      for (let i = 0; i + 1 < read.value.length; i += 2) points.push({ x: read.value[i]!, y: read.value[i + 1]! });
      shapes.push({ section, key, kind, label: key.label ?? '', points });
    }
  }
  const size = (name: string): number | undefined => numberOf(config, keyNamed(config, 'property', name));
  return { width: size('config-width'), height: size('config-height'), shapes, streams };
}

const KINDS: Readonly<Record<string, Shape['kind']>> = {
  'roi-%s': 'region',
  'line-crossing-%s': 'line',
  'direction-%s': 'direction',
};

/** More corners than a region has that people draw; one with more is not looked at. */
const MOST_CORNERS = 200;

/** Two sides of the polygon that cross, by the corners at which they begin; undefined where none do. */
export function crossing(points: readonly Point[]): readonly [number, number] | undefined {
  const count = points.length;
  if (count < 4 || count > MOST_CORNERS) return undefined;
  for (let i = 0; i < count; i++) {
    for (let j = i + 2; j < count; j++) {
      if (i === 0 && j === count - 1) continue;
      if (cross(points[i]!, points[(i + 1) % count]!, points[j]!, points[(j + 1) % count]!)) return [i, j];
    }
  }
  return undefined;
}

/** Whether the two stretches have an inner point in common. */
function cross(a: Point, b: Point, c: Point, d: Point): boolean {
  const [one, two] = [turn(a, b, c), turn(a, b, d)];
  const [three, four] = [turn(c, d, a), turn(c, d, b)];
  return one * two < 0 && three * four < 0;
}

/** Above zero where the way from a over b to c turns one way, below where it turns the other, 0 where it goes straight on. */
const turn = (a: Point, b: Point, c: Point): number => Math.sign((b.x - a.x) * (c.y - a.y) - (b.y - a.y) * (c.x - a.x));
