/** A look behind an element, on a real sshd with the real gst-launch-1.0: the picture comes, and nothing stays. */
import assert from 'node:assert/strict';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import { firstPicture } from '../../client/src/devices/first-picture.ts';
import { type Flow, tapped } from '../../client/src/devices/look.ts';
import { launchWords } from '../../client/src/remote/launch-words.ts';
import type { SshRunner } from '../../client/src/remote/ssh.ts';
import { isRoot, type Sshd, startSshd, until } from '../support/sshd.ts';

let sshd: Sshd;
let runner: SshRunner;
before(async () => {
  sshd = await startSshd();
  runner = await sshd.connect();
});
after(async () => {
  await runner.dispose();
  await sshd.stop();
});

const raw: Flow = { memory: 'other', encoded: false };
const look = (text: string, index: number, flow = raw): Promise<string | undefined> =>
  firstPicture(
    runner,
    { words: ['gst-launch-1.0'], env: {}, folder: '' },
    (file) => tapped(launchWords(text), index, flow, false, file),
    new AbortController().signal,
  );

/** Width and height out of a PNG's header. */
function sizeOf(file: string | undefined): readonly number[] {
  const bytes = readFileSync(file!);
  assert.equal(bytes.subarray(1, 4).toString(), 'PNG');
  return [bytes.readUInt32BE(16), bytes.readUInt32BE(20)];
}

describe('a look', () => {
  it('shows what flows, and writes nothing else', async () => {
    const text =
      'videotestsrc is-live=true ! video/x-raw, width=64, height=48 ! x264enc ! mp4mux ! filesink location=look-test.mp4';
    assert.deepEqual(sizeOf(await look(text, 0)), [64, 48]);
    assert.equal(existsSync(join(isRoot ? join(sshd.folder, sshd.user) : process.env.HOME!, 'look-test.mp4')), false);
    await until(() => sshd.processes().every((line) => !line.includes('gst-launch')), 'nothing runs there');
  });

  it('decodes what is encoded', async () => {
    const text = 'videotestsrc is-live=true ! video/x-raw,width=64,height=48 ! jpegenc ! multipartmux ! fakesink';
    assert.deepEqual(sizeOf(await look(text, 1, { memory: 'other', encoded: true })), [64, 48]);
  });

  it('says what the pipeline says', async () => {
    await assert.rejects(look('filesrc location=/no/such ! decodebin ! videoconvert ! fakesink', 2), /ERROR/);
  });
});
