import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import { canIntersect, intersect, isEqual, isSubset, printCaps } from '../../server/src/caps/algebra.ts';
import type { Caps, Structure, Value } from '../../server/src/caps/caps.ts';
import { parseCaps } from '../../server/src/syntax/caps/lower.ts';

const int: fc.Arbitrary<Value> = fc.integer({ min: -20, max: 20 }).map((value) => ({ kind: 'int', value }));
const intRange: fc.Arbitrary<Value> = fc
  .tuple(fc.integer({ min: -20, max: 20 }), fc.integer({ min: 1, max: 20 }))
  .map(([min, size]) => ({ kind: 'intRange', min, max: min + size, step: 1 }));
const fraction = (num: number): Value => ({ kind: 'fraction', num, den: 1 });
const fractionRange: fc.Arbitrary<Value> = fc
  .tuple(fc.nat(30), fc.integer({ min: 1, max: 30 }))
  .map(([min, size]) => ({ kind: 'fractionRange', min: [min, 1], max: [min + size, 1] }));
const word: fc.Arbitrary<Value> = fc
  .constantFrom('NV12', 'I420', 'RGBA', 'two words', 'é"\\')
  .map((value) => ({ kind: 'string', value }));

/** Two or more values, none of them twice. */
const listOf = (members: fc.Arbitrary<Value>): fc.Arbitrary<Value> =>
  fc
    .uniqueArray(members, { minLength: 2, maxLength: 4, selector: (v) => JSON.stringify(v) })
    .map((values) => ({ kind: 'list', values }));

/** Values by field, so that the same field has the same type in both caps. */
const fields = fc
  .record(
    {
      width: fc.oneof(int, intRange, listOf(int)),
      format: fc.oneof(word, listOf(word)),
      rate: fc.oneof(fc.nat(30).map(fraction), fractionRange, listOf(fc.nat(30).map(fraction))),
      live: fc.boolean().map((value): Value => ({ kind: 'boolean', value })),
    },
    { requiredKeys: [] },
  )
  .map((record): ReadonlyMap<string, Value> => new Map(Object.entries(record)));

const structure: fc.Arbitrary<Structure> = fc.record({
  media: fc.constantFrom('video/x-raw', 'foo'),
  features: fc.constantFrom<Structure['features']>([], ['memory:NVMM'], ['memory:NVMM', 'meta:Foo']),
  fields,
});
const caps: fc.Arbitrary<Caps> = fc.oneof(
  { weight: 1, arbitrary: fc.constant<Caps>('any') },
  { weight: 9, arbitrary: fc.array(structure, { maxLength: 3 }) },
);
const RUNS = { numRuns: 500 };

/** The same caps as other objects. */
const copy = (of: Caps): Caps => parseCaps(printCaps(of)).caps!;

describe('caps', () => {
  it('print to what reads as equal caps and prints the same', () => {
    fc.assert(
      fc.property(caps, (a) => {
        const text = printCaps(a);
        const again = parseCaps(text).caps;
        assert.ok(again !== undefined, text);
        assert.equal(printCaps(again), text);
        assert.ok(isEqual(a, again), text);
      }),
      RUNS,
    );
  });

  it('intersect in either order to the same', () => {
    fc.assert(
      fc.property(caps, caps, (a, b) => {
        assert.ok(isEqual(intersect(a, b), intersect(b, a)));
        assert.equal(canIntersect(a, b), canIntersect(b, a));
        const none = intersect(a, b);
        assert.equal(canIntersect(a, b), none === 'any' || none.length > 0);
      }),
      RUNS,
    );
  });

  it('intersect with themselves to themselves', () => {
    fc.assert(
      fc.property(caps, (a) => {
        // Alternatives that meet each other leave more than was there, but nothing else.
        const self = intersect(a, copy(a));
        assert.ok(isSubset(a, self) && isSubset(self, a));
      }),
      RUNS,
    );
  });

  it('intersect to a lower bound of both', () => {
    fc.assert(
      fc.property(caps, caps, (a, b) => {
        const both = intersect(a, b);
        assert.ok(isSubset(both, a), `${printCaps(both)} in ${printCaps(a)}`);
        assert.ok(isSubset(both, b), `${printCaps(both)} in ${printCaps(b)}`);
      }),
      RUNS,
    );
  });

  it('are subsets of themselves, and of what their supersets are subsets of', () => {
    fc.assert(
      fc.property(caps, caps, caps, (a, b, c) => {
        assert.ok(isSubset(a, copy(a)));
        const ab = intersect(a, b);
        const abc = intersect(ab, c);
        if (isSubset(abc, ab) && isSubset(ab, a)) assert.ok(isSubset(abc, a));
      }),
      RUNS,
    );
  });
});

describe('reading caps', () => {
  const scraps = [
    'video/x-raw',
    '(memory:NVMM)',
    ', ',
    'a=',
    '(int)',
    '[ 1, 2',
    ' ]',
    '{',
    '}',
    '<',
    '>',
    ';',
    '"',
    '\\',
    '30/1',
    '\uFFFC',
    ' ',
    '\ud83d\ude00',
  ];
  const texts = fc.oneof(
    fc.string(),
    fc.string({ unit: 'binary' }),
    fc.array(fc.constantFrom(...scraps), { maxLength: 30 }).map((parts) => parts.join('')),
  );

  it('never throws, and its spans lie in the text and in each other', () => {
    fc.assert(
      fc.property(texts, (text) => {
        const { tree, problems, caps: read } = parseCaps(text);
        if (read === undefined) assert.ok(problems.some((p) => p.refused));
        for (const { span } of problems)
          assert.ok(0 <= span.start && span.start <= span.end && span.end <= text.length);
        for (const s of tree.structures) {
          assert.ok(s.span.start <= s.media.span.start && s.span.end <= text.length);
          for (const field of s.fields) {
            assert.ok(s.span.start <= field.span.start && field.span.end <= s.span.end);
            assert.ok(field.value === undefined || field.value.span.end <= field.span.end);
          }
        }
        if (read !== undefined) assert.equal(typeof printCaps(read), 'string');
      }),
      { numRuns: 3000 },
    );
  });
});
