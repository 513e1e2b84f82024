/** tegrastats of a device over a real sshd: one process there while it is watched, none afterwards, whatever happens. */
import assert from 'node:assert/strict';
import { chmodSync, copyFileSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import type { TegraSample } from '../../client/src/remote/streams/tegrastats.ts';
import { watchBoard } from '../../client/src/remote/watch-board.ts';
import { type Sshd, startSshd, until } from '../support/sshd.ts';

describe('watching a board', () => {
  /** Where the user of the server finds tegrastats. */
  const bin = mkdtempSync(join(tmpdir(), 'tegrastats-'));
  let sshd: Sshd;
  before(async () => {
    chmodSync(bin, 0o755);
    copyFileSync(join(import.meta.dirname, '../bench/tegrastats-stand-in.sh'), join(bin, 'tegrastats'));
    sshd = await startSshd({ config: [`SetEnv PATH=${bin}:/usr/bin:/bin`] });
  });
  after(async () => {
    await sshd?.stop();
    rmSync(bin, { recursive: true, force: true });
  });

  const there = (): string[] => sshd.processes().filter((line) => line.includes('/tegrastats --interval'));

  it('gives samples, as often as asked, from one process', async () => {
    const runner = await sshd.connect();
    const samples: TegraSample[] = [];
    const watch = watchBoard(runner, 100, (sample) => samples.push(sample));
    await until(() => samples.length >= 10, 'ten samples came');
    assert.equal(there().length, 1);
    assert.equal(samples[0]!.cores.length, 6);
    assert.deepEqual(
      samples.flatMap(({ unknown }) => unknown),
      [],
    );
    watch.stop();
    watch.stop();
    assert.equal(await watch.ended, undefined);
    await until(() => there().length === 0, 'the process has ended');
    await runner.dispose();
  });

  it('starts nothing while it goes on', async () => {
    const runner = await sshd.connect();
    let samples = 0;
    const watch = watchBoard(runner, 100, () => samples++);
    await until(() => samples > 0, 'samples come');
    const first = new Set(sshd.processes());
    const seen = new Set<string>();
    const from = samples;
    await until(() => {
      for (const line of sshd.processes()) seen.add(line);
      return samples > from + 20;
    }, 'twenty more samples came');
    assert.deepEqual(
      [...seen].filter((line) => !first.has(line)),
      [],
    );
    watch.stop();
    await watch.ended;
    await runner.dispose();
  });

  it('leaves nothing behind when the connection goes', async () => {
    const runner = await sshd.connect();
    let samples = 0;
    const watch = watchBoard(runner, 100, () => samples++);
    await until(() => samples > 0, 'samples come');
    await runner.dispose();
    assert.match((await watch.ended) ?? '', /lost|ended/);
    await until(() => there().length === 0, 'the process has ended');
  });

  it('says so where there is no tegrastats', async () => {
    const plain = await startSshd();
    const runner = await plain.connect();
    const watch = watchBoard(runner, 100, () => {});
    assert.match((await watch.ended) ?? '', /There is no tegrastats on test board/);
    await runner.dispose();
    await plain.stop();
  });
});
