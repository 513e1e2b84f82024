import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import {
  type CompletionItem,
  type CompletionList,
  CompletionRequest,
  CompletionResolveRequest,
  type MarkupContent,
  type TextEdit,
} from 'vscode-languageserver/node';
import { TextDocument } from 'vscode-languageserver-textdocument';
import { fullCapabilities, LanguageServer } from '../support/language-server.ts';

describe('completion', () => {
  let server: LanguageServer;
  before(async () => {
    server = await LanguageServer.start({
      capabilities: {
        ...fullCapabilities,
        textDocument: {
          ...fullCapabilities.textDocument,
          completion: { completionItem: { snippetSupport: true } },
        },
      },
      files: { 'app/labels.txt': 'a\n' },
    });
  });
  after(() => server.stop());

  let count = 0;
  /** What is offered at `‸`, and the document with an item taken. */
  const ask = async (name: string, languageId: string, marked: string) => {
    const text = marked.replace('‸', '');
    const uri = server.open(name.replace('*', String(++count)), languageId, text);
    const document = TextDocument.create(uri, languageId, 1, text);
    const list = (await server.connection.sendRequest(CompletionRequest.type, {
      textDocument: { uri },
      position: document.positionAt(marked.indexOf('‸')),
    })) as CompletionList;
    const item = (label: string): CompletionItem => {
      const found = list.items.find((one) => one.label === label);
      assert.ok(found, `${label} is not offered; offered: ${list.items.slice(0, 20).map((one) => one.label)}`);
      return found;
    };
    const taken = (label: string): string => TextDocument.applyEdits(document, [item(label).textEdit as TextEdit]);
    return { list, item, taken };
  };

  test('tells why an element fits, and its pads when it is looked at', async () => {
    const { item, taken } = await ask(
      'a*.py',
      'python',
      'p = Gst.parse_launch("nvarguscamerasrc ! nvv‸ ! fakesink")\n',
    );
    assert.equal(taken('nvvidconv'), 'p = Gst.parse_launch("nvarguscamerasrc ! nvvidconv ! fakesink")\n');
    assert.match(item('nvvidconv').detail ?? '', /takes video\/x-raw\(memory:NVMM\) from nvarguscamerasrc/);
    assert.equal(item('nvvidconv').documentation, undefined);
    const whole = await server.connection.sendRequest(CompletionResolveRequest.type, item('nvvidconv'));
    assert.match((whole.documentation as MarkupContent).value, /\*\*sink\*\* takes/);
  });

  test('puts a property with its default as a snippet', async () => {
    const { item, taken } = await ask('a*.sh', 'shellscript', 'gst-launch-1.0 videotestsrc ! x264enc bitra‸\n');
    assert.equal(item('bitrate').insertTextFormat, 2);
    assert.equal(taken('bitrate'), 'gst-launch-1.0 videotestsrc ! x264enc bitrate=${1:2048}\n');
  });

  test('writes as the shell wants it', async () => {
    const { taken } = await ask(
      'a*.sh',
      'shellscript',
      'gst-launch-1.0 nvarguscamerasrc ! video‸ ! nvvidconv ! fakesink\n',
    );
    assert.equal(
      taken('video/x-raw(memory:NVMM)'),
      "gst-launch-1.0 nvarguscamerasrc ! 'video/x-raw(memory:NVMM)' ! nvvidconv ! fakesink\n",
    );
  });

  test('names files beside the configuration', async () => {
    const { taken } = await ask(
      'app/config_infer_*.txt',
      'deepstream-config',
      '[property]\ngpu-id=0\nlabelfile-path=lab‸\n',
    );
    assert.equal(taken('labels.txt'), '[property]\ngpu-id=0\nlabelfile-path=labels.txt\n');
  });

  test("knows gst-launch's own options", async () => {
    const { item, taken } = await ask('a*.sh', 'shellscript', 'gst-launch-1.0 -‸ videotestsrc ! fakesink\n');
    assert.match(item('-e').detail ?? '', /Ctrl\+C/);
    assert.equal(taken('-e'), 'gst-launch-1.0 -e videotestsrc ! fakesink\n');
  });

  test('is silent elsewhere', async () => {
    assert.deepEqual((await ask('a*.py', 'python', 'import os‸\n')).list.items, []);
  });
});
