/**
 * The command line: `gst-lint`. The second mouth of the workspace beside the language server; it must say exactly what
 * the editor shows. Reading arguments, JSON lines and writing files stand in `cli/`; this file runs what was asked for.
 */
import { readSync, statSync, writeSync } from 'node:fs';
import { relative, resolve } from 'node:path';
import { createInterface } from 'node:readline';
import { type Check, type DumpKind, help, type Options, readArguments } from './cli/arguments.ts';
import { answer } from './cli/lines.ts';
import { replaceText } from './cli/write.ts';
import { decode, diskFiles, loadTable, nearestFile, type ReadFile, readAnyFile } from './disk.ts';
import { reports } from './reports/index.ts';
import { rules } from './rules/index.ts';
import { LineIndex } from './text/line-index.ts';
import { analyze, type World } from './workspace/analyze.ts';
import { describeModel, describePipeline, describeTree } from './workspace/describe.ts';
import { describeBudget } from './workspace/describe-budget.ts';
import type { Analysis, Document } from './workspace/document.ts';
import { LARGEST_FILE } from './workspace/files.ts';
import { hostFor } from './workspace/host-for.ts';
import { mend } from './workspace/mend.ts';
import { pathOf, uriOf } from './workspace/paths.ts';
import { Project } from './workspace/project.ts';
import { search } from './workspace/search.ts';
import { makeTargets, PROJECT_FILE } from './workspace/targets.ts';

/** Replaced by the bundler with package.json's. */
declare const VERSION: string | undefined;
const version = typeof VERSION === 'string' ? VERSION : 'from source';

const CLEAN = 0;
const FOUND = 1;
const COULD_NOT = 2;

process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  // The reader has gone (`gst-lint … | head`): nothing is left to say.
  if (error.code === 'EPIPE') process.exit();
  throw error;
});
async function run(words: readonly string[]): Promise<number> {
  const wish = readArguments(
    words,
    reports.map(({ id }) => id),
  );
  switch (wish.kind) {
    case 'help':
      return say(help(reports));
    case 'version':
      return say(`gst-lint ${version}\n`);
    case 'wrong':
      complain(`${wish.message}; gst-lint --help tells more`);
      return COULD_NOT;
    case 'rules':
      return say(table(rules.map(({ id, severity, title }) => [id, severity, title])));
    case 'targets':
      return say(
        table(
          targets()
            .choices()
            .map(({ id, title, detail }) => [id, title, detail]),
        ),
      );
    case 'dump':
      return dump(wish.what, wish.path, wish.options);
    case 'lines':
      return lines(wish.options);
    case 'check':
      return wish.stdin ? checkStdin(wish) : check(wish);
  }
}

let made: ReturnType<typeof makeTargets> | undefined;
const targets = (): ReturnType<typeof makeTargets> => (made ??= projectTargets());

/** The targets as the project's file has them: the one in this folder or the nearest above it. */
function projectTargets(): ReturnType<typeof makeTargets> {
  const path = nearestFile(process.cwd(), PROJECT_FILE);
  const file = path === undefined ? undefined : readAnyFile(path);
  const targets = makeTargets(loadTable, file?.kind === 'text' ? file.text : undefined);
  for (const problem of targets.projectProblems) complain(`${PROJECT_FILE}: ${problem}`);
  return targets;
}

/** What the texts are judged by; undefined where no target has that name. */
function worldFor(words: readonly string[]): World | undefined {
  const target = targets().named(words);
  return (
    target && {
      files: diskFiles,
      target,
      targetNamed: (named) => targets().named(named),
      severities: {},
      project: new Project(),
      log: complain,
    }
  );
}

function chosenWorld(options: Options): World | undefined {
  const world = worldFor(options.target);
  if (!world) complain(`${targets().problem(options.target)}; gst-lint targets lists all`);
  return world;
}

function check(wish: Check): number {
  const world = chosenWorld(wish.options);
  if (!world) return COULD_NOT;
  const analyses: Analysis[] = [];
  let status = CLEAN;
  const taken: { readonly path: string; readonly expected: string | undefined }[] = [];
  let mended = 0;
  const progress = makeProgress();
  for (const { path, named } of chosen(wish.paths)) {
    progress.tell(path);
    const file = readAnyFile(path);
    if (file.kind !== 'text') {
      // A file that a search came upon need not be readable; one that was named must be.
      if (named) status = COULD_NOT;
      if (named || file.kind === 'too-large') complain(`${shown(path)} ${file.reason}`);
      continue;
    }
    const document = documentOf(path, file.text, wish.options);
    if (named && !hostFor({ path: document.uri, languageId: document.languageId || undefined })) {
      complain(`${shown(path)}: pipelines are not looked for in files of this kind; --language says what it is`);
      continue;
    }
    if (!wish.fix) {
      const expected = world.project?.expectedFormat(path);
      analyses.push(analyze(document, world));
      taken.push({ path, expected });
      continue;
    }
    const { analysis, made } = mend(document, world);
    analyses.push(analysis);
    if (made === 0) continue;
    if (!write(path, file, analysis.document.text)) status = COULD_NOT;
    else mended += made;
  }
  // A file that came before the one that names it is looked at again where it is of another kind than it seemed.
  taken.forEach(({ path, expected }, i) => {
    if (world.project?.expectedFormat(path) !== expected) analyses[i] = analyze(analyses[i]!.document, world);
  });
  progress.end();
  if (wish.fix) complain(`${mended === 1 ? '1 fix' : `${mended} fixes`} made`);
  return Math.max(status, tell(analyses, wish, 1));
}

function checkStdin(wish: Check): number {
  const world = chosenWorld(wish.options);
  if (!world) return COULD_NOT;
  const file = readStdin();
  if (file.kind !== 'text') {
    complain(`standard input ${file.reason}`);
    return COULD_NOT;
  }
  const { stdinPath } = wish.options;
  const document = documentOf(stdinPath === undefined ? undefined : resolve(stdinPath), file.text, wish.options);
  if (!wish.fix) return tell([analyze(document, world)], wish, 1);
  const { analysis } = mend(document, world);
  process.stdout.write(analysis.document.text);
  return tell([analysis], wish, 2);
}

function dump(what: DumpKind, path: string, options: Options): number {
  const world = chosenWorld(options);
  if (!world) return COULD_NOT;
  const file = path === '-' ? readStdin() : readAnyFile(resolve(path));
  if (file.kind !== 'text') {
    complain(`${path} ${file.reason}`);
    return COULD_NOT;
  }
  const document = documentOf(path === '-' ? undefined : resolve(path), file.text, options);
  const { readings } = analyze(document, world);
  if (readings.length === 0) complain(`${path}: no pipeline and no configuration was found`);
  const lineIndex = new LineIndex(document.text);
  const describe = {
    tree: describeTree,
    model: describeModel,
    pipeline: describePipeline,
    budget: describeBudget,
  }[what];
  return say(readings.map((reading) => describe(reading, lineIndex)).join('\n'));
}

async function lines(options: Options): Promise<number> {
  const worlds = new Map<string, World | undefined>();
  const asked = {
    worldFor(words: readonly string[]) {
      const wanted = words.length > 0 ? words : options.target;
      const key = wanted.join(' ');
      if (!worlds.has(key)) worlds.set(key, worldFor(wanted));
      return worlds.get(key);
    },
    absolute: (path: string) => resolve(path),
  };
  for await (const line of createInterface({ input: process.stdin, crlfDelay: Number.POSITIVE_INFINITY })) {
    if (line.trim() === '') continue;
    if (!process.stdout.write(`${answer(line, asked)}\n`)) await new Promise((go) => process.stdout.once('drain', go));
  }
  return CLEAN;
}

/** The files to check: those named, and those found in the folders named. */
function* chosen(paths: readonly string[]): Generator<{ path: string; named: boolean }> {
  const seen = new Set<string>();
  for (const word of paths) {
    const path = resolve(word);
    const found = statSync(path, { throwIfNoEntry: false })?.isDirectory() ? search([path], diskFiles) : [path];
    for (const one of found) {
      if (seen.has(one)) continue;
      seen.add(one);
      yield { path: one, named: one === path };
    }
  }
}

function documentOf(path: string | undefined, text: string, options: Options): Document {
  const languageId = options.language ?? (path === undefined ? '' : (languageByFirstLine(path, text) ?? ''));
  return { uri: path === undefined ? 'untitled:standard-input' : uriOf(path), version: 0, text, languageId };
}

/** Scripts without an ending say what they are on their first line. */
function languageByFirstLine(path: string, text: string): string | undefined {
  if (hostFor({ path })) return undefined;
  const interpreter = /^#![^\n]*?\b(bash|zsh|dash|ksh|sh|python)[\d.]*\s*(?:-|\r?\n)/.exec(text.slice(0, 200))?.[1];
  return interpreter === 'python' ? 'python' : interpreter && 'shellscript';
}

/** Puts the mended text in place of the file's; false where that cannot be done. */
function write(path: string, file: Extract<ReadFile, { kind: 'text' }>, text: string): boolean {
  if (file.lossy) {
    complain(`${shown(path)} is not in UTF-8, so its fixes were not written`);
    return false;
  }
  try {
    replaceText(path, text, file.bom);
    return true;
  } catch (error) {
    complain(`${shown(path)} could not be written: ${error instanceof Error ? error.message : error}`);
    return false;
  }
}

/** Writes the report and returns the exit status that it means. */
function tell(analyses: readonly Analysis[], wish: Check, handle: 1 | 2): number {
  const gravest = GRAVITY[wish.options.severity];
  const told = analyses.map((analysis) => ({
    ...analysis,
    findings: analysis.findings.filter(({ severity }) => GRAVITY[severity] <= gravest),
  }));
  const stream = handle === 1 ? process.stdout : process.stderr;
  const report = reports.find(({ id }) => id === wish.format)!;
  stream.write(
    report.write(told, {
      nameOf: (uri) => (uri.startsWith('file:') ? shown(pathOf(uri)) : 'standard input'),
      version,
      colour: stream.isTTY === true && process.env.NO_COLOR === undefined,
      textOf: (uri) => diskFiles.read(pathOf(uri)),
    }),
  );
  return told.some(({ findings }) => findings.length > 0) ? FOUND : CLEAN;
}

const GRAVITY = { error: 0, warning: 1, hint: 2 } as const;

/** The path as seen from here; paths elsewhere stay whole. */
function shown(path: string): string {
  const near = relative(process.cwd(), path);
  return (near === '' ? '.' : near.startsWith('..') ? path : near).replaceAll('\\', '/');
}

function readStdin(): ReadFile {
  const pieces: Buffer[] = [];
  let size = 0;
  for (;;) {
    const piece = Buffer.alloc(65536);
    let length: number;
    try {
      length = readSync(0, piece);
    } catch (error) {
      const code = (error as NodeJS.ErrnoException).code;
      if (code === 'EAGAIN') continue;
      if (code === 'EOF') break;
      return { kind: 'unreadable', reason: `cannot be read (${code})` };
    }
    if (length === 0) break;
    size += length;
    if (size > LARGEST_FILE)
      return { kind: 'too-large', reason: `has more than the ${LARGEST_FILE >> 20} MiB that are read` };
    pieces.push(piece.subarray(0, length));
  }
  return decode(Buffer.concat(pieces));
}

/** One line on the terminal that says how far it is, from the second second on. */
function makeProgress() {
  const start = Date.now();
  let last = start + 800;
  let count = 0;
  let written = false;
  return {
    tell(path: string): void {
      count++;
      const now = Date.now();
      if (!process.stderr.isTTY || now - last < 200) return;
      last = now;
      written = true;
      const width = (process.stderr.columns ?? 80) - 1;
      process.stderr.write(`\r\u001b[K${`${count} files, ${shown(path)}`.slice(0, width)}`);
    },
    end(): void {
      if (written) process.stderr.write('\r\u001b[K');
    },
  };
}

function table(rows: readonly (readonly string[])[]): string {
  const widths = (rows[0] ?? []).map((_, column) => Math.max(...rows.map((row) => row[column]!.length)));
  return rows
    .map(
      (row) =>
        `${row
          .map((cell, column) => cell.padEnd(widths[column]!))
          .join('  ')
          .trimEnd()}\n`,
    )
    .join('');
}

function say(text: string): number {
  process.stdout.write(text);
  return CLEAN;
}

function complain(message: string): void {
  writeSync(2, `gst-lint: ${message}\n`);
}

// Last, since all of the above must be there when it runs.
run(process.argv.slice(2)).then(
  (status) => {
    process.exitCode = status;
  },
  (error) => {
    complain(error instanceof Error ? (error.stack ?? error.message) : String(error));
    process.exitCode = COULD_NOT;
  },
);
