import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import {
  addressOf,
  type KnownDevice,
  readAddress,
  readDevice,
  writeDevice,
} from '../../../client/src/devices/known-device.ts';

describe('a device of the settings', () => {
  const devices: readonly (readonly [KnownDevice, string])[] = [
    [{ name: 'orin', kind: 'ssh', host: '10.0.0.2', user: 'me', port: 2222 }, 'me@10.0.0.2'],
    [{ name: 'alias', kind: 'ssh', host: 'jetson-01' }, 'jetson-01'],
    [{ name: 'here', kind: 'local', host: '' }, 'this machine'],
    [{ name: 'Demo device', kind: 'demo', host: '' }, 'played on this machine'],
    [{ name: 'inside', kind: 'container', host: '', on: 'orin', container: 'ds' }, 'ds on orin'],
    [{ name: 'fresh', kind: 'container', host: '', on: 'orin', image: 'ds:7.1' }, 'ds:7.1 on orin'],
  ];
  for (const [device, address] of devices) {
    it(`${device.name} comes back as it was written`, () => {
      const kept = JSON.parse(JSON.stringify(writeDevice(device))) as unknown;
      assert.deepEqual(readDevice(kept), device);
      assert.equal(addressOf(device), address);
    });
  }

  it('is none where it says too little, or what could be an option of ssh', () => {
    const none = [
      null,
      'x',
      {},
      { name: '' },
      { name: 'a' },
      { name: 'a', host: '-oProxyCommand=x' },
      { name: 'a', host: 'a b' },
      { name: 'a', on: 'b' },
      { name: 'a', on: 'a', container: 'c' },
    ];
    for (const value of none) assert.equal(readDevice(value), undefined, JSON.stringify(value));
  });

  it('loses what is of another kind', () => {
    assert.deepEqual(readDevice({ name: 'a', host: 'h', port: 70_000, user: 3 }), {
      name: 'a',
      kind: 'ssh',
      host: 'h',
    });
  });
});

describe('an address that is typed', () => {
  const good: readonly (readonly [string, object])[] = [
    ['nvidia@192.168.55.1', { host: '192.168.55.1', user: 'nvidia' }],
    ['jetson-01', { host: 'jetson-01' }],
    ['me@host:2222', { host: 'host', user: 'me', port: 2222 }],
    ['[fe80::1]:22', { host: 'fe80::1', port: 22 }],
    [' host ', { host: 'host' }],
  ];
  for (const [text, expected] of good) it(text, () => assert.deepEqual(readAddress(text), expected));
  for (const text of ['', 'a b', '-x', 'me@-x', 'host:0', 'host:99999', 'me@']) {
    it(`not: ${text}`, () => assert.equal(readAddress(text), undefined));
  }
});
