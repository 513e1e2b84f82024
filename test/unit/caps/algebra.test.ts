/** The operations on caps; expected texts are what GStreamer 1.22.0 gave. */
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import {
  canIntersect,
  fixate,
  intersect,
  isEqual,
  isFixed,
  isSubset,
  merge,
  normalize,
  printCaps,
  simplify,
  subtract,
} from '../../../server/src/caps/algebra.ts';
import type { Caps } from '../../../server/src/caps/caps.ts';
import { parseCaps } from '../../../server/src/syntax/caps/lower.ts';

/** Fresh values, so that nothing is equal by being the same object. */
function caps(text: string): Caps {
  const parsed = parseCaps(text).caps;
  assert.ok(parsed !== undefined, text);
  return parsed;
}

describe('intersection', () => {
  const cases: readonly (readonly [string, string, string])[] = [
    [
      'video/x-raw(memory:NVMM), format=NV12, width=1920',
      'video/x-raw(ANY), width=[1,4096]',
      'video/x-raw(memory:NVMM), format=(string)NV12, width=(int)1920',
    ],
    [
      'video/x-raw, format={NV12,I420}, framerate=[1/1,60/1]',
      'video/x-raw, format={I420,NV12,RGBA}, framerate={30/1,90/1}',
      'video/x-raw, format=(string){ NV12, I420 }, framerate=(fraction)30/1',
    ],
    [
      'audio/x-raw, rate=[8000,96000], channels=2',
      'audio/x-raw, rate={44100,48000}',
      'audio/x-raw, rate=(int){ 44100, 48000 }, channels=(int)2',
    ],
    ['foo, a=[2,20,2]', 'foo, a=[0,30,3]', 'foo, a=(int)[ 6, 18, 6 ]'],
    ['foo, a=[1.0,2.0]', 'foo, a=[2.0,3.0]', 'foo, a=(double)0'],
    ['foo, a=1; foo, a=2; foo, a=3', 'foo, a=2', 'foo, a=(int)2'],
    ['foo(memory:NVMM, meta:Foo)', 'foo(meta:Foo,memory:NVMM)', 'foo(memory:NVMM, meta:Foo)'],
    ['foo(memory:NVMM)', 'foo', 'EMPTY'],
    ['ANY', 'foo', 'foo'],
    ['foo', 'ANY', 'foo'],
    ['EMPTY', 'ANY', 'EMPTY'],
  ];
  for (const [a, b, expected] of cases) {
    it(`of ${a} and ${b}`, () => {
      assert.equal(printCaps(intersect(caps(a), caps(b))), expected);
      assert.equal(canIntersect(caps(a), caps(b)), expected !== 'EMPTY');
    });
  }

  it('keeps the first order, or goes zig-zag', () => {
    assert.equal(printCaps(intersect(caps('foo;bar'), caps('bar;foo'))), 'foo; bar');
    assert.equal(printCaps(intersect(caps('foo;bar'), caps('bar;foo'), 'zig-zag')), 'bar; foo');
  });

  it('shares the lists that it leaves as they are', () => {
    const a = caps('foo, format={A,B,C}');
    const both = intersect(a, caps('foo, format={C,B,A,D}'));
    assert.ok(a !== 'any' && both !== 'any');
    assert.equal(both[0]?.fields.get('format'), a[0]?.fields.get('format'));
  });
});

describe('subset and equality', () => {
  it('are as in GStreamer', () => {
    const sure = caps('foo, a={1,2,3}');
    assert.equal(isEqual(sure, caps('foo, a=[1,3]')), true);
    assert.equal(isSubset(caps('foo, a=10'), caps('foo, a={10}')), true);
    assert.equal(isSubset(caps('foo, a=5'), caps('foo, a=[1,10]')), true);
    assert.equal(isSubset(caps('foo, a=[1,10]'), caps('foo, a=5')), false);
    assert.equal(isSubset(caps('foo(ANY)'), caps('foo(memory:NVMM)')), false);
    assert.equal(isSubset(caps('foo(memory:NVMM)'), caps('foo(ANY)')), true);
    assert.equal(isEqual(caps('foo;bar'), caps('bar;foo')), true);
    assert.equal(isEqual(caps('foo, a=(double)8'), caps('foo, a=8')), false);
    assert.equal(isFixed(caps('foo, a=8')), true);
    assert.equal(isFixed(caps('foo(ANY), a=8')), false);
  });
});

describe('the other operations', () => {
  const same = (found: Caps | undefined, expected: string): void =>
    assert.equal(found === undefined ? undefined : printCaps(found), expected);

  it('merge', () => {
    same(merge(caps('foo, a={1,2,3}'), caps('foo, a=[1,3]')), 'foo, a=(int){ 1, 2, 3 }');
    same(merge(caps('foo(ANY)'), caps('foo(memory:NVMM)')), 'foo(ANY)');
    same(merge(caps('foo, a=[5,10]'), caps('foo, a=[1,5]')), 'foo, a=(int)[ 5, 10 ]; foo, a=(int)[ 1, 5 ]');
    same(merge(caps('ANY'), caps('foo')), 'ANY');
  });

  it('subtract', () => {
    same(subtract(caps('foo, a=[1,10]'), caps('foo, a=5')), 'foo, a=(int){ [ 1, 4 ], [ 6, 10 ] }');
    same(subtract(caps('foo, a={x,y}, b={1,2}'), caps('foo, a=x')), 'foo, a=(string)y, b=(int){ 1, 2 }');
    same(subtract(caps('foo, a=1; foo, a=2; foo, a=3'), caps('foo, a=2')), 'foo, a=(int){ 1, 3 }');
    same(subtract(caps('foo'), caps('ANY')), 'EMPTY');
    assert.equal(subtract(caps('ANY'), caps('foo')), undefined);
    assert.equal(subtract(caps('foo(ANY)'), caps('foo(memory:NVMM)')), undefined);
  });

  it('normalize, within bounds', () => {
    same(
      normalize(caps('foo, a={x,y}, b={1,2}')),
      'foo, a=(string)x, b=(int)1; foo, a=(string)y, b=(int)1; foo, a=(string)x, b=(int)2; foo, a=(string)y, b=(int)2',
    );
    same(normalize(caps('foo, a={{1,2},{3}}')), 'foo, a=(int)1; foo, a=(int)3; foo, a=(int)2');
    const list = `{${Array.from({ length: 60 }, (_, i) => i).join(',')}}`;
    const huge = caps(`foo, a=${list}, b=${list}, c=${list}, d=${list}`);
    assert.equal(normalize(huge), huge);
  });

  it('simplify', () => {
    same(simplify(caps('foo, a=1; foo, a=2; foo, a=3')), 'foo, a=(int){ 1, 2, 3 }');
    same(simplify(caps('foo; bar')), 'bar; foo');
  });

  it('fixate', () => {
    same(
      fixate(caps('foo(ANY), a=[2,20,2], b={x,y}, c=[1/1,60/1], d=<[1,2],3>; bar')),
      'foo, a=(int)2, b=(string)x, c=(fraction)1/1, d=(int)< 1, 3 >',
    );
    same(fixate(caps('foo, a=a+b')), 'foo, a=(flagset)a:ffffffff');
    same(fixate(caps('ANY')), 'ANY');
  });
});
