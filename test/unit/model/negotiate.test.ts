/** What links agree on, beside the verdicts that `test/gstreamer/links.test.ts` has the real library judge. */
import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { printCaps } from '../../../server/src/caps/algebra.ts';
import { budgetOf } from '../../../server/src/model/budget.ts';
import { flowsOf } from '../../../server/src/model/flow.ts';
import type { Pipeline } from '../../../server/src/model/pipeline.ts';
import { read } from '../../../server/src/model/read.ts';
import { bareExcerpt } from '../../../server/src/workspace/bare.ts';
import { targetNamed } from '../../support/world.ts';

function pipelineOf(text: string, target = ''): Pipeline {
  const reading = read(bareExcerpt(text), targetNamed(target));
  assert.equal(reading.kind, 'launch');
  return (reading as Extract<typeof reading, { kind: 'launch' }>).pipeline;
}

const verdicts = (text: string): string =>
  pipelineOf(text)
    .links.map((link) => link.agreed.verdict)
    .join(' ');
const memories = (text: string): string =>
  pipelineOf(text)
    .links.map((link) => link.agreed.memory)
    .join(' ');

describe('negotiation', () => {
  test('carries a filter through elements that pass caps on', () => {
    const { links } = pipelineOf('videotestsrc ! video/x-raw,format=I420,width=64 ! queue ! identity ! fakesink');
    assert.match(printCaps(links.at(-1)!.agreed.caps), /format=\(string\)I420, width=\(int\)64/);
  });

  test('tells memory on every link', () => {
    assert.equal(
      memories('nvarguscamerasrc ! queue ! nvvidconv ! video/x-raw ! videoconvert ! fakesink'),
      'nvmm nvmm system system',
    );
  });

  test('goes through a tee to each branch and back from each', () => {
    assert.equal(
      verdicts('nvarguscamerasrc ! tee name=t ! queue ! nv3dsink t. ! queue ! jpegenc ! fakesink'),
      'agreed agreed agreed agreed broken agreed',
    );
  });

  test('asks the branch that was linked first when the source comes last', () => {
    assert.equal(
      verdicts('tee name=t ! queue ! jpegenc ! fakesink nvarguscamerasrc ! t.'),
      'agreed agreed agreed broken',
    );
  });

  test('leaves open what is not known', () => {
    assert.equal(verdicts('nvarguscamerasrc ! someeffect ! x264enc ! fakesink'), 'open open agreed');
    assert.equal(verdicts('filesrc location=a.mp4 ! qtdemux ! x264enc ! fakesink'), 'agreed open agreed');
  });

  test('does not hang or overflow on loops, self-links and wide tees', () => {
    verdicts('queue name=a ! queue name=b ! a.');
    verdicts('queue name=a a. ! a.');
    const wide = `videotestsrc ! tee name=t ${Array.from({ length: 1000 }, () => 't. ! queue ! fakesink').join(' ')}`;
    assert.equal(
      pipelineOf(wide).links.every((link) => link.agreed.verdict === 'agreed'),
      true,
    );
  });
});

describe('flow and budget', () => {
  test('a size stays through a converter that need not change it', () => {
    const pipeline = pipelineOf(
      'nvarguscamerasrc ! video/x-raw(memory:NVMM),width=1280,height=720,framerate=60/1 ! nvvidconv ! nvv4l2h264enc ! fakesink',
      'orin-nx-16gb',
    );
    const last = flowsOf(pipeline).get(pipeline.links.at(-2)!)!;
    assert.deepEqual([last.width, last.height, last.rate], [1280, 720, 60]);
  });

  test('adds up the load of an encoder and the bytes that are copied', () => {
    const budget = budgetOf(
      pipelineOf(
        'nvarguscamerasrc ! video/x-raw(memory:NVMM),width=1920,height=1080,framerate=30/1 ! tee name=t ! queue ! nvv4l2h265enc ! fakesink t. ! queue ! nvvidconv ! video/x-raw,format=I420 ! fakesink',
        'orin-nx-16gb',
      ),
      targetNamed('orin-nx-16gb').device,
    );
    const encoder = budget.engines.find((engine) => engine.engine === 'nvenc')!;
    assert.equal(encoder.parts[0]!.asks, 62.208);
    assert.ok(encoder.load! > 0 && encoder.load! < 0.5);
    assert.equal(budget.copies.total, 1920 * 1080 * 1.5 * 30);
  });

  test('names what it cannot know instead of guessing', () => {
    const budget = budgetOf(
      pipelineOf('filesrc location=a.h264 ! h264parse ! nvv4l2decoder ! nv3dsink', 'orin-nano-8gb'),
      targetNamed('orin-nano-8gb').device,
    );
    assert.equal(budget.engines[0]!.load, undefined);
    assert.equal(budget.engines[0]!.unknown[0]!.missing, 'the frame size and the frame rate');
  });
});
