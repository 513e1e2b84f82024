import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { DiagnosticRefreshRequest, DocumentDiagnosticRequest } from 'vscode-languageserver/node';
import { LanguageServer } from '../support/language-server.ts';

const app = `[streammux]
batch-size=2
width=1280
height=720

[primary-gie]
enable=1
gie-unique-id=1
config-file=infer.txt

[osd]
enable=1
`;
const infer = '[property]\nonnx-file=cars.onnx\nnum-detected-classes=4\nbatch-size=1\n';

describe('files of one project', () => {
  let server: LanguageServer;
  before(async () => {
    server = await LanguageServer.start();
  });
  after(() => server.stop());

  test('what is typed in one changes the findings of those that name it', async () => {
    const refreshed = new Promise<void>((go) => {
      server.connection.onRequest(DiagnosticRefreshRequest.type, () => go());
    });
    const other = server.open('infer.txt', 'deepstream-config', infer);
    const uri = server.open('app.txt', 'deepstream-config', app);
    const before = await server.connection.sendRequest(DocumentDiagnosticRequest.type, { textDocument: { uri } });
    assert.ok(before.kind === 'full');
    assert.deepEqual(
      before.items.map(({ code }) => code),
      ['infer-batch-size'],
    );
    assert.equal(before.items[0]?.relatedInformation?.[1]?.location.uri, other);
    const at = infer.indexOf('batch-size=1') + 'batch-size='.length;
    server.change(other, at, at + 1, '2');
    await refreshed;
    const now = await server.connection.sendRequest(DocumentDiagnosticRequest.type, {
      textDocument: { uri },
      ...(before.resultId === undefined ? {} : { previousResultId: before.resultId }),
    });
    assert.ok(now.kind === 'full', 'the findings may be others, though the document is the same');
    assert.deepEqual(now.items, []);
  });
});
