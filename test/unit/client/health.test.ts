import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { askMachine, type Check, checksOf, type Health, textOf } from '../../../client/src/devices/health.ts';

const well: Health = {
  extension: '0.1.0',
  editor: 'VS Code 1.100.0',
  server: { state: 'running' },
  target: { title: 'Jetson Orin Nano 8GB, JetPack 6.2', assumed: false },
  machines: 17,
  file: { name: 'gate.gst', runnable: 3 },
  trusted: true,
  machine: { gstreamer: '1.22.0', ssh: 'OpenSSH_9.2p1', hosts: 2, keys: ['id_ed25519'], agent: false },
  devices: [{ name: 'gate', state: 'ready', text: 'Module Orin Nano.' }],
};

const all = (health: Health): Check[] => checksOf(health).flatMap(({ checks }) => checks);
const named = (health: Health, title: string): Check => {
  const found = all(health).find((check) => check.title === title);
  assert.ok(found, title);
  return found;
};

describe('the Doctor', () => {
  it('finds nothing where all is well', () => {
    assert.deepEqual(
      all(well).filter(({ state }) => state !== 'good'),
      [],
    );
  });

  it('says what to do about what does not work', () => {
    const stopped = { ...well, server: { state: 'stopped' }, machines: undefined, target: undefined } as const;
    assert.equal(named(stopped, 'Language server').state, 'bad');
    assert.equal(named(stopped, 'Language server').next?.command, 'jetsonPipelines.restartServer');
    const lost = { ...well, devices: [{ name: 'gate', state: 'lost', text: 'It refuses the key.' }] } as const;
    assert.deepEqual(named(lost, 'gate').next, {
      title: 'Connect',
      command: 'jetsonPipelines.connectDevice',
      words: ['gate'],
    });
    assert.equal(named({ ...well, devices: [] }, 'No device yet').next?.command, 'jetsonPipelines.addDevice');
    const assumed = { ...well, target: { title: 'the Orin family', assumed: true } };
    assert.equal(named(assumed, 'Target').next?.command, 'jetsonPipelines.chooseTarget');
  });

  it('does not call wrong what nobody needs', () => {
    const bare = {
      ...well,
      file: undefined,
      devices: [],
      machine: { gstreamer: undefined, ssh: undefined, hosts: undefined, keys: [], agent: false },
    };
    assert.deepEqual(
      all(bare).filter(({ state }) => state === 'bad'),
      [],
    );
    assert.equal(named(bare, 'GStreamer on this machine').state, 'open');
  });

  it('neither looks at nor offers anything of this machine where the workspace is not trusted', () => {
    const wary: Health = { ...well, trusted: false, machine: undefined, devices: [] };
    assert.equal(named(wary, 'Trust').next?.command, 'workbench.trust.manage');
    assert.equal(named(wary, 'No device yet').next, undefined);
    assert.ok(!all(wary).some(({ title }) => title === 'OpenSSH'));
  });

  it('can be written down', () => {
    const text = textOf(checksOf(well));
    assert.match(text, /^Checking pipelines\n {2}\[ok\] Extension: Jetson Pipelines 0\.1\.0/);
    assert.match(text, /\n\nDevices\n {2}\[ok\] gate: Module Orin Nano\.$/);
  });

  it('asks a machine that has little', async () => {
    const { PATH, SSH_AUTH_SOCK } = process.env;
    process.env.PATH = import.meta.dirname;
    delete process.env.SSH_AUTH_SOCK;
    try {
      const { gstreamer, ssh, agent } = await askMachine([]);
      assert.deepEqual({ gstreamer, ssh, agent }, { gstreamer: undefined, ssh: undefined, agent: false });
    } finally {
      process.env.PATH = PATH;
      if (SSH_AUTH_SOCK !== undefined) process.env.SSH_AUTH_SOCK = SSH_AUTH_SOCK;
    }
  });
});
