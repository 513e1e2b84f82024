import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import { accepted, parseLaunch } from '../../server/src/syntax/launch/parser.ts';
import { printLaunch } from '../../server/src/syntax/launch/print.ts';
import type { Chain, Item, LaunchTree } from '../../server/src/syntax/launch/tree.ts';
import { unescapeValue, writeValue } from '../../server/src/syntax/launch/values.ts';
import { applyEdits } from '../../server/src/text/edit.ts';
import { covers, type Span } from '../../server/src/text/span.ts';

const pieces = [
  ...[
    '!',
    ':',
    '.',
    ',',
    '=',
    '"',
    "'",
    '\\',
    '(',
    ')',
    '{',
    ';',
    '/',
    '@',
    '-',
    '#',
    '–',
    '“',
    '”',
    'é',
    '\uFFFC',
    '\0',
  ],
  ...[' ', '  ', '\n', '\t', '\v', ' ! ', ' : ', ' ( ', ' ) ', '\\ ', '\\"', '://'],
  ...['a', 'videotestsrc', 'queue', 'tee name=t', 't.', 't.src_0', '.sink', 'x=1', 'x="a b"', "x='a b'", '@preset=P'],
  ...['video/x-raw', '! video/x-raw,width=1 !', '! video/x-raw(memory:NVMM)', 'file:///tmp/a', '/tmp/a', 'bin.(', '-e'],
];
const soup = fc.array(fc.constantFrom(...pieces), { maxLength: 30 }).map((parts) => parts.join(''));
const spaced = fc.array(fc.constantFrom(...pieces), { maxLength: 30 }).map((parts) => parts.join(' '));
const texts = fc.oneof(soup, spaced, fc.string({ unit: 'binary', maxLength: 60 }));
const options = fc.record(
  {
    gstreamer: fc.constantFrom('1.14', '1.16', '1.20', '1.22', '1.24', '1.26'),
    arch: fc.constantFrom<'x86_64' | 'aarch64'>('x86_64', 'aarch64'),
  },
  { requiredKeys: [] },
);
const RUNS = { numRuns: 3000 };

describe('gst-launch text', () => {
  it('always has a tree whose spans nest, in order, and problems and fixes within the text', () => {
    fc.assert(
      fc.property(texts, options, (text, options) => {
        const tree = parseLaunch(text, options);
        const whole = { start: 0, end: text.length };
        checkInside(whole, tree.chains);
        checkInOrder(tree.tokens.map((token) => token.span));
        for (const problem of tree.problems) {
          assert.ok(covers(whole, problem.span));
          assert.ok(problem.message !== '' && /^syntax(-[a-z]+)*$/.test(problem.rule));
          for (const fix of problem.fixes) applyEdits(text, fix.edits);
        }
      }),
      RUNS,
    );
  });

  it('is covered by its tokens, but for blanks', () => {
    fc.assert(
      fc.property(texts, (text) => {
        const { tokens } = parseLaunch(text);
        const nul = text.indexOf('\0');
        let at = 0;
        for (const { span } of [...tokens, { span: { start: nul < 0 ? text.length : nul, end: text.length } }]) {
          assert.match(text.slice(at, span.start), /^[ \t\n\v\f\r]*$/);
          at = span.end;
        }
      }),
      RUNS,
    );
  });

  it('prints to text that is accepted, reads as the same tree and prints the same', () => {
    fc.assert(
      fc.property(texts, (text) => {
        const tree = parseLaunch(text);
        fc.pre(accepted(tree) && !text.includes('\uFFFC'));
        const printed = printLaunch(tree);
        const again = parseLaunch(printed);
        assert.ok(accepted(again), printed);
        assert.equal(shape(again), shape(tree));
        assert.equal(printLaunch(again), printed);
      }),
      RUNS,
    );
  });

  it('gives a property the value that was written for it', () => {
    fc.assert(
      fc.property(fc.oneof(fc.string(), fc.string({ unit: 'binary' }), soup), (value) => {
        fc.pre(!value.includes('\0') && !value.endsWith('\\') && !value.includes('\uFFFC'));
        const tree = parseLaunch(`a x=${writeValue(value)} ! b`);
        const item = tree.chains[0]!.items[0]!;
        assert.ok(item.kind === 'element' && item.settings[0]?.kind === 'property');
        assert.equal(item.settings[0].value.text, value);
        assert.equal(tree.chains[0]!.links.length, 1);
      }),
      RUNS,
    );
  });

  it('loses nothing but backslashes when a value is unescaped', () => {
    fc.assert(
      fc.property(fc.string(), (value) => {
        assert.equal(unescapeValue(value).replaceAll('\\', ''), value.replaceAll('\\', ''));
      }),
      RUNS,
    );
  });
});

function checkInOrder(spans: readonly Span[]): void {
  for (let i = 1; i < spans.length; i++) assert.ok(spans[i - 1]!.end <= spans[i]!.start);
}

function checkInside(around: Span, chains: readonly Chain[]): void {
  checkInOrder(chains.map((chain) => chain.span));
  for (const chain of chains) {
    assert.ok(covers(around, chain.span));
    checkInOrder([...chain.items, ...chain.links].map((node) => node.span).sort((a, b) => a.start - b.start));
    for (const link of chain.links) {
      assert.ok(covers(chain.span, link.span));
      if (link.filter) assert.ok(covers(link.span, link.filter.span));
      for (const pad of [...link.fromPads, ...link.toPads]) assert.ok(covers(chain.span, pad.span));
      for (const end of [link.before, link.after]) assert.ok(end === undefined || chain.items[end] !== undefined);
    }
    for (const item of chain.items) {
      assert.ok(covers(chain.span, item.span));
      if (item.kind === 'bin') checkInside(item.span, item.chains);
      if (item.kind === 'element' || item.kind === 'bin') {
        checkInOrder(item.settings.map((setting) => setting.span));
        for (const setting of item.settings) {
          assert.ok(covers(item.span, setting.span) && covers(setting.span, setting.value.span));
        }
      }
    }
  }
}

/** What a tree says, without where. */
const shape = (tree: LaunchTree): string => tree.chains.map(chainShape).join(' / ');

const chainShape = (chain: Chain): string =>
  JSON.stringify([
    chain.items.map(itemShape),
    chain.links.map((link) => [
      link.all,
      link.filter?.text,
      link.before,
      link.after,
      link.fromPads.map((pad) => pad.text),
      link.toPads.map((pad) => pad.text),
    ]),
  ]);

function itemShape(item: Item): unknown {
  if (item.kind === 'uri') return item.uri.text;
  if (item.kind === 'reference') return [item.element?.text, item.pads.map((pad) => pad.text)];
  if (item.kind === 'hole') return 'hole';
  const settings = item.settings.map((s) => [s.kind === 'property' ? s.name.text : '@', s.value.text]);
  return item.kind === 'element'
    ? [item.factory.text, settings]
    : [item.factory?.text, settings, item.chains.map(chainShape), item.closed];
}
