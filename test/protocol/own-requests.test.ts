import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import {
  DOCUMENT_TARGET,
  SHOW_READING,
  type ShowReadingResult,
  STATUS,
  type Status,
  TARGETS,
  type TargetChoice,
  type TargetShown,
} from '../../server/src/protocol.ts';
import { LanguageServer } from '../support/language-server.ts';

describe('requests of our own', () => {
  let server: LanguageServer;
  before(async () => {
    server = await LanguageServer.start();
  });
  after(() => server.stop());

  test('how a text was read: the pipeline at a place, or all of them', async () => {
    const uri = server.open('a.gst', 'gst-launch', 'videotestsrc ! fakesink\n\naudiotestsrc ! autoaudiosink\n');
    const read = (position?: object) =>
      server.connection.sendRequest<ShowReadingResult>(SHOW_READING, { textDocument: { uri }, position });
    const one = (await read(server.at(uri, 'audiotestsrc'))).text;
    assert.match(one, /element audiotestsrc0/);
    assert.doesNotMatch(one, /element videotestsrc0/);
    assert.match((await read()).text, /element videotestsrc0.*element audiotestsrc0/s);
    const empty = server.open('b.gst', 'gst-launch', '');
    const nothing = await server.connection.sendRequest<ShowReadingResult>(SHOW_READING, {
      textDocument: { uri: empty },
    });
    assert.notEqual(nothing.text, '');
  });

  test('the target of a document: its comment goes before the setting', async () => {
    const ask = (uri: string) => server.connection.sendRequest<TargetShown>(DOCUMENT_TARGET, { textDocument: { uri } });
    const plain = server.open('c.gst', 'gst-launch', 'videotestsrc ! fakesink\n');
    const named = server.open('d.gst', 'gst-launch', '# gst-lint: target orin-nano-8gb\nvideotestsrc ! fakesink\n');
    assert.equal((await ask(plain)).assumed, true);
    assert.match((await ask(named)).title, /Orin Nano 8GB/);
  });

  test('the targets can be listed, chosen and mistaken', async () => {
    const choices = await server.connection.sendRequest<TargetChoice[]>(TARGETS, {});
    assert.ok(choices.some(({ id }) => id === 'orin-nano-8gb'));
    const told: Status[] = [];
    server.connection.onNotification(STATUS, (status: Status) => {
      told.push(status);
    });
    server.configure({ target: 'orin-nano-8gb' });
    while (told.length < 1) await new Promise((resolve) => setTimeout(resolve, 10));
    assert.equal(told[0]?.target.assumed, false);
    server.configure({ target: 'no such board' });
    while (told.length < 2) await new Promise((resolve) => setTimeout(resolve, 10));
    assert.match(told[1]?.problem ?? '', /no such board/);
    assert.equal(told[1]?.target.assumed, true);
  });
});
