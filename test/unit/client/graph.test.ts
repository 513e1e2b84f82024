import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import {
  afterMessage,
  firstState,
  memories,
  scaleFor,
  select,
  step,
  summary,
} from '../../../client/src/panel/graph-state.ts';
import { toDot } from '../../../client/src/views/graph-layout.ts';
import type { GraphPicture, PictureLink } from '../../../client/src/views/panel-messages.ts';
import type { GraphLink, PipelineGraph, PlaceRange } from '../../../server/src/protocol.ts';

const link = (id: number, from: number, to: number, more: Partial<PictureLink> = {}): PictureLink => ({
  ...{ id, from, to, label: '', caps: 'ANY', memory: 'system', verdict: 'agreed', problems: [] },
  ...more,
});

/** `0 → 1 → 2`, and a second branch `1 → 3` that does not link. */
const picture: GraphPicture = {
  ...{ svg: '<svg/>', title: 'p', foreign: false, shrink: 1, target: 't', choices: ['p'], index: 0, budget: [] },
  elements: [0, 1, 2, 3].map((id) => ({ id, label: `e${id}`, problems: [] })),
  links: [
    link(0, 0, 1, { memory: 'nvmm' }),
    link(1, 1, 2),
    link(2, 1, 3, { verdict: 'broken', memory: 'cuda', problems: [{ severity: 'error', message: 'no' }] }),
  ],
};

describe('the graph page', () => {
  const shown = afterMessage(firstState, { type: 'show', picture });

  it('keeps what is selected while it is there', () => {
    const selected = select(shown, { what: 'link', id: 2 });
    assert.deepEqual(afterMessage(selected, { type: 'show', picture }).selected, { what: 'link', id: 2 });
    const fewer = { ...picture, links: picture.links.slice(0, 2) };
    assert.equal(afterMessage(selected, { type: 'show', picture: fewer }).selected, undefined);
    assert.equal(select(shown, { what: 'element', id: 9 }), shown);
  });

  it('does not take what is no picture', () => {
    assert.throws(() => afterMessage(shown, { type: 'show', picture: { svg: 3 } } as never));
  });

  it('is walked along its links', () => {
    const walk = (...keys: string[]) =>
      keys.reduce((state, key) => {
        const next = step(state, key);
        return next ? select(state, next) : state;
      }, shown).selected;
    assert.deepEqual(walk('forward'), { what: 'element', id: 0 });
    assert.deepEqual(walk('forward', 'forward', 'forward'), { what: 'element', id: 1 });
    assert.deepEqual(walk('forward', 'forward', 'forward', 'forward', 'next'), { what: 'link', id: 2 });
    assert.deepEqual(walk('forward', 'forward', 'forward', 'back'), { what: 'link', id: 0 });
    assert.deepEqual(walk('forward', 'back'), { what: 'element', id: 0 });
  });

  it('says in a line what is wrong, and explains the colours that are there', () => {
    assert.equal(summary(picture), '4 elements, 3 links, 1 broken, 1 error');
    assert.deepEqual(memories(picture), ['nvmm', 'system']);
  });

  it('is never too small to read, nor larger than it was laid out', () => {
    assert.equal(scaleFor({ width: 100, height: 100 }, { width: 1000, height: 1000 }), 1);
    assert.equal(scaleFor({ width: 5000, height: 100 }, { width: 500, height: 500 }), 0.7);
    assert.equal(scaleFor({ width: 0, height: 0 }, { width: 500, height: 500 }), 1);
  });
});

describe("a graph in Graphviz' language", () => {
  const place: PlaceRange = { start: { line: 0, character: 0 }, end: { line: 0, character: 1 } };
  const element = (id: number, factory: string) => ({
    ...{ id, factory, name: `${factory}0`, named: false, known: true, settings: [], place, problems: [] },
  });
  const edge = (more: Partial<GraphLink<PlaceRange>>): GraphLink<PlaceRange> => ({
    ...{ id: 0, from: 0, to: 1, memory: 'nvmm', verdict: 'agreed', flow: 'NV12', caps: '', delayed: false },
    ...{ place, problems: [] },
    ...more,
  });
  const dot = (one: GraphLink<PlaceRange>): string => {
    const graph: PipelineGraph<PlaceRange> = {
      target: '',
      elements: [element(0, 'a<b>'), element(1, 'x"y')],
      links: [one],
      budget: [],
    };
    return toDot(graph, 'LR');
  };
  const labelOf = (text: string): string => /e0 -> e1 \[.*?label="([^"]*)"/.exec(text)?.[1] ?? '';

  it('writes names as text', () => {
    const text = dot(edge({}));
    assert.ok(text.includes('a&lt;b&gt;') && text.includes('x&quot;y'));
    assert.equal(labelOf(text), 'NVMM\\nNV12');
  });

  it('says at a broken link why, in short lines', () => {
    const message =
      'the filter asks for NVMM memory, but x264enc takes system memory, so GStreamer refuses the link. Put nvvidconv between.';
    const lines = labelOf(dot(edge({ verdict: 'broken', problems: [{ severity: 'error', message }] }))).split('\\n');
    assert.equal(lines[0], '✗ does not link');
    assert.equal(lines.slice(1).join(' '), message.slice(0, message.indexOf('. Put')));
    for (const line of lines) assert.ok(line.length <= 34, line);
  });

  it('cuts a reason that is too long, and does without one', () => {
    const problems = [{ severity: 'error', message: 'word '.repeat(60) }] as const;
    const lines = labelOf(dot(edge({ verdict: 'broken', problems }))).split('\\n');
    assert.equal(lines.length, 5);
    assert.ok(lines.at(-1)?.endsWith('…'));
    assert.equal(labelOf(dot(edge({ verdict: 'broken' }))), '✗ does not link\\nNVMM\\nNV12');
  });
});
