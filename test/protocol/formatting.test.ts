import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import {
  DocumentFormattingRequest,
  DocumentOnTypeFormattingRequest,
  DocumentRangeFormattingRequest,
} from 'vscode-languageserver/node';
import { TextDocument } from 'vscode-languageserver-textdocument';
import { LanguageServer } from '../support/language-server.ts';

const options = { tabSize: 2, insertSpaces: true };

describe('formatting', () => {
  let server: LanguageServer;
  before(async () => {
    server = await LanguageServer.start();
  });
  after(() => server.stop());

  const opened = (name: string, language: string, text: string) => {
    const uri = server.open(name, language, text);
    return { uri, document: TextDocument.create(uri, language, 1, text) };
  };

  test('of a whole script', async () => {
    const { uri, document } = opened('a.sh', 'shellscript', 'gst-launch-1.0 videotestsrc ! queue ! fakesink\n');
    const edits = await server.connection.sendRequest(DocumentFormattingRequest.type, {
      textDocument: { uri },
      options,
    });
    assert.equal(
      TextDocument.applyEdits(document, edits ?? []),
      'gst-launch-1.0 \\\n  videotestsrc ! \\\n  queue ! \\\n  fakesink\n',
    );
  });

  test('of a range', async () => {
    const line = 'videotestsrc ! queue ! fakesink';
    const { uri, document } = opened('b.gst', 'gst-launch', `${line}\n\n${line}\n`);
    const edits = await server.connection.sendRequest(DocumentRangeFormattingRequest.type, {
      textDocument: { uri },
      range: { start: { line: 2, character: 0 }, end: { line: 2, character: 3 } },
      options,
    });
    assert.equal(TextDocument.applyEdits(document, edits ?? []), `${line}\n\nvideotestsrc !\n  queue !\n  fakesink\n`);
  });

  test('while typing', async () => {
    const { uri, document } = opened('c.sh', 'shellscript', 'gst-launch-1.0 videotestsrc !\n');
    const edits = await server.connection.sendRequest(DocumentOnTypeFormattingRequest.type, {
      textDocument: { uri },
      position: { line: 1, character: 0 },
      ch: '\n',
      options,
    });
    assert.equal(TextDocument.applyEdits(document, edits ?? []), 'gst-launch-1.0 videotestsrc ! \\\n  ');
  });

  test('of a link that was just typed, in front of it only', async () => {
    const { uri, document } = opened('e.gst', 'gst-launch', 'videotestsrc    num-buffers=3   !\n');
    const edits = await server.connection.sendRequest(DocumentOnTypeFormattingRequest.type, {
      textDocument: { uri },
      position: { line: 0, character: 33 },
      ch: '!',
      options,
    });
    assert.equal(TextDocument.applyEdits(document, edits ?? []), 'videotestsrc num-buffers=3 !\n');
  });

  test('of a document without pipelines is nothing', async () => {
    const { uri } = opened('d.py', 'python', 'x  =  1\n');
    const edits = await server.connection.sendRequest(DocumentFormattingRequest.type, {
      textDocument: { uri },
      options,
    });
    assert.deepEqual(edits, []);
  });
});
