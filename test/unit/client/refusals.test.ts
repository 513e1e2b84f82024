/** What a machine refuses of the rules' bad examples is explained, and joined with the finding of the rule that foresaw it. */
import assert from 'node:assert/strict';
import { join } from 'node:path';
import { describe, test } from 'node:test';
import { Explainer } from '../../../client/src/remote/causes/explain.ts';
import { loadCauses } from '../../../client/src/remote/causes/table.ts';
import { LogReader } from '../../../client/src/remote/streams/index.ts';
import { rehearsal } from '../../../server/src/lsp/rehearse.ts';
import type { Refusal } from '../../../server/src/protocol.ts';
import { rules } from '../../../server/src/rules/index.ts';
import { analyze } from '../../../server/src/workspace/analyze.ts';
import { blame, readingOfRun } from '../../../server/src/workspace/blame.ts';
import { documentOf, testWorld } from '../../support/world.ts';

const TARGET = 'orin-nano-8gb deepstream-7.1';
const causes = loadCauses(join(import.meta.dirname, '../../../schemas/causes'));
const world = testWorld(TARGET);

/** As gst-launch-1.0 prints a refusal. */
const printed = ({ stage, message, element, debug = [] }: Refusal): string[] =>
  stage === 'parse'
    ? [`WARNING: erroneous pipeline: ${message}`]
    : [
        `ERROR: from element /GstPipeline:pipeline0/GstElement:${element}: ${message}`,
        'Additional debug info:',
        ...debug,
      ];

describe('what is refused of a bad example', () => {
  for (const rule of rules) {
    if (rule.on !== 'launch') continue;
    for (const { bad, language } of rule.examples) {
      if (language !== undefined && language !== 'gst-launch') continue;
      const { refusal } = rehearsal({ kind: 'launch', text: bad, target: TARGET }, world);
      if (!refusal) continue;
      test(`${rule.id}: ${bad}`, () => {
        const reader = new LogReader();
        const explainer = new Explainer(causes);
        const lines = printed(refusal);
        const told = [...lines.flatMap((line, i) => explainer.take(reader.read(line), i)), ...explainer.finish()];
        assert.ok(told[0]?.cause, lines.join('\n'));
        const analysis = analyze(documentOf(bad, 'gst-launch'), world);
        const found = analysis.findings.map((finding) => finding.rule);
        const blamed = blame(readingOfRun(analysis, bad)!, analysis.findings, told[0].clues);
        assert.ok(blamed?.finding, `${lines.join('\n')}\n${found.join(' ')}`);
        if (found.length === 1) assert.equal(blamed.finding.rule, found[0]);
      });
    }
  }
});
