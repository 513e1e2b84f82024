/**
 * Lays out a document's pipelines and key files, and proves each time that the document is still read the same: what
 * hosts lift is compared before and after, and an edit that changes it is not made. Pure.
 */
import { configEdits } from '../features/config-formatting.ts';
import { type LayoutOptions, layoutEdits } from '../features/formatting.ts';
import { isCode } from '../features/formatting-gaps.ts';
import type { Reading } from '../model/read.ts';
import { asGLibReads, readKeyFile } from '../syntax/config/ini/lower.ts';
import { applyEdits, type Edit } from '../text/edit.ts';
import type { Excerpt } from '../text/excerpt.ts';
import type { Span } from '../text/span.ts';
import { overlaps, touches } from '../text/span.ts';
import type { World } from './analyze.ts';
import type { Analysis } from './document.ts';
import { lift } from './lift.ts';
import { pathOf } from './paths.ts';

/** More pipelines of one document are tried one by one no more, where all at once did not go. */
const MOST_TRIED = 60;

/** Edits of the document. `part` limits them to the lines that it touches. */
export function format(analysis: Analysis, world: World, options: LayoutOptions, part?: Span): Edit[] {
  const { document, readings } = analysis;
  const range = part && wholeLines(document.text, part);
  const groups = readings.flatMap((reading) => {
    const { span } = reading.excerpt;
    if (range && !overlaps(span, range) && !touches(span, range.start) && !touches(span, range.end)) return [];
    const edits = editsOf(reading, document.text, options).filter((edit) => !range || inRange(edit, range));
    return edits.length > 0 ? [edits] : [];
  });
  if (groups.length === 0) return [];
  const file = { path: pathOf(document.uri), ...(document.languageId && { languageId: document.languageId }) };
  const before = readings.map(({ excerpt }) => excerpt);
  const holds = (edits: readonly Edit[]): boolean => {
    const text = applyEdits(document.text, edits);
    return readsSame(
      before,
      lift(file, text, world).standings.map(({ base }) => base),
    );
  };
  const all = apart(groups);
  if (holds(all.flat())) return all.flat();
  const taken: Edit[] = [];
  for (const group of all.slice(0, MOST_TRIED)) if (holds([...taken, ...group])) taken.push(...group);
  return taken;
}

function wholeLines(text: string, { start, end }: Span): Span {
  const next = text.indexOf('\n', end);
  return { start: text.lastIndexOf('\n', start - 1) + 1, end: next < 0 ? text.length : next };
}

function editsOf(reading: Reading, source: string, options: LayoutOptions): Edit[] {
  if (reading.kind === 'launch') return layoutEdits(reading, source, options);
  const { map } = reading.excerpt;
  return configEdits(reading).map(({ span, text }) => ({ span: map.toDocument(span), text }));
}

/** Groups without those that reach into the stretch of an earlier one: an excerpt may stand in another. */
function apart(groups: readonly (readonly Edit[])[]): (readonly Edit[])[] {
  const kept: (readonly Edit[])[] = [];
  const reach = (group: readonly Edit[]): Span => ({
    start: Math.min(...group.map(({ span }) => span.start)),
    end: Math.max(...group.map(({ span }) => span.end)),
  });
  for (const group of groups) {
    const own = reach(group);
    if (kept.every((other) => own.start > reach(other).end || own.end < reach(other).start)) kept.push(group);
  }
  return kept;
}

const inRange = ({ span }: Edit, range: Span): boolean => span.start <= range.end && range.start <= span.end;

/** The same excerpts in the same order, each the same text but for the blanks between its words. */
export function readsSame(before: readonly Excerpt[], after: readonly Excerpt[]): boolean {
  return (
    before.length === after.length &&
    before.every((one, i) => {
      const other = after[i]!;
      return (
        one.host === other.host &&
        one.context === other.context &&
        one.language === other.language &&
        one.certainty === other.certainty &&
        one.fragment === other.fragment &&
        one.problems.length === other.problems.length &&
        JSON.stringify(one.options.map(({ text }) => text)) === JSON.stringify(other.options.map(({ text }) => text)) &&
        wordsOf(one) === wordsOf(other)
      );
    })
  );
}

/** A code's string must not change at all; blanks between the words of a command may. */
function wordsOf({ text, language, host, holes }: Excerpt): string {
  const marks = holes.map(({ source }) => source).join('\n');
  if (language === 'config') return keyFileText(text);
  if (isCode(host)) return `${text}\n${marks}`;
  return `${blanksJoined(text).trim()}\n${marks}`;
}

/** What GLib makes of a key file. */
const keyFileText = (text: string): string =>
  JSON.stringify(
    [...(asGLibReads(readKeyFile(text)) ?? [])].map(([name, keys]) => [
      name,
      keys.map(({ name: key, value }) => [key.text, value.text]),
    ]),
  );

/** Runs of blanks outside double quotes as one; an escaped blank belongs to its word. */
function blanksJoined(text: string): string {
  let joined = '';
  let quoted = false;
  for (let i = 0; i < text.length; i++) {
    const c = text[i]!;
    if (c === '\\' && i + 1 < text.length) {
      joined += c + text[++i]!;
      continue;
    }
    if (c === '"') quoted = !quoted;
    if (!quoted && (c === ' ' || c === '\t' || c === '\n' || c === '\r')) {
      if (!joined.endsWith('\n')) joined += '\n';
    } else joined += c;
  }
  return joined;
}
