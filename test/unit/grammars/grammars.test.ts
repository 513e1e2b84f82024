import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, test } from 'node:test';
import { coloured } from '../../support/tokens.ts';

const element = 'entity.name.function.element';
const link = 'keyword.operator.link';
const root = join(import.meta.dirname, '../../..');

const of = async (scope: string, text: string, kind: string) =>
  (await coloured(scope, text)).flatMap(([words, scopeName]) => (scopeName === kind ? [words] : []));

describe('pipelines', () => {
  test('every part has its colour', async () => {
    const text = 'videotestsrc pattern=ball is-live=true ! video/x-raw(memory:NVMM),width=640,framerate=30/1 ! t.src_0';
    assert.deepEqual(await coloured('source.gst-launch', text), [
      ['videotestsrc', element],
      ['pattern', 'variable.parameter.property'],
      ['=', 'keyword.operator.assignment'],
      ['ball', 'string.unquoted.value'],
      ['is-live', 'variable.parameter.property'],
      ['=', 'keyword.operator.assignment'],
      ['true', 'constant.language.boolean'],
      ['!', link],
      ['video/x-raw', 'entity.name.type.media'],
      ['(', 'punctuation.section.features'],
      ['memory:NVMM', 'storage.modifier.memory'],
      [')', 'punctuation.section.features'],
      [',', 'punctuation.separator.caps'],
      ['width', 'variable.parameter.caps-field'],
      ['=', 'keyword.operator.assignment'],
      ['640', 'constant.numeric'],
      [',', 'punctuation.separator.caps'],
      ['framerate', 'variable.parameter.caps-field'],
      ['=', 'keyword.operator.assignment'],
      ['30/1', 'constant.numeric'],
      ['!', link],
      ['t', 'entity.name.tag.element-name'],
      ['.', 'punctuation.accessor'],
      ['src_0', 'variable.other.pad'],
    ]);
  });

  test('names, children, comments and continued lines', async () => {
    const text = '# videotestsrc ! fakesink\ncompositor name=mix sink_0::alpha=0.5 ! \\\n  fakesink t. ! queue';
    assert.deepEqual(await of('source.gst-launch', text, element), ['compositor', 'fakesink', 'queue']);
    assert.deepEqual(await of('source.gst-launch', text, 'entity.name.tag.element-name'), ['mix', 't']);
    assert.deepEqual(await of('source.gst-launch', text, 'variable.other.child'), ['sink_0::']);
  });
});

describe('injections', () => {
  test('a command in a shell script ends with its line, its pipe or its list', async () => {
    const text = [
      'echo fakesink ! fakesink',
      'gst-launch-1.0 -e videotestsrc \\',
      "  ! 'video/x-raw,format=NV12' ! fakesink",
      'echo queue',
      'gst-launch-1.0 audiotestsrc ! fakesink | tee queue',
      'gst-launch-1.0 appsrc && queue # identity ! tee',
    ].join('\n');
    const found = ['videotestsrc', 'fakesink', 'audiotestsrc', 'fakesink', 'appsrc'];
    assert.deepEqual(await of('source.shell', text, element), found);
    assert.deepEqual(await of('source.shell', text, 'entity.name.type.media'), ['video/x-raw']);
  });

  test('a string of a program is coloured where it links something, and to its end', async () => {
    const python =
      'p = Gst.parse_launch("videotestsrc name=\\"a\\" ! fakesink"); q = "Hello! No pipeline"; r = a != b\n';
    assert.deepEqual(await of('source.python', python, element), ['videotestsrc', 'fakesink']);
    const cpp = 'f("filesrc location=\\"a.mp4\\" ! qtdemux \\n ! fakesink", x); // queue ! tee\ng("a != b");';
    assert.deepEqual(await of('source.cpp', cpp, element), ['filesrc', 'qtdemux', 'fakesink']);
  });

  test('pieces of a string that is put together', async () => {
    const text = 'p = ("nvarguscamerasrc ! "\n  "nvvidconv flip-method=%d ! "\n  " ! appsink")';
    assert.deepEqual(await of('source.python', text, element), ['nvarguscamerasrc', 'nvvidconv', 'appsink']);
    assert.deepEqual(await of('source.python', text, link), ['!', '!', '!']);
  });

  test('a block of YAML', async () => {
    const text = 'run: |\n  echo queue\n  gst-launch-1.0 videotestsrc \\\n    ! fakesink\n  echo tee\nnext: queue';
    assert.deepEqual(await of('source.yaml', text, element), ['videotestsrc', 'fakesink']);
  });

  test('fences of Markdown', async () => {
    const text = [
      '```sh',
      'gst-launch-1.0 videotestsrc ! fakesink',
      '```',
      '```gst-launch',
      'audiotestsrc ! queue',
      '```',
      'Prose about gst-launch-1.0 tee.',
    ].join('\n');
    const found = ['videotestsrc', 'fakesink', 'audiotestsrc', 'queue'];
    assert.deepEqual(await of('text.html.markdown', text, element), found);
  });
});

test('a DeepStream configuration', async () => {
  const text =
    '# a comment\n[source0]\nenable=1\nuri=rtsp://host/a;rtsp://host/b\nborder-color=0;1;0.5;1\nlabel=Roadsign';
  assert.deepEqual(await of('source.deepstream-config', text, 'entity.name.section'), ['source0']);
  assert.deepEqual(await of('source.deepstream-config', text, 'constant.numeric'), ['1', '0', '1', '0.5', '1']);
  assert.deepEqual(await of('source.deepstream-config', text, 'string.other.link.uri'), [
    'rtsp://host/a',
    'rtsp://host/b',
  ]);
  assert.deepEqual(await of('source.deepstream-config', text, 'string.unquoted.value'), ['Roadsign']);
});

test('every grammar and snippet file of the manifest is there, and every file is in the manifest', () => {
  const { contributes } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'));
  const named = [
    ...contributes.grammars.map(({ path }: { path: string }) => path),
    ...contributes.languages.map(({ configuration }: { configuration: string }) => configuration),
    ...contributes.snippets.map(({ path }: { path: string }) => path),
  ].sort();
  const there = ['grammars', 'snippets'].flatMap((folder) =>
    readdirSync(join(root, folder)).map((name) => `./${folder}/${name}`),
  );
  assert.deepEqual(named, there.sort());
});
