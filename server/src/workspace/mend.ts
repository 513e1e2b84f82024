/** Makes the safe fixes of a text, again and again until there is nothing left to mend. Pure: text in, text out. */
import { applyEdits, mergeEdits } from '../text/edit.ts';
import { analyze, type World } from './analyze.ts';
import type { Analysis, Document } from './document.ts';

export interface Mended {
  /** The analysis of the text as it is now. */
  readonly analysis: Analysis;
  /** How many fixes were made. */
  readonly made: number;
}

/** Mending that goes on for longer is two fixes that undo each other. */
const MOST_ROUNDS = 20;

export function mend(document: Document, world: World): Mended {
  let analysis = analyze(document, world);
  let made = 0;
  for (let round = 0; round < MOST_ROUNDS; round++) {
    const next = step(analysis, world);
    if (!next) break;
    analysis = next.analysis;
    made += next.made;
  }
  return { analysis, made };
}

/**
 * One round: all safe fixes that do not touch each other. Where the outcome is worse than before (a fix that the text
 * around it did not bear), they are tried one by one and the first that helps is taken.
 */
function step(analysis: Analysis, world: World): Mended | undefined {
  const groups = analysis.findings.flatMap(({ fixes }) => {
    const safe = fixes.find((fix) => fix.safe && fix.edits.length > 0);
    return safe ? [safe.edits] : [];
  });
  if (groups.length === 0) return undefined;
  const together = attempt(analysis, groups, world);
  if (together) return together;
  for (const group of groups.slice(0, 100)) {
    const alone = attempt(analysis, [group], world);
    if (alone) return alone;
  }
  return undefined;
}

function attempt(
  analysis: Analysis,
  groups: readonly (readonly { readonly span: { start: number; end: number }; readonly text: string }[])[],
  world: World,
): Mended | undefined {
  const { document } = analysis;
  const edits = mergeEdits(groups).map(({ span, text }) => ({ span, text: withLineEnds(text, document.text) }));
  const text = applyEdits(document.text, edits);
  if (text === document.text) return undefined;
  const after = analyze({ ...document, text, version: document.version + 1 }, world, analysis);
  const better = weight(after) < weight(analysis) && after.readings.length >= analysis.readings.length;
  return better ? { analysis: after, made: groups.length } : undefined;
}

/** An error weighs more than any number of hints: a fix may not trade a hint for an error. */
const weight = ({ findings }: Analysis): number => findings.reduce((sum, { severity }) => sum + WEIGHTS[severity], 0);

const WEIGHTS = { error: 1_000_000, warning: 1_000, hint: 1 } as const;

const withLineEnds = (text: string, like: string): string =>
  like.includes('\r\n') ? text.replace(/\r?\n/g, '\r\n') : text;
