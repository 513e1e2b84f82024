import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import {
  chmodSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, it, type TestContext } from 'node:test';
import { isLive, nameProblem, serviceName, unitText } from '../../../client/src/devices/service-unit.ts';
import {
  controlService,
  installedUnit,
  installService,
  journalOf,
  listServices,
  removeService,
  verifyUnit,
} from '../../../client/src/devices/services.ts';
import { silentAsker } from '../../../client/src/remote/asker.ts';
import { localRunner } from '../../../client/src/remote/local.ts';
import type { Runner } from '../../../client/src/remote/runner.ts';

const order = {
  name: 'gate',
  description: 'the gate',
  words: ['/bin/true', '-e', 'v4l2src', '!', 'fakesink'],
  folder: '/srv/my gate 100%',
  user: 'root',
  env: { GST_DEBUG: '*:2', NAME: 'two words' },
  restart: 'always',
} as const;

/** A folder of programs that stand in for those of systemd: they write down what they were asked. */
function board(context: TestContext) {
  const place = mkdtempSync(join(tmpdir(), 'units-'));
  context.after(() => rmSync(place, { recursive: true, force: true }));
  const bin = join(place, 'bin');
  const units = join(place, 'units');
  mkdirSync(bin);
  mkdirSync(units);
  const program = (name: string, script: string): void => {
    writeFileSync(join(bin, name), `#!/bin/sh\n${script}\n`);
    chmodSync(join(bin, name), 0o755);
  };
  program(
    'systemctl',
    `echo "systemctl $*" >>"${place}/asked"; if [ "$1" = show ]; then echo ActiveState=active; echo SubState=running; echo NRestarts=3; echo UnitFileState=enabled; fi; [ "$1" != fail ]`,
  );
  program('journalctl', 'echo "2026-01-02T03:04:05+0000 board gst-launch-1.0[9]: hello"');
  program('sudo', 'while [ "$1" != -- ]; do shift; done; shift; exec "$@"');
  const local = localRunner();
  context.after(() => local.dispose());
  const env = { PATH: `${bin}:${process.env.PATH}` };
  const runner: Runner = {
    ...local,
    exec: (words, options) => local.exec(words, { ...options, env: { ...options?.env, ...env } }),
  };
  const asked = (): string[] => readFileSync(join(place, 'asked'), 'utf8').trim().split('\n');
  return { runner, units, asked, program };
}

const about = { device: 'b', host: 'h', user: 'me', why: 'to try' };

describe('a unit', () => {
  it('interrupts, starts again, and has no watchdog', () => {
    const text = unitText(order);
    assert.match(text, /^KillSignal=SIGINT$/m);
    assert.match(text, /^Restart=always$/m);
    assert.match(text, /^ExecStart=\/bin\/true -e v4l2src "!" fakesink$/m);
    assert.match(text, /^WorkingDirectory=\/srv\/my gate 100%%$/m);
    assert.match(text, /^Environment="NAME=two words"$/m);
    assert.match(text, /^UnsetEnvironment=DISPLAY$/m);
    assert.doesNotMatch(text, /WatchdogSec|ExecStartPre/);
  });

  it('sets power mode and clocks before, as root', () => {
    const text = unitText({ ...order, powerMode: '2', clocks: true, env: { DISPLAY: ':0' } });
    assert.match(text, /^ExecStartPre=-\+\/usr\/sbin\/nvpmodel -m 2$/m);
    assert.match(text, /^ExecStartPre=-\+\/usr\/bin\/jetson_clocks$/m);
    assert.doesNotMatch(text, /UnsetEnvironment/);
  });

  it('keeps words whole that systemd would read otherwise', () => {
    const text = unitText({
      ...order,
      words: ['/bin/true', 'a b', '100%', '$HOME', '"q"', 'back\\slash', 'two\nlines', ''],
    });
    const line = /^ExecStart=(.*)$/m.exec(text)![1]!;
    assert.equal(line, '/bin/true "a b" 100%% $$HOME "\\"q\\"" "back\\\\slash" "two\\nlines" ""');
  });

  it('keeps its description on one line', () => {
    assert.match(
      unitText({ ...order, description: 'a\n[Service]\nUser=root' }),
      /^Description=a \[Service\] User=root$/m,
    );
  });

  const verify = existsSync('/usr/bin/systemd-analyze');
  it('is accepted by systemd-analyze', { skip: verify ? false : 'no systemd-analyze' }, async () => {
    const runner = localRunner();
    const full = { ...order, folder: '/tmp', words: [...order.words, '%d', '$X', '"', '\\', ';', "'"] };
    assert.deepEqual(await verifyUnit(runner, 'gate', unitText(full)), []);
    const wrong = await verifyUnit(runner, 'gate', `${unitText(order).replace('/bin/true', '/no/such')}`);
    assert.match(wrong!.join('\n'), /\/no\/such/);
    assert.match(
      (await verifyUnit(runner, 'gate', '[Service]\nExecStart=/bin/true\nNonsense=1\n'))!.join(),
      /Nonsense/,
    );
    await runner.dispose();
  });

  it('gets a name that systemd takes', () => {
    assert.equal(serviceName('My Gate (1).gst'), 'my-gate-1');
    assert.equal(serviceName('???'), '');
    assert.equal(nameProblem('my-gate_1.x'), undefined);
    for (const bad of ['', '-x', 'a/b', 'a b', '../x', 'a;b']) assert.ok(nameProblem(bad), bad);
  });

  it('knows what ends by itself', () => {
    assert.equal(isLive(['v4l2src', 'fakesink']), true);
    assert.equal(isLive(['v4l2src', 'filesrc']), false);
    assert.equal(isLive([]), false);
  });
});

describe('services', () => {
  it('are installed whole, enabled and started', async (context) => {
    const { runner, units, asked } = board(context);
    const text = unitText(order);
    assert.equal(await installedUnit(runner, 'gate', units), '');
    assert.equal(await installService(runner, silentAsker, about, { name: 'gate', text, units }), true);
    assert.deepEqual(readdirSync(units), ['gate.service']);
    assert.equal(await installedUnit(runner, 'gate', units), text);
    assert.deepEqual(asked(), [
      'systemctl daemon-reload',
      'systemctl enable gate.service',
      'systemctl restart gate.service',
    ]);
  });

  it('are found again by their mark, with their state', async (context) => {
    const { runner, units } = board(context);
    writeFileSync(join(units, 'gate.service'), unitText(order));
    writeFileSync(join(units, 'other.service'), '[Unit]\n');
    assert.deepEqual(await listServices(runner, units), [
      { name: 'gate', state: 'active', detail: 'running', restarts: 3, enabled: true },
    ]);
    assert.match((await journalOf(runner, silentAsker, about, 'gate', 10))!, /hello/);
  });

  it('are controlled and removed', async (context) => {
    const { runner, units, asked } = board(context);
    writeFileSync(join(units, 'gate.service'), unitText(order));
    await controlService(runner, silentAsker, about, 'gate', 'stop');
    await removeService(runner, silentAsker, about, 'gate', units);
    assert.deepEqual(readdirSync(units), []);
    assert.deepEqual(asked(), [
      'systemctl stop -- gate.service',
      'systemctl disable --now gate.service',
      'systemctl daemon-reload',
    ]);
  });

  it('say what systemd said where it refuses', async (context) => {
    const { runner, units, program } = board(context);
    program('systemctl', 'echo "Unit gate.service is masked." >&2; exit 1');
    const installing = installService(runner, silentAsker, about, { name: 'gate', text: 'x', units });
    await assert.rejects(installing, /gate could not be installed: .*masked/);
    assert.equal(spawnSync('ls', ['-A', units], { encoding: 'utf8' }).stdout.includes('.part'), false);
  });
});
