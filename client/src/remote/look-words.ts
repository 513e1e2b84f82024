/** The pipeline that ends behind one element with a picture, in place of what follows it in the text. */
import { gstLaunch } from './launch-words.ts';

/** The text up to the end of an element with its properties: before the next `!` outside of quotes. `offset` stands in its name. */
export function cutAfter(text: string, offset: number): string {
  let quote = '';
  for (let at = offset; at < text.length; at++) {
    const character = text[at]!;
    if (character === '\\') at++;
    else if (quote !== '') quote = character === quote ? '' : quote;
    else if (character === '"' || character === "'") quote = character;
    else if (character === '!') return text.slice(0, at).trimEnd();
  }
  return text.trimEnd();
}

/** What is known of the link, and what the device has. */
export interface Picture {
  /** `video/x-raw`, `video/x-h264`; empty where it is open. */
  readonly media: string;
  /** In NVMM, or another memory that the CPU cannot read. */
  readonly hardware: boolean;
  /** The element of the device that brings frames out of NVMM; undefined where it has none. */
  readonly converter: 'nvvideoconvert' | 'nvvidconv' | undefined;
  /** Where the PNG is written, on the device; letters that need no quotes. */
  readonly path: string;
}

/** gst-launch-1.0 for one picture of what leaves the element at the end of `upstream`. */
export function lookWords(upstream: string, { media, hardware, converter, path }: Picture): string[] {
  const encoded = media !== 'video/x-raw';
  const steps = [
    upstream,
    'queue',
    ...(encoded ? ['decodebin'] : []),
    // A decoder of the board gives frames in NVMM, and the converter takes those of the CPU too.
    ...((hardware || encoded) && converter ? [converter, 'video/x-raw,format=RGBA'] : []),
    'videoconvert',
    'pngenc snapshot=true',
    `filesink location=${path}`,
  ];
  return gstLaunch(steps.join(' ! '));
}

/** Kinds of media of which a picture can be made; an open link may be one. */
export const isPicture = (media: string): boolean => media === '' || /^(?:video|image)\//.test(media);
