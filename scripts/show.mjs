// The editor part of `npm start`: the extension and a folder, in a person's own VS Code or in the browser's.

import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, readdirSync, rmSync } from 'node:fs';
import { delimiter, dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { packageExtension, packageFolder } from './package.mjs';
import { cacheFolder, cleanEnvironment, install, isInstalled, startServer, workbenchAddress } from './vscode.mjs';

const root = dirname(dirname(fileURLToPath(import.meta.url)));
/** A few lines of extension that open the Problems panel. */
const demo = join(root, 'scripts', 'demo');

/**
 * Shows the folder with the extension at work and the Problems panel open: in `code` where it is on the PATH and has a
 * screen, else in the VS Code that vscode.mjs installs, whose address is printed. The latter ends with Ctrl+C.
 */
export async function showExamples(folder) {
  const file = readdirSync(folder).find((name) => name.endsWith('.sh'));
  const files = file === undefined ? [] : [join(folder, file)];
  const desktop = desktopProgram();
  if (desktop) {
    console.log('Opening VS Code with this extension and the examples.');
    const words = ['--new-window', `--extensionDevelopmentPath=${root}`, `--extensionDevelopmentPath=${demo}`];
    const shell = process.platform === 'win32';
    spawn(desktop, [...words, folder, ...files], {
      env: cleanEnvironment(),
      stdio: 'ignore',
      detached: true,
      shell,
    }).unref();
    return;
  }
  if (!isInstalled('new'))
    console.log('There is no `code` with a screen here: a VS Code for the browser is installed once.');
  const program = await install('new');
  console.log('Packing the extension …');
  const vsix = [await packageExtension(), await packageFolder(demo)];
  const data = join(dirname(cacheFolder('new')), `start-${process.pid}`);
  const server = await startServer({ program, folder: data, vsix });
  console.log(`\nVS Code with the examples is at\n\n  ${workbenchAddress(server, folder, files)}\n\nCtrl+C ends it.`);
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, () => server.stop());
  await once(server.child, 'exit');
  rmSync(data, { recursive: true, force: true, maxRetries: 3 });
}

/** `code` on the PATH, where there is a screen to show it on and it may run (it refuses root). */
function desktopProgram() {
  const screen = process.platform !== 'linux' || process.env.DISPLAY || process.env.WAYLAND_DISPLAY;
  if (!screen || process.getuid?.() === 0) return undefined;
  const name = process.platform === 'win32' ? 'code.cmd' : 'code';
  return (process.env.PATH ?? '')
    .split(delimiter)
    .map((place) => join(place, name))
    .find((path) => existsSync(path));
}
