import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import {
  CallHierarchyIncomingCallsRequest,
  CallHierarchyOutgoingCallsRequest,
  CallHierarchyPrepareRequest,
  DefinitionRequest,
  DocumentHighlightRequest,
  DocumentLinkRequest,
  DocumentSymbolRequest,
  FoldingRangeRequest,
  LinkedEditingRangeRequest,
  type Location,
  PrepareRenameRequest,
  ReferencesRequest,
  RenameRequest,
  type SelectionRange,
  SelectionRangeRequest,
  type SymbolInformation,
  WorkspaceSymbolRequest,
} from 'vscode-languageserver/node';
import { LanguageServer } from '../support/language-server.ts';

/** A text in each kind of host, with a tee whose name is used twice. */
const hosts = {
  python: {
    name: 'a.py',
    language: 'python',
    text: 'p = Gst.parse_launch("videotestsrc ! tee name=t "\n    "t. ! queue ! fakesink t. ! queue ! fakesink")\nt = p.get_by_name("t")\n',
  },
  shell: {
    name: 'a.sh',
    language: 'shellscript',
    text: 'gst-launch-1.0 videotestsrc ! tee name="t" \\\n  t. ! queue ! fakesink \\\n  t. ! queue ! fakesink\n',
  },
  dockerfile: {
    name: 'Dockerfile',
    language: 'dockerfile',
    text: 'FROM ubuntu\nCMD gst-launch-1.0 videotestsrc ! tee name=t \\\n  t. ! queue ! fakesink t. ! queue ! fakesink\n',
  },
  gst: {
    name: 'a.gst',
    language: 'gst-launch',
    text: 'videotestsrc ! tee name=t\n  t. ! queue ! fakesink\n  t. ! queue ! fakesink\n',
  },
};

const app = `[application]
enable-perf-measurement=1

[primary-gie]
enable=1
gie-unique-id=1
config-file=detector.txt

[secondary-gie0]
enable=1
gie-unique-id=2
operate-on-gie-id=1
config-file=classes.yml
`;

const files = {
  'app_config.txt': app,
  'detector.txt':
    '[property]\ngie-unique-id=1\nnetwork-mode=2\nlabelfile-path=labels.txt\n\n[class-attrs-1]\ntopk=20\n',
  'classes.yml': 'property:\n  gie-unique-id: 2\n  operate-on-gie-id: 1\n  process-mode: 2\n',
  'labels.txt': 'car\nperson\n',
  'camera.gst': 'videotestsrc ! tee name=split  split. ! queue ! appsink name=frames\n',
  'other.gst': 'videotestsrc ! appsink name=frames\n',
  'view.py':
    'p = Gst.parse_launch(open("camera.gst").read())\nsink = p.get_by_name("frames")\nq = Gst.parse_launch("videotestsrc ! appsink name=other")\n',
  'config_nvdsanalytics_yard.txt':
    '[property]\nenable=1\nconfig-width=1920\nconfig-height=1080\n\n[roi-filtering-stream-0]\nenable=1\nroi-Gate=1;1;9;1;9;9\n',
  'count.py': 'CONFIG = "config_nvdsanalytics_yard.txt"\ndef probe(meta):\n    return meta.objInROIcnt["Gate"]\n',
  'infer.gst':
    'nvstreammux name=m batch-size=1 width=1280 height=720 ! nvinfer unique-id=1 config-file-path=detector.txt ! fakesink  videotestsrc ! m.sink_0\n',
  'other/elsewhere.txt': '[property]\ngie-unique-id=1\nnetwork-mode=2\n',
};

describe('navigation', () => {
  let server: LanguageServer;
  before(async () => {
    server = await LanguageServer.start({ files });
  });
  after(() => server.stop());

  const at = (uri: string, words: string, number = 0) => ({
    textDocument: { uri },
    position: server.at(uri, words, number),
  });
  const open = ({ name, language, text }: (typeof hosts)['gst']) => server.open(name, language, text);
  const config = () => server.open('app_config.txt', 'deepstream-config', app);
  const name = (location: Location) => location.uri.slice(server.uri('').length).replace(/^\//, '');

  for (const [host, document] of Object.entries(hosts)) {
    test(`definition of an element's name (${host})`, async () => {
      const uri = open(document);
      const found = (await server.connection.sendRequest(DefinitionRequest.type, at(uri, 't. !', 1))) as Location[];
      assert.deepEqual(
        found.map(({ range }) => range.start),
        [
          server.at(
            uri,
            document.text.includes('name="t"') ? 't" ' : 't',
            document.text.includes('name="t"') ? 0 : nth(document.text),
          ),
        ],
      );
    });

    test(`references of an element's name (${host})`, async () => {
      const uri = open(document);
      const params = { ...at(uri, 't. !'), context: { includeDeclaration: true } };
      const found = await server.connection.sendRequest(ReferencesRequest.type, params);
      assert.equal(found?.length, host === 'python' ? 4 : 3);
      for (const { range } of found ?? []) assert.equal(server.covered(uri, range), 't');
    });

    test(`highlights of a name (${host})`, async () => {
      const uri = open(document);
      const found = await server.connection.sendRequest(DocumentHighlightRequest.type, at(uri, 't. !'));
      assert.deepEqual((found ?? []).map(({ kind }) => kind).sort(), host === 'python' ? [2, 2, 2, 3] : [2, 2, 3]);
    });

    test(`rename of an element (${host})`, async () => {
      const uri = open(document);
      const prepared = await server.connection.sendRequest(PrepareRenameRequest.type, at(uri, 't. !'));
      assert.equal((prepared as { placeholder: string }).placeholder, 't');
      const edit = await server.connection.sendRequest(RenameRequest.type, { ...at(uri, 't. !'), newName: 'split' });
      const expected = document.text
        .replaceAll('t. !', 'split. !')
        .replace('name=t', 'name=split')
        .replace('name="t"', 'name="split"')
        .replace('get_by_name("t")', 'get_by_name("split")');
      assert.equal(server.edited(uri, edit ?? undefined), expected);
    });

    test(`linked editing of a name (${host})`, async () => {
      const uri = open(document);
      const found = await server.connection.sendRequest(LinkedEditingRangeRequest.type, at(uri, 't. !'));
      assert.equal(found?.ranges.length, host === 'python' ? 4 : 3);
    });

    test(`symbols of a document (${host})`, async () => {
      const uri = open(document);
      const found = await server.connection.sendRequest(DocumentSymbolRequest.type, { textDocument: { uri } });
      assert.deepEqual(
        found?.map((one) => [one.name, 'children' in one ? one.children?.map((child) => child.name) : undefined]),
        [['videotestsrc → fakesink', ['videotestsrc', 't', 'queue', 'fakesink', 'queue', 'fakesink']]],
      );
    });

    test(`call hierarchy along links (${host})`, async () => {
      const uri = open(document);
      const [item] = (await server.connection.sendRequest(CallHierarchyPrepareRequest.type, at(uri, 'tee'))) ?? [];
      assert.equal(item?.name, 't');
      const from = await server.connection.sendRequest(CallHierarchyIncomingCallsRequest.type, { item });
      assert.deepEqual(
        from?.map((one) => one.from.name),
        ['videotestsrc'],
      );
      const to = await server.connection.sendRequest(CallHierarchyOutgoingCallsRequest.type, { item });
      assert.deepEqual(
        to?.map((one) => one.to.name),
        ['queue', 'queue'],
      );
    });

    test(`selection grows from a word to the pipeline (${host})`, async () => {
      const uri = open(document);
      const params = { textDocument: { uri }, positions: [server.at(uri, 'queue')] };
      const [first] = (await server.connection.sendRequest(SelectionRangeRequest.type, params)) ?? [];
      const texts: string[] = [];
      for (let one: SelectionRange | undefined = first; one; one = one.parent)
        texts.push(server.covered(uri, one.range));
      assert.equal(texts[0], 'queue');
      assert.ok(texts.some((text) => text.includes('videotestsrc') && text.includes('fakesink')));
      texts.forEach((text, i) => {
        assert.ok(i === 0 || text.includes(texts[i - 1]!), text);
      });
    });
  }

  test('a name that cannot be given is refused with the reason', async () => {
    const uri = open(hosts.gst);
    const asked = server.connection.sendRequest(RenameRequest.type, { ...at(uri, 't. !'), newName: 'a b' });
    await assert.rejects(asked, /letters, digits/);
  });

  test('a name or an id that another one has is refused', async () => {
    const two = server.open('two.gst', 'gst-launch', 'videotestsrc name=a ! identity name=b ! fakesink\n');
    const element = server.connection.sendRequest(RenameRequest.type, { ...at(two, 'a !'), newName: 'b' });
    await assert.rejects(element, /"b" is given to another one here/);
    const params = { ...at(config(), '1\nconfig-file'), newName: '2' };
    await assert.rejects(server.connection.sendRequest(RenameRequest.type, params), /"2" is given to another one here/);
    const detector = server.open('detector.txt', 'deepstream-config', files['detector.txt']);
    const elsewhere = server.connection.sendRequest(RenameRequest.type, { ...at(detector, '1\nnet'), newName: '2' });
    await assert.rejects(elsewhere, /"2" is given to another one in (?:app_config\.txt|classes\.yml)/);
  });

  test('what is no name is not renamed', async () => {
    const uri = open(hosts.gst);
    assert.equal(await server.connection.sendRequest(PrepareRenameRequest.type, at(uri, 'queue')), null);
  });

  test('an id is found in every file that the configuration names', async () => {
    const uri = config();
    const params = { ...at(uri, '1\nconfig-file'), context: { includeDeclaration: true } };
    const found = await server.connection.sendRequest(ReferencesRequest.type, params);
    assert.deepEqual((found ?? []).map(name).sort(), [
      'app_config.txt',
      'app_config.txt',
      'classes.yml',
      'detector.txt',
      'infer.gst',
    ]);
  });

  test('rename of an id goes over all of them and leaves other projects alone', async () => {
    const uri = config();
    const params = { ...at(uri, '1\nconfig-file'), newName: '7' };
    const edit = await server.connection.sendRequest(RenameRequest.type, params);
    const changed = Object.entries(edit?.changes ?? {}).map(([where, edits]) => [
      where.slice(server.uri('').length).replace(/^\//, ''),
      edits.map(({ newText }) => newText),
    ]);
    assert.deepEqual(changed.sort(), [
      ['app_config.txt', ['7', '7']],
      ['classes.yml', ['7']],
      ['detector.txt', ['7']],
      ['infer.gst', ['7']],
    ]);
    const refused = server.connection.sendRequest(RenameRequest.type, { ...params, newName: 'one' });
    await assert.rejects(refused, /whole number/);
  });

  const renamed = async (uri: string, words: string, newName: string) => {
    const edit = await server.connection.sendRequest(RenameRequest.type, { ...at(uri, words), newName });
    return Object.entries(edit?.changes ?? {})
      .map(([where, edits]) => [name({ uri: where } as Location), edits.map((one) => one.newText)])
      .sort();
  };

  test('rename of an element goes into the program that reads the file, and back', async () => {
    const gst = server.open('camera.gst', 'gst-launch', files['camera.gst']);
    const both = [
      ['camera.gst', ['pictures']],
      ['view.py', ['pictures']],
    ];
    assert.deepEqual(await renamed(gst, 'frames', 'pictures'), both);
    const program = server.open('view.py', 'python', files['view.py']);
    assert.deepEqual(await renamed(program, 'frames', 'pictures'), both);
    const params = at(program, 'frames');
    const found = (await server.connection.sendRequest(DefinitionRequest.type, params)) as Location[];
    assert.deepEqual(found.map(name), ['camera.gst']);
    // What no program looks up stays in its file.
    assert.deepEqual(await renamed(gst, 'split.', 'both'), [['camera.gst', ['both', 'both']]]);
  });

  test('rename of a label goes into the program that counts by it', async () => {
    const text = files['config_nvdsanalytics_yard.txt'];
    const uri = server.open('config_nvdsanalytics_yard.txt', 'deepstream-config', text);
    assert.deepEqual(await renamed(uri, 'Gate', 'Door'), [
      ['config_nvdsanalytics_yard.txt', ['Door']],
      ['count.py', ['Door']],
    ]);
  });

  test('definition and references of a pad', async () => {
    const text =
      'compositor name=mix sink_0::alpha=0.5 ! fakesink  videotestsrc ! mix.sink_0  videotestsrc ! mix.sink_1\n';
    const uri = server.open('pads.gst', 'gst-launch', text);
    const found = (await server.connection.sendRequest(DefinitionRequest.type, at(uri, 'sink_0 '))) as Location[];
    assert.deepEqual(
      found.map(({ range }) => range.start),
      [server.at(uri, 'mix')],
    );
    const params = { ...at(uri, 'sink_0 '), context: { includeDeclaration: true } };
    const places = await server.connection.sendRequest(ReferencesRequest.type, params);
    assert.deepEqual(
      places?.map(({ range }) => server.covered(uri, range)),
      ['sink_0', 'sink_0'],
    );
    assert.equal(await server.connection.sendRequest(PrepareRenameRequest.type, at(uri, 'sink_0 ')), null);
  });

  test('definition of a class is its line in the label file', async () => {
    const uri = server.open('detector.txt', 'deepstream-config', files['detector.txt']);
    const found = (await server.connection.sendRequest(DefinitionRequest.type, at(uri, 'class-attrs-1'))) as Location[];
    assert.deepEqual(
      found.map((one) => [name(one), one.range.start.line, one.range.end.character]),
      [['labels.txt', 1, 'person'.length]],
    );
  });

  test('rename of a label', async () => {
    const text =
      '[property]\nenable=1\nconfig-width=1920\nconfig-height=1080\n\n[roi-filtering-stream-0]\nenable=1\nroi-Gate=1;1;9;1;9;9\n';
    const uri = server.open('config_nvdsanalytics.txt', 'deepstream-config', text);
    const edit = await server.connection.sendRequest(RenameRequest.type, { ...at(uri, 'Gate'), newName: 'Door' });
    assert.equal(server.edited(uri, edit ?? undefined), text.replace('Gate', 'Door'));
  });

  test('links of a document lead to the files that are there', async () => {
    const uri = config();
    const found = await server.connection.sendRequest(DocumentLinkRequest.type, { textDocument: { uri } });
    assert.deepEqual(
      found?.map(({ target, range }) => [target, server.covered(uri, range)]),
      [
        [server.uri('detector.txt'), 'detector.txt'],
        [server.uri('classes.yml'), 'classes.yml'],
      ],
    );
  });

  test('definition of a path is its file', async () => {
    const uri = config();
    const found = (await server.connection.sendRequest(DefinitionRequest.type, at(uri, 'detector.txt'))) as Location[];
    assert.deepEqual(found.map(name), ['detector.txt']);
  });

  test('references of a file are the places that name it', async () => {
    const uri = config();
    const params = { ...at(uri, 'detector.txt'), context: { includeDeclaration: true } };
    const found = await server.connection.sendRequest(ReferencesRequest.type, params);
    assert.deepEqual((found ?? []).map(name).sort(), ['app_config.txt', 'infer.gst']);
  });

  test('symbols of a key file and of YAML', async () => {
    const symbols = async (uri: string) =>
      (await server.connection.sendRequest(DocumentSymbolRequest.type, { textDocument: { uri } }))?.map(
        (one) => one.name,
      );
    assert.deepEqual(await symbols(config()), ['application', 'primary-gie', 'secondary-gie0']);
    assert.deepEqual(await symbols(server.open('classes.yml', 'yaml', files['classes.yml'])), ['property']);
  });

  test('symbols of the workspace', async () => {
    const ask = async (query: string) =>
      (await server.connection.sendRequest(WorkspaceSymbolRequest.type, { query })) as SymbolInformation[];
    const found = await ask('class-attrs');
    assert.deepEqual(
      found.map((one) => [one.name, name(one.location)]),
      [['class-attrs-1', 'detector.txt']],
    );
    assert.deepEqual(await ask('no-such-name'), []);
  });

  test('folding of pipelines and groups', async () => {
    const fold = async (uri: string) =>
      (await server.connection.sendRequest(FoldingRangeRequest.type, { textDocument: { uri } }))?.map(
        ({ startLine, endLine }) => [startLine, endLine],
      );
    assert.deepEqual(await fold(open(hosts.gst)), [[0, 2]]);
    assert.deepEqual(await fold(open(hosts.dockerfile)), [[1, 2]]);
    assert.deepEqual(await fold(config()), [
      [0, 1],
      [3, 6],
      [8, 12],
    ]);
  });
});

/** Which of the t's is the name: the one behind `name=`. */
const nth = (text: string): number => text.slice(0, text.indexOf('name=') + 'name='.length).split('t').length - 1;
