// `npm run test:desktop -- --vscode PATH`: the suite inside the extension host, in a desktop VS Code by way of
// @vscode/test-electron. PATH is the program itself (`/usr/share/code/code`, `…/Code.exe`, `…/MacOS/Electron`).
import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { dirname, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { ensureModules } from './setup.mjs';

const words = process.argv.slice(2);
const program = words[0] === '--vscode' ? words[1] : words[0]?.startsWith('--vscode=') ? words[0].slice(9) : undefined;
if (program === undefined || !existsSync(program)) {
  console.error(program === undefined ? 'usage: npm run test:desktop -- --vscode PATH' : `There is no ${program}.`);
  process.exit(2);
}
await ensureModules();
const root = dirname(dirname(fileURLToPath(import.meta.url)));
const test = ['--import', 'tsx', '--test', 'test/e2e/extension-host/extension-host.test.ts'];
const env = { ...process.env, E2E_DESKTOP: resolve(program) };
process.exitCode = spawnSync(process.execPath, test, { cwd: root, stdio: 'inherit', env }).status ?? 1;
