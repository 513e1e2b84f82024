/**
 * From refusals and slips to problems: a slip takes the refusals that it is the reason for, the rest are told as they
 * are, refusals that stand side by side are one problem, and nothing is said beside a hole.
 */
import { HOLE } from '../../text/excerpt.ts';
import type { Level } from './levels.ts';
import type { Refusal } from './lower.ts';
import { describe } from './refusals.ts';
import { endOf, findSlips } from './slips.ts';
import type { LaunchToken } from './tokens.ts';
import type { Chain, SyntaxProblem } from './tree.ts';
import { linksReferences } from './verdict.ts';

export interface Explained {
  readonly text: string;
  /** All tokens of the text. */
  readonly tokens: readonly LaunchToken[];
  /** Those that GStreamer reads: on x86_64 a character outside ASCII ends the text. */
  readonly read: readonly LaunchToken[];
  readonly levels: readonly Level[];
  readonly chains: readonly Chain[];
  readonly refusals: readonly Refusal[];
}

/** The problems of a text in the order of their places. */
export function explain(input: Explained): SyntaxProblem[] {
  const { text, tokens, read } = input;
  const anyHole = text.includes(HOLE);
  const nearHole = (first: number, last: number): boolean => {
    if (!anyHole) return false;
    for (let i = Math.max(0, first - 1); i <= Math.min(read.length - 1, last + 1); i++) {
      if (read[i]!.kind === 'HOLE' || read[i]!.image.includes(HOLE)) return true;
    }
    return false;
  };
  const parenthesis = (r: Refusal): boolean => r.kind === 'unclosed' || read[r.first]!.image === ')';
  const refusals = input.refusals
    .filter((r) => !nearHole(r.first, r.last) && !(anyHole && parenthesis(r)))
    .sort((a, b) => a.first - b.first || a.last - b.last);
  const taken = new Set<Refusal>();
  const problems: SyntaxProblem[] = [];
  const closing = new Set(input.levels.flatMap((level) => level.close?.index ?? []));
  const strayCloses = refusals.filter((r) => r.kind === 'stray' && read[r.first]!.image === ')');

  let from = 0;
  let close = 0;
  for (const slip of findSlips(text, tokens)) {
    if (nearHole(slip.first, slip.last)) continue;
    let refused = false;
    while (from < refusals.length && refusals[from]!.last < slip.first - 1) from++;
    for (let i = from; i < refusals.length && refusals[i]!.first <= slip.last + 1; i++) {
      const refusal = refusals[i]!;
      if (refusal.kind === 'unclosed') continue;
      if (!taken.has(refusal) || (refusal.first <= slip.last && refusal.last >= slip.first)) refused = true;
      taken.add(refusal);
    }
    // Caps that were cut short leave a ")" behind; where that closes a bin, the bin's own one is too many.
    if (slip.closes !== undefined && closing.has(slip.closes)) {
      while (close < strayCloses.length && strayCloses[close]!.first <= slip.last) close++;
      if (close < strayCloses.length) taken.add(strayCloses[close++]!);
    }
    // Behind the character that ends the text on x86_64 nothing is read, and so nothing is wrong.
    const unread = slip.first > read.length;
    if (!refused && (slip.otherwise === 'nothing' || unread)) continue;
    const { rule, span, message, fixes } = slip;
    const kind = refused ? {} : slip.otherwise === 'later' ? { later: true } : { hint: true };
    problems.push({ rule, span, message, fixes, ...kind });
  }

  let end = -2;
  let unclosed = false;
  for (const refusal of refusals) {
    const touches = refusal.first - (refusal.kind === 'doubled-link' ? 1 : 0) <= end + 1;
    const again = unclosed && refusal.kind === 'unclosed';
    if (!taken.has(refusal) && !touches && !again) problems.push(describe(refusal, text, read, input.levels));
    if (refusal.kind === 'unclosed') unclosed = true;
    if (refusal.kind !== 'nesting') end = Math.max(end, refusal.last);
  }
  const all =
    refusals.length > 0 ? problems : [...problems, ...emptyBins(input.levels), ...onlyReferences(input.chains)];
  return firstOf(all.sort((a, b) => a.span.start - b.span.start || a.span.end - b.span.end));
}

/** Nobody reads more problems of one text than this. */
const MOST = 500;

/** The first problems, with one that GStreamer refuses the text for among them where there is any. */
function firstOf(problems: SyntaxProblem[]): SyntaxProblem[] {
  if (problems.length <= MOST) return problems;
  const refused = problems.findIndex((problem) => !problem.hint && !problem.later);
  return [...problems.slice(0, MOST), ...(refused >= MOST ? [problems[refused]!] : [])];
}

/** Bins with nothing in them, which GStreamer refuses though its grammar takes them. */
function emptyBins(levels: readonly Level[]): SyntaxProblem[] {
  return levels
    .filter((level) => level.open && level.close && level.tokens.length === 0)
    .map((level) => ({
      rule: 'syntax-empty-bin',
      span: { start: level.open!.startOffset, end: endOf(level.close!) },
      message: 'Nothing is in this bin; GStreamer refuses an empty one.',
      fixes: [],
      later: true,
    }));
}

/** A link between two references in a text that makes no element: GStreamer looks for them in nothing, and crashes. */
function onlyReferences(chains: readonly Chain[]): SyntaxProblem[] {
  if (!chains.every((chain) => chain.items.every((item) => item.kind === 'reference'))) return [];
  const chain = chains.find(linksReferences);
  if (!chain) return [];
  return [
    {
      rule: 'syntax-only-references',
      span: chain.span,
      message:
        'These are references to elements by name, but the text makes no element. GStreamer crashes on such a text.',
      fixes: [],
    },
  ];
}
