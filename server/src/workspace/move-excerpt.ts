/** Excerpts as they are after a change elsewhere in their document: further down, or up, and else the same. */
import type { Excerpt, HostProblem } from '../text/excerpt.ts';
import { OffsetMap } from '../text/offset-map.ts';
import { covers, type Span, shift } from '../text/span.ts';

/** Where constants that were filled in stand in the document, outside of the excerpt's own construct. */
export function farSpans(excerpt: Excerpt): readonly Span[] {
  const { base, far } = originOf(excerpt);
  return farOf(base).map((index, i) => shift(base.map.runs[index]!.document, far[i]!));
}

/** What an excerpt was before it was moved: the same for all places it has had. */
export const unmoved = (excerpt: Excerpt): Excerpt => originOf(excerpt).base;

/** Indices of the runs that lie outside of the construct. */
export function farOf(excerpt: Excerpt): readonly number[] {
  const { base } = originOf(excerpt);
  let found = fars.get(base);
  if (!found) {
    found = base.map.runs.flatMap(({ document }, index) => (covers(base.span, document) ? [] : [index]));
    fars.set(base, found);
  }
  return found;
}

/** The excerpt after a change that ends at `end` made the text longer by `by`; it touches nothing of the excerpt. */
export function moveWith(excerpt: Excerpt, end: number, by: number): Excerpt {
  if (by === 0) return excerpt;
  const { base, own, far } = originOf(excerpt);
  const moves = base.span.start + own >= end;
  const indices = farOf(base);
  const farNow = far.map((moved, i) =>
    base.map.runs[indices[i]!]!.document.start + moved >= end ? moved + by : moved,
  );
  if (!moves && farNow.every((moved, i) => moved === far[i])) return excerpt;
  return movedBy(base, moves ? own + by : own, farNow);
}

/**
 * The excerpt of a text that was put together of these parts of a document, in the document. Undefined where it does not
 * keep to one part.
 */
export function moveWithin(excerpt: Excerpt, parts: readonly Span[]): Excerpt | undefined {
  const place = (s: Span): Span | undefined => {
    let before = 0;
    for (const part of parts) {
      const length = part.end - part.start;
      if (s.start < before + length || (s.start === s.end && s.start === before + length)) {
        return s.end <= before + length ? shift(s, part.start - before) : undefined;
      }
      before += length;
    }
    return undefined;
  };
  const span = place(excerpt.span);
  if (!span) return undefined;
  const runs = excerpt.map.runs.map((run) => ({ ...run, document: place(run.document) ?? LOST }));
  if (runs.some(({ document }) => document === LOST)) return undefined;
  const by = span.start - excerpt.span.start;
  return {
    ...excerpt,
    span,
    map: new OffsetMap(runs),
    options: shiftOptions(excerpt.options, by),
    problems: shiftProblems(excerpt.problems, by),
  };
}

const LOST: Span = { start: -1, end: -1 };

/** From what an excerpt was moved: nothing piles up over many keystrokes. */
interface Origin {
  readonly base: Excerpt;
  /** How far the construct has moved. */
  readonly own: number;
  /** How far each run outside of it has moved. */
  readonly far: readonly number[];
}

const origins = new WeakMap<Excerpt, Origin>();
const fars = new WeakMap<Excerpt, readonly number[]>();
const NONE: readonly number[] = [];

function originOf(excerpt: Excerpt): Origin {
  const known = origins.get(excerpt);
  if (known) return known;
  const origin: { base: Excerpt; own: number; far: readonly number[] } = { base: excerpt, own: 0, far: NONE };
  origins.set(excerpt, origin);
  const far = farOf(excerpt);
  if (far.length > 0) origin.far = far.map(() => 0);
  return origin;
}

/** The map is made when it is asked for: of most excerpts, nobody does. */
function movedBy(base: Excerpt, own: number, far: readonly number[]): Excerpt {
  let map: OffsetMap | undefined;
  const { map: _, ...rest } = base;
  const moved: Excerpt = {
    ...rest,
    span: shift(base.span, own),
    options: shiftOptions(base.options, own),
    problems: shiftProblems(base.problems, own),
    get map() {
      map ??= shiftMap(base, own, far);
      return map;
    },
  };
  origins.set(moved, { base, own, far });
  return moved;
}

function shiftMap(base: Excerpt, own: number, far: readonly number[]): OffsetMap {
  const byIndex = new Map(farOf(base).map((index, i) => [index, far[i]!]));
  return new OffsetMap(
    base.map.runs.map((run, index) => ({ ...run, document: shift(run.document, byIndex.get(index) ?? own) })),
  );
}

function shiftOptions(options: Excerpt['options'], by: number): Excerpt['options'] {
  return options.length === 0 ? options : options.map(({ text, span }) => ({ text, span: shift(span, by) }));
}

function shiftProblems(problems: readonly HostProblem[], by: number): readonly HostProblem[] {
  if (problems.length === 0) return problems;
  return problems.map((problem) => ({
    ...problem,
    span: shift(problem.span, by),
    ...(problem.fixes && {
      fixes: problem.fixes.map((fix) => ({
        ...fix,
        edits: fix.edits.map(({ span, text }) => ({ span: shift(span, by), text })),
      })),
    }),
  }));
}
