/** The commands that show what a pipeline sends, run against the real GStreamer: the picture arrives. */
import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { connect } from 'node:net';
import { describe, it, type TestContext } from 'node:test';
import { planOfLaunch } from '../../client/src/devices/plan.ts';
import { receivers } from '../../client/src/devices/receive.ts';
import { launchWords } from '../../client/src/remote/launch-words.ts';
import { freePort, until } from '../support/sshd.ts';

const SOURCE = 'videotestsrc is-live=true ! video/x-raw,format=I420,width=160,height=120,framerate=30/1';

/** Runs a sender and the receiver that is proposed for it; resolves when the receiver has shown three pictures. */
async function arrives(context: TestContext, text: string): Promise<void> {
  const [receiver] = receivers(planOfLaunch(launchWords(text)), '127.0.0.1');
  assert.ok(receiver);
  const command = receiver.command.replace('autovideosink', 'fakesink num-buffers=3');
  const sender = spawn('gst-launch-1.0', ['-q', ...launchWords(text)], { stdio: 'ignore' });
  context.after(() => sender.kill('SIGKILL'));
  // A server has to be there before it is asked.
  const port = /tcpserversink .*port=(\d+)/.exec(text)?.[1];
  if (port !== undefined) await until(() => isOpen(Number(port)), 'the server listens');
  const looking = spawn('sh', ['-c', `exec timeout 25 ${command.replace('gst-launch-1.0', 'gst-launch-1.0 -q')}`], {
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let said = '';
  for (const stream of [looking.stdout, looking.stderr])
    stream.on('data', (piece: Buffer) => (said += piece.toString()));
  const [code] = (await once(looking, 'exit')) as [number | null];
  assert.equal(code, 0, `${command}\n${said}`);
}

const isOpen = (port: number): Promise<boolean> =>
  new Promise((resolve) => {
    const socket = connect(port, '127.0.0.1');
    const answer = (open: boolean) => () => {
      socket.destroy();
      resolve(open);
    };
    socket.once('connect', answer(true)).once('error', answer(false));
  });

describe('receiving', () => {
  const senders: Readonly<Record<string, (port: number) => string>> = {
    'H.264 in RTP': (port) =>
      `${SOURCE} ! x264enc tune=zerolatency key-int-max=15 ! rtph264pay config-interval=1 ! udpsink host=127.0.0.1 port=${port}`,
    'VP8 in RTP': (port) =>
      `${SOURCE} ! vp8enc deadline=1 keyframe-max-dist=15 ! rtpvp8pay ! udpsink host=127.0.0.1 port=${port}`,
    'JPEG in RTP': (port) => `${SOURCE} ! jpegenc ! rtpjpegpay ! udpsink host=127.0.0.1 port=${port}`,
    'MPEG-TS in RTP': (port) =>
      `${SOURCE} ! x264enc tune=zerolatency key-int-max=15 ! h264parse ! mpegtsmux ! rtpmp2tpay ! udpsink host=127.0.0.1 port=${port}`,
    'MPEG-TS in UDP': (port) =>
      `${SOURCE} ! x264enc tune=zerolatency key-int-max=15 ! h264parse ! mpegtsmux alignment=7 ! udpsink host=127.0.0.1 port=${port}`,
    'MPEG-TS in TCP': (port) =>
      `${SOURCE} ! x264enc tune=zerolatency key-int-max=15 ! h264parse ! mpegtsmux ! tcpserversink host=0.0.0.0 port=${port}`,
  };
  for (const [what, sender] of Object.entries(senders)) {
    it(what, { timeout: 60_000 }, async (context) => arrives(context, sender(await freePort())));
  }
});
