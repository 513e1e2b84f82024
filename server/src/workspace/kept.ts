/**
 * What was read and found of an excerpt, kept as long as its text and the target stay: with the excerpt itself while that
 * only moves, and by its text where the host has read the document anew.
 */
import { type Reading, read } from '../model/read.ts';
import type { Target } from '../model/target.ts';
import type { Excerpt } from '../text/excerpt.ts';
import type { Found } from './check.ts';
import type { Standing } from './standing.ts';

export interface Kept {
  readonly target: Target;
  readonly reading: Reading;
  /** Undefined where nothing was looked for yet, or where it depends on more than text and target. */
  found: readonly Found[] | undefined;
}

/** What is known of the excerpts of one document; `previous` are those of its earlier version. */
export class Known {
  #byText: Map<string, Kept> | undefined;
  #unknown = 0;

  constructor(readonly previous: readonly Standing[]) {}

  /** The excerpt as it was lifted, read for a target. */
  of(base: Excerpt, target: Target): Kept {
    const own = byExcerpt.get(base);
    if (own?.target === target) return own;
    const key = keyOf(base, target);
    const same = recent.get(key) ?? this.#texts().get(key);
    const kept: Kept = same
      ? { target, reading: { ...same.reading, excerpt: base }, found: same.found }
      : { target, reading: read(base, target), found: undefined };
    byExcerpt.set(base, kept);
    if (same) return kept;
    this.#byText?.set(key, kept);
    recent.set(key, kept);
    if (recent.size > MOST_RECENT) recent.delete(recent.keys().next().value!);
    return kept;
  }

  /** Only where much is not known by itself has the document been read anew, and is worth a look at all its texts. */
  #texts(): ReadonlyMap<string, Kept> {
    if (!this.#byText && ++this.#unknown > FEW) this.#byText = textsOf(this.previous);
    return this.#byText ?? NONE;
  }
}

/** More excerpts than a keystroke touches. */
const FEW = 4;
/** What was read last, of whatever document: what a person takes back is known still. */
const MOST_RECENT = 64;
const recent = new Map<string, Kept>();
const NONE: ReadonlyMap<string, Kept> = new Map();

const byExcerpt = new WeakMap<Excerpt, Kept>();

function textsOf(standings: readonly Standing[]): Map<string, Kept> {
  const found = new Map<string, Kept>();
  for (const { base } of standings) {
    const kept = byExcerpt.get(base);
    if (kept) found.set(keyOf(base, kept.target), kept);
  }
  return found;
}

/** Everything of an excerpt that its meaning depends on; where it stands is not part of it. */
function keyOf(base: Excerpt, target: Target): string {
  const { language, host, context, certainty, consumer, fragment, config, text } = base;
  const holes = base.holes.map((hole) => `${hole.span.start}-${hole.span.end}:${hole.source}`);
  return [
    `${target.id}#${target.revision}`,
    [language, host, context, certainty, consumer, fragment, config?.format, config?.syntax].join(' '),
    holes.join(' '),
    base.options.map((option) => option.text).join(' '),
    base.problems.map((problem) => problem.rule).join(' '),
    text,
  ].join('\n');
}
