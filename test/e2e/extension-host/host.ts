/**
 * Runs inside the extension host of any VS Code: mocha with the `vscode` module, on the installed extension. Bundled by
 * extension-host.test.ts. The result goes to a file as well, since a host that dies looks like one that is content.
 */
import assert from 'node:assert/strict';
import { writeFileSync } from 'node:fs';
import type Mocha from 'mocha';
import * as vscode from 'vscode';

const ID = 'jetson-pipelines.jetson-pipelines';

/** What the editor calls. */
export async function run(): Promise<void> {
  const { default: MochaClass } = await import('mocha');
  const mocha = new MochaClass({ ui: 'bdd', timeout: 30_000 });
  mocha.suite.emit('pre-require', globalThis as never, '', mocha);
  define(mocha.suite, MochaClass);
  const failed: string[] = [];
  let passed = 0;
  await new Promise<void>((resolve) => {
    mocha
      .run(() => resolve())
      .on('pass', () => passed++)
      .on('fail', (test, error: Error) => failed.push(`${test.fullTitle()}: ${error.stack ?? error.message}`));
  });
  const file = process.env.E2E_RESULT;
  if (file) writeFileSync(file, JSON.stringify({ passed, failed, vscode: vscode.version }));
  if (failed.length > 0 || passed === 0) throw new Error(failed.join('\n') || 'no test ran');
}

function define(root: Mocha.Suite, { Suite, Test }: typeof Mocha): void {
  const suite = Suite.create(root, 'the extension in its host');
  const it = (title: string, body: () => Promise<void>) => suite.addTest(new Test(title, body));

  it('starts by itself', async () => {
    const extension = vscode.extensions.getExtension(ID);
    assert.ok(extension, 'not installed');
    await until(() => extension.isActive);
  });

  it('has every command of its manifest', async () => {
    const extension = vscode.extensions.getExtension(ID)!;
    await extension.activate();
    const known = new Set(await vscode.commands.getCommands(true));
    const named: { command: string }[] = extension.packageJSON.contributes.commands;
    assert.ok(named.length > 0);
    assert.deepEqual(
      named.map(({ command }) => command).filter((command) => !known.has(command)),
      [],
    );
  });

  it('finds the problems of files nobody opened', async () => {
    const uri = file('pipeline.sh');
    await until(() => ours(uri).length > 0);
    assert.equal(
      vscode.workspace.textDocuments.some((document) => document.uri.toString() === uri.toString()),
      false,
    );
  });

  it('gives a finding its rule and a link to it', async () => {
    const document = await vscode.workspace.openTextDocument(file('pipeline.sh'));
    await vscode.window.showTextDocument(document);
    await until(() => ours(document.uri).length > 0);
    const [finding] = ours(document.uri);
    assert.equal(finding?.severity, vscode.DiagnosticSeverity.Error);
    assert.equal(document.getText(finding.range), 'num-bufers');
    const code = finding.code as { value: string; target: vscode.Uri };
    assert.equal(code.value, 'unknown-property');
    assert.match(code.target.path, /docs\/rules\.md$/);
  });

  it('hovers a finding and an element', async () => {
    const uri = file('pipeline.sh');
    assert.match(await hovered(uri, new vscode.Position(1, 30)), /unknown-property/);
    assert.match(await hovered(uri, new vscode.Position(1, 18)), /videotestsrc/);
  });

  it('offers the fix, and it mends the text as it is typed', async () => {
    const document = await vscode.workspace.openTextDocument(file('pipeline.sh'));
    const [finding] = ours(document.uri);
    const actions = await vscode.commands.executeCommand<vscode.CodeAction[]>(
      'vscode.executeCodeActionProvider',
      document.uri,
      finding!.range,
    );
    const fix = actions.find(({ title }) => title.includes('num-buffers'));
    assert.ok(fix?.edit, actions.map(({ title }) => title).join('; '));
    assert.equal(fix.isPreferred, true);
    assert.ok(await vscode.workspace.applyEdit(fix.edit));
    await until(() => ours(document.uri).length === 0);
    assert.match(document.getText(), /num-buffers=10/);
  });

  it('says nothing about a clean pipeline, and tells of the next slip', async () => {
    const document = await vscode.workspace.openTextDocument(file('clean.gst'));
    const editor = await vscode.window.showTextDocument(document);
    assert.equal(document.languageId, 'gst-launch');
    assert.ok(await editor.edit((edit) => edit.insert(new vscode.Position(0, 0), '# a comment\n')));
    assert.ok(await editor.edit((edit) => edit.insert(new vscode.Position(2, 0), 'videotestsr ! fakesink\n')));
    await until(() => ours(document.uri).length > 0);
    assert.equal(ours(document.uri)[0]?.range.start.line, 2);
  });

  it('judges anew when a setting changes', async () => {
    const uri = file('clean.gst');
    const settings = vscode.workspace.getConfiguration('jetsonPipelines');
    await settings.update('rules', { 'unknown-element': 'off' }, vscode.ConfigurationTarget.Workspace);
    await until(() => !ours(uri).some(({ code }) => idOf(code) === 'unknown-element'));
    await settings.update('rules', undefined, vscode.ConfigurationTarget.Workspace);
    await until(() => ours(uri).some(({ code }) => idOf(code) === 'unknown-element'));
  });

  it('comes back after a restart', async () => {
    await vscode.commands.executeCommand('jetsonPipelines.restartServer');
    await until(() => ours(file('clean.gst')).length > 0);
  });
}

const idOf = (code: vscode.Diagnostic['code']) => (typeof code === 'object' ? code.value : code);

const ours = (uri: vscode.Uri) => vscode.languages.getDiagnostics(uri).filter(({ source }) => source === 'gst-lint');

const file = (name: string) => vscode.Uri.joinPath(vscode.workspace.workspaceFolders![0]!.uri, name);

async function hovered(uri: vscode.Uri, position: vscode.Position): Promise<string> {
  const hovers = await vscode.commands.executeCommand<vscode.Hover[]>('vscode.executeHoverProvider', uri, position);
  return hovers
    .flatMap(({ contents }) => contents.map((part) => (typeof part === 'string' ? part : part.value)))
    .join('\n');
}

async function until(holds: () => boolean): Promise<void> {
  while (!holds()) await new Promise((resolve) => setTimeout(resolve, 50));
}
