import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { applyEdits } from '../../../server/src/text/edit.ts';
import { shownSeverity } from '../../../server/src/workspace/check.ts';
import { folderOf, pathOf, resolvePath, uriOf } from '../../../server/src/workspace/paths.ts';
import { placeEdits } from '../../../server/src/workspace/place.ts';
import { look } from '../../support/world.ts';

/** Replaces a stretch of the first pipeline of a text, found by its words. */
function replaced(text: string, languageId: string, from: string, to: string): string | undefined {
  const { excerpt } = look(text, languageId).readings[0]!;
  const start = excerpt.text.indexOf(from);
  assert.ok(start >= 0);
  const edits = placeEdits([{ span: { start, end: start + from.length }, text: to }], excerpt);
  return edits && applyEdits(text, edits);
}

describe('an edit of a pipeline', () => {
  it('keeps quotes and commas between joined literals', () => {
    const text = 'p = Gst.parse_launch("videotestsrc ! "\n    "queue ! fakesink")\n';
    assert.equal(
      replaced(text, 'python', '! queue !', '!'),
      'p = Gst.parse_launch("videotestsrc !"\n    " fakesink")\n',
    );
  });

  it('is quoted as its place wants', () => {
    const text = 'gst-launch-1.0 videotestsrc ! fakesink';
    assert.equal(
      replaced(text, 'shellscript', 'fakesink', 'video/x-raw(memory:NVMM) ! fakesink'),
      "gst-launch-1.0 videotestsrc ! 'video/x-raw(memory:NVMM)' ! fakesink",
    );
  });

  it('is none where it takes half of an escape', () => {
    const text = 'char *p = "videotestsrc ! filesink location=a\\x41\\x42c";\ng = gst_parse_launch(p, 0);\n';
    const { excerpt } = look(text, 'c').readings[0]!;
    const whole = excerpt.map.runs.find((run) => !run.exact && run.excerpt.end - run.excerpt.start > 1);
    if (whole) {
      const half = { start: whole.excerpt.start, end: whole.excerpt.start + 1 };
      assert.equal(placeEdits([{ span: half, text: 'x' }], excerpt), undefined);
    }
    assert.equal(replaced(text, 'c', 'filesink', 'fakesink')?.includes('fakesink location=a\\x41'), true);
  });

  it('joins deletions that overlap, and refuses other overlaps', () => {
    const { excerpt } = look('videotestsrc ! fakesink', 'gst-launch').readings[0]!;
    const cut = (start: number, end: number, text = ''): { span: { start: number; end: number }; text: string } => ({
      span: { start, end },
      text,
    });
    assert.deepEqual(placeEdits([cut(2, 5), cut(4, 8)], excerpt), [cut(2, 8)]);
    assert.equal(placeEdits([cut(2, 5), cut(4, 8, 'x')], excerpt), undefined);
  });
});

describe('severities', () => {
  it('are capped by what is certain', () => {
    assert.equal(shownSeverity('error', 'code', undefined), 'error');
    assert.equal(shownSeverity('error', 'guess', undefined), 'warning');
    assert.equal(shownSeverity('error', 'comment', undefined), 'hint');
    assert.equal(shownSeverity('hint', 'code', 'error'), 'error');
    assert.equal(shownSeverity('error', 'code', 'off'), undefined);
  });
});

describe('paths', () => {
  it('come out of URIs and go back', () => {
    for (const path of ['/a/b c.sh', '/ä/#1.py', 'C:/x/y.gst']) assert.equal(pathOf(uriOf(path)), path);
    assert.equal(pathOf('untitled:Untitled-1'), 'Untitled-1');
    assert.equal(pathOf('file:///a/%E0%A4%A'), '/a/%E0%A4%A');
  });

  it('are resolved without a file system', () => {
    assert.equal(resolvePath('/a/b', '../c.txt'), '/a/c.txt');
    assert.equal(resolvePath('/a', '/opt//x/./y'), '/opt/x/y');
    assert.equal(folderOf('/a'), '/');
  });
});
