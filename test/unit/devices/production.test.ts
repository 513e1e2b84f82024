import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { planOfConfig, planOfLaunch } from '../../../client/src/devices/plan.ts';
import { type Deployment, productionCheck } from '../../../client/src/devices/production.ts';
import { unitText } from '../../../client/src/devices/service-unit.ts';
import { launchWords } from '../../../client/src/remote/launch-words.ts';

const unit = unitText({
  name: 'gate',
  description: 'gate',
  words: ['/usr/bin/gst-launch-1.0', '-e', 'v4l2src', '!', 'fakesink'],
  folder: '/srv',
  user: 'video',
  env: {},
  restart: 'always',
});
const deployment = (text: string, more: Partial<Deployment> = {}): Deployment => ({
  kind: 'launch',
  elements: planOfLaunch(launchWords(text)),
  unit,
  board: { said: { disk: '90000000', temperature: '50' }, nodes: [] },
  ...more,
});
const ids = (is: string, given: Deployment): string[] =>
  productionCheck(given).flatMap((one) => (one.is === is ? [one.id] : []));

describe('the check for production', () => {
  it('finds nothing in a good deployment with a unit of ours', () => {
    const given = deployment('v4l2src ! x264enc ! h264parse ! splitmuxsink location=a%d.mp4 max-files=9');
    assert.deepEqual([...ids('bad', given), ...ids('note', given)], []);
    assert.ok(ids('good', given).length >= 8);
  });

  const bad: readonly (readonly [string, string, Partial<Deployment>])[] = [
    ['unit', 'v4l2src ! fakesink', { unit: '' }],
    ['boot', 'v4l2src ! fakesink', { unit: unit.replace(/WantedBy.*/, '') }],
    ['restart', 'v4l2src ! fakesink', { unit: unit.replace(/^Restart=.*$/m, '') }],
    ['stop', 'v4l2src ! fakesink', { unit: unit.replace(/^KillSignal=.*$/m, '') }],
    ['stop', 'v4l2src ! fakesink', { unit: unit.replace(' -e ', ' ') }],
    ['watchdog', 'v4l2src ! fakesink', { unit: `${unit}\nWatchdogSec=30\n` }],
    ['display', 'v4l2src ! nv3dsink', {}],
    ['recording', 'v4l2src ! x264enc ! mp4mux ! filesink location=a.mp4', {}],
    ['disk', 'v4l2src ! fakesink', { board: { said: { disk: '1000' }, nodes: [] } }],
    ['reconnect', '', { kind: 'config', elements: planOfConfig('[source0]\ntype=4\nuri=rtsp://x\n') }],
  ];
  for (const [id, text, more] of bad) {
    it(`${id}: is wrong, and says what to do`, () => {
      const found = productionCheck(deployment(text, more)).find((one) => one.is === 'bad');
      assert.equal(found?.id, id);
      assert.ok(found.fix?.text);
    });
  }

  const notes: readonly (readonly [string, string, Partial<Deployment>])[] = [
    ['restart', 'v4l2src ! fakesink', { unit: unit.replace('Restart=always', 'Restart=on-failure') }],
    ['restart', 'v4l2src ! fakesink', { unit: unit.replace('StartLimitIntervalSec=0', '') }],
    ['user', 'v4l2src ! fakesink', { unit: unit.replace('User=video', 'User=root') }],
    ['log', 'v4l2src ! fakesink', { unit: unit.replace(/^LogRate.*$/gm, '') }],
    ['end', 'v4l2src num-buffers=9 ! fakesink', {}],
    ['reconnect', 'rtspsrc location=rtsp://x ! fakesink', {}],
    ['recording', 'v4l2src ! splitmuxsink', {}],
    ['heat', 'v4l2src ! fakesink', { board: { said: { temperature: '80' }, nodes: [] } }],
    ['engine', '', { kind: 'config', elements: planOfConfig('[primary-gie]\nconfig-file=a.txt\n') }],
  ];
  for (const [id, text, more] of notes) {
    it(`${id}: is to be looked at`, () => assert.deepEqual(ids('note', deployment(text, more)), [id]));
  }

  it('takes a fragmented MP4 for no loss', () => {
    const given = deployment('v4l2src ! x264enc ! mp4mux fragment-duration=1000 ! filesink location=a.mp4');
    assert.deepEqual(ids('bad', given), []);
  });
});
