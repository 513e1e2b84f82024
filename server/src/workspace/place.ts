/** The only way from an excerpt's offsets back to the document. */
import type { Finding, Severity } from '../model/finding.ts';
import type { Edit } from '../text/edit.ts';
import type { Excerpt, HostProblem } from '../text/excerpt.ts';
import { join, type Span } from '../text/span.ts';
import type { Placed } from './document.ts';
import { uriOf } from './paths.ts';

/** What placing a finding needs to know beside the excerpt. */
export interface Whereabouts {
  readonly uri: string;
  /** The absolute path of a file named in {@link Finding.related}. */
  resolve(path: string): string;
}

export function place(
  rule: string,
  severity: Severity,
  finding: Finding,
  excerpt: Excerpt,
  where: Whereabouts,
): Placed {
  return {
    rule,
    severity,
    span: excerpt.map.toDocument(finding.span),
    message: finding.message,
    related: (finding.related ?? []).map((related) =>
      related.path === undefined
        ? { uri: where.uri, span: excerpt.map.toDocument(related.span), message: related.message }
        : { uri: uriOf(where.resolve(related.path)), span: related.span, message: related.message },
    ),
    fixes: (finding.fixes ?? []).flatMap((fix) => {
      const edits = placeEdits(fix.edits, excerpt);
      return edits ? [{ title: fix.title, edits, safe: fix.safe }] : [];
    }),
    ...(finding.tag ? { tag: finding.tag } : {}),
  };
}

/** A host's own problem: its spans are the document's already. */
export function placeHostProblem(problem: HostProblem, severity: Severity): Placed {
  return {
    rule: problem.rule,
    severity,
    span: problem.span,
    message: problem.message,
    related: [],
    fixes: (problem.fixes ?? []).map(({ title, edits, safe }) => ({ title, edits, safe })),
  };
}

/** Edits of the excerpt as edits of the document; undefined where one of them cannot be made there. */
export function placeEdits(edits: readonly Edit[], excerpt: Excerpt): readonly Edit[] | undefined {
  const placed: Edit[] = [];
  for (const edit of edits) {
    const parts = partsOf(edit.span, excerpt);
    if (!parts) return undefined;
    const text = edit.text === '' ? '' : excerpt.write(edit.text, edit.span.start, edit.span.end);
    parts.forEach((part, i) => {
      placed.push({ span: part, text: i === 0 ? text : '' });
    });
  }
  return apart(placed);
}

/** Edits that can be made together: deletions that overlap become one; undefined where anything else overlaps. */
function apart(edits: readonly Edit[]): readonly Edit[] | undefined {
  const ordered = [...edits].sort((a, b) => a.span.start - b.span.start || a.span.end - b.span.end);
  const kept: Edit[] = [];
  for (const edit of ordered) {
    const last = kept.at(-1);
    if (!last || edit.span.start >= last.span.end) kept.push(edit);
    else if (edit.text === '' && last.text === '')
      kept[kept.length - 1] = { span: join(last.span, edit.span), text: '' };
    else return undefined;
  }
  return kept;
}

/**
 * The stretches of document behind a span of the excerpt. What lies between them (the quotes and the comma of two
 * joined literals) is not the excerpt's and stays. Undefined where the span takes a part of something that can only
 * be changed whole, such as half of an escape.
 */
function partsOf(s: Span, excerpt: Excerpt): Span[] | undefined {
  if (s.start === s.end) return [excerpt.map.toDocument(s)];
  const parts: { start: number; end: number }[] = [];
  for (const run of excerpt.map.runs) {
    const start = Math.max(s.start, run.excerpt.start);
    const end = Math.min(s.end, run.excerpt.end);
    if (start >= end) continue;
    const whole = start === run.excerpt.start && end === run.excerpt.end;
    if (!run.exact && !whole) return undefined;
    const shift = run.document.start - run.excerpt.start;
    const part = run.exact ? { start: start + shift, end: end + shift } : { ...run.document };
    const last = parts.at(-1);
    if (last && last.end === part.start) last.end = part.end;
    else if (last && part.start < last.end) return undefined;
    else parts.push(part);
  }
  return parts.length > 0 ? parts : undefined;
}
