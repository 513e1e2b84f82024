import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { planOfConfig, planOfLaunch } from '../../../client/src/devices/plan.ts';
import { receivers } from '../../../client/src/devices/receive.ts';
import { launchWords } from '../../../client/src/remote/launch-words.ts';

const of = (text: string, host = 'orin') => receivers(planOfLaunch(launchWords(text)), host);
const commands = (text: string) => of(text).map(({ command }) => command);

describe('what a pipeline sends', () => {
  it('is taken out of RTP by what was put into it', () => {
    assert.deepEqual(commands('videotestsrc ! x264enc ! rtph264pay pt=97 ! udpsink host=10.0.0.2 port=5600'), [
      "gst-launch-1.0 udpsrc port=5600 ! 'application/x-rtp,media=video,clock-rate=90000,encoding-name=H264,payload=97' ! rtpjitterbuffer ! rtph264depay ! h264parse ! avdec_h264 ! videoconvert ! autovideosink",
    ]);
    assert.match(
      commands('videotestsrc ! jpegenc ! rtpjpegpay ! udpsink host=10.0.0.2')[0]!,
      /port=5004.*JPEG,payload=26/,
    );
  });

  it('of two branches each has its own', () => {
    const text =
      'videotestsrc ! tee name=t t. ! queue ! x265enc ! rtph265pay ! udpsink host=a port=1 t. ! queue ! x264enc ! rtph264pay ! udpsink host=b port=2';
    const [one, two] = commands(text);
    assert.match(one!, /port=1 .*H265/);
    assert.match(two!, /port=2 .*H264/);
  });

  it('to the device itself goes nowhere, and is told', () => {
    assert.match(of('videotestsrc ! udpsink')[0]!.note, /set host=/);
    assert.match(of('videotestsrc ! tcpserversink')[0]!.note, /host=0\.0\.0\.0/);
    assert.equal(of('videotestsrc ! tcpserversink host=0.0.0.0')[0]!.note, '');
    assert.equal(of('videotestsrc ! udpsink host=239.1.1.1')[0]!.note, '');
    assert.match(of('videotestsrc ! udpsink host=239.1.1.1')[0]!.command, /address=239\.1\.1\.1/);
  });

  it('by TCP, SRT, RTSP and RTMP', () => {
    assert.match(
      commands('videotestsrc ! matroskamux ! tcpserversink port=7')[0]!,
      /tcpclientsrc host=orin port=7 ! decodebin/,
    );
    assert.match(commands('videotestsrc ! srtsink uri=srt://:8888')[0]!, /srt:\/\/orin:8888\?mode=caller/);
    assert.match(commands('videotestsrc ! srtsink uri=srt://1.2.3.4:8888')[0]!, /srt:\/\/:8888\?mode=listener/);
    assert.match(commands('videotestsrc ! rtspclientsink location=rtsp://h/x')[0]!, /rtspsrc location=rtsp:\/\/h\/x/);
    assert.match(
      commands('videotestsrc ! rtmpsink location="rtmp://h/live live=1"')[0]!,
      /rtmp2src location=rtmp:\/\/h\/live ! /,
    );
    assert.match(
      of('videotestsrc ! multiudpsink clients=a:1,b:2')
        .map(({ title }) => title)
        .join(),
      /port 1.*port 2/,
    );
  });

  it('by deepstream-app over RTSP', () => {
    const plan = planOfConfig('[sink0]\nenable=1\ntype=4\nrtsp-port=9000\n[sink1]\nenable=0\ntype=4\n');
    assert.deepEqual(
      receivers(plan, 'orin').map(({ command }) => /location=(\S+)/.exec(command)?.[1]),
      ['rtsp://orin:9000/ds-test'],
    );
  });

  it('is nothing without a network sink', () => {
    assert.deepEqual(of('videotestsrc ! filesink location=a'), []);
  });
});
