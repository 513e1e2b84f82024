import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import { inspectElement } from '../../../server/src/catalog/inspect.ts';
import { PAGE_1_14, PAGE_1_22, PAGE_TROUBLED } from './pages.ts';

const read = (page: string, blurbs = false) =>
  inspectElement(page, { name: 'sample', layer: 'test', source: 'a page', blurbs });

describe('a page of 1.22', () => {
  const spec = read(PAGE_1_22)!;
  const property = (name: string) => spec.properties.find((one) => one.name === name);

  it('tells what the element is', () => {
    assert.equal(spec.plugin, 'sampleplugin');
    assert.equal(spec.typeName, 'GstSampleMix');
    assert.deepEqual(spec.ancestry, ['GstVideoAggregator', 'GstAggregator']);
    assert.deepEqual(spec.klass, ['Filter', 'Editor', 'Video']);
    assert.equal(spec.rank, 128);
    assert.deepEqual(spec.protocols, ['sample', 'samples']);
    assert.equal(spec.complete, true);
  });

  it('puts caps back into one line', () => {
    assert.deepEqual(
      spec.pads.map(({ name, presence, caps }) => ({ name, presence, caps })),
      [
        {
          name: 'sink_%u',
          presence: 'request',
          caps: 'video/x-raw, format=(string){ I420, NV12 }, width=[ 1, 2147483647 ], framerate=[ 0/1, 2147483647/1 ]; audio/x-raw, channel-mask=(bitmask)0x0000000000000003, layout=interleaved, channels=2',
        },
        { name: 'src', presence: 'always', caps: 'ANY' },
      ],
    );
  });

  it('reads the properties of pads', () => {
    const pad = spec.pads[0]!;
    assert.deepEqual(
      pad.properties?.map(({ name, default: value }) => [name, value]),
      [
        ['alpha', '1'],
        ['mode', 'over'],
      ],
    );
  });

  it('reads every type with its limits and default', () => {
    assert.deepEqual(property('caps')?.type, { kind: 'caps' });
    assert.equal(property('filter-caps')?.default, 'video/x-raw, format=I420');
    assert.equal(property('gone')?.deprecated, true);
    assert.deepEqual(property('level')?.type, { kind: 'float', min: -1, max: 1.000001 });
    assert.equal(property('level')?.changeable, 'playing');
    assert.equal(property('parts')?.changeable, 'ready');
    assert.equal(property('parts')?.default, 'left+right');
    assert.deepEqual(property('rate')?.type, { kind: 'fraction', min: '0/1', max: '2147483647/1' });
    assert.deepEqual(property('rectangle')?.type, { kind: 'array', of: 'gint' });
    assert.equal(property('rectangle')?.readable, false);
    assert.equal(property('size')?.writable, false);
    assert.equal(property('size')?.default, '18446744073709551615');
    assert.deepEqual(property('structure')?.type, { kind: 'structure' });
  });

  it('keeps the names of values and leaves sentences', () => {
    const mode = spec.pads[0]!.properties?.find(({ name }) => name === 'mode')?.type;
    assert.deepEqual(mode, {
      kind: 'enum',
      type: 'GstSampleMode',
      values: [
        { value: 0, nick: 'source', name: 'Source' },
        { value: 1, nick: 'over' },
      ],
    });
  });

  it('leaves out what an instance makes up', () => {
    assert.equal(property('name')?.default, undefined);
    assert.equal(property('temp-file')?.default, undefined);
  });

  it('reads descriptions only when asked', () => {
    assert.equal(property('level')?.blurb, '');
    assert.equal(spec.blurb, '');
    const live = read(PAGE_1_22, true)!;
    assert.equal(live.blurb, 'Mixes samples');
    assert.equal(
      live.properties.find(({ name }) => name === 'parts')?.blurb,
      'Which parts: flags: are joined by + (default) is all',
    );
  });
});

describe('other pages', () => {
  it('reads 1.14', () => {
    const spec = read(PAGE_1_14)!;
    assert.equal(spec.pads[0]?.caps, 'video/x-raw(memory:NVMM), format=(string){ NV12 }');
    assert.deepEqual(
      spec.properties.map(({ name, default: value }) => [name, value]),
      [
        ['name', undefined],
        ['blocksize', '4096'],
        ['range', undefined],
      ],
    );
  });

  it('joins what a terminal wrapped and a plugin tore apart', () => {
    const spec = read(PAGE_TROUBLED)!;
    assert.equal(
      spec.pads[0]?.caps,
      'video/x-raw(memory:NVMM), format=(string){ I420, NV12, P010_10LE, BGRx, RGBA, GRAY8 }, width=[ 1, 2147483647 ]',
    );
    assert.deepEqual(
      spec.properties.map(({ name, readable, writable, changeable }) => [name, readable, writable, changeable]),
      [
        ['SliceSampleRefreshInterval', true, true, 'ready'],
        ['device-name', true, false, undefined],
        ['note', true, true, undefined],
      ],
    );
  });

  it('reads through colours and carriage returns', () => {
    const coloured = PAGE_1_22.replace(/^(Element Properties):/m, '\x1b[33m$1\x1b[0m:').replaceAll('\n', '\r\n');
    assert.deepEqual(read(coloured), read(PAGE_1_22));
  });

  it('takes no other text for a page', () => {
    assert.equal(read(''), undefined);
    assert.equal(read("No such element or plugin 'sample'\n"), undefined);
  });

  it('never throws', () => {
    const pieces = PAGE_1_22.split('\n');
    fc.assert(
      fc.property(fc.array(fc.oneof(fc.constantFrom(...pieces), fc.string())), (lines) => {
        read(lines.join('\n'));
      }),
    );
  });
});
