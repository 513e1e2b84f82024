import assert from 'node:assert/strict';
import { test } from 'node:test';
import { applyEdits, lift, problems, texts } from '../../support/hosts.ts';

const sh = (text: string): string[] => texts('shellscript', text);

test('a command is lifted as gst-launch puts its arguments together', () => {
  assert.deepEqual(sh("gst-launch-1.0 -v videotestsrc ! 'video/x-raw, width=320' ! fakesink\n"), [
    'videotestsrc ! video/x-raw,\\ width=320 ! fakesink ',
  ]);
  assert.deepEqual(sh('gst-launch-1.0 filesrc location="a \\"b c\\" d" ! fakesink'), [
    'filesrc location=a\\ "b c"\\ d ! fakesink ',
  ]);
  assert.deepEqual(sh('gst-launch-1.0 videotestsrc \\\n  ! fakesink 2>&1 | tee log'), ['videotestsrc ! fakesink ']);
});

test('options may stand anywhere', () => {
  const [excerpt] = lift('shellscript', 'gst-launch-1.0 -e videotestsrc ! fakesink --gst-debug=3 -X caps sync=true');
  assert.deepEqual(
    excerpt?.options.map((option) => option.text),
    ['-e', '--gst-debug=3', '-X'],
  );
  assert.equal(excerpt?.text, 'videotestsrc ! fakesink sync=true ');
});

test('commands are found behind what runs them', () => {
  for (const before of [
    'sudo ',
    'DISPLAY=:0 ',
    'env A=b ',
    'timeout 5 ',
    'nohup ',
    'time ',
    'exec ',
    'if ! ',
    'a && ',
    'docker run --rm -it image ',
    '( ',
    '/usr/bin/',
  ]) {
    assert.deepEqual(sh(`${before}gst-launch-1.0 videotestsrc ! fakesink`), ['videotestsrc ! fakesink '], before);
  }
  assert.deepEqual(sh('bash -c "gst-launch-1.0 videotestsrc ! fakesink"'), ['videotestsrc ! fakesink ']);
  assert.deepEqual(sh(`ssh board 'gst-launch-1.0 fakesrc ! "a/b, c=d" ! fakesink'`), [
    'fakesrc ! a/b,\\ c=d ! fakesink ',
  ]);
  assert.deepEqual(sh('x=$(gst-launch-1.0 videotestsrc ! fakesink)'), ['videotestsrc ! fakesink ']);
  assert.deepEqual(sh('(gst-launch-1.0 videotestsrc ! fakesink)'), ['videotestsrc ! fakesink ']);
  assert.deepEqual(sh('run() {\n  gst-launch-1.0 videotestsrc ! fakesink &\n}'), ['videotestsrc ! fakesink ']);
  assert.deepEqual(sh('cat > run.sh <<EOF\ngst-launch-1.0 videotestsrc ! fakesink\nEOF\n'), [
    'videotestsrc ! fakesink ',
  ]);
});

test('the name alone is no command', () => {
  for (const text of [
    'which gst-launch-1.0',
    'if ! command -v gst-launch-1.0 > /dev/null; then exit 1; fi',
    'pkill -f gst-launch-1.0',
    'gst-launch-1.0 --version',
    'apt install gst-launch-1.0 tools',
  ]) {
    assert.deepEqual(sh(text), [], text);
  }
});

test('constants are put in, all else is a hole of the same length', () => {
  assert.deepEqual(sh('CAPS="video/x-raw, width=320"\ngst-launch-1.0 videotestsrc ! "$CAPS" ! fakesink'), [
    'videotestsrc ! video/x-raw,\\ width=320 ! fakesink ',
  ]);
  assert.deepEqual(sh("SINK='queue ! fakesink'\ngst-launch-1.0 videotestsrc ! $SINK"), [
    'videotestsrc ! queue ! fakesink ',
  ]);
  assert.deepEqual(sh('A=1\nif x; then A=2; fi\ngst-launch-1.0 videotestsrc num-buffers=$A ! fakesink'), [
    'videotestsrc num-buffers=<> ! fakesink ',
  ]);
  assert.deepEqual(sh('[ -z "$D" ] && D=/dev/video0\ngst-launch-1.0 v4l2src device=$D ! fakesink'), [
    'v4l2src device=<> ! fakesink ',
  ]);
  assert.deepEqual(sh('P=(videotestsrc ! fakesink "name=a b")\ngst-launch-1.0 "${P[@]}"'), [
    'videotestsrc ! fakesink name=a\\ b ',
  ]);
  const [excerpt] = lift('shellscript', 'gst-launch-1.0 v4l2src device=$DEVICE ! fakesink');
  assert.deepEqual(excerpt?.holes, [{ span: { start: 15, end: 22 }, source: '$DEVICE' }]);
});

test('a pipeline in a variable is a guess, and a part of something', () => {
  const [excerpt] = lift('shellscript', 'ENCODER="videoconvert ! x264enc bitrate=500"');
  assert.equal(excerpt?.text, 'videoconvert ! x264enc bitrate=500');
  assert.equal(excerpt?.context, 'assignment');
  assert.equal(excerpt?.certainty, 'guess');
  assert.equal(excerpt?.fragment, true);
});

test('commands in comments are comments', () => {
  const [excerpt] = lift('shellscript', '# Try: gst-launch-1.0 videotestsrc ! \\\n#   fakesink\necho');
  assert.equal(excerpt?.text, 'videotestsrc ! fakesink ');
  assert.equal(excerpt?.certainty, 'comment');
  assert.deepEqual(sh('# gst-launch-1.0 is the tool that we use'), []);
});

test('what the shell makes of a slip is told where it stands', () => {
  const cases: [string, string, string][] = [
    ['gst-launch-1.0 videotestsrc ! video/x-raw(memory:NVMM) ! fakesink', 'shell-unquoted-parenthesis', '('],
    ['gst-launch-1.0 videotestsrc ! video/x-raw;image/jpeg ! fakesink', 'shell-unquoted-semicolon', ';'],
    ['gst-launch-1.0 filesrc location=http://a/b?c=1&d=2 ! fakesink', 'shell-unquoted-ampersand', '&'],
    ['gst-launch-1.0 videotestsrc ! \\\n # queue ! \\\n  fakesink', 'shell-unquoted-hash', '# queue ! \\'],
    ['gst-launch-1.0 videotestsrc ! \\ \n  fakesink', 'shell-blank-after-backslash', ' '],
    ['gst-launch-1.0 videotestsrc !\n  fakesink', 'shell-lost-continuation', '!'],
    ['gst-launch-1.0 videotestsrc\n  ! fakesink', 'shell-lost-continuation', 'c'],
    ['gst-launch-1.0 videotestsrc ! "video/x-raw ! fakesink', 'shell-unbalanced-quote', '"'],
    ['gst-launch-1.0 -s videotestsrc ! fakesink', 'shell-unknown-option', '-s'],
    ['gst-launch videotestsrc ! fakesink', 'old-gst-launch', 'gst-launch'],
  ];
  for (const [text, rule, there] of cases) assert.deepEqual(problems('shellscript', text), [[rule, there]], text);
});

test('a script without slips has none told', () => {
  for (const text of [
    "gst-launch-1.0 videotestsrc ! 'video/x-raw(memory:NVMM)' ! fakesink # the end\necho done",
    'gst-launch-1.0 videotestsrc ! fakesink; echo image/jpeg',
    'gst-launch-1.0 videotestsrc ! fakesink &\nwait',
    'gst-launch-1.0 videotestsrc ! fakesink\n! grep x y',
    'for i in 1 2; do gst-launch-1.0 videotestsrc num-buffers=$i ! fakesink; done',
    '(cd a; gst-launch-1.0 videotestsrc ! fakesink)',
  ]) {
    assert.deepEqual(problems('shellscript', text), [], text);
  }
});

test('fixes mend the script', () => {
  const mended = (text: string): string => {
    const fix = lift('shellscript', text)[0]?.problems[0]?.fixes?.[0];
    return applyEdits(text, fix?.edits ?? []);
  };
  assert.equal(
    mended('gst-launch-1.0 videotestsrc ! video/x-raw(memory:NVMM) ! fakesink'),
    "gst-launch-1.0 videotestsrc ! 'video/x-raw(memory:NVMM)' ! fakesink",
  );
  assert.equal(mended('gst-launch-1.0 videotestsrc ! \\ \n fakesink'), 'gst-launch-1.0 videotestsrc ! \\\n fakesink');
  assert.equal(mended('gst-launch-1.0 videotestsrc !\n fakesink'), 'gst-launch-1.0 videotestsrc ! \\\n fakesink');
});

test('what is written is quoted for its place', () => {
  const text = "gst-launch-1.0 videotestsrc ! 'video/x-raw, width=320' ! fakesink";
  const [excerpt] = lift('shellscript', text);
  const at = excerpt!.text.indexOf('fakesink');
  assert.equal(excerpt!.write('video/x-raw(memory:NVMM) ! queue', at, at), "'video/x-raw(memory:NVMM)' ! queue");
  const width = excerpt!.text.indexOf('320');
  assert.equal(excerpt!.write("6'4", width, width + 3), "6'\\''4");
});
