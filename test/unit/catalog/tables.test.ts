/** The tables under schemas/elements: their form, their indexes, and that the layers give what each release has. */
import assert from 'node:assert/strict';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, it } from 'node:test';
import { Ajv } from 'ajv';
import { bundledCatalog } from '../../../server/src/catalog/bundled.ts';
import type { LayerSpec, SetIndex, TableFile } from '../../../server/src/catalog/table.ts';

const schemas = join(import.meta.dirname, '../../../schemas');
const read = (path: string): string => readFileSync(join(schemas, path), 'utf8');
const load = (path: string): string | undefined => (existsSync(join(schemas, path)) ? read(path) : undefined);
const sets = readdirSync(join(schemas, 'elements'), { withFileTypes: true }).flatMap((entry) =>
  entry.isDirectory() ? [entry.name] : [],
);
const plugins = (set: string): string[] =>
  readdirSync(join(schemas, 'elements', set)).filter((name) => name !== 'index.json');
const layers = (JSON.parse(read('elements/layers.json')) as { layers: LayerSpec[] }).layers;

describe('element tables', () => {
  it('have the form of element.schema.json', () => {
    const validate = new Ajv({ strict: false, allErrors: false }).compile(JSON.parse(read('meta/element.schema.json')));
    for (const set of sets) {
      for (const file of plugins(set)) {
        const good = validate(JSON.parse(read(`elements/${set}/${file}`)));
        assert.ok(good, `${set}/${file}: ${JSON.stringify(validate.errors?.[0])}`);
      }
    }
  });

  it('are indexed', () => {
    for (const set of sets) {
      const index = JSON.parse(read(`elements/${set}/index.json`)) as SetIndex;
      assert.deepEqual(
        Object.keys(index.plugins).sort(),
        plugins(set)
          .map((name) => name.slice(0, -'.json'.length))
          .sort(),
      );
      for (const [plugin, rows] of Object.entries(index.plugins)) {
        const file = JSON.parse(read(`elements/${set}/${plugin}.json`)) as TableFile;
        assert.equal(file.plugin, plugin);
        assert.deepEqual(
          file.elements.map(({ name }) => name),
          Object.keys(rows),
          `${set}/${plugin}`,
        );
      }
    }
  });

  it('say where every fact about behaviour comes from', () => {
    for (const set of sets) {
      for (const plugin of plugins(set)) {
        for (const { name, behaviour } of (JSON.parse(read(`elements/${set}/${plugin}`)) as TableFile).elements) {
          assert.ok(behaviour === undefined || behaviour.source.length > 10, `${set}/${plugin}: ${name}`);
        }
      }
    }
  });

  it('are named by layers that exist, and their releases by names that layers know', () => {
    for (const layer of layers) assert.ok(sets.includes(layer.set), layer.name);
    for (const set of sets) {
      const releases = new Set(layers.filter((layer) => layer.set === set).flatMap((layer) => layer.releases ?? []));
      for (const plugin of plugins(set)) {
        const named = read(`elements/${set}/${plugin}`).matchAll(/"(?:seenIn|absentIn|in)":\s*\[([^\]]*)\]/g);
        for (const [, list] of named) {
          for (const name of list!.split(','))
            assert.ok(releases.has(name.trim().slice(1, -1)), `${set}/${plugin}: ${name}`);
        }
      }
    }
  });
});

describe('layers', () => {
  const names = (layer: string, element: string): string[] =>
    bundledCatalog([layer], load)
      .element(element)
      ?.properties.map(({ name }) => name) ?? [];

  it('leave out what a release does not have', () => {
    assert.ok(names('l4t-r32', 'nvv4l2h264enc').includes('bufapi-version'));
    assert.ok(!names('l4t-r36', 'nvv4l2h264enc').includes('bufapi-version'));
    assert.ok(!names('l4t-r38', 'nvv4l2h264enc').includes('bufapi-version'));
    assert.ok(!names('l4t-r32', 'nvvidconv').includes('compute-hw'));
    assert.equal(bundledCatalog(['l4t-r36'], load).element('nvoverlaysink'), undefined);
    assert.equal(bundledCatalog(['l4t-r35'], load).element('nvunixfdsink'), undefined);
    assert.ok(bundledCatalog(['l4t-r32'], load).element('nvoverlaysink'));
  });

  it('give enum values, limits and pads of the release', () => {
    const property = (layer: string, element: string, name: string) =>
      bundledCatalog([layer], load)
        .element(element)
        ?.properties.find((one) => one.name === name);
    assert.equal(property('l4t-r32', 'nvv4l2decoder', 'num-extra-surfaces')?.default, '24');
    assert.equal(property('l4t-r36', 'nvv4l2decoder', 'num-extra-surfaces')?.default, '55');
    assert.equal(property('deepstream-8.0', 'nvdsosd', 'blur-bbox')?.type.kind, 'bool');
    assert.equal(property('deepstream-9.0', 'nvdsosd', 'blur-bbox')?.type.kind, 'uint');
    const raw = (layer: string): boolean =>
      bundledCatalog([layer], load)
        .element('nvcompositor')!
        .pads.some(({ caps }) => caps.includes('video/x-raw,'));
    assert.equal(raw('l4t-r32'), true);
    assert.equal(raw('l4t-r35'), false);
  });

  it('keep the two platforms apart', () => {
    assert.ok(names('l4t-r36', 'nvv4l2h264enc').includes('insert-sps-pps'));
    assert.ok(!names('dgpu', 'nvv4l2h264enc').includes('insert-sps-pps'));
    assert.ok(names('dgpu', 'nvv4l2h264enc').includes('tuning-info-id'));
    assert.equal(bundledCatalog(['dgpu'], load).element('nvvidconv'), undefined);
  });

  it('know both multiplexers of DeepStream', () => {
    assert.ok(names('deepstream-7.1', 'nvstreammux').includes('width'));
    assert.ok(!names('deepstream-7.1', 'nvstreammux@new').includes('width'));
    const heads = [...bundledCatalog(['deepstream-7.1'], load).heads()].map(({ name }) => name);
    assert.ok(heads.includes('nvstreammux') && !heads.includes('nvstreammux@new'));
  });

  it("date the stock elements' properties", () => {
    assert.ok(!names('gstreamer-1.20', 'videoconvert').includes('method'));
    assert.ok(names('gstreamer-1.22', 'videoconvert').includes('method'));
    assert.ok(names('gstreamer-1.24', 'appsink').includes('max-bytes'));
    assert.ok(!names('gstreamer-1.22', 'appsink').includes('max-bytes'));
    assert.ok(bundledCatalog(['gstreamer-1.26'], load).element('queue')?.complete === false);
  });
});

describe('the bundled catalog', () => {
  it('reads one plugin for one element', () => {
    const paths: string[] = [];
    const catalog = bundledCatalog(['l4t-r36', 'gstreamer-1.20'], (path) => {
      paths.push(path);
      return load(path);
    });
    assert.deepEqual(paths, ['elements/layers.json']);
    assert.equal(catalog.element('queue')?.origin.layer, 'gstreamer-1.20');
    catalog.element('tee');
    assert.deepEqual(
      paths.filter((path) => /elements\/[^/]+\/(?!index)/.test(path)),
      ['elements/gstreamer-1.22/coreelements.json'],
    );
  });

  it('knows what other targets have, and what has no table', () => {
    const catalog = bundledCatalog(['l4t-r36', 'gstreamer-1.20'], load);
    assert.deepEqual(
      catalog.elsewhere('nvoverlaysink').map(({ layer }) => layer),
      ['l4t-r32'],
    );
    assert.ok(catalog.elsewhere('vaapih264dec').length > 0);
    assert.deepEqual(catalog.elsewhere('queue'), []);
    assert.deepEqual(catalog.elsewhere('quueue'), []);
  });

  it('takes damage for absence', () => {
    for (const text of [undefined, '', '{', 'null', '[]']) {
      const catalog = bundledCatalog(['gstreamer-1.22'], () => text);
      assert.equal(catalog.element('queue'), undefined);
      assert.deepEqual([...catalog.heads()], []);
      assert.deepEqual([...catalog.formats()], []);
    }
  });
});
