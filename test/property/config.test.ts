import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import { readConfigFile } from '../../server/src/model/config-file.ts';
import { asGLibReads, readKeyFile } from '../../server/src/syntax/config/ini/lower.ts';
import { printConfig } from '../../server/src/syntax/config/print.ts';
import type { ConfigTree } from '../../server/src/syntax/config/tree.ts';
import { readYaml } from '../../server/src/syntax/config/yaml.ts';
import { covers } from '../../server/src/text/span.ts';
import { bundledFormats } from '../support/formats.ts';

const piece = fc.constantFrom(
  '[',
  ']',
  '=',
  '#',
  ';',
  ' ',
  '\t',
  '\r',
  '\0',
  '\\',
  'enable',
  'osd',
  'x',
  '1',
  '-',
  ':',
  '"',
  '%',
);
const line = fc.oneof(
  fc.constantFrom('[osd]', '[source0]', 'enable=1', '# note', '', 'osd:', '  enable: 1', '- a'),
  fc.array(piece, { maxLength: 8 }).map((pieces) => pieces.join('')),
  fc.string({ maxLength: 12 }),
);
const text = fc.array(line, { maxLength: 20 }).map((lines) => lines.join('\n'));

const formats = bundledFormats();
const groups = (tree: ConfigTree): unknown =>
  [...(asGLibReads(tree) ?? [])].map(([name, keys]) => [name, keys.map((key) => [key.name.text, key.value.text])]);

function checkSpans(tree: ConfigTree): void {
  const whole = { start: 0, end: tree.text.length };
  for (const section of tree.sections) {
    assert.ok(covers(whole, section.span) && covers(section.header, section.name.span));
    for (const key of section.keys) {
      assert.ok(covers(whole, key.span) && covers(key.span, key.name.span));
      assert.ok(key.name.span.end <= key.value.span.start && key.value.span.end <= tree.text.length);
    }
  }
  for (const { span } of [...tree.comments, ...tree.problems]) assert.ok(covers(whole, span) && span.start <= span.end);
}

describe('configurations of any text', () => {
  it('are read without a throw, with spans that nest', () => {
    fc.assert(
      fc.property(text, (written) => {
        checkSpans(readKeyFile(written));
        checkSpans(readYaml(written));
      }),
    );
  });

  it('have names and values that are what their spans hold', () => {
    fc.assert(
      fc.property(text, (written) => {
        for (const key of readKeyFile(written).sections.flatMap((section) => section.keys)) {
          assert.equal(written.slice(key.name.span.start, key.name.span.end), key.name.text);
          assert.equal(written.slice(key.value.span.start, key.value.span.end), key.value.text);
        }
      }),
    );
  });

  it('mean the same when printed, and print the same again', () => {
    fc.assert(
      fc.property(text, (written) => {
        const tree = readKeyFile(written);
        const printed = printConfig(tree);
        assert.deepEqual(groups(readKeyFile(printed)), groups(tree));
        assert.equal(printConfig(readKeyFile(printed)), printed);
      }),
    );
  });

  it('meet their formats without a throw', () => {
    fc.assert(fc.property(text, (written) => void readConfigFile(written, formats)));
  });
});
