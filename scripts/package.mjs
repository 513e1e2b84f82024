// Builds the .vsix that is installed, published and tested. `npm run package`; importable: `packageExtension()`.

import { mkdirSync, readFileSync, statSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { bundle } from '../esbuild.mjs';

const root = dirname(dirname(fileURLToPath(import.meta.url)));

/** In bytes. What is larger has something in it that does not belong there. */
const LARGEST = 3 * 1024 * 1024;

if (process.argv[1] && import.meta.url === pathToFileURL(process.argv[1]).href) {
  const file = await packageExtension();
  console.log(`${file} (${Math.ceil(statSync(file).size / 1024)} KiB)`);
}

/** Bundles, packs and returns the path of the .vsix; fails where it is larger than it may be. */
export async function packageExtension() {
  await bundle({ minify: true });
  const file = await packageFolder(root);
  const { size } = statSync(file);
  if (size > LARGEST) throw new Error(`the package has ${size} bytes, more than ${LARGEST}`);
  return file;
}

/** Packs an extension as it stands in a folder; the .vsix goes to out/. */
export async function packageFolder(folder) {
  const { createVSIX } = await import('@vscode/vsce');
  const { name, version } = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'));
  const file = join(root, 'out', `${name}-${version}.vsix`);
  mkdirSync(dirname(file), { recursive: true });
  await quietly(() =>
    createVSIX({
      cwd: folder,
      packagePath: file,
      // Everything is in the bundles.
      dependencies: false,
      // There is no public repository yet, so links in the README stay as they are.
      allowMissingRepository: true,
      rewriteRelativeLinks: false,
      skipLicense: folder !== root,
    }),
  );
  return file;
}

/** vsce lists all files of every package on standard output; what matters of it are its warnings. */
async function quietly(run) {
  const { log } = console;
  console.log = () => {};
  try {
    await run();
  } finally {
    console.log = log;
  }
}
