import assert from 'node:assert/strict';
import { test } from 'node:test';
import { languages } from '../../../client/src/languages.ts';
import { hosts } from '../../../server/src/hosts/index.ts';

test('the client hands over the documents of every host', () => {
  const missing = hosts.flatMap((host) => host.languageIds.filter((id) => !languages.includes(id)));
  assert.deepEqual(missing, []);
});
