/** The modules under schemas/devices: form, and a source for every statement. */
import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, it } from 'node:test';
import { Ajv } from 'ajv';
import type { DeviceProfile } from '../../../server/src/catalog/device.ts';

const schemas = join(import.meta.dirname, '../../../schemas');
const json = (path: string): unknown => JSON.parse(readFileSync(join(schemas, path), 'utf8'));
const ids = readdirSync(join(schemas, 'devices')).flatMap((name) =>
  name === 'index.json' ? [] : [name.slice(0, -'.json'.length)],
);
const devices = ids.map((id) => json(`devices/${id}.json`) as DeviceProfile);

describe('device profiles', () => {
  it('are listed', () => {
    assert.deepEqual((json('devices/index.json') as { devices: string[] }).devices, [...ids].sort());
    for (const [at, device] of devices.entries()) assert.equal(device.id, ids[at]);
  });

  it('have the form of device.schema.json', () => {
    const validate = new Ajv({ strict: false }).compile(json('meta/device.schema.json') as object);
    for (const device of devices) assert.ok(validate(device), `${device.id}: ${JSON.stringify(validate.errors?.[0])}`);
  });

  it('name a source that is explained for every statement about engines and codecs', () => {
    for (const device of devices) {
      const statements: readonly { readonly source: string }[] = [
        ...device.decode,
        ...device.encode,
        ...(device.lacks ?? []),
        ...(device.noEncoder ?? []),
        ...(device.memory ? [device.memory] : []),
        ...(device.jetpack ? [device.jetpack] : []),
        { source: device.enginesSource ?? '' },
      ];
      for (const statement of statements) {
        const keys = statement.source.split(', ');
        assert.ok(
          keys.every((key) => (device.sources[key] ?? '') !== ''),
          `${device.id}: ${JSON.stringify(statement)}`,
        );
      }
    }
  });

  it('know that Orin Nano has no encoder and Orin NX has one', () => {
    const nano = devices.find(({ id }) => id === 'orin-nano-8gb')!;
    assert.equal(nano.engines.nvenc, 0);
    assert.deepEqual(nano.encode, []);
    assert.ok(nano.noEncoder!.length > 3);
    const nx = devices.find(({ id }) => id === 'orin-nx-16gb')!;
    assert.equal(nx.engines.nvenc, 1);
    assert.equal(nx.noEncoder, undefined);
  });

  it('have releases with sources', () => {
    const releases = json('releases.json') as {
      jetson: { jetpack: string; sources: string[]; layer: string }[];
      dgpu: { deepstream: string; sources: string[] }[];
      sources: Record<string, string>;
    };
    for (const release of [...releases.jetson, ...releases.dgpu]) {
      assert.ok(
        release.sources.length > 0 && release.sources.every((key) => releases.sources[key]),
        JSON.stringify(release),
      );
    }
  });
});
