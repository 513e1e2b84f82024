/**
 * `npm run acceptance:mutations -- FOLDER [--count N] [--seed S]`: puts one mistake after the other into the real
 * configurations below the folder, and asks whether it is found on its line by the right rule. Prints what is not, and
 * exits 1 where a bar is missed: 95 % of all, 85 % of each kind.
 */
import { readFileSync } from 'node:fs';
import { type ConfigFile, readConfigFile } from '../../server/src/model/config-file.ts';
import { configReferences } from '../../server/src/model/references.ts';
import { analyze } from '../../server/src/workspace/analyze.ts';
import type { Placed } from '../../server/src/workspace/document.ts';
import { resolvePath } from '../../server/src/workspace/paths.ts';
import { configPaths, formerName } from '../support/config-corpus.ts';
import { MISTAKES } from '../support/config-mistakes.ts';
import { bundledFormats } from '../support/formats.ts';
import { Random } from '../support/random.ts';
import { documentOf, targetNamed, testWorld } from '../support/world.ts';

const OVERALL = 0.95;
const EACH = 0.85;
/** How often a kind is tried on files that have no place for it, for each one that is wanted. */
const TRIES = 60;

interface Subject {
  readonly name: string;
  readonly path: string;
  readonly config: ConfigFile;
  /** What is found before, by line. */
  readonly before: ReadonlySet<string>;
}

function main(words: readonly string[]): number {
  const number = (name: string, otherwise: number): number => {
    const at = words.indexOf(name);
    return at < 0 ? otherwise : Number(words[at + 1]);
  };
  const count = number('--count', 1800);
  const seed = number('--seed', 1);
  const folder = words.find((word, i) => !word.startsWith('--') && !words[i - 1]?.startsWith('--'));
  if (folder === undefined || !Number.isInteger(count) || !Number.isInteger(seed)) {
    console.error('usage: npm run acceptance:mutations -- FOLDER [--count N] [--seed S]');
    return 2;
  }
  const target = targetNamed('');
  const subjects = read(folder);
  const random = new Random(seed);
  const kinds = Object.entries(MISTAKES);
  const totals = { found: 0, made: 0 };
  const missed: string[] = [];
  let low = false;
  for (const [kind, make] of kinds) {
    const wanted = Math.ceil(count / kinds.length);
    let made = 0;
    let found = 0;
    for (let tries = 0; made < wanted && tries < wanted * TRIES; tries++) {
      const subject = random.pick(subjects);
      const mistake = make(subject.config, target, random);
      if (!mistake) continue;
      made++;
      const lines = new Set(mistake.at.map((offset) => lineOf(mistake.text, offset)));
      const fresh = look(subject, mistake.text).filter(
        (one) => !subject.before.has(`${one.rule} ${one.message}`) || mistake.rules.includes(one.rule),
      );
      const right = fresh.some(
        (one) => mistake.rules.includes(one.rule) && lines.has(lineOf(mistake.text, one.span.start)),
      );
      if (right) found++;
      else {
        const told = fresh.map((one) => `${one.rule} on line ${lineOf(mistake.text, one.span.start)}`).join(', ');
        missed.push(`${kind}: ${subject.name}:${[...lines].join('/')}: ${mistake.what}; found: ${told || 'nothing'}`);
      }
    }
    totals.found += found;
    totals.made += made;
    const share = made === 0 ? 0 : found / made;
    if (share < EACH) low = true;
    console.log(`${share >= EACH ? '✓' : '✗'} ${kind}: ${found} of ${made} (${percent(share)})`);
  }
  const share = totals.made === 0 ? 0 : totals.found / totals.made;
  console.log(`not found (${missed.length}):`);
  for (const line of missed) console.log(`  ${line}`);
  console.log(`${subjects.length} configurations, seed ${seed}: ${totals.found} of ${totals.made} (${percent(share)})`);
  return share >= OVERALL && !low ? 0 : 1;
}

/** The configurations that are judged and without an error, which would hide what comes behind it. */
function read(folder: string): Subject[] {
  const formats = bundledFormats();
  return configPaths(folder).flatMap((path): Subject[] => {
    const name = formerName(path);
    const text = readFileSync(path, 'utf8')
      .replace(/^\uFEFF/, '')
      .replaceAll('\r\n', '\n');
    const config = readConfigFile(text, formats, { path: name });
    if (!config.format?.judged || config.tree.problems.length > 0) return [];
    const subject = {
      name: path.slice(folder.length + 1),
      path: `/project/app/${name}`,
      config,
      before: new Set<string>(),
    };
    const before = look(subject, text);
    if (before.some(({ severity }) => severity === 'error')) return [];
    return [{ ...subject, before: new Set(before.map((one) => `${one.rule} ${one.message}`)) }];
  });
}

/** What is found in the text, with all the files beside it that the configuration named before the mistake. */
function look({ path, config }: Subject, text: string): readonly Placed[] {
  const files: Record<string, string> = { [path]: text };
  for (const { path: other, relativeTo } of configReferences(config)) {
    if (relativeTo === 'file') files[resolvePath('/project/app', other)] ??= '# left empty\n';
  }
  const language = config.tree.syntax === 'yaml' ? 'deepstream-config' : 'plaintext';
  // The mistake may change what the file looks like; a person has said by now what it is.
  const said = `# gst-lint: format ${config.format!.id}\n`;
  const shift = said.length;
  return analyze(documentOf(said + text, language, path), testWorld('', files)).findings.map((one) => ({
    ...one,
    span: { start: one.span.start - shift, end: one.span.end - shift },
  }));
}

const lineOf = (text: string, offset: number): number => text.slice(0, Math.max(0, offset)).split('\n').length;

const percent = (share: number): string => `${(Math.floor(share * 10_000) / 100).toFixed(2)} %`;

process.exitCode = main(process.argv.slice(2).filter((word) => word !== '--'));
