/**
 * What goes wrong between here and a board, each by name, against a real sshd behind a cable that can be pulled. A person reads
 * what happened and what to do; no process is left there, no file half-written.
 */
import assert from 'node:assert/strict';
import { execFileSync, spawn, spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import type { AddressInfo } from 'node:net';
import { createServer, type Server } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import { askBoard, factsOf } from '../../client/src/devices/board-facts.ts';
import { withSudo } from '../../client/src/devices/with-sudo.ts';
import { type Asker, silentAsker } from '../../client/src/remote/asker.ts';
import { knownHosts } from '../../client/src/remote/host-keys.ts';
import { followRun, launch, launchToOutlive, listRuns, type Run } from '../../client/src/remote/launch.ts';
import { gstLaunch } from '../../client/src/remote/launch-words.ts';
import { collect, type RemoteError, type Runner } from '../../client/src/remote/runner.ts';
import { connectSsh, type SshRunner, type SshTarget } from '../../client/src/remote/ssh.ts';
import { watchBoard } from '../../client/src/remote/watch-board.ts';
import { type Cable, startCable } from '../support/cable.ts';
import { freePort, isRoot, type Sshd, startSshd, until } from '../support/sshd.ts';

let sshd: Sshd;
let cable: Cable;
let runner: SshRunner;
const folder = mkdtempSync(join(tmpdir(), 'faults-'));
before(async () => {
  sshd = await startSshd();
  cable = await startCable(sshd.port);
  runner = await sshd.connect();
});
after(async () => {
  await runner.dispose();
  await cable.stop();
  await sshd.stop();
  rmSync(folder, { recursive: true, force: true });
});

/** Everybody is known: host keys have tests of their own. */
const trusting = { ...knownHosts({ files: [] }), judge: async () => ({ is: 'known' as const }) };

const connect = (changes: Partial<SshTarget> = {}, asker: Asker = silentAsker): Promise<SshRunner> =>
  connectSsh(sshd.target({ port: cable.port, ...changes }), { asker, hostKeys: trusting });

const there = async (one: Runner, ...words: string[]): Promise<string> =>
  (await collect(one.exec(words, { input: '' }))).out;

const home = (): Promise<string> => there(runner, 'pwd');

/** All names below the home folder that look half-written. */
const parts = async (): Promise<string> => there(runner, 'find', '.', '-name', '*.part-*');

const nothingRuns = (): Promise<void> =>
  until(() => sshd.processes().length === 0, `nothing runs: ${sshd.processes().join(' | ').slice(0, 300)}`, 20_000);

/** What a person reads: a sentence on what happened, and what to do where anything helps. */
function readable(error: RemoteError): true {
  assert.match(error.message, /^\S.{10,300}$/s);
  assert.doesNotMatch(`${error.message} ${error.advice}`, /undefined|\[object|Error:|ECONN|ENOENT/);
  return true;
}

async function seen(run: Run, pattern: RegExp): Promise<string[]> {
  const lines: string[] = [];
  const found = new Promise<void>((resolve) => {
    void (async () => {
      for await (const { text } of run.lines) {
        lines.push(text);
        if (pattern.test(text)) resolve();
      }
      resolve();
    })();
  });
  await found;
  return lines;
}

/** A recording that says when frames flow. */
const recording = (file: string): string[] =>
  gstLaunch(
    `videotestsrc is-live=true ! video/x-raw,width=160,height=120,framerate=30/1 ! identity silent=false ! x264enc tune=zerolatency ! mp4mux ! filesink location=${file}`,
    { verbose: true },
  );

const plays = (file: string): boolean =>
  /Duration: 0:00:0/.test(spawnSync('gst-discoverer-1.0', [file], { encoding: 'utf8', timeout: 20_000 }).stdout);

/** A server that answers as it is told. */
async function answering(answer: string): Promise<Server & { readonly port: number }> {
  const server = createServer((socket) => {
    socket.on('error', () => {});
    if (answer !== '') socket.end(answer);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return Object.assign(server, { port: (server.address() as AddressInfo).port });
}

describe('connecting', () => {
  it('to a host that is not there', async () => {
    await assert.rejects(connect({ host: 'no-such-board.invalid' }), (error: RemoteError) => {
      assert.equal(error.kind, 'name-not-found');
      return readable(error);
    });
  });

  it('to a port on which nothing listens', async () => {
    await assert.rejects(connect({ port: await freePort() }), (error: RemoteError) => {
      assert.equal(error.kind, 'refused');
      return readable(error);
    });
  });

  it('to another service', async () => {
    for (const answer of ['HTTP/1.1 400 Bad Request\r\n\r\n', '\x00\x01\x02\x03'.repeat(50), '220 mail ready\r\n']) {
      const server = await answering(answer);
      await assert.rejects(connect({ port: server.port, timeout: 3 }), (error: RemoteError) => {
        assert.match(error.kind, /^(?:not-ssh|lost)$/);
        return readable(error);
      });
      server.close();
    }
  });

  it('to a machine that says nothing', async () => {
    const server = await answering('');
    await assert.rejects(connect({ port: server.port, timeout: 0.5 }), (error: RemoteError) => {
      assert.equal(error.kind, 'timeout');
      return readable(error);
    });
    server.close();
  });

  it('while the person takes longer to answer than the time-out', async () => {
    const asker: Asker = {
      ...silentAsker,
      newHost: async () => {
        await new Promise((resolve) => setTimeout(resolve, 1500));
        return true;
      },
    };
    const one = await connectSsh(sshd.target({ timeout: 1 }), {
      asker,
      hostKeys: knownHosts({ files: [join(folder, 'new')] }),
    });
    await one.dispose();
  });
});

describe('sshd drops', () => {
  it('in the middle of a line', async () => {
    const one = await connect();
    const running = one.exec(['sh', '-c', 'printf "a whole line\\nhalf a "; sleep 2']);
    const lines: string[] = [];
    setTimeout(() => cable.cut(), 600);
    for await (const { text } of running.lines) lines.push(text);
    assert.deepEqual(lines, ['a whole line', 'half a ']);
    const exit = await running.exit;
    assert.ok('lost' in exit && readable(exit.lost as RemoteError));
    assert.equal((await one.gone)?.kind, 'lost');
  });

  it('in the middle of a copy to the board: nothing half-written stays', async () => {
    const file = join(folder, 'large');
    writeFileSync(file, Buffer.alloc(8_000_000, 7));
    const one = await connect();
    await one.upload(file, 'whole');
    const copying = one.upload(file, 'whole', { progress: (done) => done > 2_000_000 && cable.cut() });
    await assert.rejects(copying, (error: RemoteError) => {
      assert.equal(error.kind, 'lost');
      return readable(error);
    });
    await until(async () => (await parts()) === '', 'the board has cleaned up');
    assert.equal(await there(runner, 'stat', '-c', '%s', 'whole'), '8000000', 'the file before is as it was');
    await nothingRuns();
  });

  it('in the middle of a copy from the board: nothing half-written stays', async () => {
    await there(runner, 'sh', '-c', 'head -c 8000000 /dev/zero >big');
    const one = await connect();
    const to = join(folder, 'from', 'big');
    const copying = one.download('big', to, { progress: (done) => done > 2_000_000 && cable.cut() });
    await assert.rejects(copying, (error: RemoteError) => {
      assert.equal(error.kind, 'lost');
      return readable(error);
    });
    assert.deepEqual(readdirSync(join(folder, 'from')), []);
    await nothingRuns();
  });

  it('in the middle of a stop: the file is finished all the same', async () => {
    const file = join(await home(), 'stopping.mp4');
    const one = await connect();
    const run = launch(one, recording(file));
    await seen(run, /chain/);
    await new Promise((resolve) => setTimeout(resolve, 500));
    void run.stop();
    setTimeout(() => cable.cut(), 15);
    await run.ended;
    await nothingRuns();
    assert.ok(plays(file));
  });

  it('without a word, as a pulled cable does: noticed by the missing signs of life', async () => {
    const own = await startCable(sshd.port);
    const one = await connect({ port: own.port, keepAlive: 0.2 });
    const running = collect(one.exec(['sleep', '4'], { input: '' }));
    own.silence();
    const exit = (await running).exit;
    assert.ok('lost' in exit);
    assert.match((await one.gone)?.message ?? '', /lost/);
    await own.stop();
    await nothingRuns();
  });
});

describe('a board', () => {
  it('that reboots in the middle of a run: what it knew of the run is told, and it can be started again', async () => {
    const one = await connect();
    const { id } = await launchToOutlive(one, ['sh', '-c', 'echo begun; sleep 300'], 'before the reboot');
    const run = followRun(one, id);
    await seen(run, /begun/);
    cable.plug(false);
    // Everything dies at once, the overseer too.
    const uid = await there(runner, 'id', '-u');
    if (isRoot) execFileSync('pkill', ['-KILL', '-u', uid, '-f', 'sleep 300|jp ']);
    cable.plug(true);
    assert.equal((await run.ended).how, 'lost');
    const again = await connect();
    if (isRoot) {
      const [found] = await listRuns(again);
      assert.deepEqual([found?.id, found?.running, found?.code], [id, false, undefined]);
      const followed = followRun(again, id);
      assert.ok((await seen(followed, /^never$/)).includes('begun'));
      assert.equal((await followed.ended).how, 'failed');
    } else await followRun(again, id).stop();
    await again.dispose();
    await nothingRuns();
  });

  it('that is full', { skip: !isRoot && 'needs a file system of its own' }, async () => {
    const small = join(await home(), 'small');
    mkdirSync(small);
    execFileSync('mount', ['-t', 'tmpfs', '-o', `size=1m,uid=${await there(runner, 'id', '-u')}`, 'tmpfs', small]);
    try {
      const file = join(folder, 'too large');
      writeFileSync(file, Buffer.alloc(3_000_000, 1));
      await assert.rejects(runner.upload(file, 'small/file'), (error: RemoteError) => {
        assert.equal(error.kind, 'no-space');
        assert.match(error.advice, /[Ff]ree/);
        return readable(error);
      });
      assert.deepEqual(readdirSync(small), []);
      const run = launch(
        runner,
        gstLaunch(`videotestsrc ! video/x-raw,width=1920,height=1080 ! filesink location=${small}/raw`),
      );
      const lines = await seen(run, /^never$/);
      assert.ok(
        lines.some((line) => /filesink0.*(?:No space|Error while writing)/.test(line)),
        lines.join('\n'),
      );
      assert.equal((await run.ended).how, 'failed');
    } finally {
      execFileSync('umount', ['-l', small]);
    }
  });

  it('without tegrastats', async () => {
    const watch = watchBoard(runner, 1000, () => assert.fail('there is nothing to be read'));
    assert.match((await watch.ended) ?? '', /no tegrastats/);
  });

  it('without sudo', async () => {
    const without: Runner = {
      ...bare(runner),
      exec: (words, options = {}) => runner.exec(words, { ...options, env: { ...options.env, PATH: '/nowhere' } }),
    };
    const about = { device: 'the board', host: 'x', user: 'y', why: 'to see' };
    await assert.rejects(withSudo(without, silentAsker, about, ['true']), (error: RemoteError) => {
      assert.equal(error.kind, 'permission');
      return readable(error);
    });
  });

  it('whose clock jumps, or ours', async (t) => {
    let shift = 0;
    const { now } = Date;
    t.mock.method(Date, 'now', () => now() + shift);
    const run = launch(runner, ['sh', '-c', 'echo one; sleep 0.3; echo two']);
    const lines: string[] = [];
    for await (const { text } of run.lines) {
      lines.push(text);
      shift -= 86_400_000;
    }
    assert.deepEqual(lines, ['one', 'two']);
    const { how, milliseconds } = await run.ended;
    assert.equal(how, 'finished');
    assert.ok(milliseconds > 250 && milliseconds < 60_000, String(milliseconds));
  });

  it('that floods while it is stopped', async () => {
    const run = launch(runner, ['sh', '-c', 'while :; do echo "a line that is not read, over and over"; done'], {
      interruptSeconds: 1,
      termSeconds: 1,
    });
    await seen(run, /over/);
    const ended = await run.stop();
    assert.match(ended.how, /stopped|killed/);
    await nothingRuns();
  });

  it('that floods and is not read at all does not fill the memory here', async () => {
    const running = runner.exec(['sh', '-c', 'head -c 400000000 /dev/zero | tr "\\0" "\\n"']);
    const heap = process.memoryUsage().rss;
    await new Promise((resolve) => setTimeout(resolve, 1500));
    assert.ok(process.memoryUsage().rss - heap < 150_000_000);
    running.signal('KILL');
    await runner.exec(['pkill', '-KILL', 'head'], { input: '' }).exit;
    for await (const _ of running.lines);
    await nothingRuns();
  });
});

describe('a login shell', () => {
  const shells = ['/bin/csh', '/usr/bin/fish', '/bin/zsh', '/bin/dash'].filter(existsSync);
  for (const shell of shells) {
    it(`${shell} with a banner: runs, copies and stops as any other`, {
      skip: !isRoot && 'needs a user of its own',
    }, async () => {
      const user = sshd.addUser(shell, (at) => {
        for (const file of ['.cshrc', '.tcshrc', '.zshenv', '.profile'])
          writeFileSync(join(at, file), 'printf "Welcome to the board, no line end here"\n');
        mkdirSync(join(at, '.config/fish'), { recursive: true });
        writeFileSync(join(at, '.config/fish/config.fish'), 'printf "Welcome to the board, no line end here"\n');
      });
      const one = await sshd.connect({ user });
      const run = launch(one, [
        'sh',
        '-c',
        'trap "echo finishing; exit 0" INT; echo ready; while :; do sleep 0.05; done',
      ]);
      const lines = await seen(run, /ready/);
      assert.equal((await run.stop()).how, 'stopped');
      await until(() => lines.includes('finishing'), 'its last words');
      assert.deepEqual(lines, ['ready', 'finishing']);
      const file = join(folder, 'small');
      writeFileSync(file, 'content');
      await one.upload(file, "a 'file'");
      assert.equal(await there(one, 'cat', "a 'file'"), 'content');
      await one.dispose();
    });
  }

  it('with a locale that has commas: figures are read all the same', async () => {
    // Where the locale is not installed the setting is still passed on.
    const comma = { LC_ALL: 'de_DE.UTF-8', LANG: 'de_DE.UTF-8', LC_NUMERIC: 'de_DE.UTF-8' };
    const german: Runner = {
      ...bare(runner),
      exec: (words, options = {}) => runner.exec(words, { ...options, env: { ...comma, ...options.env } }),
    };
    const [here, plain] = [factsOf(await askBoard(german)), factsOf(await askBoard(runner))];
    const steady = ({ id }: { id: string }): boolean => !/memory|disk|temperature/.test(id);
    assert.deepEqual(here.filter(steady), plain.filter(steady));
    assert.match(here.find(({ id }) => id === 'memory')?.value ?? '', /^\d+\.\d GiB/);
  });

  it('that lets nobody in says so', { skip: !isRoot && 'needs a user of its own' }, async () => {
    const user = sshd.addUser('/usr/sbin/nologin');
    const one = await sshd.connect({ user });
    const { out, exit } = await collect(one.exec(['true'], { input: '' }));
    assert.match(out, /not available/);
    assert.deepEqual(exit, { code: 1 });
    await one.dispose();
  });
});

describe('names of files', () => {
  const names = [
    'with blanks  in it',
    "it's",
    'say "so"',
    'two\nlines',
    '$(touch sang)',
    '`touch sang`',
    '-rf',
    '--',
    '*',
    'a;b|c&d',
    'größe-温度-🎥',
    '~',
    '%s',
    'back\\slash',
    "'",
    ' ',
    '#',
    '!x',
    '{a,b}',
    'x'.repeat(200),
  ];
  for (const name of names) {
    it(`${JSON.stringify(name.slice(0, 30))} arrive and come back`, async () => {
      const file = join(folder, 'named');
      writeFileSync(file, name);
      // SFTP takes the name as it is; a program is given it with its folder, as a path.
      await runner.upload(file, `names/${name}`);
      assert.equal(
        (await collect(runner.exec(['cat', '--', `names/${name}`], { input: '' }))).out,
        name.replace(/\n$/, ''),
      );
      await runner.download(`names/${name}`, join(folder, 'came back'));
      assert.equal(readFileSync(join(folder, 'came back'), 'utf8'), name);
      assert.doesNotMatch(await there(runner, 'ls', '-a', '.', 'names'), /sang$/m);
    });
  }

  it('in a pipeline arrive too', async () => {
    for (const name of ['with  blanks', "it's", '$(touch sang)', '-x', 'größe']) {
      const file = join(await home(), name);
      const run = launch(runner, gstLaunch(`videotestsrc num-buffers=1 ! filesink location="${file}"`));
      await seen(run, /^never$/);
      assert.equal((await run.ended).how, 'finished', name);
      assert.ok(existsSync(file), name);
    }
    assert.equal(existsSync(join(await home(), 'sang')), false);
  });
});

describe('the editor', () => {
  it('closed in the middle of a run: the file is finished and nothing stays', async () => {
    const file = join(await home(), 'closed.mp4');
    const script = join(import.meta.dirname, '../support/runs-and-waits.ts');
    const target = sshd.target();
    const child = spawn(process.execPath, ['--import', 'tsx', script], { stdio: ['pipe', 'pipe', 'inherit'] });
    child.stdin.end(JSON.stringify({ target, words: recording(file) }));
    await new Promise<void>((resolve) => {
      let said = '';
      child.stdout.on('data', (piece: Buffer) => {
        said += piece.toString();
        if (/chain/.test(said)) resolve();
      });
    });
    await new Promise((resolve) => setTimeout(resolve, 500));
    child.kill('SIGKILL');
    await nothingRuns();
    assert.ok(plays(file));
  });
});

/** A runner without its own members, so that one of them can be replaced. */
const bare = (one: Runner): Runner => ({
  where: one.where,
  exec: (words, options) => one.exec(words, options),
  pty: (words, size, options) => one.pty(words, size, options),
  upload: (from, to, options) => one.upload(from, to, options),
  download: (from, to, options) => one.download(from, to, options),
  dispose: () => one.dispose(),
});
