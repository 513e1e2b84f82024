import type { Span } from './span.ts';

/**
 * A run of an excerpt and the stretch of document that it came from.
 * `exact`: both are the same text, character by character. Otherwise the run stands for the stretch as a whole
 * (an escape such as `\n`, a dropped continuation, a constant's value that was filled in).
 */
export interface Run {
  readonly excerpt: Span;
  readonly document: Span;
  readonly exact: boolean;
}

/** Where each character of an excerpt came from. Runs are in excerpt order, without gaps in the excerpt. */
export class OffsetMap {
  constructor(readonly runs: readonly Run[]) {}

  /** The map of an excerpt that is the stretch of document itself. */
  static identity(start: number, length: number): OffsetMap {
    return new OffsetMap([
      { excerpt: { start: 0, end: length }, document: { start, end: start + length }, exact: true },
    ]);
  }

  /** The stretch of document that gave the excerpt's span. An empty span gives an empty one wherever that is possible. */
  toDocument(s: Span): Span {
    if (s.start === s.end) {
      const at = this.#edge(s.start);
      return { start: at, end: at };
    }
    const first = this.#runAt(s.start);
    const last = this.#runAt(s.end - 1);
    if (!first || !last) {
      const at = this.#edge(s.start);
      return { start: at, end: at };
    }
    const start = first.exact ? first.document.start + (s.start - first.excerpt.start) : first.document.start;
    const end = last.exact ? last.document.start + (s.end - last.excerpt.start) : last.document.end;
    return { start: Math.min(start, end), end: Math.max(start, end) };
  }

  /** The excerpt's offset for a document offset; undefined where the document has nothing of the excerpt. */
  toExcerpt(offset: number): number | undefined {
    let behind: number | undefined;
    for (const run of this.runs) {
      if (run.document.start <= offset && offset < run.document.end) {
        return run.exact ? run.excerpt.start + (offset - run.document.start) : run.excerpt.start;
      }
      if (offset === run.document.end) behind = run.excerpt.end;
    }
    return behind;
  }

  /** This map laid over the map of the text that its documents' offsets speak of. */
  compose(outer: OffsetMap): OffsetMap {
    const runs: Run[] = [];
    for (const run of this.runs) {
      if (!run.exact || run.excerpt.start === run.excerpt.end) {
        runs.push({ excerpt: run.excerpt, document: outer.toDocument(run.document), exact: false });
        continue;
      }
      for (let i = outer.#indexAt(run.document.start); i < outer.runs.length; i++) {
        const over = outer.runs[i]!;
        if (over.excerpt.start >= run.document.end) break;
        const start = Math.max(run.document.start, over.excerpt.start);
        const end = Math.min(run.document.end, over.excerpt.end);
        if (start >= end) continue;
        const excerpt = {
          start: run.excerpt.start + (start - run.document.start),
          end: run.excerpt.start + (end - run.document.start),
        };
        const document = over.exact
          ? {
              start: over.document.start + (start - over.excerpt.start),
              end: over.document.start + (end - over.excerpt.start),
            }
          : over.document;
        runs.push({ excerpt, document, exact: over.exact });
      }
    }
    return new OffsetMap(runs);
  }

  #runAt(offset: number): Run | undefined {
    const run = this.runs[this.#indexAt(offset)];
    return run && run.excerpt.start <= offset && offset < run.excerpt.end ? run : undefined;
  }

  /** Index of the run that holds the excerpt offset, else of the next one. */
  #indexAt(offset: number): number {
    let low = 0;
    let high = this.runs.length - 1;
    while (low <= high) {
      const middle = (low + high) >> 1;
      if (offset >= this.runs[middle]!.excerpt.end) low = middle + 1;
      else high = middle - 1;
    }
    return low;
  }

  /** Where an insertion at this excerpt offset goes: behind the character before it, else before the one after it. */
  #edge(offset: number): number {
    const before = offset > 0 ? this.#runAt(offset - 1) : undefined;
    if (before) return before.exact ? before.document.start + (offset - before.excerpt.start) : before.document.end;
    const after = this.#runAt(offset);
    if (after) return after.exact ? after.document.start + (offset - after.excerpt.start) : after.document.start;
    return this.runs.at(-1)?.document.end ?? this.runs[0]?.document.start ?? 0;
  }
}
