/** Words through a real sshd and every login shell: they arrive unchanged, and nothing else is run. */
import assert from 'node:assert/strict';
import { existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import { collect, describeExit } from '../../client/src/remote/runner.ts';
import type { SshRunner } from '../../client/src/remote/ssh.ts';
import { heardWords, hostileWords, saysWords } from '../support/hostile.ts';
import { isRoot, type Sshd, startSshd } from '../support/sshd.ts';

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

describe('a program on a device', () => {
  it('gives its lines, from both streams, and its exit code', async () => {
    const { out, err, exit } = await collect(runner.exec(['sh', '-c', 'echo one; echo two >&2; printf three; exit 7']));
    assert.equal(out, 'one\nthree');
    assert.equal(err, 'two');
    assert.deepEqual(exit, { code: 7 });
  });

  it('tells the signal that ended it', async () => {
    const { exit } = await collect(runner.exec(['sh', '-c', 'kill -KILL $$']));
    assert.equal(describeExit(exit), 'signal SIGKILL');
  });

  it('gets input, environment and folder', async () => {
    const options = { input: 'hello\n', env: { A_VALUE: "it's $HOME\n" }, folder: '/tmp' };
    const { out } = await collect(runner.exec(['sh', '-c', 'cat; printf "%s" "$A_VALUE"; pwd'], options));
    assert.equal(out, "hello\nit's $HOME\n/tmp");
  });

  it('that is not there is told as a shell tells it', async () => {
    const { exit, err } = await collect(runner.exec(['no-such-program-here']));
    assert.deepEqual(exit, { code: 127 });
    assert.match(err, /not found/);
  });

  it('whose words no command line can carry does not start', async () => {
    const { exit } = await collect(runner.exec(['echo', 'a\0b']));
    assert.deepEqual(exit, { code: 126 });
  });

  it('that floods is held back and loses no line', async () => {
    const running = runner.exec(['sh', '-c', 'seq 1 300000']);
    let expected = 1;
    for await (const { text } of running.lines) {
      if (expected % 50_000 === 0) await new Promise((resolve) => setTimeout(resolve, 20));
      assert.equal(text, String(expected++));
    }
    assert.equal(expected, 300_001);
  });

  it('without line ends does not fill the memory', async () => {
    const running = runner.exec(['sh', '-c', 'head -c 3000000 /dev/zero | tr "\\0" x']);
    let size = 0;
    for await (const { text } of running.lines) {
      assert.ok(text.length <= 65_536);
      size += text.length;
    }
    assert.equal(size, 3_000_000);
  });

  it('on a terminal knows its size', async () => {
    const { out } = await collect(runner.pty(['stty', 'size'], { columns: 91, rows: 33 }));
    assert.equal(out, '33 91');
  });

  it('shares the connection with more others than sshd allows at once', async () => {
    const all = await Promise.all(
      Array.from({ length: 25 }, (_, at) => collect(runner.exec(['sh', '-c', `sleep 0.2; echo ${at}`]))),
    );
    assert.deepEqual(
      all.map(({ out }) => out),
      Array.from({ length: 25 }, (_, at) => String(at)),
    );
  });
});

const shells = ['/bin/sh', '/bin/bash', '/bin/dash', '/bin/zsh', '/usr/bin/fish', '/bin/csh', '/bin/tcsh'].filter(
  existsSync,
);

describe('hostile words', () => {
  for (const shell of isRoot ? shells : shells.slice(0, 1)) {
    it(`arrive unchanged through ${isRoot ? shell : 'the login shell'}`, async () => {
      const canary = join(sshd.folder, `canary-${shell.replaceAll('/', '-')}`);
      mkdirSync(canary, { mode: 0o777 });
      const user = isRoot ? sshd.addUser(shell, banner) : sshd.user;
      const one = await sshd.connect({ user });
      try {
        const lists = [...hostileWords(40, canary)];
        const say = async (words: string[]): Promise<void> => {
          const { out, err, exit } = await collect(one.exec(saysWords(words)));
          assert.deepEqual(exit, { code: 0 }, out);
          assert.doesNotMatch(err, /Welcome/);
          assert.deepEqual(heardWords(out), words);
        };
        while (lists.length > 0) await Promise.all(lists.splice(0, 8).map(say));
        assert.equal(existsSync(join(canary, 'sang')), false, 'something else was run');
      } finally {
        await one.dispose();
      }
    });
  }
});

/** Start-up files that print: what they say must not be taken for what the program says. */
function banner(home: string): void {
  for (const file of ['.bashrc', '.cshrc', '.tcshrc', '.zshenv']) writeFileSync(join(home, file), 'echo "Welcome!"\n');
  mkdirSync(join(home, '.config/fish'), { recursive: true });
  writeFileSync(join(home, '.config/fish/config.fish'), 'echo "Welcome!"\n');
}
