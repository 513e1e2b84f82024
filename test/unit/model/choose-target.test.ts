import assert from 'node:assert/strict';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, it } from 'node:test';
import type { DeviceProfile } from '../../../server/src/catalog/device.ts';
import { listTargets, makeTarget } from '../../../server/src/model/choose-target.ts';
import { readProjectFile } from '../../../server/src/model/project-file.ts';
import type { Target } from '../../../server/src/model/target.ts';

const schemas = join(import.meta.dirname, '../../../schemas');
const load = (path: string): string | undefined =>
  existsSync(join(schemas, path)) ? readFileSync(join(schemas, path), 'utf8') : undefined;

function target(choice: string | undefined, devices: readonly DeviceProfile[] = []): Target {
  const made = makeTarget(choice, { load, devices });
  assert.ok(!('problem' in made), JSON.stringify(made));
  return made;
}

function problem(choice: string): string {
  const made = makeTarget(choice, { load });
  assert.ok('problem' in made, choice);
  return made.problem;
}

describe('choosing a target', () => {
  it('assumes the Orin family with the newest JetPack 6', () => {
    const { assumed, device, devices, jetpack, deepstream, gstreamer, layers } = target(undefined);
    assert.deepEqual(
      { assumed, device, jetpack, deepstream, gstreamer },
      {
        assumed: true,
        device: undefined,
        jetpack: '6.2.2',
        deepstream: '7.1',
        gstreamer: '1.20',
      },
    );
    assert.ok(devices.length > 4 && devices.every(({ family }) => family === 'orin'));
    assert.deepEqual(layers, ['deepstream-7.1', 'l4t-r36', 'gstreamer-1.20']);
  });

  it('takes a module with a release', () => {
    const { title, device, assumed, l4t } = target('Orin-Nano-8GB deepstream-7.0');
    assert.equal(title, 'Jetson Orin Nano 8GB, JetPack 6.0, DeepStream 7.0');
    assert.equal(device?.id, 'orin-nano-8gb');
    assert.equal(assumed, false);
    assert.equal(l4t, '36.3.0');
  });

  it('gives every module a JetPack that supports it', () => {
    assert.equal(target('nano').jetpack, '4.6.6');
    assert.equal(target('xavier-nx-8gb').jetpack, '5.1.6');
    assert.equal(target('thor').platform, 'tegra');
    assert.ok(target('thor').jetpack!.startsWith('7.'));
    assert.ok(!target('jetpack-7.1').devices.some(({ family }) => family === 'orin'));
    assert.ok(target('jetpack-7.2').devices.some(({ family }) => family === 'orin'));
  });

  it('takes releases by any of their names', () => {
    for (const choice of ['jetpack-5.1.2', 'jp5.1.2', 'l4t-35.4.1', 'r35.4.1', 'L4T-R35.4']) {
      assert.equal(target(choice).jetpack, '5.1.2', choice);
    }
    assert.equal(target('ds-6.3').deepstream, '6.3');
  });

  it('knows machines without a Jetson', () => {
    assert.deepEqual(target('pc').layers, ['gstreamer-1.22']);
    assert.equal(target('pc gstreamer-1.20').gstreamer, '1.20');
    assert.deepEqual(target('dgpu deepstream-7.1').layers, ['deepstream-7.1-dgpu', 'dgpu', 'gstreamer-1.20']);
  });

  it('says in words what does not go together', () => {
    assert.match(
      problem('orin-nano-8gb jetpack-4.6'),
      /Jetson Orin Nano 8GB has no release with jetpack-4.6; it runs JetPack 5.1.1/,
    );
    assert.match(problem('banana'), /"banana" is no target/);
    assert.match(problem('pc deepstream-7.1'), /neither/);
    assert.match(problem('dgpu jetpack-6.2'), /Jetson/);
    assert.match(problem('jetpack-9.9'), /no JetPack that is known here/);
  });

  it('lists what can be named, and each of it makes a target', () => {
    const choices = listTargets({ load });
    assert.ok(choices.length > 30);
    for (const { id, title, detail } of choices) {
      assert.ok(title !== '' && detail.includes('GStreamer'), id);
      target(id);
    }
  });
});

describe('the file of a project', () => {
  const known = (id: string): DeviceProfile | undefined => target('jetson').devices.find((device) => device.id === id);

  it('adds a device that is like a shipped one', () => {
    const text = JSON.stringify({
      target: 'our-board',
      devices: [{ id: 'our-board', title: 'Our board', like: 'orin-nx-16gb', notes: ['No HDMI.'] }],
    });
    const file = readProjectFile(text, known);
    assert.deepEqual(file.problems, []);
    const made = target(file.target, file.devices);
    assert.equal(made.title, 'Our board, JetPack 6.2.2, DeepStream 7.1');
    assert.equal(made.device?.engines.nvenc, 1);
  });

  it('corrects a shipped device', () => {
    const { devices } = readProjectFile('{"devices":[{"id":"orin-nx-16gb","engines":{"nvenc":0}}]}', known);
    assert.equal(target('orin-nx-16gb', devices).device?.engines.nvenc, 0);
    assert.equal(target('orin-nx-16gb').device?.engines.nvenc, 1);
  });

  it('says what is wrong and keeps what is right', () => {
    const wrong = (text: string): string => readProjectFile(text, known).problems.join(' ');
    assert.match(wrong('{'), /no JSON/);
    assert.match(wrong('[]'), /one object/);
    assert.match(wrong('{"target":5}'), /"target"/);
    assert.match(wrong('{"devices":[{"id":"x","like":"y"}]}'), /not known/);
    assert.match(wrong('{"devices":[{"id":"x"}]}'), /needs "title"/);
    assert.match(wrong('{"devices":[{"id":"orin-nx-16gb","encode":[{"codec":"H.264"}]}]}'), /"encode"/);
    const half = readProjectFile('{"target":"pc","devices":[5]}', known);
    assert.equal(half.target, 'pc');
    assert.equal(half.problems.length, 1);
  });
});
