import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { marks } from '../../../server/src/workspace/marks.ts';
import { look } from '../../support/world.ts';

const rulesIn = (text: string, languageId = 'shellscript'): string[] =>
  look(text, languageId).findings.map(({ rule, span }) => `${rule}@${text.slice(0, span.start).split('\n').length}`);

const BAD = 'gst-launch-1.0 videotestsrc patern=ball ! fakesink';

describe('gst-lint: ignore', () => {
  it('finds the slip without a comment', () => {
    assert.deepEqual(rulesIn(BAD), ['unknown-property@1']);
  });

  it('behind code holds for the line', () => {
    assert.deepEqual(rulesIn(`${BAD} # gst-lint: ignore unknown-property\n${BAD}`), ['unknown-property@2']);
  });

  it('alone holds for the construct that begins below, to its end', () => {
    const long = 'gst-launch-1.0 videotestsrc ! \\\n  queue ! \\\n  fakesink synk=true';
    assert.deepEqual(rulesIn(`# gst-lint: ignore unknown-property\n${long}\n${BAD}`), ['unknown-property@5']);
  });

  it('without ids holds for every rule', () => {
    assert.deepEqual(rulesIn(`# gst-lint: ignore\ngst-launch-1.0 videotestsrc patern=ball ! fakesnk`), []);
  });

  it('with other ids changes nothing', () => {
    assert.deepEqual(rulesIn(`# gst-lint: ignore missing-queue\n${BAD}`), ['unknown-property@2']);
  });

  it('in the middle of a pipeline holds for the line below', () => {
    const text = 'videotestsrc patern=ball !\n# gst-lint: ignore unknown-property\nqueue sise=1 !\nfakesink synk=1';
    assert.deepEqual(rulesIn(text, 'gst-launch'), ['unknown-property@1', 'unknown-property@4']);
  });

  it('ignore-next-line holds for that line only', () => {
    const long = 'gst-launch-1.0 videotestsrc patern=ball ! \\\n  fakesink synk=true';
    assert.deepEqual(rulesIn(`# gst-lint: ignore-next-line\n${long}`), ['unknown-property@3']);
  });

  it('ignore-file holds wherever it stands', () => {
    assert.deepEqual(rulesIn(`${BAD}\n${BAD}\n# gst-lint: ignore-file unknown-property -- tried by hand`), []);
  });

  it('is read in other comment syntaxes', () => {
    const c = 'void f() {\n  /* gst-lint: ignore unknown-property */\n  gst_parse_launch("videotestsrc patern=ball ! fakesink", 0);\n}';
    assert.deepEqual(rulesIn(c, 'c'), []);
  });
});

describe('marks', () => {
  it('are comments, not prose', () => {
    assert.deepEqual(marks('write gst-lint: ignore into the file'), []);
    assert.equal(marks('<!-- gst-lint: target pc -->')[0]?.words.join(' '), 'pc');
    assert.equal(marks('rem gst-lint: target pc\r\n')[0]?.words.join(' '), 'pc');
  });

  it('take what stands behind two dashes for prose', () => {
    assert.deepEqual(marks('# gst-lint: ignore bad-value, dead-end -- see above')[0]?.words, ['bad-value', 'dead-end']);
  });
});

describe('gst-lint: target', () => {
  it('holds from where it stands, the first one for what is above as well', () => {
    const { readings } = look(
      'gst-launch-1.0 videotestsrc ! fakesink\n# gst-lint: target pc\ngst-launch-1.0 videotestsrc ! fakesink\n' +
        '# gst-lint: target nano-4gb\ngst-launch-1.0 videotestsrc ! fakesink\n',
      'shellscript',
    );
    assert.deepEqual(
      readings.map(({ target }) => target.id),
      ['pc', 'pc', 'nano-4gb'],
    );
  });

  it('says where it names nothing', () => {
    const text = '# gst-lint: target orin-nona\ngst-launch-1.0 videotestsrc ! fakesink\n';
    assert.deepEqual(rulesIn(text), ['unknown-target@1']);
  });
});
