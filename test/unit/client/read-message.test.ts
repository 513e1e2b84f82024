import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import {
  canvasMessage,
  capsMessage,
  graphMessage,
  logMessage,
  statsMessage,
} from '../../../client/src/views/read-message.ts';

const points = [
  { x: 1, y: 2 },
  { x: 3, y: 4 },
];

describe('what a page sends', () => {
  it('is taken where it is a message', () => {
    for (const message of [
      { type: 'shape', direction: 'TB' },
      { type: 'reveal', what: 'link', id: 3 },
      { type: 'choose', index: 0 },
      { type: 'export', kind: 'png', text: '' },
    ])
      assert.deepEqual(graphMessage(message), message);
    for (const message of [
      { type: 'undo' },
      { type: 'points', section: 'a', key: 'b', points, turn: 1 },
      { type: 'add', kind: 'line', stream: 2, points, turn: 3 },
    ])
      assert.deepEqual(canvasMessage(message), message);
    assert.deepEqual(capsMessage({ type: 'ask', from: 'a', to: '' }), { type: 'ask', from: 'a', to: '' });
  });

  it('is nothing where a part is missing or of another kind', () => {
    assert.equal(graphMessage({ type: 'reveal', what: 'pad', id: 3 }), undefined);
    assert.equal(graphMessage({ type: 'choose', index: -1 }), undefined);
    assert.equal(graphMessage({ type: 'export', kind: 'exe', text: '' }), undefined);
    assert.equal(canvasMessage({ type: 'points', section: 'a', key: 'b', points: [{ x: 1 }, {}], turn: 1 }), undefined);
    assert.equal(canvasMessage({ type: 'points', section: 'a', key: 'b', points: [], turn: 1 }), undefined);
    assert.equal(canvasMessage({ type: 'add', kind: 'circle', stream: 0, points, turn: 1 }), undefined);
    assert.equal(capsMessage({ type: 'ask', from: 1, to: 2 }), undefined);
  });

  it('may be anything at all', () => {
    fc.assert(
      fc.property(fc.anything(), (sent) => {
        for (const read of [graphMessage, canvasMessage, capsMessage]) read(sent);
      }),
    );
  });

  it('is taken of the log and of the load too', () => {
    const filter = { level: 'error', category: '', element: '', text: '/a/' };
    for (const message of [
      { type: 'want', generation: 1, from: 0, count: 40 },
      { type: 'copy', generation: 1, from: 3, to: 3 },
      { type: 'filter', filter },
      { type: 'reveal', element: 'camera' },
    ])
      assert.deepEqual(logMessage(message), message);
    for (const message of [
      { type: 'choose', device: 'orin' },
      { type: 'interval', milliseconds: 500 },
      { type: 'look', look: { window: 60, folded: ['cores'], hidden: [] } },
    ])
      assert.deepEqual(statsMessage(message), message);
    for (const sent of [
      { type: 'want', generation: 1, from: -1, count: 4 },
      { type: 'copy', generation: 1, from: 3, to: 2 },
      { type: 'filter', filter: { ...filter, text: 5 } },
      { type: 'reveal' },
    ])
      assert.equal(logMessage(sent), undefined);
    for (const sent of [
      { type: 'interval', milliseconds: 'often' },
      { type: 'look', look: { window: 60, folded: 'cores', hidden: [] } },
    ])
      assert.equal(statsMessage(sent), undefined);
  });
});
