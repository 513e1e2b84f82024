import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { filledText, insideProject, onDevice, variablesOf, wordsOf } from '../../../client/src/devices/run-words.ts';
import { programOf, wantedRunnable, wantedScript } from '../../../client/src/devices/wanted.ts';
import type { Runnable } from '../../../server/src/protocol.ts';

const places = { project: '/home/me/gate', there: 'jetson-pipelines/gate-1', home: '/home/nvidia' };
const nowhere = { start: { line: 0, character: 0 }, end: { line: 0, character: 0 } };

function runnable(text: string, changes: Partial<Runnable> = {}): Runnable {
  return {
    kind: 'launch',
    title: text,
    text,
    holes: [],
    range: nowhere,
    options: [],
    certainty: 'code',
    files: [],
    outputs: [],
    elements: [],
    ...changes,
  };
}

/** A file that a text names, by the words in it. */
const named = (text: string, written: string, path: string) => {
  const start = text.indexOf(written);
  return { path, written, start, end: start + written.length };
};

describe('the words of a run', () => {
  it('end streams on an interrupt', () => {
    assert.deepEqual(wordsOf(runnable('videotestsrc ! fakesink'), new Map(), places, ''), [
      'gst-launch-1.0',
      '-e',
      'videotestsrc',
      '!',
      'fakesink',
    ]);
  });

  it('are verbose where the text or the options say so', () => {
    const words = (changes: Partial<Runnable>, always = false) =>
      wordsOf(runnable('a ! b', changes), new Map(), places, '', always).slice(0, 3);
    assert.deepEqual(words({ options: ['-v'] }), ['gst-launch-1.0', '-e', '-v']);
    assert.deepEqual(words({ options: ['-q'] }), ['gst-launch-1.0', '-e', 'a']);
    assert.deepEqual(words({}, true), ['gst-launch-1.0', '-e', '-v']);
  });

  it('of a configuration are those of deepstream-app, with its place on the device', () => {
    const words = wordsOf(runnable('', { kind: 'config' }), new Map(), places, 'configs/app.txt');
    assert.deepEqual(words, ['deepstream-app', '-c', '/home/nvidia/jetson-pipelines/gate-1/configs/app.txt']);
  });

  it('have values in place of variables, each asked for once', () => {
    const text = 'filesrc location=XXXXX ! fakesink num-buffers=00 sync=XXXXX';
    const holes = [
      { start: 17, end: 22, source: '$FILE' },
      { start: 46, end: 48, source: '$COUNT' },
      { start: 54, end: 59, source: '$FILE' },
    ];
    assert.deepEqual(variablesOf({ holes }), ['$FILE', '$COUNT']);
    const values = new Map([
      ['$FILE', '"a b.mp4"'],
      ['$COUNT', '100'],
    ]);
    assert.equal(
      filledText({ text, holes, files: [] }, values, places),
      'filesrc location="a b.mp4" ! fakesink num-buffers=100 sync="a b.mp4"',
    );
  });

  it('name files of the project where the device has them; relative and foreign paths stay', () => {
    const text = 'filesrc location=/home/me/gate/in/a.mp4 ! x b=in/b.txt c=/etc/c.txt d=file:///home/me/gate/d.mp4';
    const files = [
      named(text, '/home/me/gate/in/a.mp4', '/home/me/gate/in/a.mp4'),
      named(text, 'in/b.txt', '/home/me/gate/in/b.txt'),
      named(text, '/etc/c.txt', '/etc/c.txt'),
      named(text, 'file:///home/me/gate/d.mp4', '/home/me/gate/d.mp4'),
    ];
    const there = '/home/nvidia/jetson-pipelines/gate-1';
    assert.equal(
      filledText({ text, holes: [], files }, new Map(), places),
      `filesrc location=${there}/in/a.mp4 ! x b=in/b.txt c=/etc/c.txt d=file://${there}/d.mp4`,
    );
  });

  it('quote a path that the parser would cut', () => {
    const text = 'filesrc location=/home/me/gate/a.mp4';
    const files = [named(text, '/home/me/gate/a.mp4', '/home/me/gate/a.mp4')];
    const odd = { ...places, home: '/home/two words' };
    assert.equal(
      filledText({ text, holes: [], files }, new Map(), odd),
      'filesrc location="/home/two words/jetson-pipelines/gate-1/a.mp4"',
    );
  });

  it('know what lies in the project', () => {
    assert.equal(insideProject('/home/me/gate/a/b.txt', places), 'a/b.txt');
    for (const path of ['/home/me/gate', '/home/me/other/x', '/home/me/gate2/x', '/home/me/gate/../x']) {
      assert.equal(insideProject(path, places), undefined, path);
    }
    assert.equal(onDevice('a/b.txt', places), '/home/nvidia/jetson-pipelines/gate-1/a/b.txt');
  });
});

describe('what is wanted', () => {
  it('is a pipeline with its files', () => {
    const one = runnable('a', { files: [{ path: '/x/a.mp4', written: 'a.mp4' }], outputs: ['b.mp4'] });
    const { files, outputs, title } = wantedRunnable('/x/a.gst', 'file:///x/a.gst', one);
    assert.deepEqual({ files, outputs, title }, { files: ['/x/a.mp4'], outputs: ['b.mp4'], title: 'a' });
  });

  it('is refused where it cannot run by itself', () => {
    const fed = runnable('', { elements: [{ name: 'appsrc0', factory: 'appsrc', range: nowhere }] });
    assert.throws(() => wantedRunnable('/a.py', '', fed), /appsrc/);
    assert.throws(
      () => wantedRunnable('/a.txt', '', runnable('', { kind: 'config', format: 'nvinfer' })),
      /deepstream-app/,
    );
  });

  it('is a script with the files of all its pipelines, each once', () => {
    const file = { path: '/x/a.mp4', written: 'a.mp4' };
    const wanted = wantedScript('/x/run.sh', '', [runnable('a', { files: [file] }), runnable('b', { files: [file] })]);
    assert.deepEqual(wanted.files, ['/x/a.mp4']);
    assert.deepEqual(wanted.script, ['bash']);
    assert.deepEqual(programOf('/x/a.py'), ['python3', '-u']);
    assert.equal(programOf('/x/a.c'), undefined);
  });
});
