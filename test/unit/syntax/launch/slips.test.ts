import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { accepted, parseLaunch } from '../../../../server/src/syntax/launch/parser.ts';
import { applyEdits } from '../../../../server/src/text/edit.ts';

/** The text, the rule with the words it marks, what the grammar says (`no`, or what it takes the text for), the first fix's result. */
type Case = readonly [
  text: string,
  rule: string,
  marked: string,
  verdict: 'refused' | 'later' | 'hint',
  fixed?: string,
];

const cases: readonly Case[] = [
  ['! fakesrc ! fakesink', 'syntax-leading-link', '!', 'refused', 'fakesrc ! fakesink'],
  ['( ! fakesrc )', 'syntax-leading-link', '!', 'refused', '( fakesrc )'],
  ['fakesrc ! queue !', 'syntax-trailing-link', '!', 'refused', 'fakesrc ! queue'],
  ['fakesrc ! queue !\n', 'syntax-trailing-link', '!', 'refused', 'fakesrc ! queue\n'],
  ['( fakesrc ! queue ! )', 'syntax-trailing-link', '!', 'refused', '( fakesrc ! queue )'],
  ['fakesrc ! video/x-raw !', 'syntax-trailing-link', '! video/x-raw !', 'refused', 'fakesrc'],
  ['fakesrc ! ! fakesink', 'syntax-doubled-link', '!', 'refused', 'fakesrc ! fakesink'],
  ['fakesrc !!!fakesink', 'syntax-doubled-link', '!', 'refused', 'fakesrc !fakesink'],
  ['fakesrc ! ! a/b ! fakesink', 'syntax-doubled-link', '! a/b !', 'refused', 'fakesrc ! a/b ! fakesink'],
  [
    'tee name=t ! fakesink\nt. queue ! fakesink',
    'syntax-missing-link',
    't.',
    'refused',
    'tee name=t ! fakesink\nt. ! queue ! fakesink',
  ],
  ['fakesink name=s fakesrc s.', 'syntax-missing-link', 's.', 'refused', 'fakesink name=s fakesrc ! s.'],
  ['tee name=t .src_0 fakesink', 'syntax-missing-link', '.src_0', 'refused', 'tee name=t .src_0 ! fakesink'],
  ['fakesrc ! a. ! fakesink', 'syntax-link-behind-reference', '!', 'refused', 'fakesrc ! a. a. ! fakesink'],
  ['fakesrc ! .mux', 'syntax-dot-first', '.mux', 'refused', 'fakesrc ! mux.'],
  ['.t ! fakesink', 'syntax-dot-first', '.t', 'refused', 't. ! fakesink'],
  ['fakesrc ! video/x-raw,width=320', 'syntax-caps-last', 'video/x-raw,width=320', 'later', 'fakesrc'],
  [
    'fakesrc ! video/x-raw, width=320, height=2',
    'syntax-caps-last',
    'video/x-raw, width=320, height=2',
    'refused',
    'fakesrc',
  ],
  [
    'fakesrc ! video/x-raw(memory:NVMM), width=3',
    'syntax-caps-last',
    'video/x-raw(memory:NVMM), width=3',
    'refused',
    'fakesrc',
  ],
  ['( fakesrc ! video/x-raw(memory:NVMM) )', 'syntax-caps-last', 'video/x-raw(memory:NVMM)', 'refused', '( fakesrc )'],
  ['video/x-raw,a=1 ! fakesink', 'syntax-caps-first', 'video/x-raw,a=1', 'later', 'fakesink'],
  ['fakesrc ! audio/x-raw fakesink', 'syntax-missing-link', 'audio/x-raw', 'later', 'fakesrc ! audio/x-raw ! fakesink'],
  ['fakesrc video/x-raw ! fakesink', 'syntax-missing-link', 'video/x-raw', 'later', 'fakesrc ! video/x-raw ! fakesink'],
  [
    'fakesrc ! a/b ! video/x-raw ! queue',
    'syntax-caps-doubled',
    'video/x-raw',
    'later',
    'fakesrc ! a/b ! capsfilter caps="video/x-raw" ! queue',
  ],
  [
    'fakesrc ! video/x-raw width=3 ! fakesink',
    'syntax-caps-comma',
    'video/x-raw',
    'later',
    'fakesrc ! video/x-raw, width=3 ! fakesink',
  ],
  [
    'fakesrc ! video/x-raw,width=3 queue ! fakesink',
    'syntax-missing-link',
    'queue',
    'later',
    'fakesrc ! video/x-raw,width=3 ! queue ! fakesink',
  ],
  ['gst-launch-1.0 -e fakesrc ! fakesink', 'syntax-option', 'gst-launch-1.0 -e', 'refused', 'fakesrc ! fakesink'],
  ['-v --gst-debug=3 fakesrc ! fakesink', 'syntax-option', '-v --gst-debug=3', 'refused', 'fakesrc ! fakesink'],
  ['fakesrc ! fakesink -e', 'syntax-option', '-e', 'refused', 'fakesrc ! fakesink'],
  ['filesrc /tmp/a.mp4 ! fakesink', 'syntax-bare-uri', '/tmp/a.mp4', 'later', 'filesrc location=/tmp/a.mp4 ! fakesink'],
  [
    'filesrc blocksize=4 b/a.mp4 ! fakesink',
    'syntax-bare-uri',
    'b/a.mp4',
    'later',
    'filesrc blocksize=4 location=b/a.mp4 ! fakesink',
  ],
  ['fakesrc ! filesink a.mp4', 'syntax-bare-uri', 'a.mp4', 'refused', 'fakesrc ! filesink location=a.mp4'],
  [
    'uridecodebin rtsp://h/p ! fakesink',
    'syntax-bare-uri',
    'rtsp://h/p',
    'hint',
    'uridecodebin uri=rtsp://h/p ! fakesink',
  ],
  ['filesrc location=“a b” ! fakesink', 'syntax-typography', '“a b”', 'refused', 'filesrc location="a b" ! fakesink'],
  ['fakesrc name=“a” ! fakesink', 'syntax-typography', '“a”', 'hint', 'fakesrc name="a" ! fakesink'],
  ['fakesrc – fakesink', 'syntax-typography', '–', 'refused', 'fakesrc ! fakesink'],
  ['fakesrc\u00a0! fakesink', 'syntax-typography', '\u00a0', 'refused', 'fakesrc ! fakesink'],
  ['filesrc location="a b ! fakesink', 'syntax-quote', '"a', 'hint', 'filesrc location="a" b ! fakesink'],
  [
    'fakesrc ! "video/x-raw" ! fakesink',
    'syntax-quote',
    '"video/x-raw"',
    'refused',
    'fakesrc ! video/x-raw ! fakesink',
  ],
  ['fakesrc num-buffers=5! fakesink', 'syntax-glued-link', '5!', 'hint', 'fakesrc num-buffers=5 ! fakesink'],
  ['( fakesrc ! fakesink', 'syntax-parenthesis', '(', 'refused', '( fakesrc ! fakesink )'],
  ['( fakesrc num-buffers=5)', 'syntax-parenthesis', '(', 'refused', '( fakesrc num-buffers=5 )'],
  ['fakesrc ! fakesink )', 'syntax-parenthesis', ')', 'refused', 'fakesrc ! fakesink'],
  ['fakesrc ( ) ! fakesink', 'syntax-empty-bin', '( )', 'later'],
  ['fakesrc , ! fakesink', 'syntax', ',', 'refused', 'fakesrc ! fakesink'],
  ['fakesrc ! width=3 ! fakesink', 'syntax', 'width=3', 'refused'],
  ['file:///a b=c ! fakesink', 'syntax', 'b=c', 'refused'],
  ['( fakesrc ) name=b', 'syntax', 'name=b', 'refused'],
  ['fakesrc ! \\\n fakesink', 'syntax', '\\', 'refused', 'fakesrc ! fakesink'],
  ['fakesrc ! video/x-raw; ! fakesink', 'syntax', 'video/x-raw;', 'later', 'fakesrc ! video/x-raw ! fakesink'],
  [
    'fakesrc ! video/x-raw;;a/b ! fakesink',
    'syntax',
    'video/x-raw;;a/b',
    'later',
    'fakesrc ! video/x-raw;a/b ! fakesink',
  ],
  ['fakesrc ! fakesink // words', 'syntax', '//', 'later'],
  ['filesrc location=/a b/c ! fakesink', 'syntax-quote', '/a b/c', 'later', 'filesrc location="/a b/c" ! fakesink'],
  ['fakesrc ! video/x-raw,a=1 → fakesink', 'syntax-typography', '→', 'refused', 'fakesrc ! video/x-raw,a=1 ! fakesink'],
  ['fakesrc # words here ! fakesink', 'syntax', '#', 'refused'],
];

describe('one slip', () => {
  for (const [text, rule, marked, verdict, fixed] of cases) {
    it(`is one problem: ${JSON.stringify(text)}`, () => {
      const tree = parseLaunch(text);
      assert.deepEqual(
        tree.problems.map((problem) => [problem.rule, text.slice(problem.span.start, problem.span.end)]),
        [[rule, marked]],
      );
      const [problem] = tree.problems;
      assert.equal(problem!.hint ? 'hint' : problem!.later ? 'later' : 'refused', verdict);
      assert.equal(accepted(tree), verdict !== 'refused');
      if (fixed !== undefined) assert.equal(applyEdits(text, problem!.fixes[0]!.edits), fixed);
    });
  }
});

describe('nothing is said', () => {
  const silent = [
    'fakesrc ! fakesink videotestsrc ! autovideosink',
    'tee name=t ! queue ! fakesink t. ! queue ! fakesink',
    'tee name=a a.x, y ! b.u , v',
    'fakesrc ! video/x-raw(memory:NVMM),width=3,format=(string)NV12 ! fakesink',
    'fakesrc ! video/x-raw ; audio/x-raw ! fakesink',
    'rtsp://h/p ! fakesink',
    'filesrc location=a/b.mp4 ! fakesink',
    "fakesrc name=it's ! fakesink",
    'queue.( fakesrc )',
    'textoverlay text=Hello! ! fakesink',
    'textoverlay text="a \\" b" ! fakesink',
    'fakesrc name=a/b a/b. ! fakesink',
    '',
    ' ',
  ];
  for (const text of silent) it(`of ${JSON.stringify(text)}`, () => assert.deepEqual(parseLaunch(text).problems, []));

  const holes = [
    '\uFFFC ! ! a',
    '! \uFFFC',
    'a ! \uFFFC !',
    't. \uFFFC',
    '\uFFFC .src',
    ') \uFFFC',
    '( \uFFFC',
    'a ! \uFFFC, width=3, height=\uFFFC !  b',
    '\uFFFC-e',
    'a ! video/\uFFFC',
    '\uFFFC=\uFFFC',
    '\uFFFC! b',
    'a !\uFFFC',
    '“\uFFFC”',
  ];
  for (const text of holes) {
    it(`beside a hole: ${JSON.stringify(text)}`, () => {
      const { problems } = parseLaunch(text);
      assert.deepEqual(
        problems.filter(({ span }) => /\uFFFC/.test(text.slice(Math.max(0, span.start - 2), span.end + 2))),
        [],
      );
    });
  }
});
