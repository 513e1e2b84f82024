/** The linter, caps and rules included, beside GStreamer's own parsing and linking of the same pipelines in one process. */
import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
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

/** Seconds that GStreamer and we take for `count` pipelines; undefined where GStreamer is not installed. */
export function besideGstreamer(count: number): { gstreamer: number; ours: number } | undefined {
  const texts = Array.from({ length: count }, (_, i) => thirty(i));
  const asked = spawnSync(PYTHON, [fileURLToPath(new URL('gst_parse_time.py', import.meta.url))], {
    input: `${texts.join('\n')}\n`,
    encoding: 'utf8',
  });
  const gstreamer = Number(asked.stdout);
  if (asked.status !== 0 || !(gstreamer > 0)) return undefined;
  for (const text of texts.slice(0, 100)) lint(text);
  return { gstreamer, ours: seconds(() => texts.forEach(lint)) };
}

/** How many times longer a chain of ten times the elements takes; 10 is linear. */
export function growth(): number {
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
