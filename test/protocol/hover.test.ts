import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { HoverRequest, type MarkupContent } from 'vscode-languageserver/node';
import { LanguageServer } from '../support/language-server.ts';

describe('hover', () => {
  let server: LanguageServer;
  let uri: string;
  before(async () => {
    server = await LanguageServer.start();
    uri = server.open('a.py', 'python', 'p = Gst.parse_launch("videotestsrc num-bufers=3 pattern=ball ! fakesink")\n');
  });
  after(() => server.stop());

  const hover = async (words: string) => {
    const answer = await server.connection.sendRequest(HoverRequest.type, {
      textDocument: { uri },
      position: server.at(uri, words),
    });
    return answer && { text: (answer.contents as MarkupContent).value, on: server.covered(uri, answer.range!) };
  };

  test('of a finding tells the rule', async () => {
    const answer = await hover('num-bufers');
    assert.equal(answer?.on, 'num-bufers');
    assert.match(answer.text, /unknown-property/);
  });

  test('of an element tells its pads', async () => {
    const answer = await hover('videotestsrc');
    assert.equal(answer?.on, 'videotestsrc');
    assert.match(answer.text, /video\/x-raw/);
  });

  test('of a property tells its type', async () => {
    const answer = await hover('pattern');
    assert.equal(answer?.on, 'pattern');
    assert.match(answer.text, /enum/);
    assert.match(answer.text, /smpte/);
  });

  test('of anything else is silent', async () => {
    assert.equal(await hover('p = Gst'), null);
  });
});
