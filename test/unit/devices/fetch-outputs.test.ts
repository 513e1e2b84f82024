import assert from 'node:assert/strict';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, it } from 'node:test';
import { fetchOutputs, findOutputs, placeOf } from '../../../client/src/devices/fetch-outputs.ts';
import { localRunner } from '../../../client/src/remote/local.ts';

describe('outputs of a run', () => {
  it('are looked for by folder and pattern', () => {
    assert.deepEqual(placeOf('a.mp4'), ['.', 'a.mp4']);
    assert.deepEqual(placeOf('clips/a%05d.jpg'), ['./clips', 'a*.jpg']);
    assert.deepEqual(placeOf('/data/100%%[1]*.ts'), ['/data', '100%\\[1\\]\\*.ts']);
    assert.deepEqual(placeOf('-x/a'), ['./-x', 'a']);
    assert.deepEqual(placeOf('folder/'), []);
  });

  it('are found and brought beside the text', async (context) => {
    const place = mkdtempSync(join(tmpdir(), 'outputs-'));
    context.after(() => rmSync(place, { recursive: true, force: true }));
    const there = join(place, 'there');
    const here = join(place, 'here');
    mkdirSync(join(there, 'clips'), { recursive: true });
    mkdirSync(here);
    for (const name of ['clips/a 00.jpg', 'clips/a 01.jpg', 'clips/b.jpg', 'take.mp4', 'odd[1].ts', 'odd1.ts'])
      writeFileSync(join(there, name), name);
    const runner = localRunner();
    context.after(() => runner.dispose());
    const wanted = [
      'clips/a %02d.jpg',
      'take.mp4',
      'odd[1].ts',
      'missing.mp4',
      'nowhere/x.mp4',
      join(there, 'take.mp4'),
    ];
    const found = await findOutputs(runner, wanted, there, here);
    assert.deepEqual(found.map(({ to }) => to).sort(), [
      join(here, 'clips/a 00.jpg'),
      join(here, 'clips/a 01.jpg'),
      join(here, 'odd[1].ts'),
      join(here, 'take.mp4'),
      join(here, 'take.mp4'),
    ]);
    await fetchOutputs(runner, found, () => {}, new AbortController().signal);
    assert.equal(readFileSync(join(here, 'clips/a 01.jpg'), 'utf8'), 'clips/a 01.jpg');
  });

  it('never leave the folder of the text', async (context) => {
    const place = mkdtempSync(join(tmpdir(), 'outputs-'));
    context.after(() => rmSync(place, { recursive: true, force: true }));
    mkdirSync(join(place, 'run'));
    writeFileSync(join(place, 'up.mp4'), 'x');
    const runner = localRunner();
    context.after(() => runner.dispose());
    const [found] = await findOutputs(runner, ['../up.mp4'], join(place, 'run'), '/here');
    assert.equal(found?.to, '/here/up.mp4');
  });
});
