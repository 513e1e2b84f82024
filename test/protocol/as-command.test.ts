import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { DocumentDiagnosticRequest } from 'vscode-languageserver/node';
import { AS_COMMAND, type AsCommandResult } from '../../server/src/protocol.ts';
import { LanguageServer } from '../support/language-server.ts';

describe('a configuration as a command', () => {
  let server: LanguageServer;
  before(async () => {
    server = await LanguageServer.start();
  });
  after(() => server.stop());

  const ask = (name: string, language: string, text: string) => {
    const uri = server.open(name, language, text);
    return server.connection.sendRequest<AsCommandResult>(AS_COMMAND, { textDocument: { uri } });
  };

  test('is a command that gives no findings of its own', async () => {
    const config = `[source0]
enable=1
type=5
camera-width=1280
camera-height=720
camera-fps-n=30
camera-fps-d=1

[streammux]
live-source=1
batch-size=1
width=1280
height=720

[sink0]
enable=1
type=3
codec=1
output-file=gate film.mp4
`;
    const { text } = await ask('app.txt', 'deepstream-config', config);
    assert.match(
      text ?? '',
      /^gst-launch-1\.0 -e .*nvstreammux name=mux .*mp4mux ! filesink 'location="gate film\.mp4"'/s,
    );
    const script = `#!/bin/sh\n# gst-lint: target orin-nx-16gb deepstream-7.1\n${text}`;
    const uri = server.open('written.sh', 'shellscript', script);
    const report = await server.connection.sendRequest(DocumentDiagnosticRequest.type, { textDocument: { uri } });
    assert.deepEqual(report.kind === 'full' && report.items.filter(({ severity }) => severity === 1), []);
  });

  test('of another document there is none', async () => {
    assert.deepEqual(await ask('infer.txt', 'deepstream-config', '[property]\nonnx-file=cars.onnx\n'), {});
    assert.deepEqual(await ask('notes.md', 'markdown', 'nothing\n'), {});
  });
});
