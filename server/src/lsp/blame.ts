/** Answers where messages of a run are at home, for the client, which heard them. */
import type { Blamed, BlameParams, BlameResult, PlaceRange } from '../protocol.ts';
import type { Span } from '../text/span.ts';
import { blame, readingOfRun } from '../workspace/blame.ts';
import { toRange } from './convert.ts';
import type { Asked } from './handler.ts';

export function blameOf({ analysis, lines }: Asked, { text, clues }: BlameParams): BlameResult {
  const reading = readingOfRun(analysis, text);
  const range = (span: Span): PlaceRange => toRange(lines, span);
  return {
    blamed: clues.map((one): Blamed<PlaceRange> | null => {
      const blamed = reading && blame(reading, analysis.findings, one);
      if (!blamed) return null;
      const { place, finding, related, ...rest } = blamed;
      return {
        ...rest,
        place: range(place),
        ...(finding && { finding: { ...finding, place: range(finding.place) } }),
        related: related.map((other) => ({ ...other, place: range(other.place) })),
      };
    }),
  };
}

/** What is answered where a document cannot be looked at. */
export const noBlame: BlameResult = { blamed: [] };
