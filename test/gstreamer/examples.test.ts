/** The real GStreamer reads what the rules call good, and each bad example after its fix. Stand-ins for NVIDIA's elements. */
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { rules } from '../../server/src/rules/index.ts';
import { Gstreamer } from '../support/gstreamer.ts';
import { nvidiaElements } from '../support/judge-links.ts';
import { targetNamed } from '../support/world.ts';

const machines = new Map<string, Gstreamer>();

before(() => {
  for (const words of new Set(rules.flatMap((rule) => rule.examples.map((one) => one.target ?? '')))) {
    machines.set(words, new Gstreamer(nvidiaElements(targetNamed(words))));
  }
});

after(() => {
  for (const machine of machines.values()) machine.close();
});

for (const rule of rules) {
  if (rule.on === 'config') continue;
  for (const [index, { good, language, target = '' }] of rule.examples.entries()) {
    // Examples in other languages are judged by their hosts' tests.
    if (language !== undefined && language !== 'gst-launch') continue;
    test(`${rule.id}: what example ${index + 1} calls good is accepted`, async () => {
      const verdict = await machines.get(target)!.ask(good);
      assert.deepEqual(verdict.errors, [], good);
      assert.deepEqual(verdict.conflicts, [], good);
    });
  }
}
