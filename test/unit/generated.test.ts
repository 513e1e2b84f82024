import assert from 'node:assert/strict';
import { it } from 'node:test';
// @ts-expect-error: the generator is plain JavaScript, so that it runs before anything is installed for TypeScript.
import { generate } from '../../scripts/gen.mjs';

it('derived files are fresh', async () => {
  const stale: readonly string[] = await generate();
  assert.deepEqual(
    stale,
    [],
    'these files were stale and have been written anew: look at the difference and commit it',
  );
});
