import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { RUNNABLES, type Runnable, type RunnablesResult, TABLES } from '../../server/src/protocol.ts';
import { LanguageServer } from '../support/language-server.ts';

describe('what can be run', () => {
  let server: LanguageServer;
  before(async () => {
    server = await LanguageServer.start();
  });
  after(() => server.stop());

  const ask = async (uri: string, text?: string): Promise<readonly Runnable[]> =>
    (await server.connection.sendRequest<RunnablesResult>(RUNNABLES, { textDocument: { uri }, text })).runnables;

  test('a command: its text, options, holes, elements, outputs', async () => {
    const uri = server.open(
      'run.sh',
      'shellscript',
      '#!/bin/sh\ngst-launch-1.0 -v videotestsrc num-buffers=$COUNT ! queue \\\n  ! filesink location=a.raw\n',
    );
    const [one, ...rest] = await ask(uri);
    assert.equal(rest.length, 0);
    assert.equal(one!.kind, 'launch');
    assert.deepEqual(one!.options, ['-v']);
    assert.equal(one!.consumer, 'gst-launch');
    assert.equal(one!.title, 'videotestsrc → queue → filesink');
    const [hole] = one!.holes;
    assert.equal(hole!.source, '$COUNT');
    assert.equal(one!.text.slice(0, hole!.start).endsWith('num-buffers='), true);
    assert.deepEqual(one!.outputs, ['a.raw']);
    assert.deepEqual(
      one!.elements.map(({ name, range }) => [name, range.start.line]),
      [
        ['videotestsrc0', 1],
        ['queue0', 1],
        ['filesink0', 2],
      ],
    );
  });

  test('a selection, as a command line or as a bare pipeline', async () => {
    const uri = server.open('notes.txt', 'plaintext', 'nothing here\n');
    assert.deepEqual(await ask(uri), []);
    const [line] = await ask(uri, 'gst-launch-1.0 videotestsrc ! fakesink');
    assert.equal(line!.text.trim(), 'videotestsrc ! fakesink');
    const [bare] = await ask(uri, 'videotestsrc ! fakesink');
    assert.equal(bare!.text.trim(), 'videotestsrc ! fakesink');
  });

  test('what a device says of its elements goes before the tables', async () => {
    const element = {
      name: 'boardonlysrc',
      plugin: 'board',
      ancestry: [],
      blurb: '',
      klass: ['Source', 'Video'],
      pads: [{ name: 'src', direction: 'src', presence: 'always', caps: 'ANY' }],
      properties: [],
      complete: true,
      origin: { layer: '', source: 'dump', live: true },
    };
    const uri = server.open(
      'live.gst',
      'gst-launch',
      '# gst-lint: target orin-nano-8gb\nboardonlysrc speed=3 ! fakesink\n',
    );
    const findings = async (): Promise<string[]> => {
      const report = await server.connection.sendRequest<{ items: { code: string; message: string }[] }>(
        'textDocument/diagnostic',
        { textDocument: { uri } },
      );
      return report.items.map(({ code, message }) => `${code} ${message}`);
    };
    const before = (await findings()).join();
    assert.doesNotMatch(before, /unknown-property/);
    const tables = { device: 'bench board', target: 'orin-nano-8gb', elements: [element, { name: 3 }] };
    await server.connection.sendRequest(TABLES, { ...tables, complete: false });
    assert.match((await findings()).join(), /unknown-property .*speed/);
    await server.connection.sendRequest(TABLES, { ...tables, elements: [], complete: false });
    assert.equal((await findings()).join(), before);
  });
});
