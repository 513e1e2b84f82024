import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { readKeyFile } from '../../../server/src/syntax/config/ini/lower.ts';
import { printConfig } from '../../../server/src/syntax/config/print.ts';

const print = (text: string): string => printConfig(readKeyFile(text));

describe('printing', () => {
  it('puts names against the margin and empty lines between groups', () => {
    assert.equal(print('  [a]\n k = 1\n\n\n\n# about l\nl=2\n[b]\nm=3'), '[a]\nk=1\n\n# about l\nl=2\n\n[b]\nm=3\n');
  });

  it('keeps a comment with the group below it', () => {
    assert.equal(print('[a]\nk=1\n# one\n# two\n[b]\n'), '[a]\nk=1\n\n# one\n# two\n[b]\n');
  });

  it('keeps values to the last blank', () => assert.equal(print('[a]\nk=x # y  \n'), '[a]\nk=x # y  \n'));

  it('leaves alone what is refused', () => assert.equal(print('[a] # x\n k = 1\n'), '[a] # x\n k = 1\n'));
});
