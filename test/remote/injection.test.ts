/** Two hundred hostile texts through every login shell: `npm run acceptance:injection` sends two thousand. */
import assert from 'node:assert/strict';
import { existsSync } from 'node:fs';
import { after, before, it } from 'node:test';
import { inject, report, SHELLS } from '../acceptance/injection.ts';
import { isRoot, type Sshd, startSshd } from '../support/sshd.ts';

let sshd: Sshd;
before(async () => {
  sshd = await startSshd();
});
after(() => sshd.stop());

it('hostile words, values, folders, names of files and pipelines arrive unchanged, and run nothing', async () => {
  const shells = isRoot ? SHELLS.filter((shell) => existsSync(shell)) : SHELLS.slice(0, 1);
  const { text, good } = report(await inject(sshd, shells, 200, 7));
  assert.ok(good, text);
});
