/** A pipeline with a tap: it runs as it is, but for its sinks, and the first picture behind one of its elements goes into a file. Pure. */
import { planOfLaunch } from './plan.ts';

/** What flows behind the element. */
export interface Flow {
  readonly memory: 'nvmm' | 'other';
  /** It has to be decoded first. */
  readonly encoded: boolean;
}

export type Tapped = { readonly words: readonly string[] } | { readonly problem: string };

/** Sinks that have pads of their own names, which a fakesink has not. */
const MANY_PADS = /^(?:splitmuxsink|hlssink[23]?|webrtcsink|rtspclientsink|nvdsudpsink)$/;

const isSink = (factory: string): boolean => /sink$/.test(factory) || factory === 'nvrtspoutsinkbin';

/** What makes a picture file of the flow. pngenc ends its own branch after the first picture. */
function pictureWords({ memory, encoded }: Flow, onJetson: boolean, file: string): readonly string[] {
  const decode = encoded ? ['decodebin', '!'] : [];
  const convert =
    memory === 'nvmm' || (encoded && onJetson)
      ? ['nvvidconv', '!', 'video/x-raw,format=RGBA', '!']
      : ['videoconvert', '!'];
  return [...decode, ...convert, 'pngenc', 'snapshot=true', '!', 'filesink', `location=${quoted(file)}`];
}

/**
 * The words of gst-launch-1.0 (without program and options) with a tap behind the element of this number, in the order of the
 * text. Sinks are replaced, so that nothing is written, sent or shown but the picture.
 */
export function tapped(words: readonly string[], index: number, flow: Flow, onJetson: boolean, file: string): Tapped {
  const places = placesOf(words);
  const place = places[index];
  if (!place) return { problem: 'The element is not found in the text of the pipeline.' };
  if (words[place.end] !== '!')
    return { problem: `Nothing stands behind ${place.factory}: choose the element before it.` };
  const odd = places.find(({ factory }) => MANY_PADS.test(factory));
  if (odd) return { problem: `${odd.factory} cannot be left out for a look. Use a pipeline without it.` };
  if (words.some((word) => /^name=["']?jetson_look\b/.test(word))) return { problem: 'The name jetson_look is taken.' };
  const out: string[] = [];
  let at = 0;
  for (const [number, { start, end, factory }] of places.entries()) {
    out.push(...words.slice(at, start));
    if (isSink(factory))
      out.push('fakesink', ...words.slice(start + 1, end).filter((word) => word.startsWith('name=')));
    else out.push(...words.slice(start, end));
    if (number === index) out.push('!', 'tee', 'name=jetson_look', '!', 'queue');
    at = end;
  }
  out.push(...words.slice(at));
  const tap = ['jetson_look.', '!', 'queue', 'leaky=downstream', 'max-size-buffers=2', '!'];
  return { words: [...out, ...tap, ...pictureWords(flow, onJetson, file)] };
}

interface Place {
  readonly factory: string;
  /** Words from here, up to the end of its settings. */
  readonly start: number;
  readonly end: number;
}

/** Where the elements stand among the words; the same ones, in the same order, as in the plan. */
function placesOf(words: readonly string[]): readonly Place[] {
  const places: { factory: string; start: number; end: number }[] = [];
  for (const [at, word] of words.entries()) {
    const known = planOfLaunch(words.slice(0, at + 1)).length;
    if (known > places.length) places.push({ factory: word, start: at, end: at + 1 });
    const last = places.at(-1);
    if (last && at === last.end && /^[A-Za-z_][\w:-]*=/.test(word)) last.end = at + 1;
  }
  return places;
}

const quoted = (path: string): string => (/^[\w./-]+$/.test(path) ? path : `"${path.replace(/["\\]/g, '\\$&')}"`);
