/** A short run of `npm run acceptance:caps`, on the pad templates of the installed plugins. */
import assert from 'node:assert/strict';
import { it } from 'node:test';
import { CapsOracle, differences, installedTemplates, ourAnswer } from '../support/caps-oracle.ts';
import { CapsPairs } from '../support/caps-pairs.ts';
import { Random } from '../support/random.ts';

it('are read and computed with as GStreamer does, on 2,000 pairs', async () => {
  const pairs = new CapsPairs(installedTemplates(), new Random(2026));
  const drawn = Array.from({ length: 2000 }, () => pairs.next());
  const oracle = new CapsOracle();
  const answers = await oracle.ask(drawn);
  oracle.close();
  const wrong = drawn.flatMap((pair, i) => {
    const differing = differences(answers[i]!, ourAnswer(pair));
    return differing.length > 0 ? [`${differing.join(', ')}: ${JSON.stringify(pair)}`] : [];
  });
  assert.deepEqual(wrong, []);
  assert.ok(answers.filter((answer) => answer.intersect !== undefined).length > 1000);
});
