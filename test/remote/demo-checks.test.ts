/** What is asked of a board before runs and in the checklist, asked of the demo device: each question has an answer. */
import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { askBoard, type Board } from '../../client/src/devices/board-facts.ts';
import { diagnose } from '../../client/src/devices/diagnose.ts';
import { findOutputs } from '../../client/src/devices/fetch-outputs.ts';
import { planOfLaunch } from '../../client/src/devices/plan.ts';
import { askPreflight } from '../../client/src/devices/preflight.ts';
import { listServices, UNITS } from '../../client/src/devices/services.ts';
import type { DemoDevice } from '../../client/src/remote/demo/device.ts';
import { gstLaunch } from '../../client/src/remote/launch-words.ts';
import { collect } from '../../client/src/remote/runner.ts';
import type { SshRunner } from '../../client/src/remote/ssh.ts';
import { startDemo } from '../support/demo.ts';

let device: DemoDevice;
let runner: SshRunner;
let board: Board;
before(async () => {
  device = await startDemo();
  runner = await device.connect();
  board = await askBoard(runner);
});
after(async () => {
  await runner.dispose();
  await device.stop();
});

const preflight = async (text: string): Promise<string> => {
  const [program = '', ...words] = gstLaunch(text);
  const planned = { program, elements: planOfLaunch(words), env: {} };
  const found = await askPreflight(runner, planned, '', board, []);
  return found.map(({ severity, text: told }) => `${severity}: ${told}`).join('\n');
};

describe('the demo device', () => {
  it('has all that a good pipeline needs', async () => {
    const text =
      'nvarguscamerasrc ! nvvidconv ! video/x-raw,format=I420 ! x264enc ! h264parse ! mp4mux ! filesink location=a.mp4';
    assert.equal(await preflight(text), '');
  });

  it('lacks what a board of its kind lacks', async () => {
    assert.match(await preflight('videotestsrc ! nosuchelement ! fakesink'), /error: .*nosuchelement/);
    assert.match(await preflight('nvarguscamerasrc ! nvv4l2h264enc ! fakesink'), /error: .*nvv4l2h264enc/);
    assert.match(await preflight('filesrc location=/no/such.mp4 ! fakesink'), /error: .*\/no\/such\.mp4/);
    assert.match(await preflight('v4l2src device=/dev/video7 ! fakesink'), /error: .*\/dev\/video7/);
  });

  it('answers the checklist', async () => {
    const found = await diagnose(runner, board, []);
    const is = Object.fromEntries(found.map((one) => [one.id, one.is]));
    for (const id of ['nodes', 'clocks', 'thermal', 'memory', 'disk', 'limits']) assert.notEqual(is[id], 'unknown', id);
    assert.deepEqual(
      found.filter((one) => one.is === 'bad').map(({ id, text }) => `${id}: ${text}`),
      [],
    );
  });

  it('has no services, and finds what was written', async () => {
    assert.deepEqual(await listServices(runner, UNITS), []);
    await collect(
      runner.exec(['/bin/sh', '-c', 'mkdir -p jetson-pipelines/p; echo x >jetson-pipelines/p/a.mp4'], { input: '' }),
    );
    const found = await findOutputs(runner, ['a.mp4'], 'jetson-pipelines/p', '/here');
    assert.deepEqual(
      found.map(({ to }) => to),
      ['/here/a.mp4'],
    );
  });
});
