/** Answers "how was this read?" in plain text, for a person who wonders about a finding or mends the program. */
import type { ShowReadingParams, ShowReadingResult } from '../protocol.ts';
import { touches } from '../text/span.ts';
import { describeModel } from '../workspace/describe.ts';
import type { Asked } from './handler.ts';

export function showReading({ analysis, lines }: Asked, params: ShowReadingParams): ShowReadingResult {
  const at = params.position && lines.offsetAt(params.position);
  const here = analysis.readings.filter(({ excerpt }) => at !== undefined && touches(excerpt.span, at));
  const shown = here.length > 0 ? here : analysis.readings;
  if (shown.length === 0) return { text: 'No pipeline and no configuration was found in this document.\n' };
  const counted = `${shown.length} of the ${analysis.readings.length} found in this document`;
  const findings = analysis.findings.map(({ rule, severity, span, message }) => {
    const { line, character } = lines.positionAt(span.start);
    return `  ${line + 1}:${character + 1} ${severity} ${rule}: ${message}`;
  });
  return {
    text: [counted, '', ...shown.map((reading) => describeModel(reading, lines)), 'Findings', ...findings, ''].join(
      '\n',
    ),
  };
}
