import assert from 'node:assert/strict';
import { it } from 'node:test';
import { search } from '../../../server/src/workspace/search.ts';
import { memoryFiles } from '../../support/files.ts';

it('folders are searched as git sees them', () => {
  const files = memoryFiles({
    '/p/.git/HEAD': '',
    '/p/.gitignore': 'build/\n*.tmp.sh\n',
    '/p/a.sh': '',
    '/p/b.tmp.sh': '',
    '/p/build/c.sh': '',
    '/p/node_modules/d/e.js': '',
    '/p/sub/.gitignore': '!keep.tmp.sh\n/only-here.py\n',
    '/p/sub/keep.tmp.sh': '',
    '/p/sub/only-here.py': '',
    '/p/sub/deep/only-here.py': '',
    '/p/picture.png': '',
    '/p/.github/workflows/ci.yml': '',
  });
  assert.deepEqual(
    [...search(['/p'], files)].sort(),
    ['/p/.github/workflows/ci.yml', '/p/a.sh', '/p/sub/deep/only-here.py', '/p/sub/keep.tmp.sh'].sort(),
  );
  // A folder of a repository knows what is ignored above it.
  assert.deepEqual([...search(['/p/sub/'], files)].sort(), ['/p/sub/deep/only-here.py', '/p/sub/keep.tmp.sh']);
});
