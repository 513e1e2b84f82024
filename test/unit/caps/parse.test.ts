/** Reading caps: expected texts are what gst_caps_from_string and gst_caps_to_string of GStreamer 1.22.0 gave. */
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { printCaps } from '../../../server/src/caps/algebra.ts';
import { capsOf, parseCaps } from '../../../server/src/syntax/caps/lower.ts';
import { HOLE } from '../../../server/src/text/excerpt.ts';

/** Undefined where the text is refused. */
const read = (text: string): string | undefined => {
  const { caps } = parseCaps(text);
  return caps === undefined ? undefined : printCaps(caps);
};

const accepted: readonly (readonly [string, string])[] = [
  ['ANY', 'ANY'],
  ['EMPTY', 'EMPTY'],
  ['NONE', 'EMPTY'],
  ['', 'EMPTY'],
  ['foo', 'foo'],
  ['foo;bar', 'foo; bar'],
  ['foo, a=1,', 'foo, a=(int)1'],
  ['foo,\ta = 1 ;\n', 'foo, a=(int)1'],
  ['foo\\ ,\\ a\\ =1', 'foo, a=(int)1'],
  ['foo, a=1, b=2, a=3', 'foo, a=(int)3, b=(int)2'],
  ['foo, a=4294967295', 'foo, a=(int)-1'],
  ['foo, a=0x10', 'foo, a=(int)16'],
  ['foo, a=010', 'foo, a=(int)8'],
  ['foo, a=08', 'foo, a=(double)8'],
  ['foo, a=max', 'foo, a=(int)2147483647'],
  ['foo, a="5"', 'foo, a=(int)5'],
  ['foo, a=(string)"5"', 'foo, a=(string)5'],
  ['foo, a=(s)5, b=(i)6, c=(b)1', 'foo, a=(string)5, b=(int)6, c=(boolean)true'],
  ['foo, a=(f)0.1', 'foo, a=(float)0.10000000149011612'],
  ['foo, a=0.1', 'foo, a=(double)0.10000000000000001'],
  ['foo, a=1e3', 'foo, a=(double)1000'],
  ['foo, a=60/2', 'foo, a=(fraction)30/1'],
  ['foo, a=a+b', 'foo, a=(flagset)a:b'],
  ['foo, a=1:f', 'foo, a=(flagset)1:f'],
  ['foo, a=Yes', 'foo, a=(boolean)true'],
  ['foo, a=2:4:5:1', 'foo, a=(string)2:4:5:1'],
  ['foo, a=(bitmask)3', 'foo, a=(bitmask)0x0000000000000003'],
  ['foo, a=(buffer)0A1b', 'foo, a=(buffer)0a1b'],
  ['foo, a="\\303\\251"', 'foo, a=(string)"\\303\\251"'],
  ['foo, a="x\\y z"', 'foo, a=(string)"xy\\ z"'],
  ['foo, a={ NULL, x }', 'foo, a=(string){ x }'],
  ['foo, a={ , 1, 2, }', 'foo, a=(int){ 1, 2 }'],
  ['foo, a={{1,2},{3}}', 'foo, a=(int){ { (int)1, (int)2 }, { (int)3 } }'],
  ['foo, a=< 1, 2 >', 'foo, a=(int)< 1, 2 >'],
  ['foo, a=[2,20,2]', 'foo, a=(int)[ 2, 20, 2 ]'],
  ['foo, a=[5,1]', 'foo, a=(int)[ 0, 0 ]'],
  ['foo, a=(fraction)[ 0, max ]', 'foo, a=(fraction)[ 0/1, 2147483647/1 ]'],
  ['foo, a=(gint64)[0,10]', 'foo, a=(gint64)[ 0, 10 ]'],
  ['foo, a=[x, y=1]', 'foo, a=(structure)[x, y=(int)1;]'],
  ['foo, a=(GstCaps)[x, y=1]', 'foo, a=(GstCaps)[x, y=(int)1]'],
  ['foo(ANY), a=1', 'foo(ANY), a=(int)1'],
  ['foo(memory:NVMM, meta:Foo)', 'foo(memory:NVMM, meta:Foo)'],
  ['foo(memory:SystemMemory)', 'foo'],
  ['foo(memory)', 'foo'],
  ['foo(memory:NVMM', 'foo(memory:NVMM)'],
  ['"foo", a=1', 'foo, a=(int)1'],
];

const refused: readonly string[] = [
  'foo,,a=1',
  'foo, a',
  'foo, a=',
  'foo a=1',
  'foo (memory:NVMM)',
  '1foo',
  'foo,"bar',
  'foo, a=(int)x',
  'foo, a=(int)"5"',
  'foo, a=(int64)5',
  'foo, a=[1]',
  'foo, a=[1,2',
  'foo, a={1,,2}',
  'foo, a={1',
  'foo, a=[0/1, max]',
  'foo, a=\u00e9',
  "foo, a='x'",
  'foo(memory:NVMM )',
  'foo(memory:NVMM,)',
  'foo;;bar',
  'foo, a=1\\ b',
  'foo, a=\\ 1',
];

describe('reading caps', () => {
  for (const [text, printed] of accepted) {
    it(`takes ${JSON.stringify(text)}`, () => {
      assert.equal(read(text), printed);
    });
  }
  for (const text of refused) {
    it(`refuses ${JSON.stringify(text)} and says where`, () => {
      const { caps, problems } = parseCaps(text);
      assert.equal(caps, undefined);
      const problem = problems.find((p) => p.refused);
      assert.ok(problem && problem.message !== '' && problem.span.end <= text.length);
    });
  }

  it('tells of what GStreamer takes otherwise than it was meant', () => {
    const problems = (text: string): string[] =>
      parseCaps(text).problems.map((p) => `${p.rule} ${p.refused} ${text.slice(p.span.start, p.span.end)}`);
    assert.deepEqual(problems('foo(memory), a=1'), ['caps-feature false memory']);
    assert.deepEqual(problems('foo, a=[5,1]'), ['caps-range false [5,1]']);
    assert.deepEqual(problems('video/x-raw-yuv, a=1'), ['caps-media false video/x-raw-yuv']);
    assert.deepEqual(problems('foo, a=1, b=(int)[1,9]'), []);
  });

  it('names the comma that is missing', () => {
    assert.equal(parseCaps('foo, a=1 b=2').problems[0]?.message, 'A comma is missing before "b".');
  });

  it('survives brackets without end', () => {
    assert.equal(read(`foo, a=${'{'.repeat(50_000)}`), undefined);
    assert.equal(read(`foo, a=${'<1,'.repeat(90)}1${'>'.repeat(90)}`)?.includes('< 1'), true);
  });

  it('keeps what it read for the next time', () => {
    assert.equal(capsOf('foo, a=1'), capsOf('foo, a=1'));
    assert.equal(capsOf('foo, a=('), undefined);
  });
});

describe('the tree of caps', () => {
  const text = 'video/x-raw(memory:NVMM, meta:Foo), width=(int)640, format={NV12, "I420"}; audio/x-raw, rate=[1,2]';
  const { tree } = parseCaps(text);
  const at = (span: { start: number; end: number } | undefined): string | undefined =>
    span && text.slice(span.start, span.end);

  it('has the spans of media types, features, fields, types and values', () => {
    const [video, audio] = tree.structures;
    assert.equal(at(video?.span), 'video/x-raw(memory:NVMM, meta:Foo), width=(int)640, format={NV12, "I420"}');
    assert.equal(at(video?.media.span), 'video/x-raw');
    assert.equal(at(video?.featuresSpan), '(memory:NVMM, meta:Foo)');
    assert.deepEqual(
      video?.features.map((f) => at(f.span)),
      ['memory:NVMM', 'meta:Foo'],
    );
    assert.deepEqual(
      video?.fields.map((f) => at(f.span)),
      ['width=(int)640', 'format={NV12, "I420"}'],
    );
    assert.deepEqual(
      video?.fields.map((f) => at(f.name.span)),
      ['width', 'format'],
    );
    assert.equal(at(video?.fields[0]?.type?.span), 'int');
    assert.equal(video?.fields[0]?.value?.text, '640');
    assert.deepEqual(
      video?.fields[1]?.value?.items.map((v) => [v.text, at(v.span)]),
      [
        ['NV12', 'NV12'],
        ['I420', '"I420"'],
      ],
    );
    assert.equal(at(audio?.fields[0]?.value?.span), '[1,2]');
  });

  it('is there as far as the text is right', () => {
    const broken = parseCaps('video/x-raw, width=640, height=');
    assert.deepEqual(
      broken.tree.structures[0]?.fields.map((f) => f.name.text),
      ['width', 'height'],
    );
  });
});

describe('holes in caps', () => {
  it('leave their field open', () => {
    const parsed = parseCaps(
      `video/x-raw, width=${HOLE}${HOLE}, height=480, framerate=${HOLE}/1, format={NV12, ${HOLE}}`,
    );
    assert.equal(parsed.open, false);
    assert.deepEqual(parsed.openFields, ['width', 'framerate', 'format']);
    assert.equal(parsed.caps && printCaps(parsed.caps), 'video/x-raw, height=(int)480');
    assert.deepEqual(
      parsed.tree.structures[0]?.fields.map((f) => f.hole),
      [true, false, true, true],
    );
  });

  for (const text of [
    HOLE,
    `video/${HOLE}, width=1`,
    `video/x-raw(${HOLE})`,
    `foo, ${HOLE}=1`,
    `foo, ${HOLE}, a=1`,
    `foo${HOLE}`,
    `foo, a=(int)x${HOLE} (`,
  ]) {
    it(`make ${JSON.stringify(text)} wholly open`, () => {
      const parsed = parseCaps(text);
      assert.deepEqual([parsed.caps, parsed.open, parsed.problems], ['any', true, []]);
    });
  }
});
