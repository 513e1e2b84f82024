import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { Excerpt } from '../../../server/src/text/excerpt.ts';
import { hostFor } from '../../../server/src/workspace/host-for.ts';
import { relift } from '../../../server/src/workspace/relift.ts';
import { excerptAt, standing } from '../../../server/src/workspace/standing.ts';

const host = hostFor({ path: '', languageId: 'shellscript' })!;
const around = { known: () => true, host: () => undefined, configuration: () => undefined };

/** Changes a script and counts what the host was asked to read. Undefined where all of it was to be read. */
function change(before: string, from: string, to: string): { read: number; excerpts: Excerpt[] } | undefined {
  const after = before.replace(from, to);
  assert.notEqual(after, before);
  let read = 0;
  const lift = (text: string): readonly Excerpt[] => {
    read += text.length;
    return host.excerpts(text, around);
  };
  const standings = host.excerpts(before, around).map(standing);
  const now = relift({ text: before, standings }, after, lift);
  if (!now) return undefined;
  const outline = (excerpt: Excerpt): unknown => ({ ...excerpt, write: undefined, map: excerpt.map.runs });
  assert.deepEqual(now.map(excerptAt).map(outline), host.excerpts(after, around).map(outline));
  return { read, excerpts: now.map(excerptAt) };
}

const script = [
  'OUT=/media/out',
  ...Array.from({ length: 20 }, (_, n) => `gst-launch-1.0 videotestsrc num-buffers=${n} ! filesink location="$OUT/${n}"`),
  '',
].join('\n');

describe('a keystroke', () => {
  it('inside of a pipeline costs the lines of that pipeline', () => {
    const changed = change(script, 'num-buffers=7 ', 'num-buffers=77 ');
    assert.ok(changed && changed.read < script.length / 2);
    assert.match(changed.excerpts[7]!.text, /num-buffers=77 /);
  });

  it('may take letters away', () => {
    assert.ok(change(script, 'num-buffers=7 ', 'num-bufers=7 '));
  });

  for (const [what, from, to] of [
    ['a quote', 'num-buffers=7 ', 'num-buffers="7 '],
    ['a backslash', 'num-buffers=7 ', 'num-buffers=7\\ '],
    ['a line end', 'num-buffers=7 ', 'num-buffers=7\n '],
    ['a comment sign', 'num-buffers=7 ', 'num-buffers=7 # '],
    ['a variable', 'location="$OUT/7"', 'location="$OUTX/7"'],
    ['a constant that is named elsewhere', 'OUT=/media/out', 'OUT=/media/outer'],
    ['something outside of all pipelines', 'OUT=', 'OUTER='],
  ] as const) {
    it(`that is ${what} has all of the document read`, () => {
      assert.equal(change(script, from, to), undefined);
    });
  }
});
