/**
 * `npm run bench`: our language server beside those for JSON, YAML and bash, in one run on documents of one size, and the
 * throughput of the parts below. The other servers are installed once, into the cache, not into node_modules. Prints the
 * figures with their bars and fails where one is missed; the last line holds them all. `npm run bench -- FOLDER` types the
 * pipelines of a corpus folder where completion and hover are timed, in place of our own cases.
 */
import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { homedir } from 'node:os';
import { join } from 'node:path';
import { buildSync } from 'esbuild';
// @ts-expect-error: the build is plain JavaScript.
import { bundle } from '../esbuild.mjs';
import { parseLaunch } from '../server/src/syntax/launch/parser.ts';
import { analyze } from '../server/src/workspace/analyze.ts';
import { type Figure, reached } from '../test/acceptance/figures.ts';
import { costOnBoard, shareOfCore } from '../test/bench/boards.ts';
import { configFigures } from '../test/bench/configs.ts';
import { deviceFigures } from '../test/bench/device.ts';
import { json, shellScript, yaml } from '../test/bench/documents.ts';
import { type Subject, type Timing, timeServer } from '../test/bench/lsp-client.ts';
import { casesTyped, corpusTyped, prefixFigures } from '../test/bench/prefixes.ts';
import type { Measured } from '../test/bench/real-parser.ts';
import { documentOf, testWorld } from '../test/support/world.ts';

/** How often each server is timed; the best of them counts, since what disturbs only ever adds. */
const ROUNDS = 5;
const PIPELINES = 400;
/** How long the log store is fed. */
const LOG_SECONDS = 60;

const root = join(import.meta.dirname, '..');
const OTHERS = {
  'vscode-langservers-extracted': '4.10.0',
  'yaml-language-server': '2.0.0',
  'bash-language-server': '5.8.1',
};

await bundle({ only: ['dist/server.cjs', 'dist/gst-lint.cjs'], minify: true });
const modules = installOthers();
const script = shellScript(PIPELINES);
const large = shellScript(PIPELINES * 10);
const size = script.text.length;
const server = [process.execPath, join(root, 'dist/server.cjs'), '--stdio'];
const other = (path: string, ...words: string[]): string[] => [process.execPath, join(modules, path), ...words];
const subjects: readonly Subject[] = [
  { name: 'ours', command: server, languageId: 'shellscript', ending: '.sh', ...script, keystrokes: 200 },
  {
    name: 'json',
    command: other('vscode-langservers-extracted/bin/vscode-json-language-server', '--stdio'),
    languageId: 'json',
    ending: '.json',
    ...json(size),
    keystrokes: 200,
  },
  {
    name: 'yaml',
    command: other('yaml-language-server/bin/yaml-language-server', '--stdio'),
    languageId: 'yaml',
    ending: '.yaml',
    ...yaml(size),
    keystrokes: 30,
  },
  {
    name: 'bash',
    command: other('bash-language-server/out/cli.js', 'start'),
    languageId: 'shellscript',
    ending: '.sh',
    ...script,
    keystrokes: 60,
  },
  { name: 'ours, 10 times', command: server, languageId: 'shellscript', ending: '.sh', ...large, keystrokes: 10 },
];

console.log(
  `${script.text.split('\n').length} lines, ${PIPELINES} pipelines, ${size} characters; best of ${ROUNDS} rounds\n`,
);
const timings = new Map<string, Timing>();
for (let round = 0; round < ROUNDS; round++) {
  for (const subject of subjects) {
    const timing = await timeServer(subject);
    const best = timings.get(subject.name);
    timings.set(subject.name, best ? better(best, timing) : timing);
  }
}
console.log('server           start ms   open ms   key p50   key p95   memory MiB   diagnostics');
for (const [name, { start, open, p50, p95, memory, diagnostics }] of timings) {
  const cells = [start, open, p50, p95, memory].map((number, column) =>
    number.toFixed(1).padStart(column === 4 ? 12 : 9),
  );
  console.log(`${name.padEnd(16)}${cells.join(' ')} ${String(diagnostics).padStart(12)}`);
}
const [ours, theirs, bash, tenfold] = ['ours', 'json', 'bash', 'ours, 10 times'].map((name) => timings.get(name)!) as [
  Timing,
  Timing,
  Timing,
  Timing,
];
const ratio = (name: string, value: number, bar: number): Figure => ({
  name,
  value: Math.round(value * 1000) / 1000,
  unit: 'count',
  bar,
  counts: {},
  exceptions: [],
});
const figures = [
  ratio('keystroke p95, ours / json', ours.p95 / theirs.p95, 1),
  ratio('keystroke p95, ours / bash', ours.p95 / bash.p95, 1 / 20),
  ratio('start, ours / json', ours.start / theirs.start, 1.25),
  ratio('memory, ours / json', ours.memory / theirs.memory, 1.25),
  ratio('opening ten times the pipelines', tenfold.open / ours.open, 11),
];
console.log();
for (const figure of figures) {
  console.log(`${reached(figure) ? '✓' : '✗'} ${figure.name}: ${figure.value}   bar ≤ ${figure.bar}`);
}
const throughput = measureThroughput();
const { beside: real, growth: grown } = measureBundled();
const modelFigures = [
  ...(real ? [ratio('1,000 pipelines of 30 elements, ours / GStreamer', real.ours / real.gstreamer, 1 / 30)] : []),
  ratio('linting ten times the elements (to 10,000)', grown, 15),
];
const [folder] = process.argv.slice(2);
const typed = await prefixFigures(server, folder === undefined ? casesTyped() : corpusTyped(folder));
const boards = ratio('ten boards, ten samples a second: share of a core', shareOfCore(), 0.05);
for (const figure of [...modelFigures, boards, ...configFigures(join(root, 'dist/gst-lint.cjs')), ...typed]) {
  figures.push(figure);
  console.log(`${reached(figure) ? '✓' : '✗'} ${figure.name}: ${figure.value}   bar ≤ ${figure.bar}`);
}
const device = deviceFigures(LOG_SECONDS);
for (const figure of device.figures) {
  figures.push(figure);
  console.log(`${reached(figure) ? '✓' : '✗'} ${figure.name}: ${figure.value}   bar ≤ ${figure.bar}`);
}
console.log(`  ${device.told}`);
if (!real) console.log('  GStreamer is not installed here, so it was not timed beside ours.');
const cost = await costOnBoard();
console.log(
  cost
    ? `  a board that is watched once a second: ${Math.round(cost.bytes)} bytes/s, ${cost.processes} processes/s, ${cost.milliseconds.toFixed(1)} ms/s of a core beside tegrastats itself`
    : '  There is no sshd here, so what watching costs on a board was not measured.',
);
console.log(`  parser: ${throughput.parsed} pipelines/s; whole analysis: ${throughput.analyzed} pipelines/s`);
console.log(
  `\n${figures.map(({ name, value }) => `${name}: ${value}`).join(' | ')} | parser: ${throughput.parsed}/s | analysis: ${throughput.analyzed}/s`,
);
process.exitCode = figures.every(reached) ? 0 : 1;

/** The linter as it ships, bundled: what runs from sources here is wrapped for debugging, which costs as much again. */
function measureBundled(): Measured {
  const outfile = join(root, 'dist/bench.cjs');
  buildSync({
    entryPoints: [join(root, 'test/bench/real-parser.ts')],
    outfile,
    bundle: true,
    platform: 'node',
    format: 'cjs',
    define: { 'import.meta.dirname': '__dirname', 'import.meta.url': '__filename' },
    logLevel: 'error',
  });
  const ran = spawnSync(process.execPath, [outfile, '--measure'], { cwd: root, encoding: 'utf8' });
  rmSync(outfile, { force: true });
  if (ran.status !== 0) throw new Error(ran.stderr);
  return JSON.parse(ran.stdout) as Measured;
}

function better(a: Timing, b: Timing): Timing {
  const least = (key: keyof Timing): number => Math.min(a[key], b[key]);
  return {
    start: least('start'),
    open: least('open'),
    p50: least('p50'),
    p95: least('p95'),
    memory: least('memory'),
    diagnostics: b.diagnostics,
  };
}

/** How many pipelines of the script one core parses, and analyses with all rules, in a second. */
function measureThroughput(): { parsed: number; analyzed: number } {
  const world = testWorld();
  const document = documentOf(script.text, 'shellscript');
  const texts = analyze(document, world).readings.map(({ excerpt }) => excerpt.text);
  const perSecond = (pipelines: number, work: () => void): number => {
    for (let i = 0; i < 3; i++) work();
    const started = performance.now();
    let rounds = 0;
    for (; performance.now() - started < 2000; rounds++) work();
    return Math.round((pipelines * rounds * 1000) / (performance.now() - started));
  };
  const { gstreamer, arch } = world.target;
  return {
    parsed: perSecond(texts.length, () => texts.forEach((text) => void parseLaunch(text, { gstreamer, arch }))),
    analyzed: perSecond(texts.length, () => void analyze(document, world)),
  };
}

/** The servers to compare with, installed once in the user's cache; returns their node_modules. */
function installOthers(): string {
  const cache = process.env.XDG_CACHE_HOME ?? join(homedir(), '.cache');
  const folder = join(cache, 'jetson-pipelines', 'bench-servers');
  const wanted = Object.entries(OTHERS).map(([name, version]) => `${name}@${version}`);
  const done = join(folder, wanted.join('+').replaceAll('@', '-'));
  if (!existsSync(done)) {
    console.log('Installing the servers to compare with …');
    mkdirSync(folder, { recursive: true });
    writeFileSync(join(folder, 'package.json'), '{"private":true}\n');
    const words = ['install', '--ignore-scripts', '--no-audit', '--no-fund', '--loglevel=error', ...wanted];
    const { status } = spawnSync('npm', words, { cwd: folder, stdio: 'inherit' });
    if (status !== 0) throw new Error('the servers to compare with could not be installed');
    writeFileSync(done, '');
  }
  return join(folder, 'node_modules');
}
