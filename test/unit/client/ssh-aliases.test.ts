import assert from 'node:assert/strict';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, describe, test } from 'node:test';
import { sshAliases } from '../../../client/src/remote/ssh-aliases.ts';

describe('the hosts of an ssh configuration', () => {
  const folder = mkdtempSync(join(tmpdir(), 'ssh-hosts-'));
  after(() => rmSync(folder, { recursive: true }));
  const write = (name: string, text: string): string => {
    writeFileSync(join(folder, name), text);
    return join(folder, name);
  };

  test('are the names that are no patterns, once each', async () => {
    const file = write(
      'config',
      `# boards
Host orin "left gate"
  HostName 10.0.0.7
Host=nano
Host *.lab !old gate-? 
Host orin
  Port 22
Match host bench
  User me
`,
    );
    assert.deepEqual(await sshAliases(file), ['orin', 'left gate', 'nano']);
  });

  test('stand in included files too, by name and by pattern, and a circle ends', async () => {
    mkdirSync(join(folder, 'config.d'));
    write('config.d/b', 'Host second\n');
    write('config.d/a', 'Host first\n');
    write('config.d/.hidden', 'Host never\n');
    const file = join(folder, 'all');
    write('all', `Include ${folder}/config.d/*\nHost own\n  Include ${folder}/nowhere ${file}\n`);
    assert.deepEqual(await sshAliases(file), ['first', 'second', 'own']);
  });

  test('are none where there is no file, or one that is none', async () => {
    assert.deepEqual(await sshAliases(join(folder, 'missing')), []);
    assert.deepEqual(await sshAliases(write('binary', '\u0000\u0001Host\u0000')), []);
  });
});
