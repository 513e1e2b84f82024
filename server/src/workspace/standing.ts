/**
 * An excerpt and where it stands now. What is typed above a construct moves it and changes nothing else of it, so that the
 * excerpt stays what it was when it was lifted, and only the distance is kept. The moved excerpt is made when asked for:
 * of most excerpts, nobody does before the next keystroke.
 */
import type { Excerpt, HostProblem } from '../text/excerpt.ts';
import { OffsetMap } from '../text/offset-map.ts';
import { covers, type Span, shift } from '../text/span.ts';

export interface Standing {
  /** As it was lifted. */
  readonly base: Excerpt;
  /** How far the construct has moved since. */
  readonly own: number;
  /** How far each run has moved that lies outside of the construct: a constant that was filled in. */
  readonly far: readonly number[];
}

/** The excerpt where it was found. */
export function standing(base: Excerpt): Standing {
  const { length } = farRuns(base);
  return { base, own: 0, far: length === 0 ? NOWHERE : Array.from({ length }, () => 0) };
}

/** The construct in the document as it is now. */
export const spanOf = ({ base, own }: Standing): Span => shift(base.span, own);

// The questions below are asked of every excerpt at every keystroke, so they make no spans to answer them.

/** Whether the construct and the stretch of document share a letter. */
export const meets = ({ base, own }: Standing, { start, end }: Span): boolean =>
  base.span.start + own < end && start < base.span.end + own;

/** Whether the stretch of document lies in the construct. */
export const encloses = ({ base, own }: Standing, { start, end }: Span): boolean =>
  base.span.start + own <= start && end <= base.span.end + own;

/** Whether a constant that was filled in stands in the stretch of document, or beside it. */
export function namesWithin({ base, far }: Standing, { start, end }: Span): boolean {
  const runs = farRuns(base);
  for (let i = 0; i < runs.length; i++) {
    const { document } = base.map.runs[runs[i]!]!;
    if (document.start + far[i]! <= end && start <= document.end + far[i]!) return true;
  }
  return false;
}

/** Where constants that were filled in stand now, outside of the construct. */
export const farSpans = ({ base, far }: Standing): readonly Span[] =>
  farRuns(base).map((index, i) => shift(base.map.runs[index]!.document, far[i]!));

/** After a change that ends at `end` made the text longer by `by`; it touches nothing of the excerpt. */
export function moveBy(stands: Standing, end: number, by: number): Standing {
  if (by === 0) return stands;
  const { base, own, far } = stands;
  const runs = farRuns(base);
  let now: number[] | undefined;
  for (let i = 0; i < runs.length; i++) {
    if (base.map.runs[runs[i]!]!.document.start + far[i]! < end) continue;
    now ??= [...far];
    now[i] = far[i]! + by;
  }
  const moves = base.span.start + own >= end;
  return moves || now ? { base, own: moves ? own + by : own, far: now ?? far } : stands;
}

/** The excerpt with its places as they are now. */
export function excerptAt(stands: Standing): Excerpt {
  const { base, own, far } = stands;
  if (own === 0 && far.every((moved) => moved === 0)) return base;
  const known = moved.get(stands);
  if (known) return known;
  let map: OffsetMap | undefined;
  const { map: _, ...rest } = base;
  const excerpt: Excerpt = {
    ...rest,
    span: shift(base.span, own),
    options: shiftOptions(base.options, own),
    problems: shiftProblems(base.problems, own),
    get map() {
      map ??= shiftMap(stands);
      return map;
    },
  };
  moved.set(stands, excerpt);
  return excerpt;
}

/**
 * The excerpt of a text that was put together of these parts of a document, in the document. Undefined where it does not
 * keep to one part.
 */
export function placeParts(excerpt: Excerpt, parts: readonly Span[]): Excerpt | undefined {
  const place = (s: Span): Span | undefined => {
    let before = 0;
    for (const part of parts) {
      const end = before + (part.end - part.start);
      if (s.start < end || (s.start === s.end && s.start === end)) {
        return s.end <= end ? shift(s, part.start - before) : undefined;
      }
      before = end;
    }
    return undefined;
  };
  const span = place(excerpt.span);
  if (!span) return undefined;
  const runs = [];
  for (const run of excerpt.map.runs) {
    const document = place(run.document);
    if (!document) return undefined;
    runs.push({ ...run, document });
  }
  const by = span.start - excerpt.span.start;
  return {
    ...excerpt,
    span,
    map: new OffsetMap(runs),
    options: shiftOptions(excerpt.options, by),
    problems: shiftProblems(excerpt.problems, by),
  };
}

const NOWHERE: readonly number[] = [];

const moved = new WeakMap<Standing, Excerpt>();
const fars = new WeakMap<Excerpt, readonly number[]>();

/** Indices of the runs that lie outside of the construct. */
function farRuns(base: Excerpt): readonly number[] {
  let found = fars.get(base);
  if (!found) {
    found = base.map.runs.flatMap(({ document }, index) => (covers(base.span, document) ? [] : [index]));
    fars.set(base, found.length === 0 ? NOWHERE : found);
  }
  return found;
}

function shiftMap({ base, own, far }: Standing): OffsetMap {
  const byIndex = new Map(farRuns(base).map((index, i) => [index, far[i]!]));
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
