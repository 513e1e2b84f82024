/**
 * `npm test`: does its own set-up, then runs everything that can run on this machine and adds it up in the last line.
 * Suites that need Debian packages or the big editor download get them installed where that is nobody's surprise (root,
 * or CI set); elsewhere the one command is printed and they count as skipped. With CI set a missing suite is a failure.
 *
 *   npm test                 everything
 *   npm test -- unit cases   only these suites
 *
 * Plain Node without dependencies: node_modules may not be there yet.
 */
import { spawn, spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { ensureModules } from './setup.mjs';

const root = dirname(dirname(fileURLToPath(import.meta.url)));
process.chdir(root);

const required = Boolean(process.env.CI);
const isRoot = process.getuid?.() === 0;
const mayInstall = required || isRoot;

const GSTREAMER = [
  'gstreamer1.0-tools',
  'gstreamer1.0-plugins-base',
  'gstreamer1.0-gl',
  'gstreamer1.0-x',
  'gstreamer1.0-plugins-good',
  'gstreamer1.0-plugins-bad',
  'gstreamer1.0-plugins-ugly',
  'gstreamer1.0-libav',
  'python3-gi',
  'python3-gst-1.0',
  'gir1.2-gstreamer-1.0',
  'gir1.2-gst-plugins-base-1.0',
];

/** A server, the login shells that people have, the tool that tells whether a recording is whole, what loads stand-ins. */
const SSH = [
  'openssh-server',
  'zsh',
  'fish',
  'tcsh',
  'gstreamer1.0-plugins-base-apps',
  'gstreamer1.0-python3-plugin-loader',
];

/** In the order in which they run. `packages` are Debian's; `editors` are kinds of scripts/vscode.mjs. */
const suites = [
  { name: 'types', run: () => command('npx', ['tsc', '-p', 'tsconfig.json']) },
  {
    name: 'lint',
    run: () =>
      command('npx', ['biome', 'ci', '--error-on-warnings', ...(process.stdout.isTTY ? [] : ['--colors=off']), '.']),
  },
  { name: 'generated', run: () => command('node', ['scripts/gen.mjs', '--check']) },
  { name: 'bundles', run: () => command('node', ['esbuild.mjs']) },
  { name: 'unit', run: () => nodeTests(['test/unit']) },
  { name: 'property', run: () => nodeTests(['test/property']) },
  { name: 'cases', run: () => nodeTests(['test/cases.test.ts']) },
  { name: 'protocol', run: () => nodeTests(['test/protocol']) },
  { name: 'gstreamer', packages: GSTREAMER, run: () => nodeTests(['test/gstreamer']) },
  { name: 'remote', packages: [...SSH, ...GSTREAMER], run: () => patiently(['test/remote']) },
  {
    name: 'e2e',
    packages: ['chromium', ...GSTREAMER],
    editors: ['new', 'old'],
    run: () => patiently(['test/e2e'], ['--test-concurrency=1']),
  },
];

const totals = { passed: 0, failed: 0, skipped: 0 };
const started = Date.now();
const wanted = process.argv.slice(2).filter((word) => !word.startsWith('-'));
const unknown = wanted.filter((name) => !suites.some((suite) => suite.name === name));
if (unknown.length > 0) {
  console.error(`No suite is called ${unknown.join(', ')}; there are ${suites.map(({ name }) => name).join(', ')}.`);
  process.exit(2);
}
await ensureModules();
const chosen = suites.filter(({ name }) => wanted.length === 0 || wanted.includes(name));
const outside = prepare(chosen);
for (const suite of chosen) {
  const missing = suite.packages || suite.editors ? await outside(suite) : undefined;
  console.log(`\n── ${suite.name} ${'─'.repeat(Math.max(1, 60 - suite.name.length))}`);
  if (missing) {
    const count = Math.max(1, testFiles([`test/${suite.name}`]).length);
    const verdict = required ? 'failed' : 'skipped';
    totals[verdict] += count;
    console.log(`${verdict}: ${suite.name} (${count} ${count === 1 ? 'file' : 'files'}): ${missing}`);
    continue;
  }
  const counts = await suite.run();
  for (const key of Object.keys(totals)) totals[key] += counts[key];
}
const seconds = Math.round((Date.now() - started) / 1000);
console.log(`\n${Math.floor(seconds / 60)} min ${seconds % 60} s`);
console.log(`${totals.passed} passed, ${totals.failed} failed, ${totals.skipped} skipped`);
process.exitCode = totals.failed > 0 ? 1 : 0;

/**
 * Begins to install what is missing, beside the suites that need nothing. Returns a function that waits for a suite's
 * needs and says why they are not met, or nothing where they are.
 */
function prepare(running) {
  const packages = [...new Set(running.flatMap((suite) => suite.packages ?? []))];
  const editors = [...new Set(running.flatMap((suite) => suite.editors ?? []))];
  const absent = packages.filter((name) => !isInstalled(name));
  const apt = absent.length > 0 && mayInstall && hasApt() ? installPackages(absent) : Promise.resolve();
  const editor = editors.length > 0 ? prepareEditors(editors) : Promise.resolve(new Map());
  return async (suite) => {
    await apt;
    const still = (suite.packages ?? []).filter((name) => !isInstalled(name));
    if (still.length > 0) {
      if (!hasApt()) return 'it needs Debian or Ubuntu';
      const line = `sudo apt-get install -y --no-install-recommends ${still.join(' ')}`;
      return mayInstall ? `these packages could not be installed: ${still.join(' ')}` : `to run it: ${line}`;
    }
    const reasons = await editor;
    return (suite.editors ?? []).map((kind) => reasons.get(kind)).find((reason) => reason !== undefined);
  };
}

/** Kind → why it is not there, for those that are not. */
async function prepareEditors(kinds) {
  const reasons = new Map();
  const { install, isInstalled: ready, unsupported } = await import('./vscode.mjs');
  for (const kind of kinds) {
    const reason = unsupported();
    if (reason) reasons.set(kind, reason);
    else if (ready(kind)) continue;
    else if (!mayInstall) reasons.set(kind, `to run it: node scripts/vscode.mjs ${kinds.join(' ')}`);
    else {
      await install(kind, () => {}).catch((error) =>
        reasons.set(kind, `VS Code could not be installed: ${String(error.message ?? error).slice(-600)}`),
      );
    }
  }
  return reasons;
}

function isInstalled(name) {
  const asked = spawnSync('dpkg-query', ['-s', name], { encoding: 'utf8' });
  return asked.stdout?.includes('Status: install ok installed') ?? false;
}

function hasApt() {
  return spawnSync('apt-get', ['--version']).status === 0;
}

/** Installs Debian packages once, quietly; what apt said is shown only where it failed. */
async function installPackages(names) {
  const sudo = isRoot ? [] : ['sudo', '-n', '-E'];
  const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' };
  const apt = async (...words) => {
    const [program, ...rest] = [...sudo, 'apt-get', '-qq', '-o', 'Dpkg::Use-Pty=0', ...words];
    return collect(program, rest, env);
  };
  // openssh-server is wanted as a program only: the system's own sshd must not start because of a test.
  const policy = '/usr/sbin/policy-rc.d';
  const held = isRoot && !existsSync(policy);
  if (held) writeFileSync(policy, '#!/bin/sh\nexit 101\n', { mode: 0o755 });
  try {
    await apt('update');
    const { status, output } = await apt('install', '-y', '--no-install-recommends', ...names);
    if (status !== 0) console.log(`apt-get could not install ${names.join(' ')}:\n${output.slice(-2000)}`);
  } finally {
    if (held) rmSync(policy, { force: true });
  }
}

/** One check as a suite of one: passed where the command ends well. */
async function command(program, words) {
  const { status } = await inherit(program, words);
  return { passed: status === 0 ? 1 : 0, failed: status === 0 ? 0 : 1, skipped: 0 };
}

async function nodeTests(places, options = []) {
  const files = testFiles(places);
  if (files.length === 0) {
    console.log(`no tests in ${places.join(', ')}`);
    return { passed: 0, failed: required ? 1 : 0, skipped: required ? 0 : 1 };
  }
  const folder = mkdtempSync(join(tmpdir(), 'gst-lint-test-'));
  const counted = join(folder, 'counts.json');
  const words = ['--import', 'tsx', '--test', '--test-reporter', './scripts/test-reporter.mjs'];
  words.push('--test-reporter-destination', 'stdout', ...options, ...files);
  const { status } = await inherit(process.execPath, words, { TEST_COUNTS: counted });
  const counts = existsSync(counted) ? JSON.parse(readFileSync(counted, 'utf8')) : { passed: 0, failed: 1, skipped: 0 };
  rmSync(folder, { recursive: true, force: true });
  // A run that ended badly without a failed test has failed as a whole.
  return status !== 0 && counts.failed === 0 ? { ...counts, failed: 1 } : counts;
}

/**
 * For suites that wait for other programs (an editor in a browser, a server, GStreamer), which are sometimes late: files
 * that failed are run once more, and that run counts. Many failures are no accident and stand.
 */
async function patiently(places, options = []) {
  const first = await nodeTests(places, options);
  const rows = Object.entries(first.files ?? {}).filter(([file, { failed }]) => failed > 0 && existsSync(file));
  if (rows.length === 0 || rows.length > 3) return first;
  console.log(`\nonce more: ${rows.map(([file]) => file).join(', ')}`);
  const second = await nodeTests(
    rows.map(([file]) => file),
    options,
  );
  const sum = { ...second };
  for (const key of Object.keys(totals)) {
    sum[key] += first[key] - rows.reduce((all, [, row]) => all + row[key], 0);
  }
  return sum;
}

/** Test files below the places; workspaces of editor suites are not ours to run. */
function testFiles(places) {
  return places
    .flatMap((place) => {
      if (!existsSync(place)) return [];
      if (!statSync(place).isDirectory()) return [place];
      return readdirSync(place, { recursive: true }).map((name) => join(place, name));
    })
    .filter((path) => /\.test\.(?:ts|mjs)$/.test(path) && !/(?:^|\/)(?:workspace|node_modules)\//.test(path))
    .sort();
}

function inherit(program, words, extra = {}) {
  return new Promise((resolve) => {
    const child = spawn(program, words, { stdio: 'inherit', env: { ...process.env, ...extra } });
    child.on('error', (error) => {
      console.error(`${program}: ${error.message}`);
      resolve({ status: 1 });
    });
    child.on('exit', (code) => resolve({ status: code ?? 1 }));
  });
}

function collect(program, words, env) {
  return new Promise((resolve) => {
    let output = '';
    const child = spawn(program, words, { env, stdio: ['ignore', 'pipe', 'pipe'] });
    const take = (piece) => {
      output = (output + piece).slice(-20_000);
    };
    child.stdout.on('data', take);
    child.stderr.on('data', take);
    child.on('error', (error) => resolve({ status: 1, output: error.message }));
    child.on('exit', (code) => resolve({ status: code ?? 1, output }));
  });
}
