import assert from 'node:assert/strict';
import { test } from 'node:test';
import { LanguageServer } from '../support/language-server.ts';

test('says what it can do, and ends well', async () => {
  const server = await LanguageServer.start();
  const { capabilities } = server.initialized;
  assert.equal(capabilities.positionEncoding, 'utf-16');
  assert.deepEqual(capabilities.textDocumentSync, { openClose: true, change: 2, save: false });
  assert.equal(capabilities.diagnosticProvider?.workspaceDiagnostics, true);
  assert.equal(capabilities.hoverProvider, true);
  assert.equal(await server.stop(), 0);
});

test('serves an editor that can do nothing', async () => {
  const server = await LanguageServer.start({ capabilities: {} });
  const uri = server.open('a.gst', 'gst-launch', 'videotestsr ! fakesink\n');
  const [finding] = await server.diagnostics(uri);
  assert.equal(finding?.code, 'unknown-element');
  assert.equal(finding.codeDescription, undefined);
  assert.equal(await server.stop(), 0);
});

test('answers requests about documents that it does not know', async () => {
  const server = await LanguageServer.start();
  const uri = server.uri('missing.gst');
  assert.deepEqual(await server.diagnostics(uri), []);
  const start = { line: 0, character: 0 };
  assert.deepEqual(await server.codeActions(uri, { start, end: start }), []);
  assert.equal(await server.stop(), 0);
});
