import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import fc from 'fast-check';
import { complete, type Nearby } from '../../server/src/features/completion.ts';
import { hover } from '../../server/src/features/hover.ts';
import { analyze } from '../../server/src/workspace/analyze.ts';
import { cursorPlace } from '../../server/src/workspace/cursor-place.ts';
import type { Analysis } from '../../server/src/workspace/document.ts';
import { documentOf, testWorld } from '../support/world.ts';

/** A text in each host, with what is hard to write: caps, branches, pads, escapes, groups, holes. */
const TEXTS: readonly (readonly [languageId: string, text: string])[] = [
  [
    'shellscript',
    "W=640\ngst-launch-1.0 -e v4l2src device=/dev/video0 ! 'video/x-raw(memory:NVMM), width=(int)'$W', framerate=30/1' \\\n  ! tee name=t t. ! queue leaky=2 ! fakesink t.src_1 ! queue ! filesink location=a\\ b.mp4 # done\n",
  ],
  [
    'gst-launch',
    'nvstreammux name=m batch-size=2 width=1920 height=1080 ! nvinfer config-file-path="a b.txt" ! fakesink\nfilesrc location=a.mp4 ! qtdemux name=d d.video_0 ! h264parse ! nvv4l2decoder ! m.sink_0 ( videotestsrc pattern=ball ) ! m.sink_1\n',
  ],
  [
    'python',
    'cap = cv2.VideoCapture(f"v4l2src device={dev} ! video/x-raw, format=BGR, width={w} ! appsink drop=1", cv2.CAP_GSTREAMER)\np = Gst.parse_launch("videotestsrc ! " "x264enc tune=zerolatency ! rtph264pay config-interval=1 ! udpsink host=127.0.0.1 port=5000")\nq = "videotestsrc num-buffers=%d ! fakesink" % n\n',
  ],
  [
    'cpp',
    'GstElement *p = gst_parse_launch("uridecodebin uri=\\"file:///a.mp4\\" ! nvvideoconvert ! "\n  "compositor name=c sink_0::alpha=0.5 ! autovideosink", &error);\n',
  ],
  [
    'dockerfile',
    'FROM scratch\nCMD ["gst-launch-1.0", "videotestsrc", "!", "video/x-raw,width=320", "!", "fakesink"]\n',
  ],
  ['yaml', 'services:\n  cam:\n    command: gst-launch-1.0 videotestsrc ! videoconvert ! fakesink sync=false\n'],
  [
    'systemd-unit-file',
    '[Service]\nExecStart=/usr/bin/gst-launch-1.0 -e videotestsrc ! x264enc ! filesink location=/a%%i\n',
  ],
  ['markdown', '# A\n\n```sh\ngst-launch-1.0 videotestsrc ! vp8enc ! webmmux ! filesink location=a\n```\n'],
  [
    'deepstream-config',
    '[application]\nenable-perf-measurement=1\n[source0]\nenable=1\ntype=4\nuri=rtsp://host/a\n[primary-gie]\nenable=1\nconfig-file=pgie.txt\nlabelfile-path=l.txt\n# end\n[sink0]\nborder-color=0;1;0;1\n',
  ],
];

const NEARBY: Nearby = {
  list: () => ['a.txt', 'b/', 'nvinfer.yml'],
  labels: () => ['person', 'car'],
  inferences: () => [{ id: '1', where: 'a.txt' }],
  device: {
    device: 'bench',
    cameras: [
      {
        kind: 'v4l2',
        node: '/dev/video0',
        name: 'webcam',
        modes: [{ format: 'YUYV', width: 640, height: 480, rates: ['30/1'] }],
      },
    ],
  },
};

/** Asks for all that can stand at the offset, and checks what is said of places. */
function ask(analysis: Analysis, offset: number): void {
  const world = testWorld();
  const { text } = analysis.document;
  const shown = () => JSON.stringify(`${text.slice(0, offset)}‸${text.slice(offset)}`);
  const place = cursorPlace(analysis, offset, world);
  if (!place) return;
  const inner = place.reading.excerpt.text.length;
  const { span, suggestions } = complete(place.reading, place, NEARBY);
  for (const one of [{ span }, ...suggestions]) {
    const { start, end } = one.span ?? span;
    assert.ok(0 <= start && start <= end && end <= inner, shown());
  }
  const labels = suggestions.map(({ label }) => label);
  assert.equal(new Set(labels).size, labels.length, `${shown()} is offered something twice`);
  const told = hover(place.reading, place.offset);
  if (told) {
    assert.ok(told.span.start <= place.offset && place.offset <= told.span.end, shown());
    assert.notEqual(told.markdown, '', shown());
  }
}

describe('completion and hover answer in half-written text', () => {
  for (const [languageId, text] of TEXTS) {
    test(`at every prefix: ${languageId}`, () => {
      let before: Analysis | undefined;
      for (let end = 0; end <= text.length; end++) {
        before = analyze(documentOf(text.slice(0, end), languageId), testWorld(), before);
        ask(before, end);
      }
    });
  }

  test('where a part was taken out of the midst, at any place', () => {
    const cut = fc.record({
      text: fc.constantFrom(...TEXTS),
      from: fc.double({ min: 0, max: 1, noNaN: true }),
      length: fc.nat(40),
      typed: fc.constantFrom('', ' ', '!', '=', '.', ',', '"', "'", '(', '[', '\\', '\n', '￼', 'q', '::'),
      at: fc.double({ min: 0, max: 1, noNaN: true }),
    });
    fc.assert(
      fc.property(cut, ({ text: [languageId, text], from, length, typed, at }) => {
        const start = Math.floor(from * text.length);
        const left = text.slice(0, start) + typed + text.slice(start + length);
        const analysis = analyze(documentOf(left, languageId), testWorld());
        ask(analysis, start + typed.length);
        ask(analysis, Math.floor(at * left.length));
      }),
      { numRuns: 400 },
    );
  });
});
