import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { askBoard } from '../../../client/src/devices/board-facts.ts';
import { points } from '../../../client/src/devices/diagnose/index.ts';
import { diagnose, diagnosisPage, readDiagnoses } from '../../../client/src/devices/diagnose.ts';
import { localRunner } from '../../../client/src/remote/local.ts';

const releases = [{ jetpack: '6.2.1', l4t: ['36.4.4'], deepstream: ['7.1'], tensorrt: '10.3.0' }];
const l4t = '# R36 (release), REVISION: 4.4, x';
const read = (id: string, out: string, said: Record<string, string> = {}) => {
  const found = readDiagnoses(`@point ${id}\n${out}\n`, { said, nodes: [] }, releases).find((one) => one.id === id);
  assert.ok(found, id);
  return found;
};

describe('the checklist of a device', () => {
  const cases: readonly (readonly [string, string, Record<string, string>, string, RegExp])[] = [
    ['versions', '', { l4t, deepstream: '6.3' }, 'bad', /not made for/],
    ['versions', '', { l4t, deepstream: '7.1' }, 'good', /JetPack 6\.2\.1/],
    ['versions', '', {}, 'unknown', /does not say/],
    ['nodes', '/dev/v4l2-nvdec yes\n/dev/nvmap no', { user: 'me' }, 'bad', /me may not use \/dev\/nvmap/],
    ['nodes', '/dev/v4l2-nvdec yes', {}, 'good', /no encoder/],
    ['nodes', '/dev/v4l2-nvdec yes\n/dev/v4l2-nvenc yes', {}, 'good', /may be used\.$/],
    ['nodes', '', {}, 'unknown', /none/],
    ['holders', '/dev/video0 77 gst-launch-1.0 v4l2src', {}, 'note', /gst-launch-1\.0 v4l2src \(77\)/],
    ['holders', '', {}, 'good', /Nobody/],
    ['clocks', '', { power: '15W 0', clock: '306000000 624750000' }, 'note', /306 of 625 MHz/],
    ['clocks', '', { power: 'MAXN 0' }, 'good', /MAXN/],
    ['thermal', '0', { temperature: '90' }, 'bad', /90\.0/],
    ['thermal', '4', { temperature: '50' }, 'note', /4 times/],
    ['thermal', '', { temperature: '50' }, 'good', /50\.0/],
    ['memory', '2', { memory: '8000000', available: '4000000', swap: '0' }, 'bad', /ended programs/],
    ['memory', '0', { memory: '8000000', available: '400000', swap: '0' }, 'note', /short/],
    ['memory', '', { memory: '8000000', available: '4000000', swap: '0' }, 'good', /3906 of 7813/],
    ['disk', '', { disk: '90000' }, 'bad', /88 MiB/],
    ['kernel', 'readable\n[1] tegra-camrtc-capture-vi: corr_err: discarding frame', {}, 'bad', /corr_err/],
    ['kernel', 'readable', {}, 'good', /No errors/],
    ['kernel', '', {}, 'unknown', /sudo dmesg/],
    ['zombies', 'Z 12 gst-launch-1.0\nR 12 python3', {}, 'note', /gst-launch-1\.0 \(of 12\)/],
    ['zombies', '', {}, 'good', /No zombies/],
    ['argus', 'failed', { model: 'x' }, 'bad', /failed/],
    ['argus', 'active\nError: timeout', { model: 'x' }, 'note', /timeout/],
    ['argus', 'active', { model: 'x' }, 'good', /runs/],
    ['argus', '', {}, 'unknown', /no nvargus/],
    ['limits', 'files 256 1024\ncore 0\npattern core', {}, 'note', /256.*no core dump/],
    ['limits', 'files 4096 8192\ncore 0\npattern |/usr/share/apport', {}, 'good', /apport/],
    ['registry', 'there\nBlacklisted files:\n  libgstnvbroken.so\n\nTotal count: 1', {}, 'bad', /libgstnvbroken/],
    ['registry', 'there', {}, 'good', /No plugin/],
  ];
  for (const [id, out, said, is, text] of cases) {
    it(`${id}: ${is}`, () => {
      const found = read(id, out, said);
      assert.equal(found.is, is, found.text);
      assert.match(found.text, text);
      if (is === 'bad') assert.ok(found.fix, 'what is wrong has a way out');
    });
  }

  it('has a case for each point', () => {
    assert.deepEqual(
      points.map(({ id }) => id).filter((id) => !cases.some(([one]) => one === id)),
      [],
    );
  });

  it('is asked of this machine, and each point answers', async (context) => {
    const runner = localRunner();
    context.after(() => runner.dispose());
    const found = await diagnose(runner, await askBoard(runner), releases);
    assert.equal(found.length, points.length);
    assert.equal(found.find(({ id }) => id === 'limits')?.is === 'unknown', false);
    assert.equal(found.find(({ id }) => id === 'memory')?.is === 'unknown', false);
  });

  it('is written as a page on which what the device says is text', () => {
    const page = diagnosisPage('orin', [
      { id: 'a', title: 'A', is: 'good', text: 'fine' },
      { id: 'b', title: 'B', is: 'bad', text: '[x](command:y) <script>', fix: { text: 'do `this`' } },
    ]);
    assert.match(page, /1 wrong, 0 to look at, 1 in order/);
    assert.ok(page.indexOf('✗ B') < page.indexOf('✓ A'));
    assert.match(page, /\\\[x\\\]\(command:y\) \\<script\\>/);
  });
});
