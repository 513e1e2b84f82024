/** Runs on a real sshd with the real gst-launch-1.0: started, read, stopped, lost; the files are whole and nothing stays behind. */
import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import {
  debugEnvironment,
  followRun,
  forgetRun,
  launch,
  launchToOutlive,
  listRuns,
  type Run,
} from '../../client/src/remote/launch.ts';
import { gstLaunch, launchWords, withEndOfStream } from '../../client/src/remote/launch-words.ts';
import { localRunner } from '../../client/src/remote/local.ts';
import type { Runner } from '../../client/src/remote/runner.ts';
import type { SshRunner } from '../../client/src/remote/ssh.ts';
import { isRoot, type Sshd, startSshd, until } from '../support/sshd.ts';

let sshd: Sshd;
let runner: SshRunner;
before(async () => {
  sshd = await startSshd();
  runner = await sshd.connect();
});
after(async () => {
  await runner.dispose();
  await sshd.stop();
});

const home = (): string => (isRoot ? join(sshd.folder, sshd.user) : sshd.folder);
const gst = (pipeline: string): readonly string[] => gstLaunch(pipeline);
/** Says `chain` for each frame that goes to the file. */
const recording = (file: string): readonly string[] =>
  gstLaunch(
    `videotestsrc is-live=true ! video/x-raw,width=160,height=120,framerate=30/1 ! x264enc tune=zerolatency ! identity silent=false ! mp4mux ! filesink location=${file}`,
    { verbose: true },
  );
/** Says `chain` when frames flow: an interrupt in the moments before can hang GStreamer in its own end of stream. */
const flowing = (source: string): readonly string[] =>
  gstLaunch(`${source} is-live=true ! fakesink silent=false`, { verbose: true });

/** gst-discoverer-1.0 plays a file for as long as it takes to know what it is; a broken one it refuses. */
function isPlayable(file: string): boolean {
  const { stdout } = spawnSync('gst-discoverer-1.0', [file], { encoding: 'utf8', timeout: 20_000 });
  return /Duration: 0:00:0[1-9]|Duration: 0:00:00\.[1-9]/.test(stdout) && stdout.includes('H.264');
}

/** Reads a run's lines until so many match; the rest is read on in the background. */
async function seen(run: Run, pattern: RegExp, times = 1): Promise<string[]> {
  const lines: string[] = [];
  const found = new Promise<string[]>((resolve) => {
    void (async () => {
      for await (const { text } of run.lines) {
        lines.push(text);
        if (pattern.test(text) && --times === 0) resolve(lines);
      }
      resolve(lines);
    })();
  });
  await found;
  return lines;
}

/** Half a second of a {@link recording}: the words about PLAYING come before its first frame, however fast the machine is. */
const recorded = (run: Run): Promise<string[]> => seen(run, /chain/, 15);
const nothingRuns = (): Promise<void> =>
  until(() => sshd.processes().length === 0, 'nothing runs for the user any more');

describe('a run', () => {
  it('that ends by itself gives its lines and its end', async () => {
    const run = launch(runner, gst('videotestsrc num-buffers=5 ! fakesink'));
    const lines = await seen(run, /^never$/);
    assert.ok(lines.includes('Setting pipeline to PLAYING ...'), lines.join('\n'));
    assert.ok(!lines.some((line) => line.includes(run.id)), 'the overseer speaks of itself');
    assert.equal((await run.ended).how, 'finished');
    assert.ok(Number(await run.pid) > 1);
  });

  it('that fails says how', async () => {
    const wrong = launch(runner, gst('nosuchelement ! fakesink'));
    await seen(wrong, /^never$/);
    const { how, exit } = await wrong.ended;
    assert.deepEqual([how, exit], ['failed', { code: 1 }]);
    const none = launch(runner, ['no-such-program']);
    await seen(none, /^never$/);
    assert.equal((await none.ended).how, 'not-started');
    const crash = launch(runner, ['sh', '-c', 'kill -SEGV $$']);
    await seen(crash, /^never$/);
    assert.match((await crash.ended).text, /SIGSEGV/);
  });

  it('that is stopped leaves a file that plays', async () => {
    const file = join(home(), 'stopped.mp4');
    const run = launch(runner, recording(file));
    await recorded(run);
    const ended = await run.stop();
    assert.equal(ended.how, 'stopped');
    assert.deepEqual(ended.exit, { code: 0 });
    assert.ok(isPlayable(file));
    await nothingRuns();
  });

  it('whose connection is lost finishes its file and leaves no process', async () => {
    const file = join(home(), 'lost.mp4');
    const other = await sshd.connect();
    const run = launch(other, recording(file));
    await recorded(run);
    other.destroy();
    assert.equal((await run.ended).how, 'lost');
    await nothingRuns();
    assert.ok(isPlayable(file));
  });

  it('that does not listen is ended by force, with all its children', async () => {
    const stubborn = [
      'sh',
      '-c',
      'trap "" INT TERM; echo ready; (trap "" INT TERM; sleep 300) & sleep 300; sleep 300; sleep 300',
    ];
    const run = launch(runner, stubborn, { interruptSeconds: 1, termSeconds: 1 });
    await seen(run, /ready/);
    assert.equal((await run.stop()).how, 'killed');
    await nothingRuns();
  });

  it('that ends and leaves children behind is cleaned up after', async () => {
    const run = launch(runner, ['sh', '-c', 'sleep 300 & echo started']);
    await seen(run, /^never$/);
    assert.equal((await run.ended).how, 'finished');
    await nothingRuns();
  });

  it('in a script gets its interrupt too', async () => {
    const script = 'trap "echo finishing; exit 0" INT; echo ready; while :; do sleep 0.1; done';
    const run = launch(runner, ['bash', '-c', script]);
    const lines: string[] = [];
    let ready = (): void => {};
    const started = new Promise<void>((resolve) => {
      ready = resolve;
    });
    const reading = (async () => {
      for await (const { text } of run.lines) {
        lines.push(text);
        if (text === 'ready') ready();
      }
    })();
    await started;
    assert.equal((await run.stop()).how, 'stopped');
    await reading;
    assert.deepEqual(lines, ['ready', 'finishing']);
  });

  it('beside another one is stopped alone', async () => {
    const one = launch(runner, flowing('videotestsrc'));
    const other = launch(runner, flowing('audiotestsrc'));
    await Promise.all([seen(one, /chain/), seen(other, /chain/)]);
    assert.equal((await one.stop()).how, 'stopped');
    assert.ok(sshd.processes().some((line) => line.includes('audiotestsrc')));
    assert.equal((await other.stop()).how, 'stopped');
    await nothingRuns();
  });

  it('is watched with debug output', async () => {
    const env = debugEnvironment({ debug: '*:4', tracers: 'latency' });
    const run = launch(runner, gst('videotestsrc num-buffers=3 ! identity ! fakesink'), { env });
    const lines = await seen(run, /^never$/);
    assert.ok(lines.some((line) => /GST_INIT|GST_PIPELINE/.test(line)));
    assert.ok(lines.some((line) => line.includes('element-latency')));
    assert.ok(!lines.some((line) => line.includes('\x1b')));
  });
});

describe('a run that outlives the window', () => {
  it('goes on when the connection is cut, is found again and stopped', async () => {
    const file = join(home(), 'outlives.mp4');
    const other = await sshd.connect();
    const run = await launchToOutlive(other, recording(file), 'a recording');
    await recorded(run);
    other.destroy();
    await run.ended;
    await until(() => !sshd.processes().some((line) => line.includes('tail')), 'nobody follows any more');
    assert.ok(sshd.processes().some((line) => line.includes('gst-launch-1.0')));
    const [found] = await listRuns(runner);
    assert.deepEqual([found?.id, found?.title, found?.running], [run.id, 'a recording', true]);
    assert.equal(await forgetRun(runner, run.id), false, 'it still runs');
    const again = followRun(runner, run.id);
    const lines = await recorded(again);
    assert.ok(
      lines.some((line) => line.startsWith('Setting pipeline')),
      'the log is told from its start',
    );
    assert.equal((await again.stop()).how, 'stopped');
    assert.ok(isPlayable(file));
    assert.deepEqual(
      (await listRuns(runner)).map(({ running, code }) => [running, code]),
      [[false, 0]],
    );
    assert.equal(await forgetRun(runner, run.id), true);
    assert.deepEqual(await listRuns(runner), []);
    await nothingRuns();
  });
});

describe('a run on this machine', () => {
  it('is stopped in the same way', async () => {
    const local: Runner = localRunner();
    const run = launch(local, flowing('videotestsrc'));
    await seen(run, /chain/);
    assert.equal((await run.stop()).how, 'stopped');
    await local.dispose();
  });
});

describe('words for gst-launch', () => {
  it('are cut where the parser does not need the blank', () => {
    const text = 'a b="c  d" e=\\  ! \n f=\'g  h\' "v/x, a=(string)\\"i j\\""';
    assert.deepEqual(launchWords(text), [
      'a',
      'b="c  d"',
      'e=\\ ',
      '!',
      "f='g",
      '',
      "h'",
      '"v/x, a=(string)\\"i j\\""',
    ]);
  });

  it('give a location with blanks and quotes back', async () => {
    const file = join(home(), "it's  a file.raw");
    const run = launch(runner, gst(`videotestsrc num-buffers=1 ! filesink location="${file}"`));
    await seen(run, /^never$/);
    assert.equal((await run.ended).how, 'finished');
    assert.ok(existsSync(file));
  });
});

describe('the end of the stream on an interrupt', () => {
  it('is asked of gst-launch and of nothing else', () => {
    assert.deepEqual(withEndOfStream(['gst-launch-1.0', 'a', '!', 'b']), ['gst-launch-1.0', '-e', 'a', '!', 'b']);
    assert.deepEqual(withEndOfStream(['/usr/bin/gst-launch-1.0', '-v', 'a']), [
      '/usr/bin/gst-launch-1.0',
      '-e',
      '-v',
      'a',
    ]);
    assert.deepEqual(withEndOfStream(['gst-launch-1.0', '-ve', 'a']), ['gst-launch-1.0', '-ve', 'a']);
    assert.deepEqual(withEndOfStream(['deepstream-app', '-c', 'x']), ['deepstream-app', '-c', 'x']);
  });
});
