import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { readYaml } from '../../../server/src/syntax/config/yaml.ts';

const shape = (text: string): unknown =>
  readYaml(text).sections.map((section) => [
    section.name.text,
    section.keys.map((key) => [key.name.text, key.value.text]),
  ]);

describe('a YAML configuration', () => {
  it("may begin with OpenCV's directive", () => {
    const tree = readYaml('%YAML:1.0\n\nBaseConfig:\n  minDetectorConfidence: 0.2   # low\n');
    assert.deepEqual(tree.problems, []);
    assert.equal(tree.sections[0]?.keys[0]?.value.text, '0.2');
  });

  it('may have comments above that directive', () => {
    assert.deepEqual(readYaml('# note\n%YAML:1.0\nReID:\n  reidType: 2\n').problems, []);
  });

  it('gives the same tree as a key file would', () => {
    assert.deepEqual(shape('osd:\n  enable: 1\n  text-color: 1;0;0;1\nsink0:\n  type: 2\n'), [
      [
        'osd',
        [
          ['enable', '1'],
          ['text-color', '1;0;0;1'],
        ],
      ],
      ['sink0', [['type', '2']]],
    ]);
  });

  it('knows spans to the letter, also of items', () => {
    const text = 'ReID:\n  inferDims: [3, 128, 64]\n  name: "a b"\n';
    const keys = readYaml(text).sections[0]!.keys;
    assert.deepEqual(
      keys[0]!.value.items?.map((item) => text.slice(item.span.start, item.span.end)),
      ['3', '128', '64'],
    );
    assert.equal(keys[1]!.value.text, 'a b');
    assert.equal(text.slice(keys[1]!.value.span.start, keys[1]!.value.span.end), '"a b"');
  });

  it('marks what stands deeper', () => {
    const value = readYaml('a:\n  b:\n    c: 1\n').sections[0]!.keys[0]!.value;
    assert.equal(value.nested, true);
  });

  it('survives what is no YAML', () => {
    for (const text of [
      'a: [',
      '\t- x',
      'a: b: c',
      ': :',
      '['.repeat(100_000),
      '&a *a',
      '',
      '- '.repeat(100_000),
      '{a: '.repeat(50_000),
    ]) {
      assert.doesNotThrow(() => readYaml(text));
    }
  });
});
