import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import type { PropertyType } from '../../../server/src/catalog/element.ts';
import { judgeValue } from '../../../server/src/catalog/value.ts';

/** Each case as GStreamer 1.22 answers it: what it reads, or why it does not. */
function cases(type: PropertyType, table: Readonly<Record<string, string>>): void {
  for (const [text, expected] of Object.entries(table)) {
    const { verdict, reads } = judgeValue(type, text);
    assert.equal(verdict === 'accepted' ? reads : verdict, expected, JSON.stringify(text));
  }
}

const int: PropertyType = { kind: 'int', min: '-1', max: '2147483647' };
const choice: PropertyType = {
  kind: 'enum',
  values: [
    { value: 0, nick: 'none', name: 'GST_SAMPLE_NONE' },
    { value: 2, nick: 'two-taps' },
  ],
};
const parts: PropertyType = {
  kind: 'flags',
  values: [
    { value: 1, nick: 'left', name: 'GST_LEFT' },
    { value: 2, nick: 'right', name: 'GST_RIGHT' },
  ],
};

describe('values of properties', () => {
  it('reads booleans', () => {
    cases({ kind: 'bool' }, { true: 'true', YES: 'true', t: 'true', '1': 'true', No: 'false', '0': 'false' });
    cases({ kind: 'bool' }, { on: 'refused', '2': 'refused', '': 'refused', ' true': 'refused' });
  });

  it('reads integers as strtoull does', () => {
    cases(int, { '5': '5', '0x10': '16', '010': '8', '': '0', ' 7': '7', '+7': '7', max: '2147483647' });
    cases(int, { '-2': 'clamped', MIN: 'clamped', '4294967294': 'clamped', '4294967295': '-1' });
    cases(int, {
      '5k': 'refused',
      '1.5': 'refused',
      '08': 'refused',
      '0x': 'refused',
      "'5'": 'refused',
      '5 ': 'refused',
    });
    cases(int, { '4294967296': 'refused', '18446744073709551616': 'refused' });
    cases({ kind: 'uint', min: '0', max: '4294967295' }, { '-1': '4294967295', '4294967296': '0' });
    cases({ kind: 'uint64', min: '0', max: '18446744073709551615' }, { '-1': '18446744073709551615' });
  });

  it('reads numbers as strtod does', () => {
    const level: PropertyType = { kind: 'double', min: 0, max: 10 };
    cases(level, {
      '0.5': '0.5',
      '.5': '0.5',
      '5.': '5',
      '1e0': '1',
      '0x1p2': '4',
      '': '0',
      nan: 'clamped',
      inf: 'clamped',
    });
    cases(level, { '11': 'clamped', '0,5': 'refused', '1.0f': 'refused', '1e': 'refused' });
    cases({ kind: 'float' }, { '3.5e38': 'refused' });
  });

  it('reads enums by full name, nick and number', () => {
    cases(choice, { GST_SAMPLE_NONE: 'none', 'two-taps': 'two-taps', '2': 'two-taps', '0x2': 'two-taps', '': 'none' });
    cases(choice, { Two: 'refused', '1': 'refused', NONE: 'refused', '4294967296': 'none' });
    // The second value's full name is a sentence that the table does not hold.
    cases(choice, { 'Two taps': 'unknown' });
  });

  it('reads flags joined by + and not by |', () => {
    cases(parts, { left: '0x00000001', 'left+right': '0x00000003', '2': '0x00000002', '': '0x00000000' });
    cases(parts, { 'left|right': 'refused', 'left + right': 'refused', '4': 'clamped', '/left': '0x00000000' });
  });

  it('reads fractions', () => {
    const rate: PropertyType = { kind: 'fraction', min: '0/1', max: '120/1' };
    cases(rate, { '30': '30/1', '60/2': '30/1', '30/ 1': '30/1', '0/5': '0/1' });
    cases(rate, { '29.97': 'refused', '30/0': 'refused', '30 /1': 'refused', '-1/2': 'clamped', max: 'clamped' });
  });

  it('reads texts, quoted or not', () => {
    cases({ kind: 'string' }, { abc: 'abc', '"a b"': 'a b', '"\\101"': 'A', "'x'": "'x'", '': '' });
    cases({ kind: 'string' }, { '"': 'refused', '"a"b"': 'refused', '"\\9"': '9', '"\\377"': 'refused' });
  });

  it('leaves caps to who can read them', () => {
    assert.equal(judgeValue({ kind: 'caps' }, 'video/x-raw').verdict, 'unknown');
    assert.equal(judgeValue({ kind: 'caps' }, 'video/x-raw', { caps: () => true }).verdict, 'accepted');
    assert.equal(judgeValue({ kind: 'caps' }, '!', { caps: () => false }).verdict, 'refused');
  });

  it('knows what no text can set', () => {
    assert.equal(judgeValue({ kind: 'pointer' }, '0').verdict, 'refused');
    assert.equal(judgeValue({ kind: 'object', type: 'GstObject' }, 'x').verdict, 'refused');
    assert.equal(judgeValue({ kind: 'object', type: 'GstElement' }, 'fakesink').verdict, 'unknown');
  });

  it('takes no word for a number that only programs have', () => {
    cases(int, { ['__proto__']: 'refused', constructor: 'refused' });
  });

  it('never throws', () => {
    const types: PropertyType[] = [
      int,
      choice,
      parts,
      { kind: 'double' },
      { kind: 'fraction' },
      { kind: 'string' },
      { kind: 'array' },
    ];
    fc.assert(
      fc.property(fc.constantFrom(...types), fc.oneof(fc.string(), fc.string({ unit: 'binary' })), (type, text) => {
        judgeValue(type, text);
      }),
    );
  });
});
