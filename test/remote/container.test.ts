/**
 * Containers on a device, through the real sshd. In docker's place stands a program of ours that understands its words and runs
 * them where it stands, so that what arrives inside is real.
 */
import assert from 'node:assert/strict';
import { chmodSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import { containerRunner, listContainers } from '../../client/src/remote/container.ts';
import { harvest } from '../../client/src/remote/harvest.ts';
import { launch } from '../../client/src/remote/launch.ts';
import { gstLaunch } from '../../client/src/remote/launch-words.ts';
import { collect, type Runner } from '../../client/src/remote/runner.ts';
import type { SshRunner } from '../../client/src/remote/ssh.ts';
import { heardWords, hostileWords, saysWords } from '../support/hostile.ts';
import { type Sshd, startSshd, until } from '../support/sshd.ts';

/** Containers are folders: their name's folder is their home. What it is asked is written down, a word a line. */
const DOCKER = `#!/bin/sh
here=$(dirname "$0")
for w do printf '%s\\n' "$w"; done >>"$here/asked" 2>/dev/null
what=$1; shift
case $what in
  ps)
    echo '{"ID":"4f1c2d3e4a5b","Names":"camera-app","Image":"nvcr.io/nvidia/deepstream:7.1-samples-multiarch","Status":"Up 2 hours"}'
    echo 'WARNING: something that is no record';;
  image)
    echo '{"ID":"aaaa1111bbbb","Repository":"nvcr.io/nvidia/deepstream","Tag":"7.1-triton-multiarch","Size":"14.1GB"}'
    echo '{"ID":"cccc2222dddd","Repository":"<none>","Tag":"<none>","Size":"3.2GB"}';;
  exec)
    while :; do case $1 in -i|-t) shift;; *) break;; esac; done
    [ -d "$here/$1" ] || { echo "Error response from daemon: No such container: $1" >&2; exit 1; }
    HOME=$here/$1; export HOME; shift
    cd /
    exec "$@";;
  run)
    while :; do case $1 in --rm|-i|--init) shift;; --name) name=$2; shift 2;; --entrypoint) entry=$2; shift 2;; -*) shift 2;; *) break;; esac; done
    [ "$1" = missing:1 ] && { echo "Unable to find image 'missing:1' locally" >&2; exit 125; }
    shift
    mkdir "$here/$name"; "$entry" "$@"; r=$?; rm -rf "$here/$name"; exit $r;;
  cp)
    [ "$1" = -L ] && shift
    plain() { case $1 in *:/*) printf %s "\${1#*:}";; *) printf %s "$1";; esac; }
    cp -- "$(plain "$1")" "$(plain "$2")";;
esac
`;

let sshd: Sshd;
let host: SshRunner;
let place: string;
let program: string;
let inside: Runner;
const folder = mkdtempSync(join(tmpdir(), 'container-'));
before(async () => {
  sshd = await startSshd();
  host = await sshd.connect();
  place = (await collect(host.exec(['mktemp', '-d'], { input: '' }))).out;
  program = `${place}/docker`;
  writeFileSync(join(folder, 'docker'), DOCKER);
  chmodSync(join(folder, 'docker'), 0o755);
  await host.upload(join(folder, 'docker'), program);
  await collect(host.exec(['mkdir', `${place}/camera-app`], { input: '' }));
  inside = await containerRunner(host, { container: 'camera-app' }, { program });
});
after(async () => {
  await inside.dispose();
  await collect(host.exec(['rm', '-rf', place], { input: '' }));
  await host.dispose();
  await sshd.stop();
  rmSync(folder, { recursive: true, force: true });
});

describe('containers on a device', () => {
  it('are listed with their images', async () => {
    assert.deepEqual(await listContainers(host, { program }), {
      running: [
        {
          id: '4f1c2d3e4a5b',
          name: 'camera-app',
          image: 'nvcr.io/nvidia/deepstream:7.1-samples-multiarch',
          status: 'Up 2 hours',
        },
      ],
      images: [
        { id: 'aaaa1111bbbb', name: 'nvcr.io/nvidia/deepstream:7.1-triton-multiarch', size: '14.1GB' },
        { id: 'cccc2222dddd', name: 'cccc2222dddd', size: '3.2GB' },
      ],
    });
  });

  it('are not there where docker is not', async () => {
    await assert.rejects(listContainers(host, { program: 'no-such-docker' }), /has no no-such-docker/);
  });

  it('whose name docker would take for an option are refused', async () => {
    await assert.rejects(containerRunner(host, { container: '--privileged' }, { program }), /Not the name/);
    await assert.rejects(containerRunner(host, { image: '-v/:/x' }, { program }), /Not the name/);
  });

  it('that have gone are told as such', async () => {
    await assert.rejects(containerRunner(host, { container: 'gone' }, { program }), /gone does not run .* any more/);
  });
});

/** Says when frames flow: before that GStreamer may not take an interrupt. */
const flowing = gstLaunch('videotestsrc is-live=true ! fakesink silent=false', { verbose: true });

describe('a program in a container', () => {
  it('gets its words, its environment, its folder and its input', async () => {
    for (const words of hostileWords(40, place)) {
      const { out } = await collect(inside.exec(saysWords(words), { input: '' }));
      assert.deepEqual(heardWords(out), words);
    }
    assert.equal((await collect(host.exec(['ls', place], { input: '' }))).out.includes('sang'), false);
    const options = { env: { A: "it's\n$HOME" }, folder: '/tmp', input: 'in' };
    assert.equal(
      (await collect(inside.exec(['sh', '-c', 'printf %s "$A"; pwd; cat'], options))).out,
      "it's\n$HOME/tmp\nin",
    );
    assert.equal((await collect(inside.exec(['pwd'], { input: '' }))).out, `${place}/camera-app`);
    assert.deepEqual((await collect(inside.exec(['pwd'], { input: '', folder: 'none' }))).exit, { code: 126 });
  });

  it('is ended by a signal, which docker does not pass on', async () => {
    const running = inside.exec([
      'sh',
      '-c',
      'trap "echo caught; exit 3" TERM; echo ready; while :; do sleep 0.1; done',
    ]);
    const lines: string[] = [];
    for await (const { text } of running.lines) {
      lines.push(text);
      if (text === 'ready') running.signal('TERM');
    }
    assert.deepEqual(lines, ['ready', 'caught']);
    assert.deepEqual(await running.exit, { code: 3 });
  });

  it('is stopped with finished files, also when the connection is lost', async () => {
    const other = await sshd.connect();
    const there = await containerRunner(other, { container: 'camera-app' }, { program });
    const run = launch(there, flowing);
    for await (const { text } of run.lines) if (text.includes('chain')) break;
    other.destroy();
    assert.equal((await run.ended).how, 'lost');
    await until(() => !sshd.processes().some((line) => line.includes('gst-launch')), 'nothing runs any more');
    const again = launch(inside, flowing);
    for await (const { text } of again.lines) if (text.includes('chain')) break;
    assert.equal((await again.stop()).how, 'stopped');
  });

  it('tells its elements', async () => {
    const found = await harvest(inside, { layer: 'in the container' });
    assert.ok(found.elements.length > 1000, String(found.elements.length));
  });
});

describe('files of a container', () => {
  it('come and go whole, whatever they are called', async () => {
    const file = join(folder, 'a b');
    writeFileSync(file, Buffer.from(Array.from({ length: 100_000 }, (_, at) => (at * 31) % 256)));
    await inside.upload(file, "new/it's $(touch x)/größe");
    await inside.download("new/it's $(touch x)/größe", join(folder, 'back'));
    assert.ok(readFileSync(join(folder, 'back')).equals(readFileSync(file)));
    assert.equal((await collect(inside.exec(['ls', "new/it's $(touch x)"], { input: '' }))).out, 'größe');
    assert.equal((await collect(host.exec(['ls', '.cache/jetson-pipelines/transfer'], { input: '' }))).out, '');
  });

  it('that are missing leave nothing behind', async () => {
    await assert.rejects(inside.download('none', join(folder, 'none')), { kind: 'no-such-file' });
    assert.equal(existsSync(join(folder, 'none')), false);
    mkdirSync(join(folder, 'x'), { recursive: true });
    await assert.rejects(inside.upload(join(folder, 'none'), 'none'), { kind: 'no-such-file' });
  });
});

describe('an image', () => {
  it('runs while its runner lives', async () => {
    const one = await containerRunner(
      host,
      { image: 'nvcr.io/nvidia/deepstream:7.1-triton-multiarch', options: ['--runtime', 'nvidia'] },
      { program },
    );
    assert.match(one.where.title, /› nvcr\.io\/nvidia\/deepstream/);
    const home = (await collect(one.exec(['pwd'], { input: '' }))).out;
    assert.match(home, /jetson-pipelines-[0-9a-f]{12}$/);
    await one.dispose();
    assert.equal((await collect(host.exec(['ls', home], { input: '' }))).err.includes('No such file'), true);
  });

  it('goes with the connection', async () => {
    const other = await sshd.connect();
    const one = await containerRunner(other, { image: 'some:1' }, { program });
    const home = (await collect(one.exec(['pwd'], { input: '' }))).out;
    other.destroy();
    await until(
      async () => (await collect(host.exec(['ls', home], { input: '' }))).err.includes('No such file'),
      'the container has gone',
    );
  });

  it('that is not there is told in the words of docker', async () => {
    await assert.rejects(containerRunner(host, { image: 'missing:1' }, { program }), /Unable to find image/);
  });
});
