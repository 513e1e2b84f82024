/** Formatting: what comes out in each host, that it stays so, and that nothing is read otherwise. */
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import { defaultLayout } from '../../../server/src/features/formatting.ts';
import { applyEdits } from '../../../server/src/text/edit.ts';
import { format, readsSame } from '../../../server/src/workspace/format.ts';
import { continueLine } from '../../../server/src/workspace/format-on-type.ts';
import { look, testWorld } from '../../support/world.ts';

const world = testWorld();

function formatted(text: string, language: string, more: Partial<typeof defaultLayout> = {}): string {
  const layout = { ...defaultLayout, ...more };
  const before = look(text, language);
  const once = applyEdits(text, format(before, world, layout));
  const after = look(once, language);
  const excerpts = ({ readings }: typeof before) => readings.map(({ excerpt }) => excerpt);
  assert.ok(readsSame(excerpts(before), excerpts(after)), once);
  assert.equal(applyEdits(once, format(after, world, layout)), once, 'formatting again changes it');
  return once;
}

const lines = (...all: string[]): string => all.join('\n');

describe('formatting of pipelines', () => {
  it('a command of a shell goes on with backslashes', () => {
    const text = "gst-launch-1.0 -e v4l2src ! 'video/x-raw,width=640' !   videoconvert ! fakesink sync=false\n";
    assert.equal(
      formatted(text, 'shellscript'),
      lines(
        'gst-launch-1.0 -e \\',
        '  v4l2src ! \\',
        "  'video/x-raw,width=640' ! \\",
        '  videoconvert ! \\',
        '  fakesink sync=false',
        '',
      ),
    );
  });

  it('branches stand one step deeper than the name they begin with', () => {
    const text = 'videotestsrc ! tee name=t t. ! queue ! fakesink t. ! queue ! autovideosink';
    assert.equal(
      formatted(text, 'gst-launch'),
      lines('videotestsrc !', '  tee name=t', 't. ! queue !', '  fakesink', 't. ! queue !', '  autovideosink'),
    );
  });

  it('a bin is indented', () => {
    const text = 'videotestsrc ! ( queue ! identity ) ! fakesink';
    assert.equal(
      formatted(text, 'gst-launch'),
      lines('videotestsrc !', '  (', '    queue !', '    identity', '  ) !', '  fakesink'),
    );
  });

  it('long lines are wrapped between properties', () => {
    const text = 'x264enc bitrate=4000 key-int-max=30 bframes=0 ! h264parse ! fakesink';
    assert.equal(
      formatted(text, 'gst-launch', { width: 40 }),
      lines('x264enc bitrate=4000 key-int-max=30', '  bframes=0 !', '  h264parse !', '  fakesink'),
    );
  });

  it('two elements stay on their line, and get single blanks', () => {
    assert.equal(
      formatted('if x; then\n  gst-launch-1.0 videotestsrc   !  fakesink\nfi\n', 'shellscript'),
      'if x; then\n  gst-launch-1.0 videotestsrc ! fakesink\nfi\n',
    );
  });

  it('neighbouring literals are cut at links, and the string stays the same', () => {
    const text = lines(
      'pipeline = Gst.parse_launch(',
      '    "videotestsrc ! queue ! "',
      '      f"videoconvert ! fakesink name={name}"',
      ')',
      '',
    );
    assert.equal(
      formatted(text, 'python'),
      lines(
        'pipeline = Gst.parse_launch(',
        '    "videotestsrc ! "',
        '    "queue ! "',
        '    f"videoconvert ! "',
        '    f"fakesink name={name}"',
        ')',
        '',
      ),
    );
  });

  it('literals that are joined are cut at links, with the sign where it stood', () => {
    const text = (sign: string, next: string) =>
      lines(
        'const p = new Pipeline(',
        `  'videotestsrc ! queue ! '${sign}`,
        `    ${next}'videoconvert ! fakesink'`,
        ');',
        '',
      );
    const laidOut = (sign: string, next: string) =>
      lines(
        'const p = new Pipeline(',
        `  'videotestsrc ! '${sign}`,
        `  ${next}'queue ! '${sign}`,
        `  ${next}'videoconvert ! '${sign}`,
        `  ${next}'fakesink'`,
        ');',
        '',
      );
    assert.equal(formatted(text(' +', ''), 'javascript'), laidOut(' +', ''));
    assert.equal(formatted(text('', '+ '), 'javascript'), laidOut('', '+ '));
    const java = lines(
      '    Pipeline p = (Pipeline) Gst.parseLaunch("videotestsrc ! queue ! " +',
      '        "videoconvert ! fakesink");',
      '',
    );
    assert.equal(
      formatted(java, 'java'),
      lines(
        '    Pipeline p = (Pipeline) Gst.parseLaunch("videotestsrc ! " +',
        '        "queue ! " +',
        '        "videoconvert ! " +',
        '        "fakesink");',
        '',
      ),
    );
  });

  it('joined literals that something binds tighter are left alone', () => {
    const text = lines(
      'p = Gst.parse_launch("videotestsrc ! queue ! " +',
      '    "videoconvert ! fakesink name=%s" % name)',
      '',
    );
    assert.equal(formatted(text, 'python'), text);
    const method = lines(
      'Gst.parse_launch("videotestsrc ! queue ! " +',
      '    "videoconvert ! fakesink name={}".format(n))',
      '',
    );
    assert.equal(formatted(method, 'python'), method);
  });

  it('one literal on a line is left alone', () => {
    const text = 'gst_parse_launch("videotestsrc  !  queue ! fakesink", NULL);\n';
    assert.equal(formatted(text, 'c'), text);
  });

  it('what stands in quotes, options, pipes and comments are kept', () => {
    const text = lines(
      'gst-launch-1.0 filesrc location="my  film.mp4" ! \\',
      '  decodebin ! videoconvert ! fakesink -v 2>&1 | tee log  # so',
      '',
    );
    assert.equal(
      formatted(text, 'shellscript'),
      lines(
        'gst-launch-1.0 \\',
        '  filesrc location="my  film.mp4" ! \\',
        '  decodebin ! \\',
        '  videoconvert ! \\',
        '  fakesink -v 2>&1 | tee log  # so',
        '',
      ),
    );
  });

  it('line ends and tabs are the document’s and the editor’s', () => {
    assert.equal(
      formatted('videotestsrc !\r\nqueue ! fakesink\r\n', 'gst-launch', { indent: '\t' }),
      'videotestsrc !\r\n\tqueue !\r\n\tfakesink\r\n',
    );
  });

  it('a text that GStreamer refuses is left alone', () => {
    const text = 'videotestsrc !   ! fakesink  ! queue';
    assert.equal(formatted(text, 'gst-launch'), text);
  });

  it('a range formats what it touches', () => {
    const one = 'gst-launch-1.0 videotestsrc ! queue ! fakesink\n';
    const text = `${one}\n${one}`;
    const edits = format(look(text, 'shellscript'), world, defaultLayout, { start: 5, end: 6 });
    assert.ok(edits.length > 0 && edits.every(({ span }) => span.end < one.length));
  });

  it('any pipeline in any layout is read the same, and formatted once for all', () => {
    const word = fc.constantFrom(
      ...'videotestsrc queue fakesink tee name=t num-buffers=3 ! ! ! ! t. .src ( ) video/x-raw,width=640 caps="a, b=c" location=a\\ b'.split(
        / (?!b)/,
      ),
    );
    const blank = fc.constantFrom(' ', '  ', '\t', '\n', ' \\\n', '\n\n');
    const text = fc.array(fc.tuple(word, blank), { maxLength: 14 }).map((all) => all.flat().join(''));
    fc.assert(
      fc.property(text, (body) => {
        formatted(body, 'gst-launch');
        formatted(`gst-launch-1.0 ${body}\n`, 'shellscript');
      }),
      { numRuns: 200 },
    );
  });
});

describe('formatting of key files', () => {
  it('no blanks around the sign, one line between groups, comments stay', () => {
    const text = lines(
      '',
      '# made by hand',
      '[property]',
      'gpu-id = 0',
      ' net-scale-factor=0.5  ',
      '',
      '',
      '# all classes',
      '[class-attrs-all]',
      'topk =20',
      '#nms-iou-threshold = 0.5',
      '[class-attrs-2]',
      'topk= 5',
      '',
      '',
    );
    assert.equal(
      formatted(text, 'deepstream-config'),
      lines(
        '# made by hand',
        '[property]',
        'gpu-id=0',
        'net-scale-factor=0.5  ',
        '',
        '# all classes',
        '[class-attrs-all]',
        'topk=20',
        '#nms-iou-threshold = 0.5',
        '',
        '[class-attrs-2]',
        'topk=5',
        '',
      ),
    );
  });
});

describe('a new line', () => {
  const typed = (text: string, language: string): string => {
    const at = text.indexOf('|');
    const whole = text.replace('|', '');
    return applyEdits(whole, continueLine(look(whole, language), at, defaultLayout));
  };

  it('behind a link of a command goes on with a backslash', () => {
    assert.equal(typed('gst-launch-1.0 videotestsrc !\n|', 'shellscript'), 'gst-launch-1.0 videotestsrc ! \\\n  ');
  });

  it('stands as deep as the one above', () => {
    const text = 'gst-launch-1.0 videotestsrc ! \\\n    queue ! \\\n|fakesink\n';
    assert.equal(typed(text, 'shellscript'), 'gst-launch-1.0 videotestsrc ! \\\n    queue ! \\\n    fakesink\n');
  });

  it('elsewhere is left alone', () => {
    assert.equal(typed('echo hello !\n|', 'shellscript'), 'echo hello !\n');
  });
});
