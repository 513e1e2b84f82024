import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import {
  CodeLensRequest,
  ColorPresentationRequest,
  DocumentColorRequest,
  InlayHintRequest,
  type Range,
  SemanticTokensRangeRequest,
  SemanticTokensRegistrationType,
  SemanticTokensRequest,
} from 'vscode-languageserver/node';
import { fullCapabilities, LanguageServer } from '../support/language-server.ts';

const commands = { commands: ['jetsonPipelines.runOnJetson', 'jetsonPipelines.showGraph'] };
const capabilities = { ...fullCapabilities, experimental: { commands } };

const pipeline = 'videotestsrc ! video/x-raw,format=NV12,width=1920,height=1080,framerate=30/1 ! queue ! nvvidconv ! ';
const encoded = `${pipeline}video/x-raw(memory:NVMM) ! nvv4l2h264enc control-rate=1 ! fakesink`;

const escaped = encoded.replaceAll('(', '\\(').replaceAll(')', '\\)');

const texts = {
  python: { name: 'b.py', language: 'python', text: `p = Gst.parse_launch("${encoded}")\n` },
  shell: { name: 'b.sh', language: 'shellscript', text: `gst-launch-1.0 ${escaped}\n` },
  dockerfile: { name: 'Dockerfile', language: 'dockerfile', text: `FROM ubuntu\nCMD gst-launch-1.0 ${escaped}\n` },
  gst: { name: 'b.gst', language: 'gst-launch', text: `${encoded}\n` },
};

const all: Range = { start: { line: 0, character: 0 }, end: { line: 100, character: 0 } };

describe('what is shown over the text', () => {
  let server: LanguageServer;
  before(async () => {
    server = await LanguageServer.start({ capabilities, settings: { target: 'orin-nx-16gb' } });
  });
  after(() => server.stop());

  const open = ({ name, language, text }: (typeof texts)['gst']) => server.open(name, language, text);

  const words = (uri: string, data: readonly number[], on = server): (readonly [string, string])[] => {
    const legend = on.initialized.capabilities.semanticTokensProvider?.legend.tokenTypes ?? [];
    const found: (readonly [string, string])[] = [];
    let line = 0;
    let character = 0;
    for (let i = 0; i < data.length; i += 5) {
      const [lines, characters, length, type] = data.slice(i, i + 4) as [number, number, number, number];
      line += lines;
      character = lines > 0 ? characters : character + characters;
      const range = { start: { line, character }, end: { line, character: character + length } };
      found.push([on.covered(uri, range), legend[type] ?? '']);
    }
    return found;
  };

  for (const [host, document] of Object.entries(texts)) {
    test(`semantic tokens of a document (${host})`, async () => {
      const uri = open(document);
      const found = await server.connection.sendRequest(SemanticTokensRequest.type, { textDocument: { uri } });
      const told = new Map(words(uri, found?.data ?? []));
      assert.equal(told.get('nvv4l2h264enc'), 'class');
      assert.equal(told.get('control-rate'), 'property');
      assert.equal(told.get('video/x-raw'), 'type');
      assert.equal(told.get('memory:NVMM'), 'decorator');
      assert.equal(told.get('!'), 'operator');
    });

    test(`inlay hints (${host})`, async () => {
      const uri = open(document);
      const found = await server.connection.sendRequest(InlayHintRequest.type, { textDocument: { uri }, range: all });
      const labels = (found ?? []).map(({ label }) => label);
      assert.ok(
        labels.some((label) => /^↯ \d+ MB\/s copy$/.test(String(label))),
        labels.join(' | '),
      );
      assert.ok(
        labels.includes('⟨constant bitrate⟩') || labels.some((label) => /^⟨.*constant.*⟩$/i.test(String(label))),
        labels.join(' | '),
      );
      assert.ok(
        labels.some((label) => String(label).includes('NV12 1920×1080@30')),
        labels.join(' | '),
      );
    });

    test(`code lens (${host})`, async () => {
      const uri = open(document);
      const found = await server.connection.sendRequest(CodeLensRequest.type, { textDocument: { uri } });
      assert.deepEqual(
        found?.slice(0, 2).map(({ command }) => [command?.title, command?.command]),
        [
          ['$(play) Run on Jetson', 'jetsonPipelines.runOnJetson'],
          ['$(type-hierarchy) Show graph', 'jetsonPipelines.showGraph'],
        ],
      );
      assert.deepEqual(found?.[0]?.command?.arguments, [uri, found?.[0]?.range.start]);
      assert.match(found?.[2]?.command?.title ?? '', /^NVENC .* · 1 copy 9\d MB\/s/);
    });
  }

  test('semantic tokens of a range', async () => {
    const text = 'videotestsrc ! fakesink\n\naudiotestsrc ! fakesink\n';
    const uri = server.open('c.gst', 'gst-launch', text);
    const range = { start: { line: 2, character: 0 }, end: { line: 3, character: 0 } };
    const found = await server.connection.sendRequest(SemanticTokensRangeRequest.type, {
      textDocument: { uri },
      range,
    });
    assert.deepEqual(
      words(uri, found?.data ?? []).map(([word]) => word),
      ['audiotestsrc', '!', 'fakesink'],
    );
  });

  test('semantic tokens, hints and lens of configurations', async () => {
    const uri = server.open(
      'deepstream_app_config.txt',
      'deepstream-config',
      '[source0]\nenable=1\ntype=4\nuri=rtsp://camera/1\n\n[osd]\nenable=1\n',
    );
    const tokens = await server.connection.sendRequest(SemanticTokensRequest.type, { textDocument: { uri } });
    const told = new Map(words(uri, tokens?.data ?? []));
    assert.equal(told.get('source0'), 'namespace');
    assert.equal(told.get('uri'), 'property');
    const hints = await server.connection.sendRequest(InlayHintRequest.type, { textDocument: { uri }, range: all });
    assert.deepEqual(
      hints?.map(({ label, position }) => [label, position.line]).filter(([, line]) => line === 2),
      [['⟨RTSP⟩', 2]],
    );
    const lenses = await server.connection.sendRequest(CodeLensRequest.type, { textDocument: { uri } });
    assert.deepEqual(
      lenses?.map(({ command }) => command?.title),
      ['$(play) Run on Jetson'],
    );
    const yaml = server.open('config_infer_primary.yml', 'yaml', 'property:\n  network-mode: 2\n  gie-unique-id: 1\n');
    const below = await server.connection.sendRequest(InlayHintRequest.type, {
      textDocument: { uri: yaml },
      range: all,
    });
    assert.deepEqual(
      below?.map(({ label }) => label),
      ['⟨FP16⟩'],
    );
  });

  test('colours, and how another one is written', async () => {
    const text = '[osd]\nenable=1\nborder-color=0;1;0;1\n\n[tiled-display]\nenable=1\nrows=1\ncolumns=1\n';
    const uri = server.open('deepstream_app_colours.txt', 'deepstream-config', text);
    const found = await server.connection.sendRequest(DocumentColorRequest.type, { textDocument: { uri } });
    assert.deepEqual(
      found.map(({ color, range }) => [color, server.covered(uri, range)]),
      [[{ red: 0, green: 1, blue: 0, alpha: 1 }, '0;1;0;1']],
    );
    const [presentation] = await server.connection.sendRequest(ColorPresentationRequest.type, {
      textDocument: { uri },
      color: { red: 0.2, green: 0.4, blue: 1 / 3, alpha: 1 },
      range: found[0]!.range,
    });
    assert.equal(presentation?.textEdit?.newText, '0.2;0.4;0.333;1');
  });
});

test('every kind of hint and the lens can be turned off', async () => {
  const settings = { hints: { links: false, copies: false, names: false }, codeLens: false };
  const server = await LanguageServer.start({ capabilities, settings });
  const uri = server.open('b.gst', 'gst-launch', texts.gst.text);
  await server.diagnostics(uri);
  const hints = await server.connection.sendRequest(InlayHintRequest.type, { textDocument: { uri }, range: all });
  assert.equal(hints?.length, 1);
  assert.deepEqual(await server.connection.sendRequest(CodeLensRequest.type, { textDocument: { uri } }), []);
  assert.equal(await server.stop(), 0);
});

test('a lens gives only commands that the client knows', async () => {
  const server = await LanguageServer.start();
  const uri = server.open('b.gst', 'gst-launch', texts.gst.text);
  const found = await server.connection.sendRequest(CodeLensRequest.type, { textDocument: { uri } });
  assert.deepEqual(
    found?.map(({ command }) => command?.command),
    [''],
  );
  assert.equal(await server.stop(), 0);
});

test('an editor that registers is a host to us: whole-document answers are for our languages', async () => {
  const dynamicRegistration = true;
  const server = await LanguageServer.start({
    capabilities: {
      ...fullCapabilities,
      textDocument: {
        ...fullCapabilities.textDocument,
        foldingRange: { dynamicRegistration },
        callHierarchy: { dynamicRegistration },
        semanticTokens: { dynamicRegistration, requests: {}, tokenTypes: [], tokenModifiers: [], formats: [] },
      },
    },
  });
  const { capabilities: said } = server.initialized;
  assert.equal(said.foldingRangeProvider, undefined);
  assert.equal(said.semanticTokensProvider, undefined);
  const found = (await server.registered).filter(({ method }) => method === SemanticTokensRegistrationType.method);
  const languages = (full: boolean): string[] =>
    found.flatMap(({ registerOptions }) => {
      const options = registerOptions as { full: boolean; documentSelector: { language: string }[] };
      return options.full === full ? options.documentSelector.map(({ language }) => language) : [];
    });
  assert.ok(languages(true).includes('gst-launch') && languages(true).includes('shellscript'));
  assert.ok(languages(false).includes('python') && !languages(true).includes('python'));
  assert.equal(await server.stop(), 0);
});
