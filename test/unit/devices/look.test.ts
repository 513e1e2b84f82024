import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { type Flow, tapped } from '../../../client/src/devices/look.ts';
import { launchWords } from '../../../client/src/remote/launch-words.ts';

const raw: Flow = { memory: 'other', encoded: false };
const look = (text: string, index: number, flow = raw, onJetson = false): string => {
  const found = tapped(launchWords(text), index, flow, onJetson, 'look.png');
  return 'words' in found ? found.words.join(' ') : `problem: ${found.problem}`;
};
const TAP = 'jetson_look. ! queue leaky=downstream max-size-buffers=2 !';

describe('a look behind an element', () => {
  it('taps the flow, and leaves the sink out', () => {
    assert.equal(
      look(
        'videotestsrc pattern=ball ! video/x-raw, width=64 ! x264enc ! mp4mux ! filesink location=a.mp4 name=out',
        0,
      ),
      `videotestsrc pattern=ball ! tee name=jetson_look ! queue ! video/x-raw, width=64 ! x264enc ! mp4mux ! fakesink name=out ${TAP} videoconvert ! pngenc snapshot=true ! filesink location=look.png`,
    );
  });

  it('converts what lies in NVMM, and decodes what is encoded', () => {
    const text = 'nvarguscamerasrc ! nvv4l2h264enc ! h264parse ! fakesink';
    assert.match(
      look(text, 0, { memory: 'nvmm', encoded: false }, true),
      /nvvidconv ! video\/x-raw,format=RGBA ! pngenc/,
    );
    assert.match(look(text, 2, { memory: 'other', encoded: true }, true), /decodebin ! nvvidconv ! /);
    assert.match(look(text, 2, { memory: 'other', encoded: true }, false), /decodebin ! videoconvert ! /);
  });

  it('leaves branches as they are', () => {
    assert.equal(
      look('videotestsrc ! tee name=t t. ! queue ! fakesink t. ! queue ! autovideosink', 2),
      `videotestsrc ! tee name=t t. ! queue ! tee name=jetson_look ! queue ! fakesink t. ! queue ! fakesink ${TAP} videoconvert ! pngenc snapshot=true ! filesink location=look.png`,
    );
  });

  it('says why it cannot be', () => {
    assert.match(look('videotestsrc ! fakesink', 1), /problem: Nothing stands behind fakesink/);
    assert.match(look('videotestsrc ! x264enc ! splitmuxsink', 0), /problem: splitmuxsink/);
    assert.match(look('videotestsrc ! fakesink', 9), /problem: The element is not found/);
    assert.match(look('videotestsrc ! identity name=jetson_look ! fakesink', 0), /problem: The name/);
  });
});
