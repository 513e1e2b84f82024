/**
 * The demo device refuses what GStreamer refuses, in GStreamer's words: the messages of the real parser, with stand-ins for NVIDIA's
 * elements, beside those that are made from the text.
 */
import assert from 'node:assert/strict';
import { after, before, it } from 'node:test';
import { rehearsal } from '../../server/src/lsp/rehearse.ts';
import { rules } from '../../server/src/rules/index.ts';
import { Gstreamer } from '../support/gstreamer.ts';
import { nvidiaElements } from '../support/judge-links.ts';
import { targetNamed, testWorld } from '../support/world.ts';

const TARGET = 'orin-nano-8gb deepstream-7.1';
let machine: Gstreamer;
before(() => {
  machine = new Gstreamer(nvidiaElements(targetNamed(TARGET)));
});
after(() => machine.close());

const examples = rules.flatMap((rule) =>
  rule.on === 'config'
    ? []
    : rule.examples.flatMap(({ bad, good, language }) =>
        language === undefined || language === 'gst-launch' ? [bad, good] : [],
      ),
);

/** Wrong in one way each. */
const wrong: readonly string[] = [
  'videotestsrc ! nosuchelement ! fakesink',
  'videotestsrc ! nosuchelement nosuch=1 ! fakesink',
  'videotestsrc nosuch=1 ! fakesink',
  'videotestsrc name=a nosuch=1 ! fakesink',
  'videotestsrc pattern=nosuch ! fakesink',
  'videotestsrc is-live=perhaps ! fakesink',
  'videotestsrc num-buffers=many ! fakesink',
  'videotestsrc ! audioconvert ! fakesink',
  'videotestsrc name=a ! audioconvert name=b ! fakesink',
  'videotestsrc ! queue ! audioresample ! fakesink',
  'videotestsrc ! video/x-raw,format=I420 ! jpegdec ! fakesink',
  'videotestsrc ! video/x-raw(memory:NVMM) ! fakesink',
  'videotestsrc ! audio/x-raw,rate=44100 ! fakesink',
  'audiotestsrc ! videoconvert ! fakesink',
  'videotestsrc ! nvvidconv ! fakesink nvarguscamerasrc ! videoconvert ! fakesink',
  'nvarguscamerasrc ! videoconvert ! fakesink',
  'nvarguscamerasrc ! x264enc ! fakesink',
  'videotestsrc ! nvv4l2h264enc ! fakesink',
  'videotestsrc ! nvinfer ! fakesink',
  'videotestsrc ! fakesink ! fakesink',
  'fakesink ! fakesink',
  'videotestsrc ! ! fakesink',
  'videotestsrc !',
  '! fakesink',
  'videotestsrc ! tee name=t u. ! fakesink',
  '',
];

/** Without what differs between releases and by how many were made before: the numbers of automatic names. */
const plain = (message: string): string => message.replace(/([a-z_])\d+\b/g, '$1').replace(/\.$/, '');

it('is refused in the same words', async () => {
  const differing: string[] = [];
  let alike = 0;
  const texts = [...new Set([...wrong, ...examples])];
  for (const text of texts) {
    const { ok, errors, crashed } = await machine.ask(text);
    if (crashed) continue;
    const { refusal } = rehearsal({ kind: 'launch', text, target: TARGET }, testWorld());
    const ours = refusal?.stage === 'parse' ? plain(refusal.message) : '';
    const theirs = ok ? '' : plain(errors[0]?.message ?? '');
    // What GStreamer takes must never be refused here; what it refuses may be taken where the text does not tell.
    if (ok) assert.equal(ours, '', text);
    if (ours === theirs) alike += 1;
    else differing.push(`${text}\n   ours: ${ours}\n theirs: ${theirs}`);
  }
  assert.ok(alike / texts.length >= 0.95, `${alike} of ${texts.length}\n${differing.join('\n')}`);
});
