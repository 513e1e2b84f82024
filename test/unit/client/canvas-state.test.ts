import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import {
  addPoint,
  movePoint,
  moveShape,
  newPoints,
  removePoint,
  samePoints,
  streams,
  view,
} from '../../../client/src/panel/canvas-state.ts';
import type { Drawing } from '../../../client/src/views/panel-messages.ts';

const square = [
  { x: 100, y: 100 },
  { x: 200, y: 100 },
  { x: 200, y: 200 },
  { x: 100, y: 200 },
];
const drawing: Drawing = {
  width: 640,
  height: 480,
  shapes: [
    {
      ...{ kind: 'region', section: 's', key: 'roi-a', label: 'a', stream: 0 },
      ...{ enabled: true, points: square, problems: [] },
    },
  ],
};
const handle = { section: 's', key: 'roi-a', point: 1 };
const points = ({ shapes }: Drawing) => shapes[0]!.points;

describe('the canvas', () => {
  it('moves a point to whole pixels inside the frame', () => {
    assert.deepEqual(points(movePoint(drawing, handle, { x: 210.4, y: 90.6 }))[1], { x: 210, y: 91 });
    assert.deepEqual(points(movePoint(drawing, handle, { x: 9_000, y: -5 }))[1], { x: 639, y: 0 });
    assert.deepEqual(points(movePoint(drawing, { ...handle, key: 'roi-b' }, { x: 0, y: 0 })), square);
  });

  it('moves a shape as a whole, and keeps its form at the border', () => {
    const moved = points(moveShape(drawing, 's', 'roi-a', { x: -300, y: 10 }));
    assert.deepEqual(moved[0], { x: 0, y: 110 });
    assert.deepEqual(moved[2], { x: 100, y: 210 });
  });

  it('adds a point in the middle of an edge, and leaves a polygon three', () => {
    const more = addPoint(drawing, { ...handle, point: 3 });
    assert.deepEqual(points(more)[4], { x: 100, y: 150 });
    const three = removePoint(drawing, handle);
    assert.equal(points(three).length, 3);
    assert.equal(removePoint(three, handle), three);
  });

  it('begins shapes inside the frame', () => {
    for (const kind of ['region', 'crowd', 'line', 'direction'] as const)
      for (const { x, y } of newPoints(drawing, kind)) assert.ok(x > 0 && x < 640 && y > 0 && y < 480);
  });

  it('looks at what stands outside of the frame too', () => {
    const far = { ...drawing, shapes: [{ ...drawing.shapes[0]!, points: [...square, { x: 900, y: -50 }] }] };
    const { x, y, width, height } = view(far, 0);
    assert.ok(x < 0 && y < -50 && x + width > 900 && y + height > 480);
    assert.ok(view(far, 1).width < 900);
  });

  it('has a stream to begin with, and one more than has shapes', () => {
    assert.deepEqual(streams({ ...drawing, shapes: [] }), [0]);
    const third = { ...drawing.shapes[0]!, stream: 3 };
    assert.deepEqual(streams({ ...drawing, shapes: [third, ...drawing.shapes] }), [0, 3, 4]);
  });

  it('knows when nothing has changed', () => {
    assert.ok(samePoints(drawing.shapes[0]!, movePoint(drawing, handle, { x: 200.2, y: 99.8 }).shapes[0]));
    assert.ok(!samePoints(drawing.shapes[0]!, movePoint(drawing, handle, { x: 201, y: 100 }).shapes[0]));
    assert.ok(!samePoints(drawing.shapes[0]!, undefined));
  });
});
