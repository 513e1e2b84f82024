import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import {
  asBoolean,
  asDouble,
  asInteger,
  asList,
  asString,
  asUint64,
  type ReadValue,
} from '../../../server/src/syntax/config/values.ts';

const value = (read: ReadValue<unknown>): unknown => (read.ok ? read.value : `refused: ${read.why}`);

describe("GLib's getters", () => {
  for (const [raw, expected] of [
    ['4', 4],
    ['4 # text', 4],
    ['4 ; text', 4],
    ['-007', -7],
    ['4#text', 'refused: not-a-number'],
    ['4;', 'refused: not-a-number'],
    ['0x10', 'refused: not-a-number'],
    ['1.0', 'refused: not-a-number'],
    ['true', 'refused: not-a-number'],
    ['"4"', 'refused: not-a-number'],
    ['', 'refused: empty'],
    ['2147483648', 'refused: out-of-range'],
  ] as const) {
    it(`read ${JSON.stringify(raw)} as an integer: ${expected}`, () => assert.equal(value(asInteger(raw)), expected));
  }

  for (const [raw, expected] of [
    ['1', true],
    ['true  ', true],
    ['0', false],
    ['True', 'refused: not-a-boolean'],
    ['yes', 'refused: not-a-boolean'],
    ['1 # on', 'refused: not-a-boolean'],
  ] as const) {
    it(`read ${JSON.stringify(raw)} as a boolean: ${expected}`, () => assert.equal(value(asBoolean(raw)), expected));
  }

  for (const [raw, expected] of [
    ['0.5', 0.5],
    ['1e3', 1000],
    ['.5', 0.5],
    ['-inf', -Infinity],
    ['0x1p4', 16],
    ['0.5 ', 'refused: not-a-number'],
    ['0,5', 'refused: not-a-number'],
    ['0.5f', 'refused: not-a-number'],
  ] as const) {
    it(`read ${JSON.stringify(raw)} as a double: ${expected}`, () => assert.equal(value(asDouble(raw)), expected));
  }

  it('wrap and clamp 64-bit numbers', () => {
    assert.equal(value(asUint64('-1')), 0xffffffffffffffffn);
    assert.equal(value(asUint64('99999999999999999999999')), 0xffffffffffffffffn);
    assert.equal(value(asUint64('5 ')), 'refused: not-a-number');
  });

  it('undo the escapes they know', () => {
    assert.equal(value(asString('a\\sb\\\\c')), 'a b\\c');
    assert.equal(value(asString('C:\\dir')), 'refused: escape');
    assert.equal(value(asString('end\\')), 'refused: escape');
  });

  it('cut lists at semicolons', () => {
    assert.deepEqual(value(asList('1;2;3;', 'integer')), [1, 2, 3]);
    assert.deepEqual(value(asList('1;2 # text', 'integer')), [1, 2]);
    assert.deepEqual(value(asList('', 'integer')), []);
    assert.equal(value(asList('1;;2', 'integer')), 'refused: empty');
    assert.equal(value(asList('1,2', 'integer')), 'refused: not-a-number');
    assert.deepEqual(value(asList('a\\;b;c', 'string')), ['a;b', 'c']);
  });
});
