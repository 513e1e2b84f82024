/**
 * Mutated documents of every host through the whole analysis. Says what must hold for any text: nothing is thrown, no run
 * takes long, findings and edits lie in the document, and an analysis that builds on an earlier one equals a fresh one.
 */
import assert from 'node:assert/strict';
import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { rules } from '../../server/src/rules/index.ts';
import { applyEdits } from '../../server/src/text/edit.ts';
import { analyze, type World } from '../../server/src/workspace/analyze.ts';
import type { Analysis } from '../../server/src/workspace/document.ts';
import { mend } from '../../server/src/workspace/mend.ts';
import { readCases } from './cases.ts';
import { mutate } from './mutations.ts';
import { Random } from './random.ts';
import { documentOf, testWorld } from './world.ts';

/** A text to start from; its path decides the host. */
export interface Seed {
  readonly path: string;
  readonly text: string;
}

/** One run may not take longer, in milliseconds of processor time. */
export const LONGEST = 1000;

/** Texts are cut here, so that a run is a run. In UTF-16 code units. */
const LONGEST_TEXT = 20_000;

/** One name for each kind of document. */
const PATHS: Readonly<Record<string, string>> = {
  'gst-launch': '/f/a.gst',
  shellscript: '/f/a.sh',
  python: '/f/a.py',
  c: '/f/a.c',
  cpp: '/f/a.cpp',
  rust: '/f/a.rs',
  javascript: '/f/a.js',
  typescript: '/f/a.ts',
  go: '/f/a.go',
  java: '/f/A.java',
  csharp: '/f/A.cs',
  dockerfile: '/f/Dockerfile',
  makefile: '/f/Makefile',
  systemd: '/f/a.service',
  yaml: '/f/docker-compose.yml',
  json: '/f/a.json',
  xml: '/f/a.launch',
  markdown: '/f/a.md',
  bat: '/f/a.bat',
  powershell: '/f/a.ps1',
  'deepstream-config': '/f/deepstream_app_config.txt',
};

/** Host names of corpus rows, where they differ from language ids. */
const CORPUS_HOSTS: Readonly<Record<string, string>> = {
  sh: 'shellscript',
  md: 'markdown',
  py: 'python',
  js: 'javascript',
  cs: 'csharp',
  plain: 'gst-launch',
};

const TARGETS = ['', 'orin-nano-8gb', 'nano-4gb', 'thor-t5000', 'dgpu', 'pc'];

/** What breaks readers of pipelines and of the languages around them. */
const PIECES = [
  ...['!', ' ! ', '! !', ':', ';', ',', '.', '(', ')', '( ', ' )', '{', '}', '[', ']', '<', '>', '='],
  ...['"', "'", '`', '\\', '\\\\', '\\"', "\\'", '\\ ', '\\\n', '\\\r\n', ' \\ \n', '\n', '\r\n', '\t', '\f', '\u00a0'],
  ...[
    '$X',
    '${X',
    '${X}',
    '$(',
    '$((',
    '{x}',
    '{}',
    '%d',
    '%s',
    '%1$s',
    '@@',
    '#',
    '//',
    '/*',
    '*/',
    '<!--',
    '"""',
    "'''",
  ],
  ...['<<EOF\n', '\nEOF\n', '&&', '||', '|', '&', '2>&1', '-e', '-v', 'gst-launch-1.0 ', '```sh\n', '\n```\n'],
  ...[
    'r"',
    'f"',
    'b"',
    'R"(',
    ')"',
    'name=',
    'name=a',
    'a.',
    'a.src_0',
    '.sink',
    't. ! ',
    'x::y=1',
    '@preset=',
    'caps=',
  ],
  ...['video/x-raw', 'video/x-raw(memory:NVMM),format=NV12', 'format=(string)', '(fraction)30/1', '[1,2]', '{1,2}'],
  ...['queue', 'tee name=t', 'nvv4l2decoder', 'fakesink', 'rtsp://a/b', 'file:///', '://', '“', '”', '–', '…', '→'],
  ...[
    '\0',
    '\ufffc',
    '\ufeff',
    '\ud800',
    'é',
    '😀',
    'gst-lint: ignore',
    'gst-lint: target pc',
    '-1',
    '1e9',
    '0x',
    '9'.repeat(40),
  ],
];

/** Seeds of the project itself: its examples, its cases and its rules. */
export function ownSeeds(root: string): Seed[] {
  const seeds: Seed[] = [];
  for (const name of filesBelow(join(root, 'examples')))
    seeds.push({ path: `/f/${name}`, text: read(join(root, 'examples', name)) });
  for (const name of filesBelow(join(root, 'test/cases')).filter((one) => one.endsWith('.md'))) {
    for (const { fences } of readCases(read(join(root, 'test/cases', name))).cases) {
      for (const { text, languageId } of fences) seeds.push({ path: PATHS[languageId] ?? '/f/a.gst', text });
    }
  }
  for (const rule of rules) {
    for (const { bad, good, language } of rule.examples) {
      const path = PATHS[language ?? (rule.on === 'config' ? 'deepstream-config' : 'gst-launch')] ?? '/f/a.gst';
      seeds.push({ path, text: bad }, { path, text: good });
    }
  }
  return seeds.filter(({ text }) => text.length <= LONGEST_TEXT);
}

/** Seeds of a corpus folder: what its rows say as written, and the pipelines by themselves. */
export function corpusSeeds(folder: string): Seed[] {
  const seeds: Seed[] = [];
  for (const name of readdirSync(folder).filter((one) => one.endsWith('.jsonl'))) {
    for (const line of read(join(folder, name)).split('\n')) {
      if (line.trim() === '') continue;
      const { raw, host, pipeline }: { raw?: unknown; host?: unknown; pipeline?: unknown } = JSON.parse(line);
      const kind = typeof host === 'string' ? (CORPUS_HOSTS[host] ?? host) : 'gst-launch';
      if (typeof raw === 'string') seeds.push({ path: PATHS[kind] ?? '/f/a.md', text: raw });
      if (typeof pipeline === 'string') seeds.push({ path: '/f/a.gst', text: pipeline });
    }
  }
  return seeds.filter(({ text }) => text.length <= LONGEST_TEXT);
}

/** The document of a run; the same for the same seeds, number and run. */
export function inputOf(seeds: readonly Seed[], number: number, run: number): Seed {
  const random = new Random(Math.imul(number + 1, 0x9e3779b1) ^ Math.imul(run + 1, 0x85ebca6b));
  const seed = random.pick(seeds);
  const text = mutate(
    random.chance(0.2) ? `${seed.text}\n${random.pick(seeds).text}` : seed.text,
    () => random.next(),
    PIECES,
  );
  const path = random.chance(0.15) ? random.pick(Object.values(PATHS)) : seed.path;
  return { path, text: text.slice(0, LONGEST_TEXT) };
}

/** Worlds by target, made once. A rule or a host that fails is a failure of the run. */
export function fuzzWorlds(): readonly World[] {
  return TARGETS.map((words) => testWorld(words));
}

/** One run; throws where something does not hold. Some of the dearer checks are made on every so-many-th run only. */
export function runOne(seeds: readonly Seed[], number: number, run: number, worlds: readonly World[]): void {
  const { path, text } = inputOf(seeds, number, run);
  const world = worlds[run % worlds.length]!;
  const document = documentOf(text, '', path);
  const analysis = timed(() => analyze(document, world));
  checkPlaces(analysis);
  if (run % 8 === 0) {
    // As if the last keystroke had been anywhere: a letter typed or taken away.
    const at = Math.imul(run, 7919) % (text.length + 1);
    const other = run % 16 === 0 ? `${text.slice(0, at)}x${text.slice(at)}` : text.slice(0, at) + text.slice(at + 1);
    const again = analyze(document, world, analyze({ ...document, text: other }, world));
    assert.deepEqual(again.findings, analysis.findings, 'what was kept changes the findings');
    assert.deepEqual(again.readings.map(outline), analysis.readings.map(outline), 'what was kept changes the excerpts');
  }
  if (run % 64 === 0) timed(() => mend(document, world));
}

/** What must be the same of an excerpt however it was come by. */
const outline = ({ excerpt }: Analysis['readings'][number]): unknown => ({
  ...excerpt,
  write: undefined,
  map: excerpt.map.runs,
});

function checkPlaces({ document, readings, findings }: Analysis): void {
  const { length } = document.text;
  const inside = (span: { start: number; end: number }): boolean =>
    span.start >= 0 && span.start <= span.end && span.end <= length;
  for (const { excerpt } of readings) {
    assert.ok(inside(excerpt.span), 'an excerpt lies outside of the document');
    for (const hole of excerpt.holes)
      assert.ok(hole.span.end <= excerpt.text.length, 'a hole lies outside of its excerpt');
  }
  for (const { rule, span, related, fixes } of findings) {
    assert.ok(inside(span), `${rule}: the finding lies outside of the document`);
    for (const one of related)
      assert.ok(one.uri !== document.uri || inside(one.span), `${rule}: a related place lies outside`);
    for (const fix of fixes) {
      assert.ok(
        fix.edits.every((edit) => inside(edit.span)),
        `${rule}: an edit lies outside of the document`,
      );
      applyEdits(document.text, fix.edits);
    }
  }
}

/** Measured in processor time: the machine may be busy with something else. */
function timed<T>(work: () => T): T {
  const before = process.cpuUsage();
  const result = work();
  const { user, system } = process.cpuUsage(before);
  const took = (user + system) / 1000;
  assert.ok(took <= LONGEST, `took ${Math.round(took)} ms`);
  return result;
}

const read = (path: string): string => readFileSync(path, 'utf8');

function filesBelow(folder: string): string[] {
  if (!existsSync(folder)) return [];
  return readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter((name) =>
    statSync(join(folder, name)).isFile(),
  );
}
