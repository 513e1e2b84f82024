import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { DOCUMENT_LANGUAGE, type DocumentLanguageResult } from '../../server/src/protocol.ts';
import { LanguageServer } from '../support/language-server.ts';

describe('the language of a text file', () => {
  let server: LanguageServer;
  before(async () => {
    server = await LanguageServer.start();
  });
  after(() => server.stop());

  const ask = (name: string, text: string) => {
    const uri = server.open(name, 'plaintext', text);
    return server.connection.sendRequest<DocumentLanguageResult>(DOCUMENT_LANGUAGE, { textDocument: { uri } });
  };

  test('a configuration has one of its own', async () => {
    const text = '[property]\ngie-unique-id=1\nonnx-file=cars.onnx\nnum-detected-classes=4\nbatch-size=1\n';
    assert.deepEqual(await ask('anything.txt', text), { languageId: 'deepstream-config' });
  });

  test('a text that is none stays what it is', async () => {
    assert.deepEqual(await ask('notes.txt', 'Buy a fan for the gate.\n[later] and a case\n'), {});
    assert.deepEqual(await ask('other.txt', '[mysqld]\nport=3306\n'), {});
    assert.deepEqual(await ask('empty.txt', ''), {});
  });

  test('nor does a text that only speaks of pipelines', async () => {
    assert.deepEqual(await ask('readme.txt', 'gst-launch-1.0 videotestsrc ! fakesink\n'), {});
  });
});
