/**
 * `npm run acceptance:format -- FOLDER [FOLDER …]`: every snippet and torture case in its host, and every key file of the
 * further folders, is formatted. Formatting again changes nothing; the host and GStreamer read the same: the tokens and
 * the graph of each pipeline, the words as bash prints them, the syntax tree as Python has it, the groups as GLib has them.
 * Prints what is not so, and exits 1 then.
 */
import { spawnSync } from 'node:child_process';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { defaultLayout } from '../../server/src/features/formatting.ts';
import type { Reading } from '../../server/src/model/read.ts';
import { applyEdits } from '../../server/src/text/edit.ts';
import { analyze } from '../../server/src/workspace/analyze.ts';
import type { Analysis } from '../../server/src/workspace/document.ts';
import { format } from '../../server/src/workspace/format.ts';
import { GLibOracle } from '../support/gkeyfile.ts';
import { documentOf, testWorld } from '../support/world.ts';
import { LANGUAGES } from './figures.ts';

interface Row {
  readonly id: string;
  readonly host?: string;
  readonly raw?: string;
  readonly pipeline: string | null;
}

const world = testWorld();
const wrong: string[] = [];
const counts: Record<string, { texts: number; changed: number }> = {};

await main(process.argv.slice(2));

async function main(folders: readonly string[]): Promise<void> {
  const bash: [string, string, string][] = [];
  const python: [string, string, string][] = [];
  const keyFiles: [string, string, string][] = [];
  for (const folder of folders) {
    for (const row of rows(join(folder, 'pipelines.jsonl'))) {
      const language = LANGUAGES[row.host ?? ''] ?? row.host ?? 'plaintext';
      const after = judge(row.id, row.raw ?? '', language);
      if (after === row.raw || row.raw === undefined) continue;
      if (language === 'shellscript') bash.push([row.id, row.raw, after]);
      if (language === 'python') python.push([row.id, row.raw, after]);
    }
    for (const row of rows(join(folder, 'torture.jsonl'))) {
      if (row.pipeline === null) continue;
      judge(row.id, row.pipeline, 'gst-launch');
      const words = `gst-launch-1.0 ${row.pipeline}\n`;
      const after = judge(row.id, words, 'shellscript');
      if (after !== words) bash.push([row.id, words, after]);
    }
    for (const path of filesBelow(folder)) {
      if (!/\.(?:txt|ini|cfg|conf|disabled)$/.test(path)) continue;
      const text = readFileSync(path, 'utf8');
      const after = judge(path.slice(folder.length + 1), text, 'deepstream-config');
      if (after !== text) keyFiles.push([path, text, after]);
    }
  }
  for (const [id, before, after] of bash)
    if (pretty(before) !== pretty(after)) wrong.push(`${id}: bash reads other words`);
  sameTrees(python);
  const oracle = new GLibOracle();
  for (const [path, before, after] of keyFiles) {
    const [one, other] = await oracle.files([Buffer.from(before), Buffer.from(after)]);
    if (JSON.stringify(one) !== JSON.stringify(other)) wrong.push(`${path}: GLib reads it differently`);
  }
  oracle.end();
  for (const line of wrong) console.log(line);
  let texts = 0;
  for (const [language, count] of Object.entries(counts).sort()) {
    texts += count.texts;
    console.log(`${language}: ${count.texts} texts, ${count.changed} laid out anew`);
  }
  console.log(`asked besides: bash ${bash.length}, Python ${python.length}, GLib ${keyFiles.length}`);
  const right = texts - new Set(wrong.map((line) => line.split(':')[0])).size;
  console.log(`idempotent and read the same: ${right} of ${texts} (bar 100 %)`);
  process.exitCode = texts > 0 && wrong.length === 0 ? 0 : 1;
}

/** The text laid out; what is wrong with that is noted. */
function judge(id: string, text: string, language: string): string {
  const count = (counts[language] ??= { texts: 0, changed: 0 });
  count.texts++;
  try {
    const before = analyze(documentOf(text, language), world);
    const once = applyEdits(text, format(before, world, defaultLayout));
    if (once === text) return text;
    count.changed++;
    const after = analyze(documentOf(once, language), world);
    const twice = applyEdits(once, format(after, world, defaultLayout));
    if (twice !== once) wrong.push(`${id}: formatting again changes it (${language})`);
    if (meaning(before) !== meaning(after)) wrong.push(`${id}: read differently (${language})`);
    return once;
  } catch (error) {
    wrong.push(`${id}: ${error instanceof Error ? error.stack : error} (${language})`);
    return text;
  }
}

/** Tokens, graph and findings of each pipeline, without places. */
function meaning({ readings, findings }: Analysis): string {
  return JSON.stringify([readings.map(graph), findings.map(({ rule, message }) => [rule, message])]);
}

function graph(reading: Reading): unknown {
  if (reading.kind === 'config')
    return reading.config.sections.map((one) => [one.name, one.keys.map((key) => [key.name, key.value])]);
  const { tree, pipeline } = reading;
  return [
    tree.tokens.map(({ kind, span }) => [kind, kind.startsWith('LINK') ? '' : tree.text.slice(span.start, span.end)]),
    pipeline.elements.map(({ factory, name, settings, bin }) => [
      factory,
      name,
      bin?.element?.name,
      settings.map((one) => [one.path, one.name, one.value]),
    ]),
    pipeline.links.map(({ from, to, filter, agreed, delayed }) => [
      [from.element.name, from.pad, to.element.name, to.pad, delayed, agreed.memory, agreed.verdict],
      JSON.stringify(filter, plain),
    ]),
  ];
}

function plain(_key: string, value: unknown): unknown {
  return typeof value === 'bigint' ? `${value}n` : value instanceof Map ? [...value] : value;
}

/** A script as bash prints it after reading; nothing of it is run. */
function pretty(script: string): string {
  const { stdout, status } = spawnSync('bash', ['--norc', '--noprofile', '--pretty-print', '/dev/stdin'], {
    input: script,
    encoding: 'utf8',
  });
  return `${status}\n${stdout}`;
}

function sameTrees(pairs: readonly (readonly [string, string, string])[]): void {
  const program = `
import ast, json, sys, textwrap
def tree(text):
    try: return ast.dump(ast.parse(textwrap.dedent(text)))
    except SyntaxError: return None
print(json.dumps([tree(a) == tree(b) for _, a, b in json.load(sys.stdin)]))`;
  const { stdout } = spawnSync('python3', ['-c', program], { input: JSON.stringify(pairs), encoding: 'utf8' });
  const same = JSON.parse(stdout) as boolean[];
  pairs.forEach(([id], i) => {
    if (!same[i]) wrong.push(`${id}: Python reads another program`);
  });
}

function rows(path: string): Row[] {
  if (!existsSync(path)) return [];
  return readFileSync(path, 'utf8')
    .split('\n')
    .flatMap((line) => (line.trim() === '' ? [] : [JSON.parse(line) as Row]));
}

function filesBelow(folder: string): string[] {
  return readdirSync(folder, { withFileTypes: true }).flatMap((entry) => {
    const path = join(folder, entry.name);
    return entry.isDirectory() ? filesBelow(path) : [path];
  });
}
