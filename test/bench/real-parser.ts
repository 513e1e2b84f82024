/** The linter, caps and rules included, beside GStreamer's own parsing and linking of the same pipelines in one process. */
import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { read } from '../../server/src/model/read.ts';
import { rules } from '../../server/src/rules/index.ts';
import { bareExcerpt } from '../../server/src/workspace/bare.ts';
import { check } from '../../server/src/workspace/check.ts';
import { PYTHON } from '../support/gstreamer.ts';
import { targetNamed } from '../support/world.ts';

const around = {
  path: undefined,
  exists: () => undefined,
  readings: () => [],
  text: () => undefined,
  beside: () => [],
};

/** A pipeline of 30 elements that GStreamer accepts; numbers differ, so that nothing kept for one serves another. */
const thirty = (i: number): string =>
  `videotestsrc num-buffers=${i + 1} ! video/x-raw,width=${640 + 2 * (i % 500)},height=480,framerate=30/1 ! queue ! videoconvert ! ` +
  'videoscale ! video/x-raw,width=320,height=240 ! tee name=t ! queue ! videoconvert ! timeoverlay ! queue ! ' +
  `x264enc tune=zerolatency bitrate=${500 + i} ! h264parse ! rtph264pay pt=96 config-interval=1 ! udpsink host=127.0.0.1 port=${5000 + i} ` +
  't. ! queue ! videobalance ! videoflip ! videoconvert ! video/x-raw,format=BGR ! queue ! identity ! appsink ' +
  `t. ! queue ! videorate ! video/x-raw,framerate=10/1 ! videocrop top=${i % 16} ! queue ! videoconvert ! jpegenc ! identity ! multifilesink location=a%d.jpg`;

/** A chain of as many elements, for how the time grows. */
const chain = (length: number): string =>
  `videotestsrc ! ${Array.from({ length: length - 2 }, (_, i) => (i % 5 ? 'queue' : 'videoconvert')).join(' ! ')} ! fakesink`;

/** What was measured. */
export interface Measured {
  /** Seconds that each took for all pipelines; undefined where GStreamer is not installed. */
  readonly beside: { readonly gstreamer: number; readonly ours: number } | undefined;
  /** How many times longer a chain of ten times the elements takes; 10 is linear, the garbage collector adds to it. */
  readonly growth: number;
}

/** Measures 1,000 pipelines. */
export function measure(): Measured {
  const texts = Array.from({ length: 1000 }, (_, i) => thirty(i));
  const asked = spawnSync(PYTHON, [join(process.cwd(), 'test/bench/gst_parse_time.py')], {
    input: `${texts.join('\n')}\n`,
    encoding: 'utf8',
  });
  const gstreamer = Number(asked.stdout);
  // GStreamer has loaded its plugins before it is timed; ours has compiled its code.
  for (let i = 0; i < 1000; i++) lint(thirty(2000 + i));
  const ours = seconds(() => texts.forEach(lint));
  return { beside: asked.status === 0 && gstreamer > 0 ? { gstreamer, ours } : undefined, growth: growth() };
}

function growth(): number {
  for (let i = 0; i < 20; i++) lint(chain(200));
  const least = (length: number): number => Math.min(...[1, 2, 3].map(() => seconds(() => lint(chain(length)))));
  return least(10_000) / least(1_000);
}

function lint(text: string): void {
  check(read(bareExcerpt(text), targetNamed('')), rules, around, (rule, error) => {
    throw new Error(rule, { cause: error });
  });
}

function seconds(work: () => void): number {
  const begun = performance.now();
  work();
  return (performance.now() - begun) / 1000;
}

if (process.argv.includes('--measure')) process.stdout.write(JSON.stringify(measure()));
