import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import type { RunClues } from '../../../server/src/protocol.ts';
import { analyze } from '../../../server/src/workspace/analyze.ts';
import { blame, readingOfRun } from '../../../server/src/workspace/blame.ts';
import { documentOf, testWorld } from '../../support/world.ts';

/** What is marked of a text for clues, and the rest of the answer. */
function blamed(text: string, clues: Partial<RunClues>, languageId = 'gst-launch', path = '/project/app.txt') {
  const document = documentOf(text, languageId, path);
  const analysis = analyze(document, testWorld());
  const reading = readingOfRun(analysis, analysis.readings[0]!.excerpt.text)!;
  const found = blame(reading, analysis.findings, { path: [], words: {}, rules: [], ...clues });
  return { ...found, marked: found && text.slice(found.place.start, found.place.end) };
}

const element = (name: string): Partial<RunClues> => ({ words: { element: name }, path: ['pipeline0', name] });

describe('a message lands', () => {
  test('on the element of that name, as GStreamer counts names', () => {
    const text = 'videotestsrc ! nvvidconv name=a ! nvvidconv ! queue ! nvvidconv flip-method=2 ! queue ! fakesink';
    const at = (name: string) => blamed(text, element(name)).place?.start;
    assert.equal(at('a'), text.indexOf('nvvidconv'));
    // GStreamer counts an element also where a name is given.
    assert.equal(at('nvvconv1'), text.indexOf('nvvidconv !'));
    assert.equal(at('nvvconv2'), text.indexOf('nvvidconv flip'));
    assert.equal(blamed('fakesrc ! nvvidconv ! fakesink', element('nvvconv0')).marked, 'nvvidconv');
    assert.equal(at('queue1'), text.lastIndexOf('queue'));
    assert.equal(at('queue2'), undefined);
  });

  test('on the bin of the text whose inside it is', () => {
    const { marked, name } = blamed('filesrc location=a ! decodebin ! fakesink', {
      path: ['pipeline0', 'decodebin0', 'qtdemux0'],
      words: { element: 'qtdemux0' },
    });
    assert.deepEqual([marked, name], ['decodebin', 'decodebin0']);
  });

  test('on the filter that became a capsfilter of that name', () => {
    const text = 'videotestsrc ! video/x-raw,width=64 ! capsfilter caps=video/x-raw ! video/x-raw,height=48 ! fakesink';
    assert.equal(blamed(text, element('capsfilter0')).marked, 'capsfilter');
    assert.equal(blamed(text, element('capsfilter1')).marked, 'video/x-raw,width=64');
    assert.equal(blamed(text, element('capsfilter2')).marked, 'video/x-raw,height=48');
  });

  test('in a script at its place in the document, variables and line ends between', () => {
    const text = '#!/bin/sh\ngst-launch-1.0 filesrc location=$FILE ! \\\n  decodebin ! fakesink\n';
    assert.equal(blamed(text, element('decodebin0'), 'shellscript', '/project/run.sh').marked, 'decodebin');
  });

  test('on a link: the filter where the message speaks of caps, else the element that it leads to', () => {
    const text = 'videotestsrc ! video/x-raw(memory:NVMM) ! fakesink';
    const words = { from: 'videotestsrc0', to: 'fakesink0' };
    const withCaps = blamed(text, { words: { ...words, caps: 'video/x-raw(memory:NVMM)' }, rules: ['memory-mismatch'] });
    assert.equal(withCaps.marked, 'video/x-raw(memory:NVMM)');
    assert.equal(withCaps.finding?.rule, 'memory-mismatch');
    assert.match(withCaps.meeting!.takes, /memory:NVMM/);
    assert.equal(blamed(text, { words }).marked, 'fakesink');
  });

  test('on what breaks behind the source that noticed it', () => {
    const { marked, related, finding } = blamed('filesrc location=a ! queue ! videoconvert ! fakesink', {
      ...element('filesrc0'),
      unmet: true,
    });
    assert.equal(marked, 'videoconvert');
    assert.equal(related?.length, 1);
    assert.equal(finding, undefined);
  });

  test('on the pad that refused caps, with these', () => {
    const { marked, meeting } = blamed('appsrc ! x264enc name=e ! fakesink', {
      ...element('appsrc0'),
      unmet: true,
      refused: { pad: 'e:sink', caps: 'video/x-raw, format=(string)RGB' },
    });
    assert.equal(marked, 'x264enc');
    assert.equal(meeting?.gives, 'video/x-raw, format=(string)RGB');
    assert.match(meeting!.takes, /I420/);
  });

  test('on the property, whether the message calls the element by name or by factory', () => {
    const text = 'videotestsrc name=t pattern=99 ! queue max-size-time=x ! fakesink';
    assert.equal(blamed(text, { words: { element: 'videotestsrc', property: 'pattern' } }).marked, 'pattern=99');
    assert.equal(blamed(text, { words: { element: 't', property: 'pattern' } }).marked, 'pattern=99');
    assert.equal(blamed(text, { words: { element: 'queue0', property: 'none' } }).marked, 'queue');
  });

  test('nowhere where the text has no such place', () => {
    assert.equal(blamed('videotestsrc ! fakesink', element('other0')).marked, undefined);
    assert.equal(blamed('videotestsrc ! fakesink', {}).marked, undefined);
  });

  test('on the group that deepstream-app made the element of', () => {
    const text = [
      '[application]',
      'enable-perf-measurement=1',
      '[source0]',
      'enable=0',
      'type=3',
      'uri=file:///a.mp4',
      '[source4]',
      'enable=1',
      'type=3',
      'uri=file:///b.mp4',
      '[streammux]',
      'batch-size=1',
      'width=1280',
      'height=720',
      '[primary-gie]',
      'enable=1',
      'config-file=infer.txt',
      '[sink0]',
      'enable=1',
      'type=1',
      '',
    ].join('\n');
    const marked = (name: string, path: readonly string[] = []) =>
      blamed(text, { words: { element: name }, path }, 'deepstream-config', '/project/deepstream_app_config.txt').marked;
    assert.equal(marked('src_elem', ['pipeline', 'multi_src_bin', 'src_sub_bin0', 'src_elem']), '[source4]');
    assert.equal(marked('primary_gie'), '[primary-gie]');
    assert.equal(marked('stream_muxer'), '[streammux]');
    assert.equal(marked('sink_sub_bin_sink1'), '[sink0]');
    assert.equal(marked('something_else'), undefined);
    const key = blamed(
      text,
      { words: { group: 'source4', key: 'uri' } },
      'deepstream-config',
      '/project/deepstream_app_config.txt',
    );
    assert.equal(key.marked, 'uri=file:///b.mp4');
  });
});
