import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { LaunchGrammar } from '../../../../server/src/syntax/launch/grammar.ts';
import { accepted, crash, parseLaunch } from '../../../../server/src/syntax/launch/parser.ts';
import { printLaunch } from '../../../../server/src/syntax/launch/print.ts';
import type { Chain, ElementNode, LaunchTree, LinkNode } from '../../../../server/src/syntax/launch/tree.ts';
import { unwrapCaps, writeValue } from '../../../../server/src/syntax/launch/values.ts';

const chainOf = (text: string): Chain => parseLaunch(text).chains[0]!;
const linkOf = (text: string): LinkNode => chainOf(text).links[0]!;
const settingsOf = (text: string): unknown[] =>
  (chainOf(text).items[0] as ElementNode).settings.map((setting) => [
    setting.kind === 'property' ? setting.name.text : '@preset',
    setting.value.text,
    setting.value.quote,
  ]);

describe('the tree', () => {
  it('has chains of items joined by links', () => {
    const tree = parseLaunch('a ! b : c d');
    assert.deepEqual(
      tree.chains.map((chain) => chain.links.map(({ all, before, after }) => [all, before, after])),
      [
        [
          [false, 0, 1],
          [true, 1, 2],
        ],
        [],
      ],
    );
    assert.deepEqual(tree.problems, []);
  });

  it('undoes quotes and backslashes of values as GStreamer does', () => {
    const text = `a b="c d" e='f g' h=i\\ j k="l\\"m" n="" o=p"\\q" @preset="r`;
    assert.deepEqual(settingsOf(text), [
      ['b', 'c d', '"'],
      ['e', "'f g'", "'"],
      ['h', 'i j', undefined],
      ['k', 'l"m', '"'],
      ['n', '', '"'],
      ['o', 'p"\\q"', undefined],
      ['@preset', '"r', undefined],
    ]);
  });

  it('puts pads at the links they are named for', () => {
    const pads = ({ fromPads, toPads }: LinkNode) => [fromPads.map((p) => p.text), toPads.map((p) => p.text)];
    assert.deepEqual(pads(linkOf('a .b,c ! .d , e f')), [
      ['b', 'c'],
      ['d', 'e'],
    ]);
    assert.deepEqual(pads(linkOf('t.x, y ! m.u')), [['x', 'y'], ['u']]);
    assert.deepEqual(pads(linkOf('( a ) .b ! .c d.( e )')), [['b'], ['c']]);
  });

  it('gives the caps as the version hands them on', () => {
    const text = 'a ! video/x-raw,b=\\<0,\\ 1\\>\\  ! c';
    const caps = (gstreamer: string) => parseLaunch(text, { gstreamer }).chains[0]!.links[0]!.filter;
    assert.equal(caps('1.22')?.text, 'video/x-raw,b=\\<0,\\ 1\\>\\');
    assert.equal(caps('1.22')?.broken, undefined);
    assert.equal(caps('1.24')?.broken, true);
    assert.equal(unwrapCaps('a\\<\\101'), 'a<A');
    assert.equal(unwrapCaps('a\\18'), undefined);
  });

  it('has bins with their own properties', () => {
    const bin = chainOf('queue.( name=q a ! b ) ! c').items[0]!;
    assert.ok(bin.kind === 'bin' && bin.closed);
    assert.deepEqual([bin.factory?.text, bin.settings.length, bin.chains[0]?.items.length], ['queue', 1, 2]);
  });

  it('keeps a link that leads nowhere, and goes on', () => {
    const chain = chainOf('a ! ! b');
    assert.deepEqual(
      chain.links.map((link) => [link.before, link.after]),
      [
        [0, undefined],
        [0, 1],
      ],
    );
  });

  it('ends at a character outside ASCII on x86_64 only', () => {
    const text = 'a ! b – ! c';
    assert.equal(accepted(parseLaunch(text, { arch: 'x86_64' })), true);
    assert.equal(accepted(parseLaunch(text, { arch: 'aarch64' })), false);
    assert.equal(parseLaunch(text, { arch: 'x86_64' }).chains[0]?.items.length, 2);
  });
});

describe('the limits', () => {
  const nested = (depth: number, inside: string) => `${'( '.repeat(depth)}${inside}${' )'.repeat(depth)}`;
  const verdict = (text: string) => accepted(parseLaunch(text));

  it('are those of the stack of GStreamer', () => {
    assert.equal(verdict(nested(3331, 'fakesrc')), true);
    assert.equal(verdict(nested(3332, 'fakesrc')), false);
    assert.equal(verdict(nested(3332, 'file:///a')), true);
    assert.equal(verdict(`( ${'a=1 '.repeat(9995)}fakesrc )`), true);
    assert.equal(verdict(`( ${'a=1 '.repeat(9996)}fakesrc )`), false);
    assert.equal(verdict(`a.x${',y'.repeat(4997)} ! fakesink`), true);
    assert.equal(verdict(`a.x${',y'.repeat(4998)} ! fakesink`), false);
    assert.equal(verdict(`fakesrc ${'a=1 '.repeat(20_000)}`), true);
  });

  it('leave a tree that may be walked by recursion', () => {
    const tree = parseLaunch(nested(10_000, 'fakesrc'));
    assert.deepEqual(
      tree.problems.map((problem) => problem.rule),
      ['syntax-nesting'],
    );
    assert.match(JSON.stringify(tree.chains), /"hole"/);
    assert.ok(printLaunch(tree).length > 0);
  });

  it('are none for the number of elements', () => {
    const tree = parseLaunch(`${'identity ! '.repeat(100_000)}fakesink`);
    assert.equal(tree.chains[0]?.items.length, 100_001);
    assert.deepEqual(tree.problems, []);
  });

  it('are none for the number of strays, properties or bins', () => {
    for (const [start, part] of [
      ['a', ', '],
      ['a !', ', '],
      ['a', 'x=1 '],
      ['', '( ) '],
    ] as const) {
      const tree = parseLaunch(`${start} ${part.repeat(130_000)}`);
      assert.ok(printLaunch(tree).length > 0);
    }
  });

  it('are kept for the number of problems, with one that refuses the text among them', () => {
    const tree: LaunchTree = parseLaunch(`${'a x="b '.repeat(999)}, `);
    assert.ok(tree.problems.length <= 501);
    assert.equal(accepted(tree), false);
  });
});

describe('a text that crashes GStreamer', () => {
  it('is one that links references and makes no element', () => {
    const exists = (text: string) =>
      crash(parseLaunch(text), (node) => node.kind === 'uri' || node.factory.text !== 'x');
    assert.ok(exists('x name=a a. ! b.'));
    assert.ok(exists('x/y a. ! b.'));
    assert.equal(exists('y name=a a. ! b.'), undefined);
    assert.equal(exists('file:///z a. ! b.'), undefined);
    assert.equal(exists('( x ) a. ! b.'), undefined);
    assert.equal(exists('x ! a.'), undefined);
    assert.equal(exists('\uFFFC a. ! b.'), undefined);
    assert.deepEqual(
      parseLaunch('a. ! b.').problems.map((problem) => problem.rule),
      ['syntax-only-references'],
    );
  });
});

describe('the grammar', () => {
  it("has no ambiguity by Chevrotain's own checks", () => {
    // Node 20 lacks what the checks of Chevrotain 13 are written with.
    const target = Object as unknown as { groupBy?: unknown };
    target.groupBy ??= <T>(values: Iterable<T>, key: (value: T) => PropertyKey) => {
      const groups: Record<PropertyKey, T[]> = {};
      for (const value of values) (groups[key(value)] ??= []).push(value);
      return groups;
    };
    assert.doesNotThrow(() => new LaunchGrammar({ skipValidations: false }));
  });
});

describe('a value', () => {
  it('is quoted where it has to be', () => {
    assert.equal(writeValue('video.mp4'), 'video.mp4');
    assert.equal(writeValue('a b'), '"a b"');
    assert.equal(writeValue(''), '""');
    assert.equal(writeValue('say "hi"\\now'), '"say \\"hi\\"\\\\now"');
  });
});
