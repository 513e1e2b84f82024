/**
 * Where a document's offset lies in a reading, for text that is being written: behind the last word, between two pieces of
 * a string, in an empty string. The offset map answers only for what is there already.
 */
import { type Reading, readText } from '../model/read.ts';
import type { Excerpt } from '../text/excerpt.ts';
import { lineStart } from '../text/line-index.ts';
import { analyze, type World } from './analyze.ts';
import type { Analysis } from './document.ts';

export interface CursorPlace {
  readonly reading: Reading;
  /** The excerpt's offset. */
  readonly offset: number;
  /** True where the document has a blank in front that the excerpt has not. */
  readonly gap: boolean;
}

/** A word that every host takes for the beginning of a pipeline. */
const WORD = 'queue';
/** The same for caps that lack their beginning. */
const MEDIA = 'video/x-raw';
/** So far around the cursor the rest of an excerpt is looked for. */
const FAR = 400;

/** The place of a document's offset; undefined where nothing of ours is written there. */
export function cursorPlace(analysis: Analysis, offset: number, world: World): CursorPlace | undefined {
  return placeAmong(analysis, offset) ?? withWord(analysis, offset, world);
}

/** The option of a gst-launch command that the offset touches: what is typed of it, and where it begins. */
export function optionAt(
  { document: { text } }: Analysis,
  offset: number,
): { prefix: string; start: number } | undefined {
  const line = text.slice(lineStart(text, offset), offset);
  const match = /\bgst-launch(?:-1\.0)?(?:\.exe)?(?:\s+-\S+)*\s+(-[\w-]*)$/.exec(line);
  return match ? { prefix: match[1]!, start: offset - match[1]!.length } : undefined;
}

function placeAmong({ readings, document }: Analysis, offset: number): CursorPlace | undefined {
  let found: { readonly place: CursorPlace; readonly size: number; readonly far: number } | undefined;
  for (const reading of readings) {
    const { span } = reading.excerpt;
    if (offset < span.start || offset > span.end + FAR) continue;
    const place = placeIn(reading, document.text, offset);
    if (!place) continue;
    const size = span.end - span.start;
    if (!found || place.far < found.far || (place.far === found.far && size < found.size)) {
      found = { place, size, far: place.far };
    }
  }
  return found && { reading: found.place.reading, offset: found.place.offset, gap: found.place.gap };
}

function placeIn(reading: Reading, document: string, offset: number): (CursorPlace & { far: number }) | undefined {
  const { excerpt } = reading;
  let before: { readonly document: number; readonly excerpt: number } | undefined;
  let more = false;
  let first: { readonly document: number; readonly excerpt: number } | undefined;
  for (const { document: there, excerpt: here, exact } of excerpt.map.runs) {
    first ??= { document: there.start, excerpt: here.start };
    if (exact && there.start <= offset && offset <= there.end) {
      return { reading, offset: here.start + (offset - there.start), gap: false, far: 0 };
    }
    if (there.end > offset) more = true;
    else if (!before || there.end > before.document || (exact && there.end === before.document)) {
      before = { document: there.end, excerpt: here.end };
    }
  }
  if (reading.kind === 'config') return { reading, offset: Math.min(offset, excerpt.text.length), gap: false, far: 0 };
  if (!before) {
    // In front of the first word, inside the construct: only blanks and an opening quote lie between.
    if (!first || first.document - offset > FAR || !/^\s*$/.test(document.slice(offset, first.document)))
      return undefined;
    return { reading, offset: first.excerpt, gap: false, far: first.document - offset };
  }
  const between = document.slice(before.document, offset);
  if (between.length > FAR || !mayLieBetween(between, excerpt, more)) return undefined;
  const blank = /\s/.test(between) && !/\s$/.test(excerpt.text.slice(0, before.excerpt));
  return { reading, offset: before.excerpt, gap: blank, far: between.length };
}

/** Whether a cursor behind this text is still in the excerpt: blanks, continuations, and quotes that open again. */
function mayLieBetween(between: string, { context }: Excerpt, more: boolean): boolean {
  if (!/^[\s\\^`"'+]*$/.test(between)) return false;
  if (more) return true;
  if (context === 'command' || context === 'comment') return !/(?:^|[^\\^`])\r?\n/.test(between);
  const quotes = between.match(/["']/g)?.length ?? 0;
  return quotes % 2 === 0 && (quotes > 0 || !/\n/.test(between) || context === 'pipeline' || context === 'fence');
}

/**
 * Where nothing is written yet, or a word is half written and the text around it is taken for no pipeline without it: what
 * the document would be with a word there.
 */
function withWord(analysis: Analysis, offset: number, world: World): CursorPlace | undefined {
  const { document } = analysis;
  const { text } = document;
  const line = text.slice(Math.max(lineStart(text, offset), offset - FAR), offset);
  const linked = LINK.test(text.slice(Math.max(0, offset - FAR), offset + FAR));
  const empty = document.languageId === 'gst-launch' || /gst-launch|["'`([]\s*$|^\s*$/.test(line);
  const before = /[\w/.-]*$/.exec(line)![0];
  if (!linked && (!empty || before !== '')) return undefined;
  const start = offset - before.length;
  const behind = /^[\w/.-]*/.exec(text.slice(offset, offset + FAR))![0];
  const end = offset + behind.length;
  // In front of fields or features a media type stands, else an element.
  const word = /^(?:,|\(memory:)/.test(text.slice(end, end + 8)) ? MEDIA : `${WORD} `;
  const { project: _, ...alone } = world;
  const probe = analyze(
    { ...document, text: text.slice(0, start) + word + text.slice(end) },
    { ...alone, log: () => {} },
    analysis,
  );
  for (const reading of probe.readings) {
    if (reading.kind !== 'launch') continue;
    const { excerpt } = reading;
    const at = excerpt.map.toExcerpt(start);
    if (at === undefined || !excerpt.text.startsWith(word.trimEnd(), at)) continue;
    const rest = excerpt.text.slice(at + word.trimEnd().length).slice(word.length - word.trimEnd().length);
    const written = excerpt.text.slice(0, at) + before + behind + rest;
    return { reading: readText(written, reading), offset: at + before.length, gap: false };
  }
  return undefined;
}

/** A link as it stands in a pipeline: no operator of a program has blanks or quotes around a lone `!`. */
const LINK = /(?:^|[\s"'`])!(?=[\s"'`]|$)/;
