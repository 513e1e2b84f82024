import assert from 'node:assert/strict';
import { test } from 'node:test';
import { hostFor } from '../../../server/src/workspace/host-for.ts';
import { lift, problems, texts } from '../../support/hosts.ts';

test('pipeline files: comments, continuations, several pipelines', () => {
  assert.deepEqual(
    texts('gst-launch', '# a remark\nvideotestsrc ! \\\n  fakesink\n\nfakesrc !\n\n  fakesink\n\n'),
    ['videotestsrc !   \n  fakesink'.replace('  \n', ''), 'fakesrc !\n\n  fakesink'].map((text, index) =>
      index === 0 ? 'videotestsrc !    fakesink' : text,
    ),
  );
  assert.deepEqual(texts('gst-launch', 'videotestsrc ! tee name=t\n\nt. ! queue ! fakesink\n'), [
    'videotestsrc ! tee name=t\n\nt. ! queue ! fakesink',
  ]);
  assert.deepEqual(texts('gst-launch', "$ gst-launch-1.0 videotestsrc ! 'a/b, c=d' ! fakesink\n"), [
    'videotestsrc ! a/b,\\ c=d ! fakesink ',
  ]);
});

test('Markdown: fences by language, prompts, spans and prose', () => {
  const md = (text: string): string[] => texts('markdown', text);
  assert.deepEqual(md('# Title\n\n```sh\ngst-launch-1.0 videotestsrc ! fakesink\n```\n'), ['videotestsrc ! fakesink ']);
  assert.deepEqual(
    md('```console\n$ gst-launch-1.0 videotestsrc ! \\\n>   fakesink\nSetting pipeline to PAUSED ...\n```\n'),
    ['videotestsrc ! fakesink '],
  );
  assert.deepEqual(md('```python\np = Gst.parse_launch("videotestsrc ! fakesink")\n```\n'), [
    'videotestsrc ! fakesink',
  ]);
  assert.deepEqual(md('- item\n\n  ```\n  videotestsrc !\n    fakesink\n  ```\n'), ['videotestsrc !\n  fakesink']);
  assert.deepEqual(md('Run `gst-launch-1.0 videotestsrc ! fakesink` and wait.\n'), ['videotestsrc ! fakesink ']);
  assert.deepEqual(md('The pipeline `videotestsrc ! fakesink` is short.\n'), ['videotestsrc ! fakesink']);
  assert.deepEqual(md("Don't panic! It's only `gst-launch-1.0`, isn't it?\n"), []);
  assert.equal(lift('markdown', 'Run `gst-launch-1.0 videotestsrc ! fakesink` and wait.')[0]?.certainty, 'comment');
});

test('YAML: scripts, lists and values in all styles', () => {
  const yaml = (text: string): string[] => texts('yaml', text);
  assert.deepEqual(
    yaml('steps:\n  - run: |\n      echo hi\n      gst-launch-1.0 videotestsrc ! \\\n        fakesink\n'),
    ['videotestsrc ! fakesink '],
  );
  assert.deepEqual(yaml('command: ["gst-launch-1.0", "-v", "filesrc", "location=a b", "!", "fakesink"]\n'), [
    'filesrc location=a\\ b ! fakesink ',
  ]);
  assert.deepEqual(yaml('command:\n  - gst-launch-1.0\nargs:\n  - videotestsrc\n  - "!"\n  - fakesink\n'), [
    'videotestsrc ! fakesink ',
  ]);
  assert.deepEqual(yaml("pipeline: 'videotestsrc ! fakesink name=it''s'\n"), ["videotestsrc ! fakesink name=it's"]);
  assert.deepEqual(yaml('pipeline: "videotestsrc ! \\\n  fakesink"\n'), ['videotestsrc ! fakesink']);
  assert.deepEqual(yaml('pipeline: >-\n  videotestsrc !\n  queue !\n\n  fakesink\n'), [
    'videotestsrc ! queue !\nfakesink',
  ]);
  assert.deepEqual(yaml('pipeline: videotestsrc !\n  fakesink\n'), ['videotestsrc ! fakesink']);
  assert.deepEqual(yaml('pipeline: v4l2src device=${DEVICE} ! fakesink\n'), ['v4l2src device=<> ! fakesink']);
  assert.deepEqual(yaml('# gst-launch-1.0 videotestsrc ! fakesink\na: 1\n'), ['videotestsrc ! fakesink ']);
});

test('JSON and XML', () => {
  assert.deepEqual(texts('json', '{"pipeline": "videotestsrc ! fakesink name=\\"a\\""}'), [
    'videotestsrc ! fakesink name="a"',
  ]);
  assert.equal(lift('json', '{"pipeline": "videotestsrc ! fakesink"}')[0]?.context, 'value:pipeline');
  assert.deepEqual(texts('xml', '<param name="p" value="videotestsrc name=&quot;a&quot;\n ! fakesink"/>'), [
    'videotestsrc name="a"  ! fakesink',
  ]);
  assert.deepEqual(texts('xml', '<env value="v4l2src device=$(arg device) ! fakesink"/>'), [
    'v4l2src device=<> ! fakesink',
  ]);
  const [excerpt] = lift('xml', '<p v="videotestsrc ! fakesink"/>');
  assert.equal(excerpt?.write('a="<"', 0, 0), 'a=&quot;&lt;&quot;');
});

test('Dockerfile, Makefile and systemd units', () => {
  assert.deepEqual(
    texts(
      'dockerfile',
      'FROM a\nRUN apt-get update && \\\n    gst-launch-1.0 videotestsrc ! \\\n# remark\n    fakesink\n',
    ),
    ['videotestsrc ! fakesink '],
  );
  assert.deepEqual(texts('dockerfile', 'CMD ["gst-launch-1.0", "videotestsrc", "!", "fakesink"]\n'), [
    'videotestsrc ! fakesink ',
  ]);
  assert.deepEqual(texts('dockerfile', 'CMD ["sh", "-c", "gst-launch-1.0 videotestsrc ! fakesink"]\n'), [
    'videotestsrc ! fakesink ',
  ]);
  assert.deepEqual(
    texts(
      'makefile',
      'SIZE = width=320\nrun:\n\t@gst-launch-1.0 videotestsrc ! video/x-raw,$(SIZE) ! \\\n\t  filesink location=$(OUT) name=$$NAME\n',
    ),
    ['videotestsrc ! video/x-raw,width=320 ! filesink location=<> name=<> '],
  );
  assert.deepEqual(
    texts(
      'systemd-unit-file',
      '[Service]\nExecStart=/usr/bin/gst-launch-1.0 -e v4l2src device=/dev/%i ! \\\n  "video/x-raw, width=320" ! filesink location=a%%05d\n',
    ),
    ['v4l2src device=/dev/<> ! video/x-raw,\\ width=320 ! filesink location=a%05d '],
  );
  assert.deepEqual(texts('systemd-unit-file', "ExecStart=/bin/sh -c 'gst-launch-1.0 videotestsrc ! fakesink'\n"), [
    'videotestsrc ! fakesink ',
  ]);
});

test('Windows: double quotes, ^, and a hint for single ones', () => {
  assert.deepEqual(
    texts(
      'bat',
      '@echo off\r\ngst-launch-1.0 videotestsrc ! "video/x-raw, width=320" ^\r\n  ! filesink location=%OUT%\r\n',
    ),
    ['videotestsrc ! video/x-raw,\\ width=320 ! filesink location=<> '],
  );
  assert.deepEqual(
    problems('bat', "gst-launch-1.0 videotestsrc ! 'video/x-raw' ! fakesink").map(([rule]) => rule),
    ['windows-single-quotes'],
  );
  assert.deepEqual(texts('powershell', "$a = 1\ngst-launch-1.0 videotestsrc `\n  ! 'a/b, c=d' ! fakesink\n"), [
    'videotestsrc ! a/b,\\ c=d ! fakesink ',
  ]);
});

test('hosts are chosen by language, else by name', () => {
  const id = (path: string, languageId?: string): string | undefined =>
    hostFor({ path, ...(languageId && { languageId }) })?.id;
  assert.equal(id('a/run.sh'), 'shell');
  assert.equal(id('a/Dockerfile.jetson'), 'dockerfile');
  assert.equal(id('Makefile'), 'makefile');
  assert.equal(id('a/camera.service'), 'systemd');
  assert.equal(id('cam.launch'), 'xml');
  assert.equal(id('x.gst', 'plaintext'), 'launch');
  assert.equal(id('x', 'cpp'), 'c');
  assert.equal(id('a/b.unknown'), undefined);
});
