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
import { DEVICE } from '../../server/src/protocol.ts';
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

  test('opens a bin as the shell wants it', async () => {
    const { taken } = await ask('a*.sh', 'shellscript', 'gst-launch-1.0 videotestsrc ! ‸ ! fakesink\n');
    assert.equal(taken('(…)'), "gst-launch-1.0 videotestsrc ! '(' ${1:} ')' ! fakesink\n");
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

  test('names no file outside of the workspace', async () => {
    const { list } = await ask(
      'app/config_infer_*.txt',
      'deepstream-config',
      '[property]\ngpu-id=0\nlabelfile-path=/etc/‸\n',
    );
    assert.deepEqual(list.items, []);
    const above = await ask(
      'app/config_infer_*.txt',
      'deepstream-config',
      '[property]\ngpu-id=0\nlabelfile-path=../‸\n',
    );
    assert.ok(above.item('app/'));
  });

  test('offers the cameras of the device that is connected, and leaves out what is no camera', async () => {
    const camera = { kind: 'v4l2', node: '/dev/video7', name: 'webcam', modes: [] };
    const tell = (params: object) => server.connection.sendNotification(DEVICE, params);
    await tell({ device: 'bench', cameras: [camera, null, { ...camera, node: '/dev/x ! fakesink' }, { kind: 'tv' }] });
    const nodes = async () =>
      (await ask('a*.gst', 'gst-launch', 'v4l2src device=‸ ! fakesink\n')).list.items.map(({ label }) => label);
    assert.deepEqual(await nodes(), ['/dev/video7']);
    await tell({ device: 'bench', cameras: [] });
    assert.ok((await nodes()).includes('/dev/video0'));
    await tell({ cameras: 'none' });
    assert.ok((await nodes()).includes('/dev/video0'));
  });

  test('tells more of a property, of a key, and of nothing when they are looked at', async () => {
    const look = async (item: CompletionItem): Promise<string> => {
      const whole = await server.connection.sendRequest(CompletionResolveRequest.type, item);
      return (whole.documentation as MarkupContent | undefined)?.value ?? '';
    };
    const property = await ask('a*.gst', 'gst-launch', 'videotestsrc ! x264enc bitra‸\n');
    assert.match(await look(property.item('bitrate')), /kbit/);
    const key = await ask('app/config_infer_*.txt', 'deepstream-config', '[property]\ngpu-id=0\nnetwork-m‸\n');
    assert.notEqual(await look(key.item('network-mode')), '');
    assert.equal(await look({ label: 'x', data: { about: { kind: 'element', element: 'none' }, target: 3 } }), '');
  });

  test('is silent elsewhere', async () => {
    assert.deepEqual((await ask('a*.py', 'python', 'import os‸\n')).list.items, []);
  });

  test('says the range once where the client knows how', async () => {
    const frugal = await LanguageServer.start({
      capabilities: {
        ...fullCapabilities,
        textDocument: {
          ...fullCapabilities.textDocument,
          completion: {
            completionItem: { snippetSupport: true },
            completionList: { itemDefaults: ['editRange'] },
          },
        },
      },
    });
    try {
      const text = 'gst-launch-1.0 videotestsrc ! x264enc bitra ! fakesink\n';
      const uri = frugal.open('a.sh', 'shellscript', text);
      const end = text.indexOf('bitra') + 'bitra'.length;
      const list = (await frugal.connection.sendRequest(CompletionRequest.type, {
        textDocument: { uri },
        position: { line: 0, character: end },
      })) as CompletionList;
      assert.deepEqual(list.itemDefaults?.editRange, {
        start: { line: 0, character: end - 'bitra'.length },
        end: { line: 0, character: end },
      });
      const bitrate = list.items.find(({ label }) => label === 'bitrate');
      assert.equal(bitrate?.textEdit, undefined);
      assert.equal(bitrate?.textEditText, 'bitrate=${1:2048}');
      assert.equal(bitrate?.insertTextFormat, 2);
    } finally {
      await frugal.stop();
    }
  });
});
