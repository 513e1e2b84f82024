/**
 * Whether findings point at what they speak of: the document's text under a finding must be the excerpt's text under it,
 * but for what the host's own syntax puts in between (quotes, escapes, continuations).
 */

import { rules } from '../../server/src/rules/index.ts';
import { analyze } from '../../server/src/workspace/analyze.ts';
import { check } from '../../server/src/workspace/check.ts';
import { documentOf, testWorld } from '../support/world.ts';
import { type Corpus, type Figure, share } from './figures.ts';

/** One name for each host of the corpus; the analysis chooses by it. */
export const PATH_BY_HOST: Readonly<Record<string, string>> = {
  sh: 'a.sh',
  md: 'a.md',
  py: 'a.py',
  c: 'a.c',
  cpp: 'a.cpp',
  rust: 'a.rs',
  js: 'a.js',
  dockerfile: 'Dockerfile',
  systemd: 'a.service',
  yaml: 'docker-compose.yml',
  makefile: 'Makefile',
  plain: 'a.gst',
  go: 'a.go',
  cs: 'A.cs',
  java: 'A.java',
  xml: 'a.launch',
  json: 'a.json',
};

interface Row {
  readonly id: string;
  readonly host: string;
  readonly raw: string;
}

export function spanFigures(corpus: Corpus): Figure[] {
  const world = testWorld();
  const exceptions: string[] = [];
  let judged = 0;
  let rows = 0;
  for (const { id, host, raw } of corpus.rows<Row>('pipelines.jsonl')) {
    const document = documentOf(raw, '', `/corpus/${PATH_BY_HOST[host] ?? 'a.md'}`);
    const { readings, findings } = analyze(document, world);
    if (findings.length > 0) rows++;
    for (const { span, rule } of findings) {
      if (span.end <= raw.length) continue;
      exceptions.push(`${id}: ${rule} ends behind the text`);
    }
    for (const reading of readings) {
      const { excerpt } = reading;
      for (const { rule, finding } of check(reading, rules, NOBODY, fail)) {
        const there = excerpt.map.toDocument(finding.span);
        // A constant's value stands for the place that names it; there the texts differ by nature.
        const runs = excerpt.map.runs.filter(
          (run) => run.excerpt.start < finding.span.end && finding.span.start < run.excerpt.end,
        );
        if (runs.some((run) => !run.exact && run.excerpt.end - run.excerpt.start > 4)) continue;
        judged++;
        const meant = excerpt.text.slice(finding.span.start, finding.span.end);
        const shown = raw.slice(there.start, there.end);
        if (bare(meant) === bare(shown)) continue;
        exceptions.push(`${id} ${host}: ${rule} speaks of ${JSON.stringify(meant)}, shows ${JSON.stringify(shown)}`);
      }
    }
  }
  return [share('findings on the right characters', judged - exceptions.length, judged, 1, exceptions, { rows })];
}

const NOBODY = {
  path: undefined,
  exists: () => undefined,
  readings: () => [],
  text: () => undefined,
  beside: () => [],
};

const fail = (rule: string, error: unknown): never => {
  throw new Error(`${rule}: ${error instanceof Error ? error.stack : error}`);
};

/** The text without what hosts put between and in front of its characters. */
const bare = (text: string): string => text.replace(/[\s\\"'`+,#*/|>^]/g, '');
