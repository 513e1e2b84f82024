import assert from 'node:assert/strict';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { after, before, describe, test } from 'node:test';
import {
  type Diagnostic,
  DiagnosticRefreshRequest,
  DiagnosticSeverity,
  DidChangeWatchedFilesNotification,
  DocumentDiagnosticRequest,
  FileChangeType,
  PublishDiagnosticsNotification,
  ResponseError,
  type WorkspaceDiagnosticReportPartialResult,
  WorkspaceDiagnosticRequest,
} from 'vscode-languageserver/node';
import { fullCapabilities, LanguageServer } from '../support/language-server.ts';

const slip = '#!/bin/sh\ngst-launch-1.0 videotestsrc num-bufers=3 ! fakesink\n';

describe('pulled by document', () => {
  let server: LanguageServer;
  before(async () => {
    server = await LanguageServer.start();
  });
  after(() => server.stop());

  test('a finding has its place, rule, source and link', async () => {
    const uri = server.open('slip.sh', 'shellscript', slip);
    const [finding, ...others] = await server.diagnostics(uri);
    assert.deepEqual(others, []);
    assert.ok(finding);
    assert.equal(server.covered(uri, finding.range), 'num-bufers');
    assert.equal(finding.severity, DiagnosticSeverity.Error);
    assert.equal(finding.source, 'gst-lint');
    assert.equal(finding.code, 'unknown-property');
    assert.match(finding.codeDescription?.href ?? '', /^file:.*\/docs\/rules\.md#unknown-property$/);
  });

  test('columns are counted in UTF-16 units', async () => {
    const uri = server.open(
      'wide.py',
      'python',
      'Gst.parse_launch("videotestsrc name=\\"😀\\" num-bufers=3 ! fakesink")\n',
    );
    const found = (await server.diagnostics(uri)).find(({ code }) => code === 'unknown-property');
    assert.ok(found);
    assert.equal(server.covered(uri, found.range), 'num-bufers');
  });

  test('an unchanged document is said to be unchanged', async () => {
    const uri = server.open('same.sh', 'shellscript', slip);
    const ask = (previousResultId?: string) =>
      server.connection.sendRequest(DocumentDiagnosticRequest.type, {
        textDocument: { uri },
        ...(previousResultId === undefined ? {} : { previousResultId }),
      });
    const first = await ask();
    assert.equal(first.kind, 'full');
    const second = await ask(first.resultId);
    assert.equal(second.kind, 'unchanged');
    server.change(uri, 0, 0, '\n');
    assert.equal((await ask(first.resultId)).kind, 'full');
  });

  test('a finding goes when its text is mended, and comes back', async () => {
    const uri = server.open('typing.sh', 'shellscript', slip);
    const at = slip.indexOf('bufers');
    server.change(uri, at + 3, at + 3, 'f');
    assert.deepEqual(await server.diagnostics(uri), []);
    server.change(uri, at + 3, at + 4, '');
    assert.equal((await server.diagnostics(uri)).length, 1);
  });

  test('after any edits the findings are those of the text as it stands', async () => {
    const uri = server.open('edits.sh', 'shellscript', slip.repeat(3));
    // A fixed sequence that looks random: every run makes the same edits.
    let seed = 7;
    const next = (below: number): number => {
      seed = (seed * 48271) % 0x7fffffff;
      return seed % below;
    };
    const pieces = ['!', ' ', 'x', '\n', '\r\n', '"', "'", '\\', 'fakesink ', '=', '(', ')', '#', '😀'];
    for (let i = 0; i < 150; i++) {
      const { length } = server.text(uri);
      const start = next(length + 1);
      server.change(uri, start, Math.min(length, start + next(4)), pieces[next(pieces.length)]!);
      if (i % 10 !== 0) continue;
      const fresh = server.open(`edits-${i}.sh`, 'shellscript', server.text(uri));
      assert.deepEqual(await server.diagnostics(uri), await server.diagnostics(fresh));
    }
  });

  test('text that is no text is borne in silence', async () => {
    const uri = server.open('binary.sh', 'shellscript', 'gst-launch-1.0 \0 nosuch ! x');
    assert.deepEqual(await server.diagnostics(uri), []);
  });

  test('a file that is not open is read from the disk', async () => {
    assert.deepEqual(await server.diagnostics(server.uri('nothing-there.sh')), []);
  });
});

describe('settings', () => {
  test('a change of severity asks the editor to pull again', async () => {
    const server = await LanguageServer.start();
    const uri = server.open('slip.sh', 'shellscript', slip);
    assert.equal((await server.diagnostics(uri))[0]?.severity, DiagnosticSeverity.Error);
    const asked = new Promise<void>((resolve) => {
      server.connection.onRequest(DiagnosticRefreshRequest.type, () => resolve());
    });
    server.configure({ rules: { 'unknown-property': 'warning' } });
    await asked;
    assert.equal((await server.diagnostics(uri))[0]?.severity, DiagnosticSeverity.Warning);
    server.configure({ rules: { 'unknown-property': 'off' }, target: 42, scope: ['nonsense'] });
    await until(async () => (await server.diagnostics(uri)).length === 0);
    await server.stop();
  });
});

test('an editor that refuses a request of the server does not end it', async () => {
  const server = await LanguageServer.start();
  server.connection.onRequest(DiagnosticRefreshRequest.type, () => new ResponseError(-32601, 'not here'));
  const uri = server.open('slip.sh', 'shellscript', slip);
  server.configure({ rules: { 'unknown-property': 'off' } });
  await until(async () => (await server.diagnostics(uri)).length === 0);
  assert.equal(await server.stop(), 0);
});

describe('pushed', () => {
  test('to an editor that cannot pull', async () => {
    const { diagnostic, ...textDocument } = fullCapabilities.textDocument!;
    assert.ok(diagnostic);
    const server = await LanguageServer.start({ capabilities: { ...fullCapabilities, textDocument } });
    const pushed: { uri: string; diagnostics: Diagnostic[] }[] = [];
    server.connection.onNotification(PublishDiagnosticsNotification.type, (push) => {
      pushed.push(push);
    });
    const uri = server.open('slip.sh', 'shellscript', slip);
    await until(() => pushed.at(-1)?.diagnostics.length === 1);
    server.close(uri);
    await until(() => pushed.at(-1)?.diagnostics.length === 0);
    await server.stop();
  });
});

describe('pulled for the workspace', () => {
  const files = {
    'a.sh': slip,
    'deep/er/b.gst': 'videotestsr ! fakesink\n',
    'clean.sh': 'echo nothing here\n',
    'ignored/c.sh': slip,
    '.gitignore': 'ignored/\n',
    '.git/HEAD': 'ref: refs/heads/main\n',
  };

  test('tells of files that nobody opened, not of those that git ignores', async () => {
    const server = await LanguageServer.start({ files });
    const { items } = await server.connection.sendRequest(WorkspaceDiagnosticRequest.type, { previousResultIds: [] });
    assert.deepEqual(items.map(({ uri }) => uri).sort(), [server.uri('a.sh'), server.uri('deep/er/b.gst')]);
    const previousResultIds = items.map(({ uri, resultId }) => ({ uri, value: resultId! }));
    const again = await server.connection.sendRequest(WorkspaceDiagnosticRequest.type, { previousResultIds });
    assert.deepEqual(again.items, []);
    await server.stop();
  });

  test('waits for a change when there is nothing to tell, and can be given up', async () => {
    const server = await LanguageServer.start({ files });
    const first = await server.connection.sendRequest(WorkspaceDiagnosticRequest.type, { previousResultIds: [] });
    const parts: WorkspaceDiagnosticReportPartialResult[] = [];
    server.connection.onProgress(WorkspaceDiagnosticRequest.partialResult, 'parts', (part) => {
      parts.push(part);
    });
    let answered = false;
    const waiting = server.connection
      .sendRequest(WorkspaceDiagnosticRequest.type, {
        previousResultIds: first.items.map(({ uri, resultId }) => ({ uri, value: resultId! })),
        partialResultToken: 'parts',
      })
      .then(() => {
        answered = true;
      });
    // Another request is answered meanwhile, so the server is not busy with that one.
    assert.deepEqual(await server.diagnostics(server.uri('clean.sh')), []);
    assert.equal(answered, false);
    server.configure({ rules: { 'unknown-property': 'hint' } });
    await waiting;
    const told = parts.flatMap(({ items }) => items).find(({ uri }) => uri === server.uri('a.sh'));
    assert.equal(told?.kind === 'full' ? told.items[0]?.severity : undefined, DiagnosticSeverity.Information);
    await server.stop();
  });
});

test('changed files are looked at again, one that git ignores is not', async () => {
  const files = { 'a.sh': 'echo\n', 'ignored/c.sh': slip, '.gitignore': 'ignored/\n', '.git/HEAD': '' };
  const server = await LanguageServer.start({ files });
  const told = new Map<string, number>();
  server.connection.onProgress(WorkspaceDiagnosticRequest.partialResult, 'parts', ({ items }) => {
    for (const item of items) if (item.kind === 'full') told.set(item.uri, item.items.length);
  });
  const previousResultIds: { uri: string; value: string }[] = [];
  const pull = () =>
    server.connection.sendRequest(WorkspaceDiagnosticRequest.type, { previousResultIds, partialResultToken: 'parts' });
  const first = pull();
  const change = (name: string, text: string): void => {
    writeFileSync(join(server.folder, name), text);
    void server.connection.sendNotification(DidChangeWatchedFilesNotification.type, {
      changes: [{ uri: server.uri(name), type: FileChangeType.Changed }],
    });
  };
  change('ignored/c.sh', `${slip}\n`);
  change('new.sh', slip);
  await first;
  assert.deepEqual([...told], [[server.uri('new.sh'), 1]]);
  previousResultIds.push({ uri: server.uri('new.sh'), value: 'known' });
  const second = pull();
  change('new.sh', 'echo\n');
  await second;
  assert.deepEqual([...told], [[server.uri('new.sh'), 0]]);
  await server.stop();
});

async function until(holds: () => boolean | Promise<boolean>): Promise<void> {
  while (!(await holds())) await new Promise((resolve) => setTimeout(resolve, 10));
}
