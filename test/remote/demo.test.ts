/** The demo device over the same code as any board: facts, runs, failures, files; what it does follows from what it is told. */
import assert from 'node:assert/strict';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import { alertsOf, askBoard, factsOf, targetWords } from '../../client/src/devices/board-facts.ts';
import { readReleases } from '../../client/src/devices/releases.ts';
import type { DemoDevice } from '../../client/src/remote/demo/device.ts';
import { harvest } from '../../client/src/remote/harvest.ts';
import {
  debugEnvironment,
  followRun,
  forgetRun,
  launch,
  launchToOutlive,
  listRuns,
  type Run,
} from '../../client/src/remote/launch.ts';
import { deepstreamApp, gstLaunch } from '../../client/src/remote/launch-words.ts';
import { lookWords } from '../../client/src/remote/look-words.ts';
import { collect, ignoreLines } from '../../client/src/remote/runner.ts';
import type { SshRunner } from '../../client/src/remote/ssh.ts';
import { startDemo } from '../support/demo.ts';
import { heardWords, hostileWords, saysWords } from '../support/hostile.ts';
import { until } from '../support/sshd.ts';

let device: DemoDevice;
let runner: SshRunner;
const folder = mkdtempSync(join(tmpdir(), 'demo-'));
before(async () => {
  device = await startDemo();
  runner = await device.connect();
});
after(async () => {
  await runner.dispose();
  await device.stop();
  rmSync(folder, { recursive: true, force: true });
});

const say = async (...words: string[]): Promise<string> => {
  const { out, err, exit } = await collect(runner.exec(words, { input: '' }));
  assert.deepEqual(exit, { code: 0 }, err);
  return out;
};

/** All lines of a run that ends by itself. */
async function whole(run: Run): Promise<string[]> {
  const lines: string[] = [];
  for await (const { text } of run.lines) lines.push(text);
  return lines;
}

/** Reads on in the background; the lines so far. */
function following(run: Run): string[] {
  const lines: string[] = [];
  void (async () => {
    for await (const { text } of run.lines) lines.push(text);
  })();
  return lines;
}

const nothingRuns = (): Promise<void> =>
  until(
    async () => !/gst-launch|deepstream-app|sleep/.test(await say('ps', '-o', 'cmd')),
    'nothing runs there any more',
  );

describe('the demo device', () => {
  it('is an Orin Nano by what it says of itself', async () => {
    const board = await askBoard(runner);
    const releases = readReleases(readFileSync(join(import.meta.dirname, '../../schemas/releases.json'), 'utf8'));
    assert.equal(targetWords(board, releases), 'orin-nano-8gb-super l4t-36.4.4 deepstream-7.1');
    assert.deepEqual(alertsOf(board), []);
    const missing = factsOf(board).find(({ id }) => id === 'missing');
    assert.deepEqual(
      missing?.parts?.map(({ id }) => id),
      ['encoder', 'codecs', 'display'],
    );
    const [camera] = board.nodes;
    assert.deepEqual([camera?.kind, camera?.modes.map(({ width }) => width)], ['camera', [3280, 1920, 1280]]);
  });

  it('tells its elements', async () => {
    const { elements, unreadable } = await harvest(runner, { layer: 'demo' });
    assert.deepEqual(unreadable, []);
    const named = new Map(elements.map((element) => [element.name, element]));
    assert.ok(named.size > 1000, String(named.size));
    assert.ok(named.get('nvv4l2decoder')?.properties.some(({ name }) => name === 'enable-max-performance'));
    assert.deepEqual(
      named.get('queue')?.pads.map(({ name }) => name),
      ['sink', 'src'],
    );
    const { exit } = await collect(runner.exec(['gst-inspect-1.0', '--exists', 'nosuch'], { input: '' }));
    assert.deepEqual(exit, { code: 1 });
  });

  it('is entered by nobody who was not let in', async () => {
    const { connectSsh } = await import('../../client/src/remote/ssh.ts');
    const { silentAsker } = await import('../../client/src/remote/asker.ts');
    const target = { name: 'x', host: device.host, port: device.port, user: device.user, identityFiles: [] };
    const asker = { ...silentAsker, newHost: async () => true, password: async () => 'nvidia' };
    const hostKeys = { judge: async () => ({ is: 'known' as const }), remember: async () => {}, types: async () => [] };
    await assert.rejects(connectSsh(target, { asker, hostKeys }), { kind: 'authentication' });
  });

  it('gets words unchanged, whatever they hold', async () => {
    for (const words of hostileWords(60, '/tmp')) {
      const { out } = await collect(runner.exec(saysWords(words), { input: '' }));
      assert.deepEqual(heardWords(out), words);
    }
    assert.doesNotMatch(await say('ls', '/tmp'), /sang/);
  });

  it('copies files both ways, unchanged', async () => {
    const file = join(folder, 'a file');
    const bytes = Buffer.from(Array.from({ length: 200_000 }, (_, at) => (at * 7) % 256));
    writeFileSync(file, bytes);
    await runner.upload(file, "models/it's new/größe.bin");
    assert.equal((await say('wc', '-c', "models/it's new/größe.bin")).split(' ')[0], '200000');
    await runner.download("/home/nvidia/models/it's new/größe.bin", join(folder, 'back'));
    assert.ok(readFileSync(join(folder, 'back')).equals(bytes));
  });

  it('has an end to its disk', async () => {
    const file = join(folder, 'large');
    writeFileSync(file, Buffer.alloc(110 * 1024 * 1024));
    await assert.rejects(runner.upload(file, 'large'), /large/);
    assert.doesNotMatch(await say('ls'), /large/);
  });
});

describe('a pipeline on the demo device', () => {
  it('runs, shows its frames a second, loads the board and stops with the end of the stream', async () => {
    const idle = await sample();
    const run = launch(
      runner,
      gstLaunch(
        'nvarguscamerasrc ! video/x-raw(memory:NVMM),width=1920,height=1080,framerate=30/1 ! m.sink_0 nvstreammux name=m batch-size=1 width=1920 height=1080 ! queue ! nvdsosd ! nvvideoconvert ! videoconvert ! fpsdisplaysink',
        { verbose: true },
      ),
    );
    const lines = following(run);
    await until(() => lines.some((line) => /current: 30/.test(line)), 'frames are counted');
    const busy = await sample();
    assert.ok(busy.cpu > idle.cpu, `${busy.cpu} > ${idle.cpu}`);
    assert.ok(busy.ram > idle.ram);
    assert.equal((await run.stop()).how, 'stopped');
    await until(() => lines.includes('Freeing pipeline ...'), 'it has said all');
    assert.ok(lines.includes('EOS on shutdown enabled -- Forcing EOS on the pipeline'), lines.join('\n'));
    assert.ok(lines.some((line) => /\.GstPad:src: caps = video\/x-raw\(memory:NVMM\)/.test(line)));
    await nothingRuns();
  });

  it('ends by itself where its text says so', async () => {
    const run = launch(runner, gstLaunch('videotestsrc num-buffers=5 ! fakesink'));
    assert.ok((await whole(run)).includes('Got EOS from element "pipeline0".'));
    assert.equal((await run.ended).how, 'finished');
  });

  const wrong: readonly [string, string, RegExp][] = [
    [
      'an unknown element',
      'videotestsrc ! nosuchfilter ! fakesink',
      /^WARNING: erroneous pipeline: no element "nosuchfilter"$/,
    ],
    [
      'an unknown property',
      'videotestsrc nosuch=1 ! fakesink',
      /^WARNING: erroneous pipeline: no property "nosuch" in element "videotestsrc0"$/,
    ],
    [
      'a wrong value',
      'videotestsrc pattern=nosuch ! fakesink',
      /could not set property "pattern" in element "videotestsrc0" to "nosuch"$/,
    ],
    [
      'links that do not meet',
      'videotestsrc ! audioconvert ! fakesink',
      /could not link videotestsrc0 to audioconvert0$/,
    ],
    [
      'memory that does not meet',
      'videotestsrc ! nvv4l2h265enc ! fakesink',
      /could not link videotestsrc0 to nvv4l2h265enc0$/,
    ],
    [
      'a filter that does not meet',
      'videotestsrc ! video/x-raw,format=I420 ! jpegdec ! fakesink',
      /could not link videotestsrc0 to jpegdec0, jpegdec0 can't handle caps video\/x-raw, format=\(string\)I420$/,
    ],
    [
      'no encoder',
      'videotestsrc ! nvvidconv ! nvv4l2h264enc ! h264parse ! fakesink',
      /^ERROR: from element \/GstPipeline:pipeline0\/\S+:nvv4l2h264enc0: Cannot identify device '\/dev\/v4l2-nvenc'\.$/,
    ],
    [
      'a missing file',
      'filesrc location=none.mp4 ! qtdemux ! h264parse ! fakesink',
      /GstFileSrc:filesrc0: Resource not found\.$/,
    ],
    [
      'a missing camera',
      'v4l2src device=/dev/video7 ! fakesink',
      /v4l2src0: Cannot identify device '\/dev\/video7'\.$/,
    ],
    ['slips of syntax', 'videotestsrc ! ! fakesink', /^WARNING: erroneous pipeline: syntax error$/],
  ];
  for (const [what, pipeline, message] of wrong) {
    it(`fails with the message of a board for ${what}`, async () => {
      const run = launch(runner, gstLaunch(pipeline));
      const lines = await whole(run);
      assert.ok(
        lines.some((line) => message.test(line)),
        lines.join('\n'),
      );
      assert.equal((await run.ended).how, 'failed');
    });
  }

  it('writes its debug log, its latencies and its graph when asked', async () => {
    await say('mkdir', '-p', 'dots');
    const env = debugEnvironment({ debug: '*:4', tracers: 'latency', dotFolder: '/home/nvidia/dots' });
    const run = launch(runner, gstLaunch('videotestsrc num-buffers=90 ! identity ! fakesink sync=true'), { env });
    const lines = following(run);
    await until(() => lines.some((line) => /element-latency/.test(line)), 'latencies are traced');
    run.snapshot();
    await run.ended;
    await until(() => lines.includes('Freeing pipeline ...'), 'it has said all');
    assert.ok(
      lines.some((line) =>
        /^\d:\d\d:\d\d\.\d{9} +\d+ +0x[0-9a-f]+ INFO +GST_PADS gstpad\.c:\d+:gst_pad_link_full: linked videotestsrc0:src and identity0:sink/.test(
          line,
        ),
      ),
      lines.join('\n'),
    );
    const dots = (await say('ls', 'dots')).split('\n');
    assert.ok(
      dots.some((name) => /gst-launch\.PAUSED_PLAYING\.dot$/.test(name)),
      dots.join(),
    );
    assert.ok(
      dots.some((name) => /gst-launch\.snapshot\.dot$/.test(name)),
      dots.join(),
    );
    assert.match(await say('cat', `dots/${dots[0]}`), /^digraph pipeline \{/);
  });

  it('slows down where it asks for more than there is', async () => {
    const cheap = 'videotestsrc is-live=true ! video/x-raw,width=320,height=240,framerate=30/1';
    const dear = 'videotestsrc is-live=true ! video/x-raw,width=3840,height=2160,framerate=60/1 ! x264enc';
    const rates: number[] = [];
    for (const pipeline of [`${cheap} ! fpsdisplaysink`, `${dear} ! h264parse ! avdec_h264 ! fpsdisplaysink`]) {
      const run = launch(runner, gstLaunch(pipeline, { verbose: true }));
      const lines = following(run);
      await until(() => lines.some((line) => /current:/.test(line)), 'frames are counted');
      rates.push(Number(/current: ([\d.]+)/.exec(lines.find((line) => /current:/.test(line))!)![1]));
      await run.stop();
    }
    assert.ok(rates[0]! >= 29 && rates[1]! < 60, rates.join());
  });

  it('gives a picture where one is asked for', async () => {
    const words = lookWords('nvarguscamerasrc ! video/x-raw(memory:NVMM),width=640,height=360,framerate=30/1', {
      media: 'video/x-raw',
      hardware: true,
      converter: 'nvvidconv',
      path: '/tmp/look.png',
    });
    const run = launch(runner, words);
    await whole(run);
    assert.equal((await run.ended).how, 'finished');
    await runner.download('/tmp/look.png', join(folder, 'look.png'));
    const picture = readFileSync(join(folder, 'look.png'));
    assert.equal(picture.toString('latin1', 1, 4), 'PNG');
    assert.deepEqual([picture.readUInt32BE(16), picture.readUInt32BE(20)], [640, 360]);
  });

  it('outlives the connection and is found again', async () => {
    const other = await device.connect();
    const run = await launchToOutlive(other, gstLaunch('videotestsrc is-live=true ! fakesink'), 'a long one');
    following(run);
    other.destroy();
    await run.ended;
    const [found] = await listRuns(runner);
    assert.deepEqual([found?.id, found?.title, found?.running], [run.id, 'a long one', true]);
    const again = followRun(runner, run.id);
    const lines = following(again);
    await until(() => lines.includes('Setting pipeline to PLAYING ...'), 'its log is told from the start');
    await again.stop();
    await until(async () => (await listRuns(runner))[0]?.running === false, 'it has ended');
    assert.equal((await listRuns(runner))[0]?.code, 0);
    assert.equal(await forgetRun(runner, run.id), true);
    assert.deepEqual(await listRuns(runner), []);
    await nothingRuns();
  });

  it('is stopped by the board where the connection is lost', async () => {
    const other = await device.connect();
    const run = launch(other, gstLaunch('videotestsrc is-live=true ! fakesink'));
    const lines = following(run);
    await until(() => lines.includes('New clock: GstSystemClock'), 'it plays');
    other.destroy();
    assert.equal((await run.ended).how, 'lost');
    await nothingRuns();
  });
});

describe('deepstream-app on the demo device', () => {
  const config =
    '[application]\nenable-perf-measurement=1\nperf-measurement-interval-sec=1\n\n[source0]\nenable=1\ntype=1\ncamera-width=640\ncamera-height=480\ncamera-fps-n=30\ncamera-fps-d=1\n\n[sink0]\nenable=1\ntype=1\n\n[streammux]\nbatch-size=1\nwidth=640\nheight=480\n';

  it('counts its frames and quits at an interrupt', async () => {
    writeFileSync(join(folder, 'app.txt'), config);
    await runner.upload(join(folder, 'app.txt'), 'app/app.txt');
    const run = launch(runner, deepstreamApp('app/app.txt'));
    const lines = following(run);
    await until(
      () => lines.some((line) => /^\*\*PERF: {2}\d+\.\d\d \(\d+\.\d\d\)\s*$/.test(line)),
      'frames are counted',
    );
    assert.equal((await run.stop()).how, 'stopped');
    await until(() => lines.includes('App run successful'), 'it quits');
  });

  it('says so where there is no such file', async () => {
    const run = launch(runner, deepstreamApp('none.txt'));
    assert.ok((await whole(run)).includes('App run failed'));
    assert.equal((await run.ended).how, 'failed');
  });
});

describe('tegrastats on the demo device', () => {
  it('prints a line at each interval until it is ended', async () => {
    const running = runner.exec(['tegrastats', '--interval', '50']);
    const lines: string[] = [];
    for await (const { text } of running.lines) {
      lines.push(text);
      if (lines.length === 5) running.signal('TERM');
    }
    assert.ok(lines.length >= 5);
    for (const line of lines)
      assert.match(
        line,
        /^\d\d-\d\d-\d{4} \d\d:\d\d:\d\d RAM \d+\/7620MB \(lfb \d+x4MB\) SWAP .* CPU \[\d+%@\d+(?:,\d+%@\d+){5}\] GR3D_FREQ \d+% cpu@[\d.]+C .*VDD_IN \d+mW\/\d+mW/,
      );
  });

  it('shows the engines to root only', async () => {
    const line = async (...words: string[]): Promise<string> =>
      (await collect(runner.exec(['timeout', '0.2', ...words], { input: '' }))).out.split('\n')[0]!;
    assert.match(await line('sudo', '-n', 'tegrastats'), /EMC_FREQ \d+%@\d+ GR3D_FREQ \d+%@\[\d+\] NVDEC off/);
    assert.doesNotMatch(await line('tegrastats'), /NVDEC|EMC_FREQ/);
  });
});

/** One line of tegrastats: load of all cores, and memory. */
async function sample(): Promise<{ readonly cpu: number; readonly ram: number }> {
  const running = runner.exec(['tegrastats', '--interval', '10']);
  const sums: number[] = [];
  let ram = 0;
  for await (const { text } of running.lines) {
    sums.push([...text.matchAll(/(\d+)%@/g)].reduce((sum, [, load]) => sum + Number(load), 0));
    ram = Number(/RAM (\d+)/.exec(text)?.[1]);
    if (sums.length === 10) break;
  }
  running.signal('TERM');
  ignoreLines(running);
  return { cpu: sums.reduce((sum, one) => sum + one, 0) / sums.length, ram };
}
