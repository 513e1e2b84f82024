/** A stretch of text. Half open, counted in UTF-16 code units, as JavaScript strings and LSP count. */
export interface Span {
  /** Offset of the first code unit. */
  readonly start: number;
  /** Offset behind the last code unit; never below `start`. */
  readonly end: number;
}

/** The span from `start` up to, not including, `end`. */
export const span = (start: number, end: number): Span => ({ start, end });

/** Whether the offset lies in the span or at either edge, which is where a cursor touches it. */
export const touches = (s: Span, offset: number): boolean => s.start <= offset && offset <= s.end;

/** Whether the code unit at the offset belongs to the span. */
export const contains = (s: Span, offset: number): boolean => s.start <= offset && offset < s.end;

/** Whether `inner` lies wholly in `outer`. */
export const covers = (outer: Span, inner: Span): boolean => outer.start <= inner.start && inner.end <= outer.end;

/** Whether the two spans share a code unit, or one is empty and lies in the other. */
export const overlaps = (a: Span, b: Span): boolean =>
  a.start < b.end && b.start < a.end
    ? true
    : a.start === a.end
      ? contains(b, a.start)
      : b.start === b.end && contains(a, b.start);

/** The span moved by `by` code units. */
export const shift = (s: Span, by: number): Span => ({ start: s.start + by, end: s.end + by });

/** The smallest span that covers both. */
export const join = (a: Span, b: Span): Span => ({ start: Math.min(a.start, b.start), end: Math.max(a.end, b.end) });
