/** Files of a project on a real sshd: brought there when they are newer, left alone when they are not, whole or not at all. */
import assert from 'node:assert/strict';
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, statSync, utimesSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import { sendFiles } from '../../client/src/devices/files-there.ts';
import type { Places } from '../../client/src/devices/run-words.ts';
import type { SshRunner } from '../../client/src/remote/ssh.ts';
import { isRoot, type Sshd, startSshd } from '../support/sshd.ts';

let sshd: Sshd;
let runner: SshRunner;
const project = mkdtempSync(join(tmpdir(), 'project-'));
before(async () => {
  sshd = await startSshd();
  runner = await sshd.connect();
});
after(async () => {
  await runner.dispose();
  await sshd.stop();
  rmSync(project, { recursive: true, force: true });
});

const home = (): string => (isRoot ? join(sshd.folder, sshd.user) : process.env.HOME!);
const places = (): Places => ({ project, there: 'jetson-pipelines-test/p', home: home() });
const there = (name: string): string => join(home(), 'jetson-pipelines-test/p', name);
const never = { isCancellationRequested: false, onCancellationRequested: () => ({ dispose: () => {} }) };

const send = async (names: readonly string[]): Promise<string[]> => {
  const said: string[] = [];
  await sendFiles(
    runner,
    names.map((name) => join(project, name)),
    places(),
    (message) => said.push(message),
    never,
  );
  return [...new Set(said.map((message) => message.replace(/ \d+ %$/, '')))];
};

describe('files of a project', () => {
  it('are brought with their folders, whatever they are called', async (context) => {
    context.after(() => rmSync(there(''), { recursive: true, force: true }));
    const names = ['a.txt', 'models/it\'s $(x) "q".onnx', '-dash', 'two\nlines'];
    mkdirSync(join(project, 'models'));
    for (const name of names) writeFileSync(join(project, name), name);
    await send(names);
    for (const name of names) assert.equal(readFileSync(there(name), 'utf8'), name);
  });

  it('are brought again only when they are newer or of another size', async (context) => {
    context.after(() => rmSync(there(''), { recursive: true, force: true }));
    writeFileSync(join(project, 'b.txt'), 'one');
    utimesSync(join(project, 'b.txt'), 1_700_000_000, 1_700_000_000);
    assert.deepEqual(await send(['b.txt']), ['b.txt']);
    assert.deepEqual(await send(['b.txt']), []);
    assert.equal(statSync(there('b.txt')).mtimeMs, 1_700_000_000_000);
    utimesSync(join(project, 'b.txt'), 1_700_000_001, 1_700_000_001);
    assert.deepEqual(await send(['b.txt']), ['b.txt']);
    writeFileSync(join(project, 'b.txt'), 'longer');
    utimesSync(join(project, 'b.txt'), 1_600_000_000, 1_600_000_000);
    assert.deepEqual(await send(['b.txt']), ['b.txt']);
    assert.equal(readFileSync(there('b.txt'), 'utf8'), 'longer');
  });

  it('that the device has built itself are not lost', async (context) => {
    context.after(() => rmSync(there(''), { recursive: true, force: true }));
    writeFileSync(join(project, 'm.engine'), 'old');
    utimesSync(join(project, 'm.engine'), 1_700_000_000, 1_700_000_000);
    assert.deepEqual(await send(['m.engine']), ['m.engine']);
    writeFileSync(there('m.engine'), 'built here');
    assert.deepEqual(await send(['m.engine']), []);
  });

  it('that are gone from this machine are named', async () => {
    await assert.rejects(send(['gone.txt']), /gone\.txt is not there any longer/);
  });

  it('outside the project are left to the device', async () => {
    await sendFiles(runner, ['/etc/hostname'], places(), () => {}, never);
    assert.equal(existsSync(there('hostname')), false);
  });
});
