import type { Certainty, Consumer, Excerpt, Hole, HostProblem } from './excerpt.ts';
import { HOLE } from './excerpt.ts';
import { OffsetMap, type Run } from './offset-map.ts';
import type { Span } from './span.ts';

/** How a stretch of lifted text is written back: escapes and quotes put in. */
export type Writer = (text: string) => string;

/** Text lifted out of a document, with all that is needed to go back there. */
export interface Lifted {
  readonly text: string;
  /** In order of the text and without gaps. */
  readonly runs: readonly Run[];
  readonly holes: readonly Hole[];
  /** Who writes where: each writer serves from the end of the one before up to `end`. */
  readonly pens: readonly { readonly end: number; readonly write: Writer }[];
}

/** Writes text as it is. */
export const asIs: Writer = (text) => text;

/** Puts lifted text together, piece by piece. */
export class Lift {
  readonly #pieces: string[] = [];
  readonly #runs: Run[] = [];
  readonly #holes: Hole[] = [];
  readonly #pens: { end: number; write: Writer }[] = [];
  #length = 0;

  /** How long the text is so far. */
  get length(): number {
    return this.#length;
  }

  /** The document's text from `start` to `end`, as it stands there. */
  copy(document: string, start: number, end: number, write: Writer): this {
    if (end <= start) return this;
    this.#push({
      excerpt: { start: this.#length, end: this.#length + (end - start) },
      document: { start, end },
      exact: true,
    });
    this.#take(document.slice(start, end), write);
    return this;
  }

  /** Text that stands for a stretch of document which reads otherwise. */
  put(text: string, document: Span, write: Writer): this {
    if (text === '') return this;
    this.#runs.push({
      excerpt: { start: this.#length, end: this.#length + text.length },
      document,
      exact: false,
    });
    this.#take(text, write);
    return this;
  }

  /** A stretch of document that is known only at run time; it keeps its length, and is never empty. */
  hole(source: string, document: Span, write: Writer): this {
    const length = Math.max(1, document.end - document.start);
    this.#holes.push({ span: { start: this.#length, end: this.#length + length }, source });
    return this.put(HOLE.repeat(length), document, write);
  }

  /** All of another lifted text of the same document. */
  add(other: Lifted): this {
    return this.addPart(other, 0, other.text.length);
  }

  /** The part of another lifted text from `start` to `end`, offsets of that text. */
  addPart(other: Lifted, start: number, end: number): this {
    if (end <= start) return this;
    const shift = this.#length - start;
    for (const run of other.runs) {
      const from = Math.max(run.excerpt.start, start);
      const to = Math.min(run.excerpt.end, end);
      if (from >= to) continue;
      const cut = run.exact
        ? {
            start: run.document.start + (from - run.excerpt.start),
            end: run.document.start + (to - run.excerpt.start),
          }
        : run.document;
      this.#push({ excerpt: { start: from + shift, end: to + shift }, document: cut, exact: run.exact });
    }
    for (const hole of other.holes) {
      const from = Math.max(hole.span.start, start);
      const to = Math.min(hole.span.end, end);
      if (from < to) this.#holes.push({ span: { start: from + shift, end: to + shift }, source: hole.source });
    }
    let before = 0;
    for (const pen of other.pens) {
      const to = Math.min(pen.end, end);
      if (to > Math.max(before, start)) this.#pens.push({ end: to + shift, write: pen.write });
      before = pen.end;
    }
    this.#pieces.push(other.text.slice(start, end));
    this.#length += end - start;
    return this;
  }

  /** What was put together. */
  done(): Lifted {
    return { text: this.#pieces.join(''), runs: this.#runs, holes: this.#holes, pens: this.#pens };
  }

  /** Adds a run; exact ones that follow each other in both texts become one. */
  #push(run: Run): void {
    const last = this.#runs.at(-1);
    if (
      last?.exact &&
      run.exact &&
      last.document.end === run.document.start &&
      last.excerpt.end === run.excerpt.start
    ) {
      this.#runs[this.#runs.length - 1] = {
        excerpt: { start: last.excerpt.start, end: run.excerpt.end },
        document: { start: last.document.start, end: run.document.end },
        exact: true,
      };
    } else this.#runs.push(run);
  }

  #take(text: string, write: Writer): void {
    this.#pieces.push(text);
    this.#length += text.length;
    const last = this.#pens.at(-1);
    if (last && last.write === write) last.end = this.#length;
    else this.#pens.push({ end: this.#length, write });
  }
}

/** A stretch of document lifted as it stands. */
export const liftSpan = (document: string, start: number, end: number, write: Writer = asIs): Lifted =>
  new Lift().copy(document, start, end, write).done();

/** What an excerpt says of itself beside its text. */
export interface About {
  readonly host: string;
  readonly context: string;
  readonly certainty: Certainty;
  readonly consumer: Consumer;
  readonly span: Span;
  readonly options?: Excerpt['options'];
  readonly fragment?: boolean;
  readonly problems?: readonly HostProblem[];
}

/** The excerpt of a lifted pipeline. */
export const launchExcerpt = (lifted: Lifted, about: About): Excerpt => ({
  language: 'launch',
  text: lifted.text,
  map: new OffsetMap(lifted.runs),
  holes: lifted.holes,
  host: about.host,
  context: about.context,
  certainty: about.certainty,
  consumer: about.consumer,
  span: about.span,
  options: about.options ?? [],
  fragment: about.fragment ?? false,
  problems: about.problems ?? [],
  write: (text, at, end) => penAt(lifted, at, end)(text),
});

/**
 * An excerpt that was found in lifted text, as an excerpt of the document that the text came from.
 * Whatever is lifted with holes keeps them.
 */
export function nest(inner: Excerpt, outer: Lifted, about: Partial<About> = {}): Excerpt {
  const map = new OffsetMap(outer.runs);
  const place = (s: Span): Span => map.toDocument(s);
  const composed = inner.map.compose(map);
  return {
    ...inner,
    map: composed,
    holes: withOuterHoles(inner, outer),
    host: about.host ?? inner.host,
    context: about.context ?? inner.context,
    certainty: about.certainty ?? inner.certainty,
    consumer: about.consumer ?? inner.consumer,
    fragment: about.fragment ?? inner.fragment,
    span: about.span ?? place(inner.span),
    options: inner.options.map((option) => ({ text: option.text, span: place(option.span) })),
    problems: inner.problems.map((problem) => ({
      ...problem,
      span: place(problem.span),
      ...(problem.fixes && {
        fixes: problem.fixes.map((fix) => ({
          ...fix,
          edits: fix.edits.map((edit) => ({
            span: place(edit.span),
            text: penAt(outer, edit.span.start, edit.span.end)(edit.text),
          })),
        })),
      }),
    })),
    write(text, at, end) {
      const start = inner.map.toDocument({ start: at, end: Math.max(at, end ?? at) });
      return penAt(outer, start.start, start.end)(inner.write(text, at, end));
    },
  };
}

/**
 * Who writes at an offset. An insertion goes behind the character before it, a replacement to the one after;
 * that is where the offset map puts them.
 */
function penAt(lifted: Lifted, at: number, end: number | undefined): Writer {
  const wanted = end !== undefined && end <= at ? at - 1 : at;
  for (const pen of lifted.pens) if (wanted < pen.end) return pen.write;
  return lifted.pens.at(-1)?.write ?? asIs;
}

/** The inner excerpt's own holes, and those stretches of it that were holes already in the outer text. */
function withOuterHoles(inner: Excerpt, outer: Lifted): readonly Hole[] {
  if (outer.holes.length === 0 || !inner.text.includes(HOLE)) return inner.holes;
  const covered = new Set<number>();
  for (const hole of inner.holes) for (let i = hole.span.start; i < hole.span.end; i++) covered.add(i);
  const holes = [...inner.holes];
  for (let at = inner.text.indexOf(HOLE); at >= 0; at = inner.text.indexOf(HOLE, at)) {
    let end = at;
    while (inner.text[end] === HOLE && !covered.has(end)) end++;
    if (end > at) {
      const there = inner.map.toDocument({ start: at, end });
      const source = outer.holes.find((hole) => hole.span.start < there.end && there.start < hole.span.end);
      holes.push({ span: { start: at, end }, source: source?.source ?? '' });
    }
    at = Math.max(end, at + 1);
  }
  return holes.sort((a, b) => a.span.start - b.span.start);
}
