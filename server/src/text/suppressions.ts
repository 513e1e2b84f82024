import type { Span } from './span.ts';

// Comments that silence findings: `gst-lint: ignore RULE …` on the line of a pipeline or the one above it,
// `gst-lint: ignore-file` for the whole document. Without a rule they silence all.

/** What comments in a document silence. */
export class Suppressions {
  readonly #lines = new Map<number, readonly string[]>();
  readonly #starts: number[] = [0];
  readonly #everywhere: string[] = [];

  constructor(text: string) {
    if (!text.includes('gst-lint:')) return;
    for (let at = text.indexOf('\n'); at >= 0; at = text.indexOf('\n', at + 1)) this.#starts.push(at + 1);
    const comment = /gst-lint:[ \t]*ignore(-file)?((?:[ \t,]+[a-z0-9][a-z0-9-]*)*)/g;
    for (const hit of text.matchAll(comment)) {
      const rules = hit[2]!.split(/[ \t,]+/).filter((word) => word !== '');
      const ids = rules.length > 0 ? rules : ['*'];
      if (hit[1]) this.#everywhere.push(...ids);
      else this.#lines.set(this.#line(hit.index), ids);
    }
  }

  /** The rules silenced for a stretch of the document; `*` for all. */
  at(span: Span): readonly string[] {
    if (this.#lines.size === 0) return this.#everywhere;
    const first = this.#line(span.start);
    const last = this.#line(span.end);
    const found = [...this.#everywhere];
    for (const [line, ids] of this.#lines) if (line >= first - 1 && line <= last) found.push(...ids);
    return found;
  }

  #line(offset: number): number {
    let low = 0;
    let high = this.#starts.length - 1;
    while (low < high) {
      const middle = (low + high + 1) >> 1;
      if (this.#starts[middle]! <= offset) low = middle;
      else high = middle - 1;
    }
    return low;
  }
}
