import assert from 'node:assert/strict';
import { mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, it, type TestContext } from 'node:test';
import { DeviceTables } from '../../../client/src/devices/device-tables.ts';
import { localRunner } from '../../../client/src/remote/local.ts';
import type { TablesParams } from '../../../server/src/protocol.ts';

function tables(context: TestContext) {
  const folder = mkdtempSync(join(tmpdir(), 'tables-'));
  context.after(() => rmSync(folder, { recursive: true, force: true }));
  const given: TablesParams[] = [];
  const server = {
    request: async <R>(_method: string, params: unknown): Promise<R> => {
      given.push(params as TablesParams);
      return null as R;
    },
    notify: () => {},
  };
  const made = new DeviceTables({ fsPath: folder } as ConstructorParameters<typeof DeviceTables>[0], server);
  const keep = (device: string, kept: unknown): void => {
    mkdirSync(join(folder, 'elements'), { recursive: true });
    const text = typeof kept === 'string' ? kept : JSON.stringify(kept);
    writeFileSync(join(folder, 'elements', `${encodeURIComponent(device)}.json`), text);
  };
  return { made, given, keep, folder };
}

const plugin = (elements: readonly unknown[]) => ({ names: [], file: '', version: '', stamp: '', elements });
const kept = (complete: boolean) => ({
  complete,
  cache: { format: 1, gstreamer: 'gst-inspect-1.0 version 1.22.0', plugins: { a: plugin(['x']), b: plugin(['y']) } },
});

describe('the elements of a device', () => {
  it('are given to the server, as all it has only where all could be read', async (context) => {
    const { made, given, keep } = tables(context);
    keep('my board', kept(true));
    assert.equal(await made.use('my board', 'orin-nano-8gb'), true);
    keep('my board', kept(false));
    await made.use('my board', 'orin-nano-8gb');
    const common = { device: 'my board', target: 'orin-nano-8gb', elements: ['x', 'y'] };
    assert.deepEqual(given, [
      { ...common, complete: true },
      { ...common, complete: false },
    ]);
  });

  it('of a device that was never harvested, or whose file is broken, are none', async (context) => {
    const { made, given, keep } = tables(context);
    assert.equal(await made.use('a', 'pc'), false);
    keep('a', '{"cache":');
    assert.equal(await made.use('a', 'pc'), false);
    assert.deepEqual(
      given.map(({ elements, complete }) => ({ elements, complete })),
      [
        { elements: [], complete: false },
        { elements: [], complete: false },
      ],
    );
  });

  it('are stale where GStreamer is another now', async (context) => {
    const { made, keep } = tables(context);
    assert.equal(await made.isStale('a', '1.20.3'), false);
    keep('a', kept(true));
    assert.equal(await made.isStale('a', '1.22.0'), false);
    assert.equal(await made.isStale('a', '1.20.3'), true);
    assert.equal(await made.isStale('a', '2.0'), true);
  });

  it('stay as they were where a harvest fails', async (context) => {
    const { made, keep, folder, given } = tables(context);
    keep('a', kept(true));
    const local = localRunner();
    context.after(() => local.dispose());
    const runner = { ...local, exec: () => local.exec(['false'], { input: '' }) };
    const around = { progress: () => {}, abort: new AbortController().signal };
    await assert.rejects(made.harvest(runner, 'a', around));
    assert.deepEqual(readdirSync(join(folder, 'elements')), ['a.json']);
    await made.use('a', 'pc');
    assert.equal(given[0]?.elements.length, 2);
  });
});
