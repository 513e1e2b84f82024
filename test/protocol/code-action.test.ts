import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { LanguageServer } from '../support/language-server.ts';

describe('code actions', () => {
  let server: LanguageServer;
  before(async () => {
    server = await LanguageServer.start();
  });
  after(() => server.stop());

  const at = (uri: string, words: string) => {
    const start = server.at(uri, words);
    return { start, end: start };
  };

  test('the fix of a finding mends the text', async () => {
    const uri = server.open('a.sh', 'shellscript', 'gst-launch-1.0 videotestsrc num-bufers=3 ! fakesink\n');
    const actions = await server.codeActions(uri, at(uri, 'num-bufers'));
    const fix = actions.find(({ title }) => title.includes('num-buffers'));
    assert.ok(fix, actions.map(({ title }) => title).join('; '));
    assert.equal(fix.kind, 'quickfix');
    assert.equal(fix.isPreferred, true);
    assert.equal(fix.diagnostics?.[0]?.code, 'unknown-property');
    assert.equal(server.edited(uri, fix.edit), 'gst-launch-1.0 videotestsrc num-buffers=3 ! fakesink\n');
  });

  test('nothing is offered where nothing is wrong', async () => {
    const uri = server.open('b.sh', 'shellscript', 'gst-launch-1.0 videotestsrc num-bufers=3 ! fakesink\n');
    assert.deepEqual(await server.codeActions(uri, at(uri, 'fakesink')), []);
  });

  test('an ignoring comment silences the finding, and is added to', async () => {
    const text = 'if true; then\n    gst-launch-1.0 videotestsr ! fakesink patern=2\nfi\n';
    const uri = server.open('c.sh', 'shellscript', text);
    const title = 'Ignore unknown-element here';
    const ignore = (await server.codeActions(uri, at(uri, 'videotestsr'))).find((action) => action.title === title);
    const ignored = server.edited(uri, ignore?.edit);
    assert.equal(ignored, text.replace('    gst', '    # gst-lint: ignore unknown-element\n    gst'));
    const after = server.open('d.sh', 'shellscript', ignored);
    const rules = async (of: string) => (await server.diagnostics(of)).map(({ code }) => code);
    assert.deepEqual(await rules(after), ['unknown-property']);
    const second = (await server.codeActions(after, at(after, 'patern'))).find(({ title }) =>
      title.startsWith('Ignore'),
    );
    const both = server.edited(after, second?.edit);
    assert.match(both, /ignore unknown-element unknown-property\n/);
    assert.deepEqual(await rules(server.open('e.sh', 'shellscript', both)), []);
  });

  test('fix-all makes every safe fix, and only where it is asked for', async () => {
    const text = 'gst-launch-1.0 videotestsrc num-bufers=3 ! fakesink\ngst-launch-1.0 videotestsr ! fakesink\n';
    const uri = server.open('f.sh', 'shellscript', text);
    const all = { start: { line: 0, character: 0 }, end: { line: 2, character: 0 } };
    assert.ok((await server.codeActions(uri, all)).every(({ kind }) => kind === 'quickfix'));
    for (const only of ['source', 'source.fixAll', 'source.fixAll.jetsonPipelines']) {
      const [action, ...others] = await server.codeActions(uri, all, [only]);
      assert.deepEqual(others, []);
      assert.equal(action?.kind, 'source.fixAll.jetsonPipelines');
      assert.equal(server.edited(uri, action.edit), text.replace('bufers', 'buffers').replace('testsr ', 'testsrc '));
    }
    assert.deepEqual(await server.codeActions(uri, all, ['source.organizeImports']), []);
  });
});
