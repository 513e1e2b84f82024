/**
 * The suite inside the extension host, through @vscode/test-electron: in a desktop VS Code where E2E_DESKTOP names one
 * (`npm run test:desktop -- --vscode PATH`), else in the browser one by way of stand-in.ts.
 */
import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { cpSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { test } from 'node:test';
import { resolveCliArgsFromVSCodeExecutablePath, runTests } from '@vscode/test-electron';
import { build } from 'esbuild';
import { kinds, results, vsix } from '../support/editor.ts';

const here = import.meta.dirname;
const root = path.resolve(here, '../../..');
const desktop = process.env.E2E_DESKTOP;

for (const kind of desktop ? (['desktop'] as const) : kinds) {
  test(`the extension in its host (${kind})`, async () => {
    const bundled = path.join(root, 'out', 'e2e', 'extension-host.cjs');
    await build({
      entryPoints: [path.join(here, 'host.ts')],
      outfile: bundled,
      bundle: true,
      format: 'cjs',
      platform: 'node',
      target: 'node20',
      external: ['vscode', 'mocha'],
      logLevel: 'warning',
    });
    mkdirSync(results, { recursive: true });
    const result = path.join(results, `extension-host-${kind}.json`);
    rmSync(result, { force: true });
    const place = mkdtempSync(path.join(tmpdir(), 'jp-'));
    try {
      const workspace = path.join(place, 'workspace');
      cpSync(path.join(here, 'workspace'), workspace, { recursive: true });
      // The extension is installed as people get it; what is "under development" is empty.
      const runner = path.join(place, 'runner');
      mkdirSync(runner);
      const manifest = { name: 'runner', publisher: 'tests', version: '0.0.1', engines: { vscode: '^1.100.0' } };
      writeFileSync(path.join(runner, 'package.json'), JSON.stringify(manifest));
      const folders = [`--extensions-dir=${path.join(place, 'ext')}`, `--user-data-dir=${path.join(place, 'data')}`];
      const file = await vsix();
      if (desktop) installOn(desktop, file, folders);
      const code = await runTests({
        vscodeExecutablePath: desktop ?? path.join(here, '../support/stand-in.ts'),
        extensionDevelopmentPath: runner,
        extensionTestsPath: bundled,
        launchArgs: [workspace, ...folders],
        extensionTestsEnv: { E2E_RESULT: result, E2E_VSIX: file, E2E_VSCODE: kind },
      });
      assert.equal(code, 0);
    } finally {
      rmSync(place, { recursive: true, force: true, maxRetries: 3 });
    }
    assert.ok(existsSync(result), 'the host ended without a result');
    const { passed, failed } = JSON.parse(readFileSync(result, 'utf8')) as { passed: number; failed: string[] };
    assert.deepEqual(failed, []);
    assert.ok(passed > 0, 'no test ran');
    console.log(`    ${passed} tests passed inside the extension host (${kind})`);
  });
}

function installOn(program: string, file: string, folders: readonly string[]): void {
  const [cli, ...words] = resolveCliArgsFromVSCodeExecutablePath(program);
  const done = spawnSync(cli!, [...words, ...folders, '--install-extension', file, '--force'], { encoding: 'utf8' });
  assert.equal(done.status, 0, done.stderr);
}
