import assert from 'node:assert/strict';
import { createServer } from 'node:net';
import { describe, it } from 'node:test';
import type { Answers } from '../../../client/src/devices/check.ts';
import { type Planned, planOf, planOfConfig, planOfLaunch } from '../../../client/src/devices/plan.ts';
import { askPreflight, judge, questionsOf, readAnswers } from '../../../client/src/devices/preflight.ts';
import { launchWords } from '../../../client/src/remote/launch-words.ts';
import { localRunner } from '../../../client/src/remote/local.ts';

const launch = (text: string, env: Planned['env'] = {}): Planned => ({
  program: 'gst-launch-1.0',
  elements: planOfLaunch(['-e', ...launchWords(text)]),
  env,
});
const yes: Answers = {
  hasElement: () => true,
  hasProgram: () => true,
  changed: () => 2_000_000_000,
  taken: () => false,
};
const jetson = { model: 'NVIDIA Jetson Orin Nano', l4t: '# R36 (release), REVISION: 4.4, x', argus: 'runs' };
const releases = [{ jetpack: '6.2.1', l4t: ['36.4.4'], deepstream: ['7.1'], tensorrt: '10.3.0' }];
const found = (
  planned: Planned,
  said: Record<string, string> = {},
  answers: Partial<Answers> = {},
  nodes: never[] | object[] = [],
) =>
  judge(planned, { said, nodes: nodes as never[] }, { ...yes, ...answers }, releases).map(
    ({ severity, text }) => `${severity}: ${text}`,
  );
const one = (list: readonly string[], pattern: RegExp): void => {
  assert.equal(list.length, 1, list.join('\n'));
  assert.match(list[0]!, pattern);
};

describe('the elements of a command', () => {
  it('are read with their settings and the caps behind them', () => {
    assert.deepEqual(
      planOfLaunch(
        launchWords(
          'v4l2src device=/dev/video1 ! video/x-raw,width=640,height=480 ! tee name=t t. ! queue ! fakesink t. ! nvinfer config-file-path="a b.txt"',
        ),
      ),
      [
        { factory: 'v4l2src', settings: { device: '/dev/video1' }, caps: 'video/x-raw,width=640,height=480' },
        { factory: 'tee', settings: { name: 't' }, caps: '' },
        { factory: 'queue', settings: {}, caps: '' },
        { factory: 'fakesink', settings: {}, caps: '' },
        { factory: 'nvinfer', settings: { 'config-file-path': 'a b.txt' }, caps: '' },
      ],
    );
  });

  it('take caps with blanks for one', () => {
    assert.deepEqual(planOfLaunch(launchWords('v4l2src ! video/x-raw, width=640, height=480 ! fakesink sync=false')), [
      { factory: 'v4l2src', settings: {}, caps: 'video/x-raw,width=640,height=480' },
      { factory: 'fakesink', settings: { sync: 'false' }, caps: '' },
    ]);
  });

  it('keep what is known only when it runs as it is written', () => {
    const text = 'udpsrc port=0000 ! filesink location=XXXXXXXX';
    const holes = [
      { start: 12, end: 16, source: '$PORT' },
      { start: 37, end: 45, source: '$(date +%s).mp4' },
    ];
    assert.deepEqual(
      planOf({ kind: 'launch', text, holes }).map(({ settings }) => settings),
      [{ port: '$PORT' }, { location: '…' }],
    );
  });

  it('are the sections of a configuration that are switched on', () => {
    const text = '[source0]\nenable=1\nuri=file:///a.mp4\n[sink1]\nenable=0\n[primary-gie]\nconfig-file=pgie.txt\n';
    assert.deepEqual(
      planOfConfig(text).map(({ factory }) => factory),
      ['source', 'primary-gie'],
    );
  });
});

describe('before a run', () => {
  it('nothing is said where all is there', () => {
    assert.deepEqual(
      found(launch('videotestsrc ! x264enc ! mp4mux ! filesink location=a.mp4'), { ...jetson, disk: '90000000' }),
      [],
    );
  });

  it('elements: an unknown one is refused, one that could not be asked for is not', () => {
    const planned = launch('videotestsrc ! nosuch ! fakesink');
    one(found(planned, {}, { hasElement: (name) => name !== 'nosuch' }), /^error: .*nosuch/);
    assert.deepEqual(found(planned, {}, { hasElement: () => undefined }), []);
  });

  it('elements: the program itself must be there', () => {
    one(found({ program: 'deepstream-app', elements: [], env: {} }, {}, { hasProgram: () => false }), /DeepStream/);
  });

  it('files: what is read must be there; patterns, outputs and addresses are not asked for', () => {
    const planned = launch(
      'filesrc location=a.mp4 ! multifilesrc location=b%d.jpg ! uridecodebin uri=rtsp://x ! nvinfer config-file-path=c.txt ! filesink location=d.mp4',
    );
    assert.deepEqual(questionsOf(planned).files, ['a.mp4', 'c.txt']);
    one(found(planned, {}, { changed: (path) => (path === 'a.mp4' ? undefined : 1) }), /^error: .*a\.mp4/);
    assert.deepEqual(found(planned, {}, { changed: () => 'unknown' }), []);
  });

  const camera = {
    path: '/dev/video0',
    name: 'cam',
    kind: 'camera',
    modes: [
      { format: 'YUYV', width: 640, height: 480, rates: [30] },
      { format: 'MJPG', width: 1920, height: 1080, rates: [30] },
    ],
  };
  it('cameras: the node must be there', () => {
    one(found(launch('v4l2src device=/dev/video3 ! fakesink'), {}, {}, [camera]), /^error: .*video3.*\/dev\/video0/);
    assert.deepEqual(found(launch('v4l2src device=/dev/v4l/by-id/x ! fakesink'), {}, {}, [camera]), []);
  });

  it('cameras: the size must be one of the format that is asked for', () => {
    const ask = (caps: string) => found(launch(`v4l2src ! ${caps} ! fakesink`), {}, {}, [camera]);
    one(ask('video/x-raw,width=1920,height=1080'), /^warning: .*1920×1080.*640×480/);
    assert.deepEqual(ask('image/jpeg,width=1920,height=1080'), []);
    assert.deepEqual(ask('video/x-raw,width=(int)640,height=480'), []);
    assert.deepEqual(
      found(launch('v4l2src ! videoscale ! video/x-raw,width=9,height=9 ! fakesink'), {}, {}, [camera]),
      [],
    );
  });

  it('cameras: CSI cameras need their daemon', () => {
    one(found(launch('nvarguscamerasrc ! fakesink'), { model: 'Jetson' }), /^warning: nvargus-daemon/);
    assert.deepEqual(found(launch('nvarguscamerasrc ! fakesink'), jetson), []);
  });

  it('encoder: a board without a node has none', () => {
    one(found(launch('videotestsrc ! nvv4l2h264enc ! fakesink'), jetson), /^error: nvv4l2h264enc needs/);
    assert.deepEqual(
      found(launch('videotestsrc ! nvv4l2h264enc ! fakesink'), { ...jetson, encoder: '/dev/v4l2-nvenc' }),
      [],
    );
    assert.deepEqual(found(launch('videotestsrc ! nvjpegenc ! fakesink'), jetson), []);
  });

  it('display: a window needs one', () => {
    one(found(launch('videotestsrc ! nv3dsink'), {}), /^warning: .*no display runs/);
    one(found(launch('videotestsrc ! nv3dsink'), { display: ':1' }), /^warning: .*DISPLAY is not set.*:1/);
    one(found(launch('videotestsrc ! nv3dsink', { DISPLAY: ':0' }), { display: ':1' }), /no display :0/);
    assert.deepEqual(found(launch('videotestsrc ! nv3dsink', { DISPLAY: ':1' }), { display: ':0 :1' }), []);
    assert.deepEqual(found(launch('videotestsrc ! fakesink'), {}), []);
  });

  it('engine: one that is older than TensorRT was built with another', () => {
    const planned: Planned = {
      program: 'deepstream-app',
      elements: planOfConfig('[primary-gie]\nmodel-engine-file=m.engine\n'),
      env: {},
    };
    one(found(planned, { tensorrtAt: '1000' }, { changed: () => 999 }), /^warning: .*m\.engine/);
    assert.deepEqual(found(planned, { tensorrtAt: '1000' }, { changed: () => 1001 }), []);
    assert.deepEqual(found(planned, {}, { changed: () => 1 }), []);
    assert.deepEqual(found(planned, { tensorrtAt: '1000' }, { changed: () => undefined }), []);
  });

  it('versions: DeepStream must be made for the release', () => {
    const planned = launch('videotestsrc ! nvinfer ! fakesink');
    one(found(planned, { ...jetson, deepstream: '6.3.0' }), /^warning: DeepStream 6\.3\.0.*7\.1/);
    assert.deepEqual(found(planned, { ...jetson, deepstream: '7.1.0' }), []);
    assert.deepEqual(found(launch('videotestsrc ! fakesink'), { ...jetson, deepstream: '6.3.0' }), []);
    assert.deepEqual(found(planned, { ...jetson, l4t: '# R99 (release), REVISION: 1.0, x', deepstream: '6.3.0' }), []);
  });

  it('ports: one that is taken cannot be taken again', () => {
    const busy = { taken: (protocol: string, port: number) => protocol === 'tcp' && port === 5000 };
    one(found(launch('videotestsrc ! tcpserversink port=5000'), {}, busy), /^error: .*TCP port 5000/);
    assert.deepEqual(found(launch('videotestsrc ! tcpserversink port=5001'), {}, busy), []);
    assert.deepEqual(found(launch('udpsrc port=5000 ! fakesink'), {}, busy), []);
    assert.deepEqual(found(launch('videotestsrc ! udpsink port=5000'), {}, busy), []);
  });

  it('disk: a recording needs room', () => {
    const planned = launch('videotestsrc ! filesink location=a.raw');
    one(found(planned, { disk: '500000' }), /^warning: .*488 MiB/);
    one(found(planned, { disk: '100' }), /^error/);
    assert.deepEqual(found(launch('videotestsrc ! fakesink'), { disk: '100' }), []);
  });
});

describe('before a script', () => {
  const script = (text: string): Planned => ({ ...launch(text), program: 'bash', isScript: true });

  it('names of elements are looked at, and nothing surely fails', () => {
    const found_ = found(script('videotestsrc ! nosuch ! fakesink'), {}, { hasElement: (name) => name !== 'nosuch' });
    one(found_, /^warning: .*nosuch/);
  });

  it('what it fills in itself is not judged', () => {
    const text = 'filesrc location=a.mp4 ! v4l2src ! tcpserversink port=5000';
    assert.deepEqual(found(script(text), {}, { changed: () => undefined, taken: () => true }), []);
    assert.deepEqual(questionsOf(script(text)).files, []);
    const holes = [{ start: 0, end: 3, source: 'name' }];
    assert.deepEqual(
      planOf({ kind: 'launch', text: 'enc ! fakesink', holes }).map(({ factory }) => factory),
      ['fakesink'],
    );
  });
});

describe('the answers of a device', () => {
  it('are by place, and what is out of time tells nothing', () => {
    const questions = { elements: ['a', 'b', 'c'], programs: ['p'], files: ['x', 'y'] };
    const tables =
      '@tcp\n  sl\n   0: 00000000:1F90 00000000:0000 0A 0\n   1: 0100007F:1F91 0100007F:0001 01 0\n@udp\n 9: 00000000:1388 00000000:0000 07 0\n';
    const answers = readAnswers(`e 0 0\ne 1 1\ne 2 124\np 0 0\nf 0 77\nf 1 -\n${tables}`, questions);
    assert.deepEqual(['a', 'b', 'c', 'd'].map(answers.hasElement), [true, false, undefined, undefined]);
    assert.equal(answers.hasProgram('p'), true);
    assert.deepEqual(['x', 'y', 'z'].map(answers.changed), [77, undefined, 'unknown']);
    assert.equal(answers.taken('tcp', 8080), true);
    assert.equal(answers.taken('tcp', 8081), false);
    assert.equal(answers.taken('udp', 5000), true);
  });

  it('come from this machine as they are', async (context) => {
    const server = createServer().listen(0, '127.0.0.1');
    context.after(() => server.close());
    await new Promise((resolve) => server.once('listening', resolve));
    const { port } = server.address() as { port: number };
    const runner = localRunner();
    context.after(() => runner.dispose());
    const planned = launch(`filesrc location="no such file" ! tcpserversink port=${port}`);
    const findings = await askPreflight(runner, planned, '', { said: {}, nodes: [] }, releases);
    const texts = findings.map(({ text }) => text).join('\n');
    assert.match(texts, /no such file/);
    assert.match(texts, new RegExp(`TCP port ${port}`));
  });
});
