/**
 * Runs the case files of test/cases, and the examples that every rule carries. `UPDATE_CASES=1` rewrites what is expected
 * to what is found; the difference is then reviewed like code.
 */
import assert from 'node:assert/strict';
import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { after, describe, it } from 'node:test';
import type { Rule, RuleExample } from '../server/src/model/finding.ts';
import { rules } from '../server/src/rules/index.ts';
import { applyEdits } from '../server/src/text/edit.ts';
import { analyze } from '../server/src/workspace/analyze.ts';
import type { Analysis, Placed } from '../server/src/workspace/document.ts';
import { askCase, isAsked } from './support/ask-cases.ts';
import { annotate, type Case, type Expected, type Fence, meets, readCases, visible } from './support/cases.ts';
import { documentOf, testWorld } from './support/world.ts';

const folder = join(import.meta.dirname, 'cases');
const updating = process.env.UPDATE_CASES === '1';
const ids = new Set(rules.map(({ id }) => id));

for (const kind of ['rules', 'hosts', 'configs', 'completion', 'hover']) {
  const place = join(folder, kind);
  const files = existsSync(place) ? readdirSync(place).filter((name) => name.endsWith('.md')) : [];
  for (const file of files) {
    const path = join(place, file);
    const { title, cases } = readCases(readFileSync(path, 'utf8'));
    describe(`${kind}/${file}`, () => {
      it('is named for what it tests', () => {
        assert.equal(title, file.slice(0, -3), 'the first heading is the name of the file');
        assert.ok(kind !== 'rules' || ids.has(title), `there is no rule ${title}`);
        assert.ok(
          cases.some(({ fences }) => fences.length > 0),
          'the file tests nothing',
        );
      });
      if (kind === 'rules') {
        it('shows the rule at work', () => {
          const shown = cases.some(({ fences }) =>
            fences.some((fence) => fence.expected.some((one) => one.rule === title)),
          );
          assert.ok(shown || updating, `no case expects ${title}`);
        });
      }
      const rewritten: Rewrite[] = [];
      for (const one of cases) it(`${one.title} (line ${one.line})`, () => run(one, rewritten));
      after(() => updating && rewrite(path, rewritten));
    });
  }
}

describe('every rule', () => {
  for (const rule of rules) {
    it(`${rule.id} has cases and says what it is`, () => {
      assert.ok(existsSync(join(folder, 'rules', `${rule.id}.md`)), `test/cases/rules/${rule.id}.md is missing`);
      assert.match(rule.id, /^[a-z0-9]+(?:-[a-z0-9]+)*$/);
      assert.ok(rule.title.length > 10 && rule.why.length > 20 && rule.examples.length > 0);
    });
    rule.examples.forEach((example, index) => {
      it(`${rule.id}: example ${index + 1} is found, and its fix is right`, () => runExample(rule, example));
    });
  }
});

interface Rewrite {
  readonly fence: Fence;
  readonly lines: readonly string[];
}

/** Checks the documents of a case, and the fixes named below them. */
function run(one: Case, rewritten: Rewrite[]): void {
  const beside: Record<string, string> = {};
  for (const fence of one.fences) if (fence.attributes.with) beside[`/project/${fence.attributes.with}`] = fence.text;
  let before: Analysis | undefined;
  const complaints: string[] = [];
  for (const fence of one.fences) {
    if (fence.attributes.with) continue;
    if (fence.label === undefined) {
      before = checkDocument(fence, beside, rewritten, complaints);
    } else if (isAsked(fence.label.word)) {
      const wrong = askCase(fence, beside);
      // Nothing here is rewritten: what shall be offered is a wish, not a record.
      assert.ok(wrong === undefined, `${fence.label.word}: ${fence.label.text}\n${wrong}`);
    } else if (fence.label.word === 'fix') {
      assert.ok(before, 'a fix follows the document that it mends');
      checkFix(fence.label.text, fence, before, beside, rewritten, complaints);
    }
  }
  assert.ok(updating || complaints.length === 0, `\n${complaints.join('\n\n')}`);
}

function checkDocument(
  fence: Fence,
  beside: Readonly<Record<string, string>>,
  rewritten: Rewrite[],
  complaints: string[],
): Analysis {
  const path = `/project/${fence.attributes.path ?? 'case'}`;
  const language = fence.attributes.path ? '' : fence.languageId;
  const analysis = analyze(documentOf(fence.text, language, path), testWorld(fence.attributes.target, beside));
  const wrong = compare(fence.expected, analysis.findings, fence.text);
  if (wrong.length > 0) {
    complaints.push(...wrong);
    rewritten.push({ fence, lines: annotate(fence.text, found(fence, analysis.findings), fence.indent) });
  }
  return analysis;
}

function checkFix(
  title: string,
  fence: Fence,
  before: Analysis,
  beside: Readonly<Record<string, string>>,
  rewritten: Rewrite[],
  complaints: string[],
): void {
  const fixes = before.findings.flatMap((finding) => finding.fixes);
  const fix = fixes.find((one) => one.title === title);
  if (!fix) {
    complaints.push(`no fix is called "${title}"; there are: ${fixes.map((one) => one.title).join(' | ') || 'none'}`);
    return;
  }
  const after = applyEdits(before.document.text, fix.edits);
  if (after !== fence.text) {
    complaints.push(`the fix "${title}" gives\n${after}\ninstead of\n${fence.text}`);
  }
  const target = fence.attributes.target ?? before.readings[0]?.target.id ?? '';
  const world = testWorld(before.readings[0]?.target.assumed ? '' : target, beside);
  const { findings } = analyze({ ...before.document, text: after, version: 2 }, world);
  const wrong = compare(fence.expected, findings, after);
  complaints.push(...wrong.map((one) => `after the fix "${title}": ${one}`));
  if (after !== fence.text || wrong.length > 0) {
    rewritten.push({ fence, lines: annotate(after, found(fence, findings), fence.indent) });
  }
}

/** What differs between expectation and findings, in words. */
function compare(expected: readonly Expected[], findings: readonly Placed[], text: string): string[] {
  const open = [...findings];
  const complaints: string[] = [];
  for (const one of expected) {
    const at = open.findIndex((finding) => meets(one, finding, text));
    if (at >= 0) open.splice(at, 1);
    else complaints.push(`expected, but not found:\n${annotate(text, [one]).join('\n')}`);
  }
  for (const { rule, severity, span, message } of open) {
    complaints.push(`found, but not expected:\n${annotate(text, [{ rule, severity, message, span }]).join('\n')}`);
  }
  return complaints;
}

/** The findings as expectations. A message that was shortened by hand stays as short, where it still is a part. */
function found(fence: Fence, findings: readonly Placed[]): Expected[] {
  return findings.map(({ rule, severity, span, message }) => {
    const kept = fence.expected.find((one) => one.rule === rule && one.message !== '' && message.includes(one.message));
    return { rule, severity, span: visible(fence.text, span), message: kept?.message ?? message.replaceAll('\n', ' ') };
  });
}

/** Writes new expectations into the case file, from the bottom up so that line numbers stay true. */
function rewrite(path: string, rewritten: readonly Rewrite[]): void {
  if (rewritten.length === 0) return;
  const lines = readFileSync(path, 'utf8').split('\n');
  for (const { fence, lines: fresh } of rewritten.toSorted((a, b) => b.fence.lines.start - a.fence.lines.start)) {
    lines.splice(fence.lines.start, fence.lines.end - fence.lines.start, ...fresh);
  }
  writeFileSync(path, lines.join('\n'));
}

/** `bad` gives this finding and no other error or warning, `good` neither, `bad` with its first fix is `good`. */
function runExample(rule: Rule, example: RuleExample): void {
  const language = example.language ?? (rule.on === 'config' ? 'deepstream-config' : 'gst-launch');
  const files = Object.fromEntries(
    Object.entries(example.files ?? {}).map(([path, text]) => [`/project/${path}`, text]),
  );
  const check = (which: 'bad' | 'good'): readonly Placed[] => {
    const path = `/project/${example.names?.[which] ?? 'case'}`;
    return analyze(documentOf(example[which], language, path), testWorld(example.target, files)).findings;
  };
  const grave = (findings: readonly Placed[]): string[] =>
    findings
      .filter((one) => one.severity !== 'hint' || one.rule === rule.id)
      .map((one) => `${one.rule}: ${one.message}`);
  const bad = check('bad');
  const own = bad.filter((finding) => finding.rule === rule.id);
  assert.ok(own.length > 0, `the bad example is not found; found: ${grave(bad).join(' | ') || 'nothing'}`);
  assert.deepEqual(grave(bad), grave(own), 'the bad example gives other findings too');
  assert.deepEqual(grave(check('good')), [], 'the good example gives findings');
  const fix = own[0]!.fixes[0];
  if (fix) assert.equal(applyEdits(example.bad, fix.edits), example.good, `the fix "${fix.title}"`);
}
