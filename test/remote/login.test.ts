/** Ways in, against a real sshd: keys, passphrases, an agent, passwords, the server's own questions, jump hosts; and what is said where none will do. */
import assert from 'node:assert/strict';
import { execFileSync, spawn } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import { type Asker, silentAsker } from '../../client/src/remote/asker.ts';
import { collect, type RemoteError, type Runner } from '../../client/src/remote/runner.ts';
import type { SshTarget } from '../../client/src/remote/ssh.ts';
import { freePort, isRoot, makeKey, type Sshd, startSshd, until } from '../support/sshd.ts';

let keys: Sshd;
let words: Sshd;
before(async () => {
  keys = await startSshd();
  words = await startSshd({
    config: ['PasswordAuthentication yes', 'KbdInteractiveAuthentication no', 'PubkeyAuthentication no'],
  });
});
after(async () => {
  await keys.stop();
  await words.stop();
});

/** Answers from lists, in order; says what it was asked. */
function scripted(answers: {
  readonly passwords?: readonly string[];
  readonly passphrases?: readonly string[];
  readonly replies?: readonly (readonly string[])[];
}): Asker & { readonly asked: string[] } {
  const asked: string[] = [];
  const next = <T>(kind: string, list: readonly T[] | undefined, attempt: number): T | undefined => {
    asked.push(`${kind} ${attempt}`);
    return list?.[attempt - 1];
  };
  return {
    asked,
    ...silentAsker,
    password: async ({ attempt }) => next('password', answers.passwords, attempt),
    passphrase: async ({ attempt }) => next('passphrase', answers.passphrases, attempt),
    answers: async ({ attempt }) => next('answers', answers.replies, attempt),
  };
}

async function works(runner: Runner): Promise<void> {
  assert.equal((await collect(runner.exec(['echo', 'in'], { input: '' }))).out, 'in');
  await runner.dispose();
}

/** No error may hold a secret, in no field of it. */
function tellsNothing(error: unknown, secret: string): void {
  const { message, advice, stack, cause } = error as RemoteError;
  assert.ok(![message, advice, stack, String(cause), JSON.stringify(error)].some((text) => text?.includes(secret)));
}

describe('a login', () => {
  it('by key', async () => {
    await works(await keys.connect());
  });

  it('by a key with a passphrase, asked for again until it is right', async () => {
    const file = makeKey(keys.folder, 'locked', 'ed25519', 'open sesame');
    allow(keys, file);
    const asker = scripted({ passphrases: ['wrong', 'open sesame'] });
    await works(await keys.connect({ identityFiles: [file] }, asker));
    assert.deepEqual(asker.asked, ['passphrase 1', 'passphrase 2']);
  });

  it('by other types of keys', async () => {
    for (const type of ['rsa', 'ecdsa']) {
      const file = makeKey(keys.folder, `id_${type}`, type);
      allow(keys, file);
      await works(await keys.connect({ identityFiles: [join(keys.folder, 'there-is-none'), file] }));
    }
  });

  it('by an agent', async () => {
    const agent = join(keys.folder, 'agent.sock');
    const running = spawn('ssh-agent', ['-D', '-a', agent], { stdio: 'ignore' });
    try {
      await until(() => addTo(agent, keys.key), 'the agent answers');
      await works(await keys.connect({ identityFiles: [], agent }));
    } finally {
      running.kill();
    }
  });

  it('passes over an agent that is not there', async () => {
    await works(await keys.connect({ agent: join(keys.folder, 'no-agent.sock') }));
  });

  it('by a password, asked for again until it is right', { skip: !isRoot && 'needs a user of its own' }, async () => {
    const asker = scripted({ passwords: ['wrong', words.password] });
    await works(await words.connect({ identityFiles: [] }, asker));
    assert.deepEqual(asker.asked, ['password 1', 'password 2']);
  });

  it("by the server's own questions", { skip: !isRoot && 'needs PAM' }, async () => {
    const sshd = await startSshd({ config: ['KbdInteractiveAuthentication yes', 'PubkeyAuthentication no'] });
    try {
      const asker = scripted({ replies: [['wrong'], [sshd.password]] });
      await works(await sshd.connect({ identityFiles: [] }, asker));
      assert.deepEqual(asker.asked, ['answers 1', 'answers 2']);
    } finally {
      await sshd.stop();
    }
  });

  it('by a key and a password after it', { skip: !isRoot && 'needs a user of its own' }, async () => {
    const sshd = await startSshd({
      config: ['AuthenticationMethods publickey,password', 'PasswordAuthentication yes'],
    });
    try {
      await works(await sshd.connect({}, scripted({ passwords: [sshd.password] })));
    } finally {
      await sshd.stop();
    }
  });

  it('through jump hosts', async () => {
    const jump = keys.target({ name: 'jump' });
    const other = await startSshd();
    try {
      const { port, user, key } = other;
      const target: SshTarget = other.target({ jumps: [jump] });
      const hostKeys = merged(keys, other);
      const { connectSsh } = await import('../../client/src/remote/ssh.ts');
      await works(await connectSsh(target, { asker: silentAsker, hostKeys }));
      await works(
        await connectSsh(
          { ...target, port, user, identityFiles: [key], jumps: [jump, jump] },
          { asker: silentAsker, hostKeys },
        ),
      );
    } finally {
      await other.stop();
    }
  });

  it('through a command', async () => {
    const { port } = keys;
    const proxyCommand = `${process.execPath} -e "const s=require('net').connect(${port},'127.0.0.1');process.stdin.pipe(s).pipe(process.stdout)"`;
    await works(await keys.connect({ host: 'board.invalid', hostKeyAlias: '127.0.0.1', proxyCommand }));
  });
});

describe('a login that fails says what happened and what to do', () => {
  it('wrong key', async () => {
    const file = makeKey(keys.folder, 'stranger');
    await assert.rejects(keys.connect({ identityFiles: [file] }), (error: RemoteError) => {
      assert.equal(error.kind, 'authentication');
      assert.match(error.message, new RegExp(`test board does not let ${keys.user} in\\. Tried: key `));
      assert.match(error.advice, /authorized_keys/);
      tellsNothing(error, readFileSync(file, 'utf8').split('\n')[1]!);
      return true;
    });
  });

  it('wrong user', async () => {
    await assert.rejects(keys.connect({ user: 'nobody-of-that-name' }), { kind: 'authentication' });
  });

  it('wrong password', { skip: !isRoot && 'needs a user of its own' }, async () => {
    const secret = 'hunter2-hunter2';
    await assert.rejects(
      words.connect({ identityFiles: [] }, scripted({ passwords: [secret, secret, secret] })),
      (error: RemoteError) => {
        assert.equal(error.kind, 'authentication');
        tellsNothing(error, secret);
        return true;
      },
    );
  });

  it('turned away from the question', async () => {
    await assert.rejects(words.connect({ identityFiles: [] }, scripted({})), { kind: 'cancelled' });
  });

  it('wrong passphrase', async () => {
    const file = makeKey(keys.folder, 'locked-2', 'ed25519', 'open sesame');
    await assert.rejects(keys.connect({ identityFiles: [file] }, scripted({ passphrases: ['a', 'b', 'c'] })), {
      kind: 'authentication',
    });
  });

  it('a key file that is none', async () => {
    const file = join(keys.folder, 'broken');
    writeFileSync(file, '-----BEGIN OPENSSH PRIVATE KEY-----\nnonsense\n-----END OPENSSH PRIVATE KEY-----\n');
    await assert.rejects(keys.connect({ identityFiles: [file] }), (error: RemoteError) => {
      assert.match(error.message, /cannot be read/);
      return true;
    });
  });

  it('a jump host that does not lead on', async () => {
    const jump = keys.target({ name: 'jump' });
    await assert.rejects(
      keys.connect({ host: '127.0.0.1', port: await freePort(), jumps: [jump] }),
      (error: RemoteError) => {
        assert.equal(error.kind, 'unreachable');
        assert.match(error.message, /jump does not lead on/);
        return true;
      },
    );
  });

  it('stopped by the person', async () => {
    const abort = new AbortController();
    const { connectSsh } = await import('../../client/src/remote/ssh.ts');
    const asker: Asker = {
      ...silentAsker,
      password: () => {
        abort.abort();
        return new Promise(() => {});
      },
    };
    await assert.rejects(
      connectSsh(words.target({ identityFiles: [] }), { asker, hostKeys: words.hostKeys(), abort: abort.signal }),
      { kind: 'cancelled' },
    );
  });
});

/** Lets another key in. */
function allow(sshd: Sshd, key: string): void {
  const file = join(sshd.folder, 'authorized_keys');
  writeFileSync(file, readFileSync(file, 'utf8') + readFileSync(`${key}.pub`, 'utf8'));
}

function addTo(agent: string, key: string): boolean {
  try {
    execFileSync('ssh-add', ['-q', key], { env: { ...process.env, SSH_AUTH_SOCK: agent }, stdio: 'ignore' });
    return true;
  } catch {
    return false;
  }
}

function merged(one: Sshd, other: Sshd) {
  const [first, second] = [one.hostKeys(), other.hostKeys()];
  const of = (port: number) => (port === one.port ? first : second);
  return {
    judge: (host: string, port: number, key: Uint8Array) => of(port).judge(host, port, key),
    remember: async () => {},
    types: (host: string, port: number) => of(port).types(host, port),
  };
}
