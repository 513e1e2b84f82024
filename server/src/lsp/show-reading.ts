/** Answers "how was this read?" in plain text, for a person who wonders about a finding or mends the program. */
import type { Pipeline } from '../model/pipeline.ts';
import type { Reading } from '../model/read.ts';
import type { ShowReadingParams, ShowReadingResult } from '../protocol.ts';
import { contains } from '../text/span.ts';
import type { Lines } from './convert.ts';
import type { Asked } from './handler.ts';

export function showReading({ analysis, lines }: Asked, params: ShowReadingParams): ShowReadingResult {
  const at = params.position && lines.offsetAt(params.position);
  const here = analysis.readings.filter(({ excerpt }) => at !== undefined && contains(excerpt.span, at));
  const shown = here.length > 0 ? here : analysis.readings;
  const head = `${shown.length} of ${analysis.readings.length} found in this document`;
  const found = analysis.findings.map(({ rule, severity, span, message }) => {
    const { line, character } = lines.positionAt(span.start);
    return `  ${line + 1}:${character + 1} ${severity} ${rule}: ${message}`;
  });
  return {
    text: [head, ...shown.map((reading) => describe(reading, lines)), 'Findings', ...found, ''].join('\n'),
  };
}

function describe(reading: Reading, lines: Lines): string {
  const { excerpt, target } = reading;
  const from = lines.positionAt(excerpt.span.start);
  const to = lines.positionAt(excerpt.span.end);
  const holes = excerpt.holes.map(({ source }) => source).join(' ');
  return [
    '',
    `Lines ${from.line + 1}–${to.line + 1}: ${excerpt.language} in ${excerpt.host} (${excerpt.context}, ${excerpt.certainty})`,
    `  for   ${target.title}${target.assumed ? ' (assumed)' : ''}`,
    `  text  ${JSON.stringify(excerpt.text)}`,
    ...(holes === '' ? [] : [`  known only when it runs: ${holes}`]),
    ...(reading.kind === 'launch' ? pipelineLines(reading.pipeline) : configLines(reading)),
    '',
  ].join('\n');
}

function pipelineLines({ elements, links }: Pipeline): string[] {
  return [
    ...elements.map(({ factory, name, spec, settings }) => {
      const set = settings.map((setting) => `${setting.written}=${setting.value ?? '…'}`).join(' ');
      return `  element ${name}: ${factory}${spec ? ` [${spec.origin.layer}]` : ' [not in the tables]'} ${set}`.trimEnd();
    }),
    ...links.map(({ from, to, agreed, delayed }) => {
      const ends = `${from.element.name}.${from.pad ?? '?'} → ${to.element.name}.${to.pad ?? '?'}`;
      return `  link ${ends}: ${agreed.verdict}, memory ${agreed.memory}${delayed ? ', made when the pad appears' : ''}`;
    }),
  ];
}

function configLines({ config }: Extract<Reading, { kind: 'config' }>): string[] {
  return [
    `  format ${config.format?.id ?? 'not known'}`,
    ...config.sections.flatMap((section) => [
      `  [${section.name}]${section.spec ? '' : ' (not in the table)'}`,
      ...section.keys.map((key) => `    ${key.name} = ${key.value}${key.spec ? '' : ' (not in the table)'}`),
    ]),
  ];
}
