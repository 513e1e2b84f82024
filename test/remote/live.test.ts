/** What is fetched from a device of what runs there: its graph, one picture of a link, latencies; with the real gst-launch-1.0. */
import assert from 'node:assert/strict';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import { newestDump } from '../../client/src/remote/dot-dumps.ts';
import { LatencyMeter } from '../../client/src/remote/latency.ts';
import { debugEnvironment, launch } from '../../client/src/remote/launch.ts';
import { gstLaunch } from '../../client/src/remote/launch-words.ts';
import { cutAfter, lookWords } from '../../client/src/remote/look-words.ts';
import { collect } from '../../client/src/remote/runner.ts';
import type { SshRunner } from '../../client/src/remote/ssh.ts';
import { readDebugLine } from '../../client/src/remote/streams/gst-debug.ts';
import { readLatency } from '../../client/src/remote/streams/tracer.ts';
import { type Sshd, startSshd } from '../support/sshd.ts';

describe('a run on a device', () => {
  const here = mkdtempSync(join(tmpdir(), 'live-'));
  let sshd: Sshd;
  let runner: SshRunner;
  before(async () => {
    sshd = await startSshd();
    runner = await sshd.connect();
    await collect(runner.exec(['mkdir', '-p', 'project/.gst-dots'], { input: '' }));
  });
  after(async () => {
    await runner?.dispose();
    await sshd?.stop();
    rmSync(here, { recursive: true, force: true });
  });

  const start = (text: string, env: Readonly<Record<string, string>>) =>
    launch(runner, gstLaunch(text), { folder: 'project', env });

  it('gives its graph when asked, with the caps that were agreed on', async () => {
    const run = start('videotestsrc is-live=true ! video/x-raw,width=64,height=48 ! fakesink', {
      GST_DEBUG_DUMP_DOT_DIR: '.gst-dots',
    });
    let path: string | undefined;
    for await (const { text } of run.lines) {
      if (!text.startsWith('New clock')) continue;
      path = await newestDump(runner, 'project', '.gst-dots', () => run.snapshot());
      void run.stop();
    }
    assert.match(path ?? '', /^\//);
    const file = join(here, 'live.dot');
    await runner.download(path!, file);
    const dot = readFileSync(file, 'utf8');
    assert.match(dot, /GstVideoTestSrc/);
    assert.match(dot, /width: 64/);
  });

  it('that has written none has no graph', async () => {
    assert.equal(await newestDump(runner, 'project', 'nowhere', () => {}, AbortSignal.abort()), undefined);
  });

  it('gives a picture of what leaves an element', async () => {
    const text =
      'videotestsrc is-live=true name=camera ! video/x-raw,width=64,height=48 ! jpegenc ! multipartmux ! fakesink';
    for (const [element, media, name] of [
      ['videotestsrc', 'video/x-raw', 'raw.png'],
      ['jpegenc', 'image/jpeg', 'jpeg.png'],
    ] as const) {
      const words = lookWords(cutAfter(text, text.indexOf(element)), {
        ...{ media, hardware: false, converter: undefined },
        path: `/tmp/${sshd.user}-${name}`,
      });
      const { exit, out, err } = await collect(runner.exec(words, { folder: 'project', input: '' }));
      assert.deepEqual(exit, { code: 0 }, `${out}\n${err}`);
      const file = join(here, name);
      await runner.download(`/tmp/${sshd.user}-${name}`, file);
      assert.equal(readFileSync(file).subarray(1, 4).toString('latin1'), 'PNG');
      await collect(runner.exec(['rm', '-f', `/tmp/${sshd.user}-${name}`], { input: '' }));
    }
  });

  it('tells how long each element takes', async () => {
    const run = start('videotestsrc num-buffers=30 ! identity name=slow sleep-time=3000 ! fakesink', {
      ...debugEnvironment({ tracers: 'latency' }),
    });
    const meter = new LatencyMeter();
    for await (const { text } of run.lines) {
      const record = readDebugLine(text);
      const latency = record && readLatency(record);
      if (latency) meter.take(latency);
    }
    const slow = meter.all.find(({ name }) => name === 'slow');
    assert.equal(slow?.frames, 30);
    assert.ok(slow.average >= 3, String(slow.average));
    assert.ok(meter.all[0]?.whole);
  });
});
