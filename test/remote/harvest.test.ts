/** The elements of this machine's GStreamer over a real SSH connection: quick, the same as the bundled table, and incremental. */
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import { type Harvest, harvest } from '../../client/src/remote/harvest.ts';
import type { Runner } from '../../client/src/remote/runner.ts';
import type { SshRunner } from '../../client/src/remote/ssh.ts';
import { bundledCatalog } from '../../server/src/catalog/bundled.ts';
import { differences } from '../support/element-facts.ts';
import { type Sshd, startSshd } from '../support/sshd.ts';

const schemas = join(import.meta.dirname, '../../schemas');
const bundled = bundledCatalog(['gstreamer-1.22'], (path) => {
  try {
    return readFileSync(join(schemas, path), 'utf8');
  } catch {
    return undefined;
  }
});

let sshd: Sshd;
let runner: SshRunner;
let first: Harvest;
let seconds = 0;
before(async () => {
  sshd = await startSshd();
  runner = await sshd.connect();
  const began = performance.now();
  first = await harvest(runner, { layer: 'test board' });
  seconds = (performance.now() - began) / 1000;
});
after(async () => {
  await runner.dispose();
  await sshd.stop();
});

describe('the harvest of a device', () => {
  it('takes less than a minute', () => {
    assert.ok(seconds < 60, `${seconds} s`);
  });

  it('equals the bundled table of the same GStreamer', () => {
    const { compared, different, missing } = differences(bundled, first.elements);
    assert.deepEqual(different, []);
    assert.deepEqual(missing, []);
    assert.ok(compared > 1000, `${compared} elements`);
  });

  it('shows what the device itself says, and where it came from', () => {
    const queue = first.elements.find(({ name }) => name === 'queue');
    assert.deepEqual(queue?.origin.layer, 'test board');
    assert.equal(queue?.origin.live, true);
    assert.match(queue?.origin.source ?? '', /version 1\./);
  });

  it('takes what has not changed from the cache', async () => {
    const seen: string[][] = [];
    const watched = watch(runner, seen);
    const again = await harvest(watched, { layer: 'test board', cache: first.cache });
    assert.deepEqual(again.elements, first.elements);
    assert.ok(again.reused > 1000);
    assert.ok(!seen.some((words) => words.includes('--print-all')));
  });

  it('asks again for a plugin that has changed', async () => {
    const cache = structuredClone(first.cache) as { plugins: Record<string, { stamp: string }> };
    cache.plugins.coreelements!.stamp = '1 1';
    const again = await harvest(runner, {
      layer: 'test board',
      cache: { ...first.cache, plugins: cache.plugins as never },
    });
    assert.ok(again.reused > 1000 && again.reused < first.elements.length);
    assert.deepEqual(
      again.elements.map(({ name }) => name),
      first.elements.map(({ name }) => name),
    );
  });

  it('is stopped when nobody wants it any more', async () => {
    const abort = new AbortController();
    const going = harvest(runner, { layer: 'test board', abort: abort.signal, progress: () => abort.abort() });
    await assert.rejects(going, { kind: 'cancelled' });
  });

  it('says so where there is no GStreamer', async () => {
    await assert.rejects(harvest(runner, { layer: 'x', env: { PATH: '/nowhere' } }), /no gst-inspect-1.0/);
  });
});

function watch(runner: Runner, seen: string[][]): Runner {
  return {
    where: runner.where,
    exec: (words, options) => {
      seen.push([...words]);
      return runner.exec(words, options);
    },
    pty: (words, size, options) => runner.pty(words, size, options),
    upload: (from, to, options) => runner.upload(from, to, options),
    download: (from, to, options) => runner.download(from, to, options),
    dispose: () => runner.dispose(),
  };
}
