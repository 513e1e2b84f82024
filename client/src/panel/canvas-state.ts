/** What the canvas shows and what a drag makes of it. Pure: no DOM. */
import type { Drawing, Point, Shape, ShapeKind } from '../views/panel-messages.ts';

export interface Handle {
  readonly section: string;
  readonly key: string;
  readonly point: number;
}

/** The drawing with one point elsewhere, kept inside the frame and on whole pixels. */
export function movePoint(drawing: Drawing, { section, key, point }: Handle, to: Point): Drawing {
  return change(drawing, section, key, (points) => points.map((one, i) => (i === point ? inside(to, drawing) : one)));
}

/** A shape moved as a whole, as far as it stays inside. */
export function moveShape(drawing: Drawing, section: string, key: string, by: Point): Drawing {
  return change(drawing, section, key, (points) => {
    const xs = points.map(({ x }) => x);
    const ys = points.map(({ y }) => y);
    const dx = limit(by.x, -Math.min(...xs), drawing.width - 1 - Math.max(...xs));
    const dy = limit(by.y, -Math.min(...ys), drawing.height - 1 - Math.max(...ys));
    return points.map(({ x, y }) => ({ x: Math.round(x + dx), y: Math.round(y + dy) }));
  });
}

/** A polygon with a further point in the middle of the edge behind a point. Lines keep the points they have. */
export function addPoint(drawing: Drawing, { section, key, point }: Handle): Drawing {
  const shape = find(drawing, section, key);
  if (!shape || !isPolygon(shape.kind)) return drawing;
  return change(drawing, section, key, (points) => {
    const here = points[point]!;
    const next = points[(point + 1) % points.length]!;
    const middle = { x: Math.round((here.x + next.x) / 2), y: Math.round((here.y + next.y) / 2) };
    return [...points.slice(0, point + 1), middle, ...points.slice(point + 1)];
  });
}

/** A polygon without a point; three stay. */
export function removePoint(drawing: Drawing, { section, key, point }: Handle): Drawing {
  const shape = find(drawing, section, key);
  if (!shape || !isPolygon(shape.kind) || shape.points.length <= 3) return drawing;
  return change(drawing, section, key, (points) => points.filter((_, i) => i !== point));
}

/** Where a new shape begins: in the middle of the frame. */
export function newPoints({ width, height }: Drawing, kind: ShapeKind): Point[] {
  const at = (x: number, y: number): Point => ({ x: Math.round(width * x), y: Math.round(height * y) });
  switch (kind) {
    case 'region':
    case 'crowd':
      return [at(0.35, 0.35), at(0.65, 0.35), at(0.65, 0.65), at(0.35, 0.65)];
    case 'line':
      return [at(0.5, 0.42), at(0.5, 0.58), at(0.35, 0.5), at(0.65, 0.5)];
    case 'direction':
      return [at(0.5, 0.35), at(0.5, 0.65)];
  }
}

/** What is looked at: the frame, what stands outside of it, and room around both to take hold of a point. */
export function view({ width, height, shapes }: Drawing, stream: number): { x: number; y: number } & Size {
  const points = shapes.filter((shape) => shape.stream === stream).flatMap((shape) => shape.points);
  const room = Math.round(Math.max(width, height) / 40);
  const left = Math.min(0, ...points.map(({ x }) => x)) - room;
  const top = Math.min(0, ...points.map(({ y }) => y)) - room;
  const right = Math.max(width, ...points.map(({ x }) => x)) + room;
  const bottom = Math.max(height, ...points.map(({ y }) => y)) + room;
  return { x: left, y: top, width: right - left, height: bottom - top };
}

interface Size {
  readonly width: number;
  readonly height: number;
}

/** Whether both have the same points. */
export const samePoints = (a: Shape, b: Shape | undefined): boolean =>
  a.points.length === b?.points.length && a.points.every(({ x, y }, i) => x === b.points[i]!.x && y === b.points[i]!.y);

export const find = ({ shapes }: Drawing, section: string, key: string): Shape | undefined =>
  shapes.find((shape) => shape.section === section && shape.key === key);

export const isPolygon = (kind: ShapeKind): boolean => kind === 'region' || kind === 'crowd';

/** The streams that have shapes, in order, and the first number behind them, for a stream that has none yet. */
export function streams({ shapes }: Drawing): number[] {
  const used = [...new Set(shapes.map(({ stream }) => stream))].sort((a, b) => a - b);
  return [...used, (used.at(-1) ?? -1) + 1];
}

function change(
  drawing: Drawing,
  section: string,
  key: string,
  make: (points: readonly Point[]) => readonly Point[],
): Drawing {
  const shapes = drawing.shapes.map((shape) =>
    shape.section === section && shape.key === key ? { ...shape, points: make(shape.points) } : shape,
  );
  return { ...drawing, shapes };
}

const inside = ({ x, y }: Point, { width, height }: Drawing): Point => ({
  x: limit(Math.round(x), 0, width - 1),
  y: limit(Math.round(y), 0, height - 1),
});

const limit = (value: number, least: number, most: number): number => Math.max(least, Math.min(most, value));
