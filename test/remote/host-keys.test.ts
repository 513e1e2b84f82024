/** Whether a host is the one it was, against a real sshd and with known_hosts as ssh-keygen writes it. */
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import { type Asker, type NewHostQuestion, silentAsker } from '../../client/src/remote/asker.ts';
import { fingerprint, knownHosts } from '../../client/src/remote/host-keys.ts';
import type { RemoteError } from '../../client/src/remote/runner.ts';
import { connectSsh } from '../../client/src/remote/ssh.ts';
import { makeKey, type Sshd, startSshd } from '../support/sshd.ts';

let sshd: Sshd;
const folder = mkdtempSync(join(tmpdir(), 'known-'));
const file = join(folder, '.ssh', 'known_hosts');
before(async () => {
  sshd = await startSshd({ hostKeyTypes: ['ed25519', 'ecdsa'] });
});
after(async () => {
  await sshd.stop();
  rmSync(folder, { recursive: true, force: true });
});

const name = (): string => `[127.0.0.1]:${sshd.port}`;
const publicKey = (path: string): string => readFileSync(`${path}.pub`, 'utf8').split(' ').slice(0, 2).join(' ');
const hostKey = (type = 'ed25519'): string => publicKey(join(sshd.folder, `host_${type}`));

/** Connects and gives back what was asked. */
async function connect(answer: boolean, files = [file], hash = true): Promise<NewHostQuestion[]> {
  const asked: NewHostQuestion[] = [];
  const asker: Asker = {
    ...silentAsker,
    newHost: async (question) => {
      asked.push(question);
      return answer;
    },
  };
  const runner = await connectSsh(sshd.target(), { asker, hostKeys: knownHosts({ files, hash }) });
  await runner.dispose();
  return asked;
}

const write = (...lines: string[]): void => writeFileSync(file, lines.map((line) => `${line}\n`).join(''));

describe('a host', () => {
  it('that is new is asked about with its fingerprint, and remembered under a hashed name', async () => {
    const [question] = await connect(true);
    const said = execFileSync('ssh-keygen', ['-lf', join(sshd.folder, 'host_ed25519.pub')], { encoding: 'utf8' });
    assert.ok(said.includes(question!.fingerprint), `${said} ${question?.fingerprint}`);
    assert.equal(question?.keyType, 'ssh-ed25519');
    const text = readFileSync(file, 'utf8');
    assert.match(text, /^\|1\|\S+ ssh-ed25519 \S+\n$/);
    assert.equal(statSync(file).mode & 0o777, 0o600);
    // OpenSSH finds it too.
    assert.match(execFileSync('ssh-keygen', ['-F', name(), '-f', file], { encoding: 'utf8' }), /found: line 1/);
  });

  it('that is known goes on unasked', async () => {
    assert.deepEqual(await connect(false), []);
  });

  it('that is known by a plain name, by a pattern, by a name that ssh-keygen hashed goes on', async () => {
    for (const written of [name(), '[127.0.0.*]:*', `[other]:22,${name()}`]) {
      write(`${written} ${hostKey()}`);
      assert.deepEqual(await connect(false), [], written);
    }
    write(`${name()} ${hostKey()}`);
    execFileSync('ssh-keygen', ['-q', '-H', '-f', file], { stdio: 'ignore' });
    assert.match(readFileSync(file, 'utf8'), /^\|1\|/);
    assert.deepEqual(await connect(false), []);
  });

  it('that is known by another type of key shows that one', async () => {
    write(`${name()} ${hostKey('ecdsa')}`);
    assert.deepEqual(await connect(false), []);
  });

  it('that is known in the second file goes on', async () => {
    const second = join(folder, 'second');
    writeFileSync(second, `${name()} ${hostKey()}\n`);
    assert.deepEqual(await connect(false, [join(folder, 'none'), second]), []);
  });

  it('that was not accepted is not connected to and not remembered', async () => {
    write('# nothing yet');
    await assert.rejects(connect(false), { kind: 'host-key-not-accepted' });
    assert.equal(readFileSync(file, 'utf8'), '# nothing yet\n');
  });

  it('is written behind a last line without an end', async () => {
    writeFileSync(file, `other ${hostKey()}`);
    await connect(true, [file], false);
    assert.equal(readFileSync(file, 'utf8'), `other ${hostKey()}\n${name()} ${hostKey()}\n`);
  });

  it('whose key has changed is refused, with both fingerprints, the place and the way out', async () => {
    const old = makeKey(folder, 'old');
    write('# a comment', `${name()} ${publicKey(old)}`);
    await assert.rejects(connect(true), (error: RemoteError) => {
      assert.equal(error.kind, 'host-key-changed');
      for (const key of [hostKey(), publicKey(old)]) {
        assert.ok(error.message.includes(fingerprint(Buffer.from(key.split(' ')[1]!, 'base64'))), error.message);
      }
      assert.ok(error.advice.includes(`${file}:2`), error.advice);
      assert.ok(error.advice.includes(`ssh-keygen -R "${name()}"`), error.advice);
      return true;
    });
    assert.ok(readFileSync(file, 'utf8').includes(publicKey(old)), 'nothing is overwritten');
  });

  it('whose key is revoked is refused, also where it is known', async () => {
    write(`${name()} ${hostKey()}`, `@revoked * ${hostKey()}`);
    await assert.rejects(connect(true), { kind: 'host-key-revoked' });
  });

  it('is judged by no line that cannot be read', async () => {
    write(
      'nonsense',
      `${name()} ssh-ed25519 AAAA`,
      `@cert-authority * ${hostKey()}`,
      `!127.0.0.1,other ${hostKey()}`,
      '',
    );
    assert.equal((await connect(true)).length, 1);
  });
});
