/**
 * Failures that the real gst-launch-1.0 has, each of another cause: what it prints is explained, and lands on the element, the
 * link or the property that is to blame.
 */
import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Explainer, type Explanation } from '../../client/src/remote/causes/explain.ts';
import { loadCauses } from '../../client/src/remote/causes/table.ts';
import { launchWords } from '../../client/src/remote/launch-words.ts';
import { LogReader } from '../../client/src/remote/streams/index.ts';
import { analyze } from '../../server/src/workspace/analyze.ts';
import { blame, readingOfRun } from '../../server/src/workspace/blame.ts';
import { documentOf, testWorld } from './world.ts';

const causes = loadCauses(join(import.meta.dirname, '../../schemas/causes'));
const world = testWorld();

export interface Failure {
  readonly cause: string;
  /** `DIR` stands for a folder of its own. What is between ‹ and › is to be marked. */
  readonly pipeline: string;
  readonly rule?: string;
  /** A part of each of the two caps that did not meet. */
  readonly meet?: readonly [gives: string, takes: string];
  readonly env?: Readonly<Record<string, string>>;
}

export const failures: readonly Failure[] = [
  { cause: 'no-element', pipeline: 'videotestsrc ! ‹videoconver› ! fakesink', rule: 'unknown-element' },
  { cause: 'no-property', pipeline: 'videotestsrc ! x264enc name=e ‹bitrat=500› ! fakesink', rule: 'unknown-property' },
  { cause: 'bad-property-value', pipeline: 'videotestsrc ‹pattern=squares› ! fakesink', rule: 'bad-value' },
  {
    cause: 'no-link',
    pipeline: 'videotestsrc ! queue ! ‹audioconvert› ! fakesink',
    meet: ['video/x-raw', 'audio/x-raw'],
  },
  {
    cause: 'filter-not-from-source',
    pipeline: 'videotestsrc ! queue ! ‹video/x-raw(memory:NVMM)› ! fakesink videotestsrc ! fakesink',
    rule: 'memory-mismatch',
  },
  { cause: 'syntax-error', pipeline: 'videotestsrc ! ‹!› fakesink' },
  {
    cause: 'reference-without-element',
    pipeline: 'videotestsrc ! tee name=t ‹u.› ! queue ! fakesink t. ! fakesink',
    rule: 'loose-reference',
  },
  { cause: 'empty-bin', pipeline: 'videotestsrc ! ‹(› ) ! fakesink', rule: 'syntax-empty-bin' },
  { cause: 'reference-ignored', pipeline: 'videotestsrc ! tee name=t ‹t›. fakesink' },
  { cause: 'no-source-for-uri', pipeline: '‹nosuch://camera/1› ! fakesink' },
  { cause: 'no-such-file', pipeline: 'filesrc ‹location=DIR/none.mp4› ! decodebin ! fakesink' },
  { cause: 'is-a-folder', pipeline: 'filesrc ‹location="DIR/a folder"› ! fakesink' },
  { cause: 'no-file-name', pipeline: '‹filesrc› ! decodebin ! fakesink' },
  { cause: 'cannot-write-file', pipeline: 'videotestsrc num-buffers=2 ! filesink name=out ‹location=DIR/none/a.raw›' },
  { cause: 'multifile-missing', pipeline: '‹multifilesrc› location=DIR/shot%d.jpg ! jpegdec ! fakesink' },
  { cause: 'text-file', pipeline: 'filesrc location=DIR/text.txt ! ‹decodebin› ! fakesink' },
  { cause: 'unknown-type', pipeline: 'filesrc location=DIR/noise.bin ! ‹decodebin› ! fakesink' },
  { cause: 'invalid-mp4', pipeline: 'filesrc location=DIR/text.txt ! ‹qtdemux› ! fakesink' },
  { cause: 'bad-stream-data', pipeline: 'filesrc location=DIR/clip.avi ! ‹matroskademux› ! fakesink' },
  {
    cause: 'not-negotiated',
    pipeline: 'filesrc location=DIR/clip.mp4 ! ‹videoconvert› ! fakesink',
    meet: ['ANY', 'video/x-raw'],
  },
  {
    cause: 'not-negotiated',
    pipeline: 'filesrc location=DIR/clip.mp4 ! qtdemux ! h264parse ! avdec_h264 ! ‹video/x-raw,format=RGB› ! fakesink',
    env: { GST_DEBUG: '3' },
    meet: ['format=(string)Y444', 'RGB'],
  },
  { cause: 'not-linked', pipeline: '‹videotestsrc› ! tee allow-not-linked=false' },
  {
    cause: 'caps-not-fixed',
    pipeline: 'filesrc location=DIR/text.txt ! ‹video/x-raw,format=NV12› ! videoconvert ! fakesink',
  },
  { cause: 'identity-stop', pipeline: 'videotestsrc ! queue ! ‹identity› error-after=3 ! fakesink' },
  { cause: 'no-uri-handler', pipeline: '‹uridecodebin› uri=nosuch://a ! fakesink' },
  { cause: 'bad-uri', pipeline: 'uridecodebin ‹uri=movie.mp4› ! fakesink' },
  { cause: 'v4l2-no-device', pipeline: 'v4l2src ‹device=/dev/video77› ! fakesink' },
  { cause: 'rtsp-connect', pipeline: '‹rtspsrc› location=rtsp://127.0.0.1:1/x ! fakesink' },
  { cause: 'connection-refused', pipeline: '‹tcpclientsrc› host=127.0.0.1 port=1 ! fakesink' },
  { cause: 'unknown-host', pipeline: '‹tcpclientsrc› host=camera.invalid port=9 ! fakesink' },
  { cause: 'shared-memory', pipeline: 'shmsrc ‹socket-path=/none/here› ! fakesink' },
  { cause: 'descriptor', pipeline: '‹fdsrc› fd=99 ! fakesink' },
  { cause: 'x-no-display', pipeline: 'videotestsrc ! videoconvert ! ‹xvimagesink›' },
  { cause: 'kms', pipeline: 'videotestsrc ! videoconvert ! ‹kmssink›' },
  {
    cause: 'value-out-of-range',
    pipeline: 'udpsrc ‹port=99999› timeout=1 ! fakesink num-buffers=1',
    rule: 'value-out-of-range',
  },
];

/** A folder with the files that the failures read. Whoever asks removes it. */
export function failureFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'failures-'));
  mkdirSync(join(folder, 'a folder'));
  writeFileSync(join(folder, 'text.txt'), 'some words\n'.repeat(200));
  writeFileSync(join(folder, 'noise.bin'), Buffer.from(Array.from({ length: 9_000 }, (_, i) => (i * 7_919) % 251)));
  for (const pipeline of [
    'videotestsrc num-buffers=5 ! jpegenc ! avimux ! filesink location=DIR/clip.avi',
    'videotestsrc num-buffers=5 ! x264enc ! h264parse ! mp4mux ! filesink location=DIR/clip.mp4',
  ]) {
    const { status, stderr } = spawnSync('gst-launch-1.0', ['-q', ...words(pipeline, folder)], { encoding: 'utf8' });
    assert.equal(status, 0, stderr);
  }
  return folder;
}

const words = (pipeline: string, folder: string): readonly string[] => launchWords(pipeline.replaceAll('DIR', folder));

/** Runs one. Throws an assertion that says what was expected where it is not explained, or not placed, as it should be. */
export function checkFailure({ cause, pipeline, rule, meet, env }: Failure, folder: string): void {
  const text = pipeline.replaceAll('DIR', folder);
  const plain = text.replace(/[‹›]/g, '');
  const marked = /‹(.*)›/.exec(text)![1];
  const explanations = run(plain, folder, env);
  const grave = explanations.filter(
    (one) => one.severity !== 'noise' && one.severity !== 'info' && !one.cause?.follows,
  );
  const first = grave.find((one) => !one.cause?.general) ?? grave[0];
  const told = explanations.map((one) => `${one.cause?.id} ${one.headline}`).join('\n');
  assert.equal(first?.cause?.id, cause, told);
  const document = documentOf(plain, 'gst-launch');
  const analysis = analyze(document, world);
  const reading = readingOfRun(analysis, plain);
  assert.ok(reading);
  const blamed = blame(reading, analysis.findings, first!.clues);
  assert.ok(blamed, 'has a place');
  assert.equal(plain.slice(blamed.place.start, blamed.place.end), marked, JSON.stringify({ first, blamed }, null, 1));
  if (rule !== undefined) assert.equal(blamed.finding?.rule, rule);
  if (meet) {
    assert.ok(blamed.meeting?.gives.includes(meet[0]), JSON.stringify(blamed.meeting));
    assert.ok(blamed.meeting?.takes.includes(meet[1]), JSON.stringify(blamed.meeting));
  }
}

function run(pipeline: string, folder: string, env: Failure['env'] = {}): Explanation[] {
  const { stdout } = spawnSync('sh', ['-c', 'exec gst-launch-1.0 "$@" 2>&1', 'sh', ...words(pipeline, folder)], {
    encoding: 'utf8',
    timeout: 20_000,
    killSignal: 'SIGINT',
    env: { ...process.env, DISPLAY: '', WAYLAND_DISPLAY: '', LC_ALL: 'C.UTF-8', ...env },
  });
  const reader = new LogReader();
  const explainer = new Explainer(causes);
  const lines = stdout.split('\n');
  return [...lines.flatMap((line, i) => explainer.take(reader.read(line), i)), ...explainer.finish()];
}
