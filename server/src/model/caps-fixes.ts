/** What mends caps that do not parse, for the slips that people make. */
import { parseCaps } from '../syntax/caps/lower.ts';
import type { CapsPlace } from './caps-places.ts';
import type { Fix } from './finding.ts';

/** A fix that makes the caps readable; none where no known slip explains them. */
export function capsFix(place: CapsPlace, excerpt: string): Fix[] {
  const written = excerpt.slice(place.span.start, place.span.end);
  for (const { title, mend } of SLIPS) {
    const mended = mend(written);
    if (mended === written || parseCaps(meant(mended)).caps === undefined) continue;
    return [{ title, edits: [{ span: place.span, text: mended }], safe: true }];
  }
  return [];
}

const SLIPS: readonly { readonly title: string; readonly mend: (written: string) => string }[] = [
  {
    title: 'Remove the blank before the parenthesis',
    mend: (written) => written.replace(/^([a-z]+\/[\w.+-]+)(?:\\?\s)+\(/gi, '$1('),
  },
  { title: 'Remove the single quotes', mend: (written) => written.replace(/'([^']*)'/g, '$1') },
  { title: 'Remove the blank at the end', mend: (written) => written.replace(/(?:\\?\s)+$/, '') },
  {
    title: 'Separate the fields by commas',
    mend: (written) => written.replace(/([\w)"])(?:\\?\s)+(?=[a-z][\w-]*\s*=)/gi, '$1,'),
  },
];

/** What GStreamer makes of a value as written: outer quotes and backslashes undone. */
const meant = (written: string): string => written.replace(/^"(.*)"$/s, '$1').replace(/\\(.)/gs, '$1');
