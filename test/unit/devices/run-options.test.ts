import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import {
  debugText,
  describeOptions,
  environmentOf,
  readCategories,
  readOptions,
  readPowerModes,
  readVariables,
  variablesText,
} from '../../../client/src/devices/run-options.ts';

describe('options of a run', () => {
  it('become an environment, in which the person has the last word', () => {
    assert.deepEqual(environmentOf({}, '/d'), { GST_DEBUG_NO_COLOR: '1' });
    assert.deepEqual(
      environmentOf(
        { debug: '*:3', tracers: 'latency', dots: true, display: ':0', env: { DISPLAY: ':9', A: 'b c' } },
        '/d',
      ),
      {
        GST_DEBUG_NO_COLOR: '1',
        GST_DEBUG: '*:3,GST_TRACER:7',
        GST_TRACERS: 'latency(flags=pipeline+element)',
        GST_DEBUG_DUMP_DOT_DIR: '/d',
        DISPLAY: ':9',
        A: 'b c',
      },
    );
  });

  it('write GST_DEBUG', () => {
    assert.equal(debugText(0, new Map()), undefined);
    assert.equal(debugText(2, new Map([['nvinfer', 5]])), '*:2,nvinfer:5');
  });

  it('read categories from what GStreamer prints', () => {
    const out = [
      '',
      'name                  level    description',
      '---------------------+--------+-----------',
      'GST_BUS               0   no description',
      '\u001b[01;31m\u001b[00mv4l2\u001b[00m             2 WARN  a source',
    ];
    assert.deepEqual(readCategories(out.join('\n')), [
      { name: 'GST_BUS', about: 'no description' },
      { name: 'v4l2', about: 'a source' },
    ]);
  });

  it('read and write variables', () => {
    for (const text of ['A=1', 'A=1 B="two \\"words\\""', 'A= B=x', '']) {
      const read = readVariables(text);
      assert.ok(read, text);
      assert.deepEqual(readVariables(variablesText(read)), read);
    }
    assert.deepEqual(readVariables('A=\'x y\' B="p\\\\q"'), { A: 'x y', B: 'p\\q' });
    assert.equal(readVariables('no pair'), undefined);
    assert.equal(readVariables('1A=2'), undefined);
  });

  it('leave out what is of another kind', () => {
    assert.deepEqual(readOptions(undefined), {});
    assert.deepEqual(
      readOptions({
        debug: 3,
        dots: true,
        verbose: 'yes',
        env: { A: 'b', 'no name': 'x', C: 1 },
        other: 1,
        display: '',
      }),
      { dots: true, env: { A: 'b' } },
    );
  });

  it('are told in a few words', () => {
    assert.equal(describeOptions({}), '');
    assert.equal(describeOptions({ debug: '*:3', outlives: true }), '*:3 · outlives the window');
  });

  it('know the power modes of a board', () => {
    assert.deepEqual(readPowerModes('0=15W 2=MAXN_SUPER'), [
      { id: '0', name: '15W' },
      { id: '2', name: 'MAXN_SUPER' },
    ]);
    assert.deepEqual(readPowerModes(undefined), []);
  });
});
