import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { ChannelWriter } from '../../../client/src/devices/channel-writer.ts';

describe('an output channel in pieces', () => {
  it('writes what is left at the end, in order', () => {
    const pieces: string[] = [];
    const writer = new ChannelWriter({ append: (text) => void pieces.push(text) });
    writer.take('one');
    writer.take('two');
    writer.finish();
    writer.finish();
    assert.deepEqual(pieces, ['one\ntwo\n']);
  });

  it('says how many lines of a flood are left out, and keeps the latest', () => {
    const pieces: string[] = [];
    const writer = new ChannelWriter({ append: (text) => void pieces.push(text) });
    for (let number = 0; number < 10_000; number++) writer.take(String(number));
    writer.finish();
    const lines = pieces.join('').trimEnd().split('\n');
    const skipped = Number(/… (\d+) lines/.exec(lines[0]!)?.[1]);
    assert.equal(skipped + lines.length - 1, 10_000);
    assert.equal(lines.at(-1), '9999');
    assert.equal(lines[1], String(skipped));
  });
});
