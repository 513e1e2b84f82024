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

  test('of a command tells the pipeline and what it asks for', async () => {
    const shell = server.open(
      'a.sh',
      'shellscript',
      '# gst-lint: target orin-nx-16gb\ngst-launch-1.0 -e nvarguscamerasrc ! "video/x-raw(memory:NVMM),width=1920,height=1080,framerate=30/1" ! nvv4l2h264enc ! fakesink\n',
    );
    const answer = await server.connection.sendRequest(HoverRequest.type, {
      textDocument: { uri: shell },
      position: server.at(shell, 'launch'),
    });
    const { value } = answer!.contents as MarkupContent;
    assert.match(value, /nvarguscamerasrc → fakesink/);
    assert.match(value, /NVENC encode: \d+ %/);
    assert.match(value, /nvv4l2h264enc0: .* million pixels a second/);
    assert.match(value, /Copies between system memory and NVMM: none/);
    assert.equal(server.covered(shell, answer!.range!), 'gst-launch-1.0 -e');
  });
});

test('hover tells what other files say', async () => {
  const detector = '[property]\ngie-unique-id=1\nlabelfile-path=labels.txt\n\n[class-attrs-1]\ntopk=20\n';
  const app = '[primary-gie]\nenable=1\ngie-unique-id=1\nconfig-file=detector.txt\n';
  const files = { 'detector.txt': detector, 'labels.txt': 'car\nperson\n', 'deepstream_app_config.txt': app };
  const server = await LanguageServer.start({ files });
  const hover = async (name: string, text: string, words: string) => {
    const uri = server.open(name, 'deepstream-config', text);
    const position = server.at(uri, words);
    const answer = await server.connection.sendRequest(HoverRequest.type, { textDocument: { uri }, position });
    return (answer!.contents as MarkupContent).value;
  };
  assert.match(await hover('deepstream_app_config.txt', app, '1\nconfig-file'), /given in \[`detector\.txt`\]/);
  assert.match(await hover('detector.txt', detector, 'class-attrs-1'), /Class 1 is `person` in `labels\.txt`/);
  assert.equal(await server.stop(), 0);
});
