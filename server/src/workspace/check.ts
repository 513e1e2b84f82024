/** All rules on one reading. Knows severities and certainty; places are still the excerpt's. */
import type { Around, Finding, Rule, Severity } from '../model/finding.ts';
import type { Reading } from '../model/read.ts';
import type { SyntaxProblem } from '../syntax/launch/tree.ts';
import type { Certainty } from '../text/excerpt.ts';
import { covers } from '../text/span.ts';

/** A finding with the rule that made it. */
export interface Found {
  readonly rule: string;
  readonly severity: Severity;
  readonly finding: Finding;
}

/** What a person has set for a rule. */
export type SeveritySetting = Severity | 'off';

/**
 * What the rules say about a reading, the parser's own problems first. A rule that fails loses its own findings only;
 * `failed` is told of it.
 */
export function check(
  reading: Reading,
  rules: readonly Rule[],
  around: Around,
  failed: (rule: string, error: unknown) => void,
): Found[] {
  const found: Found[] = [];
  for (const problem of problemsOf(reading).slice(0, MOST_OF_A_RULE)) {
    found.push({ rule: problem.rule, severity: problem.hint ? 'hint' : 'error', finding: problem });
  }
  for (const rule of rules) {
    if (rule.on !== reading.kind && rule.on !== 'pipeline') continue;
    const own: Found[] = [];
    try {
      for (const finding of rule.check(reading, around)) {
        own.push({ rule: rule.id, severity: finding.severity ?? rule.severity, finding });
        if (own.length === MOST_OF_A_RULE) break;
      }
    } catch (error) {
      failed(rule.id, error);
      continue;
    }
    for (const one of own) found.push(one);
  }
  return withoutConsequences(found);
}

/** The findings without those that only say what another error inside their span leads to. */
function withoutConsequences(found: readonly Found[]): Found[] {
  return found.filter(
    (one) =>
      !one.finding.givesWay ||
      !found.some(
        (other) => other !== one && other.severity === 'error' && covers(one.finding.span, other.finding.span),
      ),
  );
}

/** A file with more findings of one rule is looked at no further for it. */
const MOST_OF_A_RULE = 10_000;

/** What the grammar refuses. A YAML file that is not judged may be meant for another reader than we know. */
function problemsOf(reading: Reading): readonly SyntaxProblem[] {
  if (reading.kind === 'launch') return reading.tree.problems;
  const { format, tree } = reading.config;
  return format?.judged === false && tree.syntax !== 'ini' ? [] : tree.problems;
}

/**
 * The severity that is shown; undefined where the rule is switched off. What stands in a comment is not run, so it gets
 * hints; what only looks like a pipeline may be put together with something else before it is run, so nothing about it
 * is certain enough for an error.
 */
export function shownSeverity(
  severity: Severity,
  certainty: Certainty,
  setting: SeveritySetting | undefined,
): Severity | undefined {
  if (setting === 'off') return undefined;
  const wanted = setting ?? severity;
  if (certainty === 'comment') return 'hint';
  if (certainty === 'guess' && wanted === 'error') return 'warning';
  return wanted;
}
