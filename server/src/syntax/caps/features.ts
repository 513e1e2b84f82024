/** The features in parentheses behind a media type, as gst_caps_features_from_string reads them (GStreamer 1.22). */
import type { Structure } from '../../caps/caps.ts';
import { HOLE } from '../../text/excerpt.ts';
import { span } from '../../text/span.ts';
import type { CapsProblem, CapsWord } from './tree.ts';

/**
 * Reads `(a, b)` that begins at `start`. A name that is no feature name is dropped by GStreamer, so that
 * `video/x-raw(memory)` is plain system memory; that is told as a problem that refuses nothing.
 */
export function readFeatures(
  written: string,
  start: number,
  reading: { readonly problems: CapsProblem[]; open: boolean },
): { features: Structure['features']; words: CapsWord[] } {
  const inner = written.slice(1, written.endsWith(')') ? -1 : undefined);
  if (inner.includes(HOLE)) reading.open = true;
  if (inner === '') return { features: [], words: [] };
  const words = splitWords(inner, start + 1);
  if (inner === 'ANY') return { features: 'any', words };
  const features: string[] = [];
  for (const word of words) {
    const refused = word.text === '' || word.text.includes(' ');
    if (refused || !/^[A-Za-z]*:[A-Za-z][A-Za-z0-9]*$/.test(word.text))
      reading.problems.push(featureProblem(word, refused));
    else if (!features.includes(word.text)) features.push(word.text);
  }
  return { features: features.length === 1 && features[0] === 'memory:SystemMemory' ? [] : features, words };
}

function featureProblem(word: CapsWord, refused: boolean): CapsProblem {
  const { text } = word;
  const message =
    text.trim() === ''
      ? 'A feature like memory:NVMM is missing here; GStreamer refuses the caps.'
      : refused
        ? `Caps features must have no blanks in or behind them; GStreamer refuses "${text}".`
        : `"${text}" is not a feature name (those look like memory:NVMM); GStreamer drops it and takes the caps as if it were not there.`;
  return { span: word.span, message, rule: 'caps-feature', refused };
}

/** Cuts at commas that have no backslash before them; blanks before a name belong to none. */
function splitWords(inner: string, offset: number): CapsWord[] {
  const words: CapsWord[] = [];
  let begin = skipBlanks(inner, 0);
  for (let i = begin; ; i++) {
    // A backslash keeps the comma behind it from cutting.
    while (inner[i] === '\\') i += inner[i + 1] === '\\' ? 1 : 2;
    if (i < inner.length && inner[i] !== ',') continue;
    const end = Math.min(i, inner.length);
    words.push({ text: inner.slice(begin, end), span: span(offset + begin, offset + end) });
    if (end >= inner.length) return words;
    begin = skipBlanks(inner, end + 1);
    i = begin - 1;
  }
}

function skipBlanks(text: string, at: number): number {
  while (text[at] === ' ') at++;
  return at;
}
