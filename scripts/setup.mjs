/** What the scripts need before they can do anything. Plain Node: this is what runs on a machine that has nothing else. */
import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync, statSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = dirname(dirname(fileURLToPath(import.meta.url)));

/** Installs node_modules where they are missing or older than the lock file. Packages' own scripts are never run. */
export async function ensureModules() {
  const [major] = process.versions.node.split('.').map(Number);
  if (major < 20) {
    console.error(`Node 20 or newer is needed; this is ${process.versions.node}.`);
    process.exit(2);
  }
  const stamp = join(root, 'node_modules/.package-lock.json');
  const lock = join(root, 'package-lock.json');
  if (existsSync(stamp) && statSync(stamp).mtimeMs >= statSync(lock).mtimeMs - 1000) return;
  if (existsSync(stamp) && installedAsLocked(stamp, lock)) return;
  console.log('Installing node_modules (npm ci) …');
  const words = ['ci', '--ignore-scripts', '--no-audit', '--no-fund', '--loglevel=error'];
  const done = spawnSync('npm', words, { cwd: root, stdio: 'inherit', shell: process.platform === 'win32' });
  if (done.status !== 0) {
    console.error('npm ci failed; see above.');
    process.exit(2);
  }
}

/** A fresh checkout gives the lock file a new date without a new content. */
function installedAsLocked(stamp, lock) {
  const read = (path) => JSON.parse(readFileSync(path, 'utf8')).packages;
  const [have, want] = [read(stamp), read(lock)];
  return Object.entries(want).every(
    ([path, one]) => path === '' || one.optional || have[path]?.version === one.version,
  );
}
