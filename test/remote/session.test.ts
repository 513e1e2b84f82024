/** One connection for all uses, against a real sshd behind a cable that is pulled: shared, idle, lost, back again. */
import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { silentAsker } from '../../client/src/remote/asker.ts';
import { knownHosts } from '../../client/src/remote/host-keys.ts';
import { forgetRun, launchToOutlive, listRuns } from '../../client/src/remote/launch.ts';
import { collect } from '../../client/src/remote/runner.ts';
import { followThrough, Session, type SessionState } from '../../client/src/remote/session.ts';
import { connectSsh } from '../../client/src/remote/ssh.ts';
import { type Cable, startCable } from '../support/cable.ts';
import { type Sshd, startSshd, until } from '../support/sshd.ts';

let sshd: Sshd;
let cable: Cable;
before(async () => {
  sshd = await startSshd();
  cable = await startCable(sshd.port);
});
after(async () => {
  await cable.stop();
  await sshd.stop();
});

function session(options: { readonly idleSeconds?: number; readonly backOff?: readonly number[] } = {}): {
  readonly session: Session;
  readonly states: SessionState['is'][];
  readonly opened: () => number;
} {
  const states: SessionState['is'][] = [];
  let opened = 0;
  const made = new Session({
    backOff: [0.05, 0.1],
    ...options,
    open: (abort) => {
      opened += 1;
      const hostKeys = { ...knownHosts({ files: [] }), judge: async () => ({ is: 'known' as const }) };
      return connectSsh(sshd.target({ port: cable.port, timeout: 3 }), { asker: silentAsker, hostKeys, abort });
    },
    changed: ({ is }) => states.push(is),
  });
  return { session: made, states, opened: () => opened };
}

describe('a session', () => {
  it('is one connection, however many ask for it', async () => {
    const { session: one, opened } = session();
    const runners = await Promise.all(Array.from({ length: 12 }, () => one.runner()));
    const outs = await Promise.all(
      runners.map((runner, at) => collect(runner.exec(['echo', String(at)], { input: '' }))),
    );
    assert.deepEqual(
      outs.map(({ out }) => out),
      runners.map((_, at) => String(at)),
    );
    assert.equal(opened(), 1);
    await one.close();
    assert.equal(one.state.is, 'idle');
    await assert.rejects(one.runner(), { kind: 'cancelled' });
  });

  it('is closed when nobody uses it, and opened again by the next use', async () => {
    const { session: one, states, opened } = session({ idleSeconds: 0.2 });
    const runner = await one.runner();
    const busy = collect(runner.exec(['sleep', '0.6'], { input: '' }));
    await new Promise((resolve) => setTimeout(resolve, 400));
    assert.equal(one.state.is, 'ready', 'a program runs');
    await busy;
    await until(() => one.state.is === 'idle', 'it is closed');
    assert.equal((await collect((await one.runner()).exec(['echo', 'again'], { input: '' }))).out, 'again');
    assert.equal(opened(), 2);
    assert.deepEqual(states, ['connecting', 'ready', 'idle', 'connecting', 'ready']);
    await one.close();
  });

  it('that is held is not closed when idle', async () => {
    const { session: one } = session({ idleSeconds: 0.1 });
    const release = one.hold();
    await one.runner();
    await new Promise((resolve) => setTimeout(resolve, 300));
    assert.equal(one.state.is, 'ready');
    release();
    await until(() => one.state.is === 'idle', 'it is closed');
    await one.close();
  });

  it('that is lost says so, and stays lost where nobody holds it', async () => {
    const { session: one } = session();
    const runner = await one.runner();
    const running = collect(runner.exec(['sleep', '60'], { input: '' }));
    cable.cut();
    assert.ok('lost' in (await running).exit);
    await until(() => one.state.is === 'lost', 'it says so');
    assert.equal((await collect((await one.runner()).exec(['echo', 'back'], { input: '' }))).out, 'back');
    await one.close();
  });

  it('that is lost while it is held comes back by itself, however often it takes', async () => {
    const { session: one, states } = session();
    const release = one.hold();
    await one.runner();
    cable.plug(false);
    await until(() => states.filter((is) => is === 'waiting').length >= 3, 'it has tried several times');
    const back = one.again();
    cable.plug(true);
    assert.equal((await collect((await back).exec(['echo', 'back'], { input: '' }))).out, 'back');
    release();
    await one.close();
  });

  it('that cannot be had back gives up where waiting does not help', async () => {
    let tries = 0;
    const one = new Session({
      backOff: [0.01],
      open: (abort) => {
        tries += 1;
        const hostKeys = {
          ...knownHosts({ files: [] }),
          judge: async () => (tries === 1 ? ({ is: 'known' } as const) : ({ is: 'revoked', place: 'x:1' } as const)),
        };
        return connectSsh(sshd.target({ port: cable.port }), { asker: silentAsker, hostKeys, abort });
      },
    });
    const release = one.hold();
    await one.runner();
    cable.cut();
    await until(() => one.state.is === 'lost', 'it has given up');
    assert.equal(one.state.is === 'lost' && one.state.why.kind, 'host-key-revoked');
    assert.equal(tries, 2);
    release();
    await one.close();
  });

  it('that is closed while it connects lets go', async () => {
    const { session: one } = session();
    const opening = one.runner();
    await one.close();
    await assert.rejects(opening, { kind: 'cancelled' });
  });
});

describe('a run that outlives the connection', () => {
  it('is followed through losses of it, no line lost and none twice', async () => {
    const { session: one } = session();
    const count = 'i=0; while [ $i -lt 60 ]; do i=$((i+1)); echo line $i; sleep 0.03; done';
    const { id } = await launchToOutlive(await one.runner(), ['sh', '-c', count], 'counting');
    const run = followThrough(one, id);
    const lines: string[] = [];
    for await (const { text } of run.lines) {
      lines.push(text);
      if (lines.length === 10 || lines.length === 30) cable.cut();
    }
    assert.equal((await run.ended).how, 'finished');
    // A line in which the cable was pulled comes cut, and then whole.
    const whole = lines.filter((line, at) => !(lines[at + 1] ?? '').startsWith(line));
    const numbers = whole.map((line) => Number(line.slice('line '.length)));
    assert.deepEqual(
      numbers,
      Array.from({ length: 60 }, (_, at) => at + 1),
    );
    const runner = await one.runner();
    assert.equal(await forgetRun(runner, id), true);
    assert.deepEqual(await listRuns(runner), []);
    await one.close();
  });

  it('is stopped through a connection that was lost in between', async () => {
    const { session: one } = session();
    const { id } = await launchToOutlive(
      await one.runner(),
      ['sh', '-c', 'trap "echo done; exit 0" INT; echo ready; while :; do sleep 0.05; done'],
      'waiting',
    );
    const run = followThrough(one, id);
    const lines: string[] = [];
    for await (const { text } of run.lines) {
      lines.push(text);
      if (text === 'ready' && lines.length === 1) {
        cable.cut();
        void one.again().then(() => setTimeout(() => void run.stop(), 300));
      }
    }
    assert.equal((await run.ended).how, 'stopped');
    assert.ok(lines.includes('done'), lines.join());
    await forgetRun(await one.runner(), id);
    await one.close();
    await until(() => sshd.processes().length === 0, 'nothing runs');
  });
});
