import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { asGLibReads, readKeyFile } from '../../../server/src/syntax/config/ini/lower.ts';
import { KeyFileParser } from '../../../server/src/syntax/config/ini/parser.ts';
import { refusal } from '../../../server/src/syntax/config/tree.ts';
import { applyEdits } from '../../../server/src/text/edit.ts';

const read = (text: string): unknown =>
  [...(asGLibReads(readKeyFile(text)) ?? [])].map(([name, keys]) => [
    name,
    keys.map((key) => `${key.name.text}=${key.value.text}`),
  ]);

describe('a key file', () => {
  it('keeps what stands behind a value', () => {
    assert.deepEqual(read('[a]\nk=3 # text\nl = x  \n'), [['a', ['k=3 # text', 'l=x  ']]]);
  });

  it('merges groups of one name and keeps both keys', () => {
    assert.deepEqual(read('[a]\nk=1\n[b]\n[a]\nk=2\n'), [
      ['a', ['k=1', 'k=2']],
      ['b', []],
    ]);
  });

  it('drops translations, except those of the C locale', () => {
    assert.deepEqual(read('[a]\nk[de]=1\nk[C]=2\nk[]=3\n'), [['a', ['k[C]=2', 'k[]=3']]]);
  });

  it('takes CR LF, but not a CR in the middle', () => {
    assert.deepEqual(read('[a]\r\nk=1\r\nl=2\rm=3\r\n'), [['a', ['k=1', 'l=2\rm=3']]]);
    assert.equal(refusal(readKeyFile('[a]\r'))?.code, 'parse');
  });

  it('knows spans to the letter', () => {
    const text = '# head\n  [grp]  \n\tkey one = value # x\n';
    const tree = readKeyFile(text);
    const section = tree.sections[0]!;
    const key = section.keys[0]!;
    const cut = ({ start, end }: { start: number; end: number }): string => text.slice(start, end);
    assert.equal(cut(section.header), '[grp]');
    assert.equal(cut(section.name.span), 'grp');
    assert.equal(cut(key.name.span), 'key one');
    assert.equal(cut(key.value.span), 'value # x');
    assert.equal(cut(key.span), 'key one = value # x');
    assert.deepEqual(
      tree.comments.map((comment) => [cut(comment.span), comment.text]),
      [['# head', 'head']],
    );
  });

  for (const [text, code] of [
    ['key=1\n[a]\n', 'group-not-found'],
    ['[a] # text\n', 'parse'],
    ['[]\n', 'parse'],
    ['[a\n', 'parse'],
    ['[a]\n=1\n', 'parse'],
    ['[a]\nkey\n', 'parse'],
    ['[a]\n; note\n', 'parse'],
    ['[a]\n// note\n', 'parse'],
    ['\ufeff[a]\n', 'parse'],
    ['[a]\nk[x=1\n', 'parse'],
    ['[a]\nEncoding=latin1\n', 'unknown-encoding'],
  ] as const) {
    it(`refuses ${JSON.stringify(text)}`, () => assert.equal(refusal(readKeyFile(text))?.code, code));
  }

  it('still shows the group below a header that is refused', () => {
    const tree = readKeyFile('[a] # text\nk=1\n[b]\nl=2\n');
    assert.deepEqual(
      tree.sections.map((section) => [section.name.text, section.keys.map((key) => key.name.text)]),
      [
        ['a', ['k']],
        ['b', ['l']],
      ],
    );
  });

  for (const text of ['[a] # why\nk=1\n', '[a]\n;; why\n', '[a]\n// why\n', '[a]\nk: 1\n', '\ufeff[a]\nk=1\n']) {
    it(`mends ${JSON.stringify(text)}`, () => {
      const problem = refusal(readKeyFile(text))!;
      const mended = applyEdits(text, problem.fixes[0]!.edits);
      assert.equal(refusal(readKeyFile(mended)), undefined, mended);
    });
  }

  it('reads a million keys', () => {
    const text = `[a]\n${'key=value\n'.repeat(1_000_000)}`;
    assert.equal(readKeyFile(text).sections[0]?.keys.length, 1_000_000);
  });

  it('is not slowed down by long lines', () => {
    for (const text of [
      `${' '.repeat(500_000)}x`,
      '[a'.repeat(300_000),
      `${'a '.repeat(300_000)}=`,
      `k${' '.repeat(500_000)}`,
    ]) {
      assert.ok(readKeyFile(text).problems.length > 0);
    }
  });

  it("has a grammar that passes Chevrotain's own checks", () => {
    // Chevrotain checks with a function that Node 20 does not have.
    const holder = Object as unknown as { groupBy?: unknown };
    const had = holder.groupBy;
    holder.groupBy ??= (items: Iterable<unknown>, key: (item: unknown) => string) => {
      const groups: Record<string, unknown[]> = {};
      for (const item of items) (groups[key(item)] ??= []).push(item);
      return groups;
    };
    try {
      assert.doesNotThrow(() => new KeyFileParser({ skipValidations: false }));
    } finally {
      holder.groupBy = had;
    }
  });
});
