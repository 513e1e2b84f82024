/**
 * A pretend Jetson behind a real sshd: the real gst-launch-1.0 with stand-ins of NVIDIA's elements, which GStreamer's own loader for
 * Python brings in. What it refuses, and how, beside what the demo device says.
 */
import assert from 'node:assert/strict';
import {
  chmodSync,
  copyFileSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import type { DemoDevice } from '../../client/src/remote/demo/device.ts';
import { harvest } from '../../client/src/remote/harvest.ts';
import { launch } from '../../client/src/remote/launch.ts';
import { gstLaunch } from '../../client/src/remote/launch-words.ts';
import type { Runner } from '../../client/src/remote/runner.ts';
import type { SshRunner } from '../../client/src/remote/ssh.ts';
import { startDemo } from '../support/demo.ts';
import { standIn } from '../support/gstreamer.ts';
import { type Sshd, startSshd } from '../support/sshd.ts';
import { targetNamed } from '../support/world.ts';

const LOADERS = ['/usr/lib', ...(process.env.GST_PYTHON_LOADER ? [process.env.GST_PYTHON_LOADER] : [])].flatMap(
  (top) =>
    existsSync(top)
      ? [top, ...readdirSync(top).map((name) => join(top, name, 'gstreamer-1.0'))].map((folder) =>
          join(folder, 'libgstpython.so'),
        )
      : [],
);
const loader = LOADERS.find((file) => existsSync(file));
const NAMES = [
  'nvarguscamerasrc',
  'nvvidconv',
  'nvv4l2h264enc',
  'nvv4l2decoder',
  'nvstreammux',
  'nvinfer',
  'nvtracker',
  'nvdsosd',
];

describe('a pretend Jetson', {
  skip: loader === undefined && 'gstreamer1.0-python3-plugin-loader is not installed',
}, () => {
  const folder = mkdtempSync(join(tmpdir(), 'stand-ins-'));
  let sshd: Sshd;
  let runner: SshRunner;
  let demo: DemoDevice;
  let other: SshRunner;
  const env = {
    GST_PLUGIN_PATH: `${folder}:${loader === undefined ? '' : join(loader, '..')}`,
    STAND_INS_SUPPORT: folder,
  };
  before(async () => {
    // A user of the server has to read it.
    chmodSync(folder, 0o755);
    mkdirSync(join(folder, 'python'), { recursive: true });
    copyFileSync(join(import.meta.dirname, '../support/gst_oracle.py'), join(folder, 'gst_oracle.py'));
    const { catalog } = targetNamed('orin-nano-8gb deepstream-7.1');
    for (const name of NAMES) {
      writeFileSync(join(folder, 'python', `${name}.json`), JSON.stringify(standIn(catalog.element(name)!)));
      copyFileSync(join(import.meta.dirname, '../support/gst_plugin.py'), join(folder, 'python', `${name}.py`));
    }
    sshd = await startSshd();
    runner = await sshd.connect();
    demo = await startDemo();
    other = await demo.connect();
  });
  after(async () => {
    await runner.dispose();
    await sshd.stop();
    await other.dispose();
    await demo.stop();
    rmSync(folder, { recursive: true, force: true });
  });

  const said = async (
    on: Runner,
    pipeline: string,
  ): Promise<{ readonly lines: readonly string[]; readonly how: string }> => {
    const run = launch(on, gstLaunch(pipeline), { env });
    const lines: string[] = [];
    for await (const { text } of run.lines) lines.push(text);
    return { lines, how: (await run.ended).how };
  };

  it('tells its elements', async () => {
    const { elements } = await harvest(runner, { layer: 'pretended', env });
    const names = new Set(elements.map(({ name }) => name));
    for (const name of NAMES) assert.ok(names.has(name), name);
  });

  it('runs a pipeline of theirs', async () => {
    const { lines, how } = await said(
      runner,
      'videotestsrc num-buffers=3 ! video/x-raw,format=I420 ! nvvidconv ! fakesink',
    );
    assert.equal(how, 'finished', lines.join('\n'));
  });

  for (const pipeline of [
    'videotestsrc ! nvinfer ! fakesink',
    'videotestsrc ! nvv4l2h264enc ! fakesink',
    'nvarguscamerasrc ! x264enc ! fakesink',
    'videotestsrc ! nvvidconv nosuch=1 ! fakesink',
    'videotestsrc ! nvvidcon ! fakesink',
    'videotestsrc ! nvvidconv flip-method=sideways ! fakesink',
  ]) {
    it(`refuses as the demo device does: ${pipeline}`, async () => {
      const [real, played] = await Promise.all([said(runner, pipeline), said(other, pipeline)]);
      const message = (lines: readonly string[]): string =>
        (lines.find((line) => line.startsWith('WARNING: erroneous pipeline')) ?? lines.join('\n'))
          // 1.22 names the factory, 1.20 the element.
          .replace(/in element "[^"]*"/, '');
      assert.equal(message(real.lines), message(played.lines));
      assert.deepEqual([real.how, played.how], ['failed', 'failed']);
    });
  }
});
