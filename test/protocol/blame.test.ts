import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { BLAME, type BlameParams, type BlameResult } from '../../server/src/protocol.ts';
import { LanguageServer } from '../support/language-server.ts';

describe('where messages of a run are at home', () => {
  let server: LanguageServer;
  before(async () => {
    server = await LanguageServer.start();
  });
  after(() => server.stop());

  const ask = (params: BlameParams): Promise<BlameResult> => server.connection.sendRequest<BlameResult>(BLAME, params);

  test('is told for each, with ranges of the document', async () => {
    const uri = server.open(
      'run.sh',
      'shellscript',
      '#!/bin/sh\ngst-launch-1.0 videotestsrc ! \\\n  nosuch ! fakesink\n',
    );
    const { blamed } = await ask({
      textDocument: { uri },
      text: 'videotestsrc ! nosuch ! fakesink',
      clues: [
        { path: [], words: { factory: 'nosuch' }, rules: ['unknown-element'] },
        { path: ['pipeline0', 'fakesink0'], words: {}, rules: [] },
        { path: ['pipeline0', 'gone0'], words: {}, rules: [] },
      ],
    });
    assert.deepEqual(
      blamed.map((one) => one?.place),
      [
        { start: { line: 2, character: 2 }, end: { line: 2, character: 8 } },
        { start: { line: 2, character: 11 }, end: { line: 2, character: 19 } },
        undefined,
      ],
    );
    assert.equal(blamed[0]?.name, 'nosuch0');
  });

  test('is nowhere in a document that is not known', async () => {
    const { blamed } = await ask({ textDocument: { uri: 'file:///none' }, text: 'a', clues: [] });
    assert.deepEqual(blamed, []);
  });
});
