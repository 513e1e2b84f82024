/** `gst-lint dump budget`: figures with their sources, and what is not known by name. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { LineIndex } from '../../../server/src/text/line-index.ts';
import { describeBudget } from '../../../server/src/workspace/describe-budget.ts';
import { look } from '../../support/world.ts';

const dump = (text: string): string =>
  look(text, 'gst-launch', 'orin-nx-16gb').readings.map((reading) => describeBudget(reading, new LineIndex(text))).join('');

test('engines, copies and pools are counted', () => {
  const text = dump(
    'nvarguscamerasrc ! video/x-raw(memory:NVMM),width=1920,height=1080,framerate=30/1 ! tee name=t ! queue ! nvv4l2h264enc ! fakesink t. ! queue ! nvvidconv ! video/x-raw,format=I420 ! fakesink',
  );
  assert.match(text, /NVENC encode: \d+ %\n {4}nvv4l2h264enc0: H\.264, 62 of \d+ million pixels\/s \(ds_orin_nx\)/);
  assert.match(text, /copies: 93 MB\/s\n {4}nvvconv0: 93 MB\/s/);
});

test('what is missing is named', () => {
  assert.match(dump('filesrc location=a.h265 ! h265parse ! nvv4l2decoder ! nv3dsink'), /NVDEC decode: not known\n {4}nvv4l2decoder0: the frame size and the frame rate is not known/);
});
