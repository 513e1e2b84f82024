/**
 * `npm run acceptance:configs -- FOLDER [--sample N] [--seed N]`: every real configuration below the folder is recognised
 * as what its own folder is called after, and read as GLib reads it. Prints what is not, and exits 1 then. The sample is
 * of the warnings, for a person to judge: each with the lines around it.
 */
import { readFileSync } from 'node:fs';
import { basename, join, relative } from 'node:path';
import { parseArgs } from 'node:util';
import { readConfigFile } from '../../server/src/model/config-file.ts';
import { analyze } from '../../server/src/workspace/analyze.ts';
import { configPaths, formerName } from '../support/config-corpus.ts';
import { bundledFormats } from '../support/formats.ts';
import { fileDifference, GLibOracle } from '../support/gkeyfile.ts';
import { Random } from '../support/random.ts';
import { documentOf, testWorld } from '../support/world.ts';

/** Folders of the corpus that hold something else than what we have a table for. */
const NONE = new Set(['darknet-cfg']);

const { positionals: folders, values } = parseArgs({
  args: process.argv.slice(2).filter((word) => word !== '--'),
  allowPositionals: true,
  options: { sample: { type: 'string', default: '0' }, seed: { type: 'string', default: '1' } },
});

async function main(): Promise<void> {
  const formats = bundledFormats();
  const oracle = new GLibOracle();
  const world = testWorld();
  const findings: Record<string, number> = {};
  const errors: string[] = [];
  const warnings: string[] = [];
  const wrong: string[] = [];
  const differences: string[] = [];
  const counts = { files: 0, recognised: 0, keyFiles: 0, equal: 0 };
  for (const folder of folders) {
    for (const path of configPaths(folder)) {
      const truth = basename(join(path, '..'));
      const bytes = readFileSync(path);
      const { format, recognisedBy, tree } = readConfigFile(bytes.toString('utf8'), formats, {
        path: formerName(path),
      });
      counts.files++;
      const expected = NONE.has(truth) ? undefined : truth;
      if (format?.id === expected) counts.recognised++;
      else
        wrong.push(
          `${relative(folder, path)}: recognised as ${format?.id ?? 'nothing'} by ${recognisedBy ?? 'nothing'}`,
        );
      const place = `/project/${formerName(path)}`;
      const language = tree.syntax === 'yaml' ? 'deepstream-config' : 'plaintext';
      for (const found of analyze(documentOf(tree.text, language, place), world).findings) {
        const kind = `${found.severity} ${found.rule}`;
        findings[kind] = (findings[kind] ?? 0) + 1;
        const line = tree.text.slice(0, found.span.start).split('\n').length;
        const said = `${relative(folder, path)}:${line}: ${found.rule}: ${found.message}`;
        if (found.severity === 'error') errors.push(said);
        if (found.severity === 'warning') warnings.push(`${said}\n${around(tree.text, line)}`);
      }
      if (tree.syntax !== 'ini') continue;
      counts.keyFiles++;
      const [theirs] = await oracle.files([bytes]);
      const difference = fileDifference(bytes, theirs!);
      if (difference === undefined) counts.equal++;
      else differences.push(`${relative(folder, path)}: ${difference.slice(0, 500)}`);
    }
  }
  oracle.end();
  for (const line of [...wrong, ...differences]) console.log(line);
  console.log(`errors (${errors.length}), each with what the program does:`);
  for (const line of errors) console.log(`  ${line}`);
  const sample = sampleOf(warnings, Number(values.sample), new Random(Number(values.seed)));
  if (sample.length > 0) console.log(`warnings (${sample.length} of ${warnings.length}):`);
  for (const text of sample) console.log(`  ${text}`);
  console.log('findings by severity and rule:');
  for (const [kind, count] of Object.entries(findings).sort()) console.log(`  ${count} ${kind}`);
  console.log(`recognised as the right format: ${counts.recognised} of ${counts.files}`);
  console.log(`key files read as GLib reads them: ${counts.equal} of ${counts.keyFiles}`);
  process.exitCode = counts.files > 0 && wrong.length + differences.length === 0 ? 0 : 1;
}

/** So many of the list, none twice. */
function sampleOf<T>(list: readonly T[], count: number, random: Random): readonly T[] {
  const rest = [...list];
  return Array.from({ length: Math.min(count, rest.length) }, () => rest.splice(random.below(rest.length), 1)[0]!);
}

/** The line and two on each side. */
function around(text: string, line: number): string {
  const lines = text.split('\n').slice(Math.max(0, line - 3), line + 2);
  return lines.map((one) => `      | ${one.slice(0, 150)}`).join('\n');
}

void main();
