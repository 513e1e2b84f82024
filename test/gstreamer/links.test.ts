/** A short run of `npm run acceptance:links`: the real GStreamer judges pipelines drawn from the tables. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { judgeLinks } from '../support/judge-links.ts';
import { tegraTarget } from '../support/targets.ts';

test('a broken verdict is right, and nearly all that GStreamer refuses is found', async () => {
  const score = await judgeLinks(tegraTarget(), 1500, 2026);
  assert.deepEqual(score.wrong, []);
  assert.ok(score.accepted > 300 && score.refused > 300, 'GStreamer judged too few to tell');
  assert.ok(score.found >= 0.95 * score.refused, `found ${score.found} of ${score.refused}`);
});
