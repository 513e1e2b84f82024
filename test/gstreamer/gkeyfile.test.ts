/** Our reading of key files against GLib's own, on texts made and broken at random. Needs Debian's python3 and GLib. */
import assert from 'node:assert/strict';
import { after, describe, it } from 'node:test';
import { readKeyFile } from '../../server/src/syntax/config/ini/lower.ts';
import { fileDifference, GLibOracle, valueDifference } from '../support/gkeyfile.ts';
import { mutate } from '../support/mutations.ts';
import { Random } from '../support/random.ts';

const seeds = [
  '[application]\nenable-perf-measurement=1\n\n[sink0]\nenable=1\ntype=2\n# note\nsync = 0 \n',
  '[property]\nnet-scale-factor=0.0039\noffsets=1;2;3\nmean=a\\sb\n\n[class-attrs-0]\ntopk=20\nroi=1;2;3;4;\n',
  '[x y]\r\nk[de]=v\r\nEncoding=UTF-8\r\nuri=rtsp://host/path#part\r\n',
];

describe('GKeyFile', () => {
  const oracle = new GLibOracle();
  after(() => oracle.end());

  it('reads files and values as we do', async () => {
    const random = new Random(7);
    const encoder = new TextEncoder();
    for (let i = 0; i < 3000; i++) {
      const bytes = encoder.encode(mutate(random.pick(seeds), () => random.next()));
      const [theirs] = await oracle.files([bytes]);
      assert.equal(fileDifference(bytes, theirs!), undefined);
      const text = new TextDecoder('utf-8', { ignoreBOM: true }).decode(bytes);
      const values = readKeyFile(text).sections.flatMap((section) => section.keys.map((key) => key.value.text));
      const answers = await oracle.values(values);
      values.forEach((raw, at) => {
        assert.equal(valueDifference(raw, answers[at]!), undefined);
      });
    }
  });
});
