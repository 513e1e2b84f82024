/** Slips that the parser has told already, so that what they turn into is not told once more. */
import type { LaunchTree } from '../syntax/launch/tree.ts';
import type { Span } from '../text/span.ts';

/** Whether a problem of the grammar stands at this place. Findings about what the words there mean would repeat it. */
export function told(tree: LaunchTree, span: Span): boolean {
  const { starts, reach } = problemsOf(tree);
  // The last problem that starts before the span ends; those before it are asked through how far any of them reaches.
  let low = 0;
  let high = starts.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (starts[middle]! < span.end) low = middle + 1;
    else high = middle;
  }
  return low > 0 && reach[low - 1]! > span.start;
}

interface Problems {
  readonly starts: readonly number[];
  /** The farthest end of this problem and all before it. */
  readonly reach: readonly number[];
}

const kept = new WeakMap<LaunchTree, Problems>();

function problemsOf(tree: LaunchTree): Problems {
  const known = kept.get(tree);
  if (known) return known;
  const spans = tree.problems.filter((problem) => problem.hint !== true).map((problem) => problem.span);
  spans.sort((a, b) => a.start - b.start);
  let farthest = 0;
  const made = {
    starts: spans.map((span) => span.start),
    reach: spans.map((span) => (farthest = Math.max(farthest, span.end))),
  };
  kept.set(tree, made);
  return made;
}
