/** What a pipeline asks of its device, in plain text. Figures that cannot be known are named with what is missing. */
import { type Budget, budgetOf, type Sum } from '../model/budget.ts';
import { pipelineOf, type Reading } from '../model/read.ts';
import type { LineIndex } from '../text/line-index.ts';

/** One reading's budget: engine loads, copies, NVMM pools, per element and in all. */
export function describeBudget(reading: Reading, lines: Pick<LineIndex, 'positionAt'>): string {
  const pipeline = pipelineOf(reading);
  const { line } = lines.positionAt(reading.excerpt.map.toDocument({ start: 0, end: 0 }).start);
  const head = `line ${line + 1}: ${reading.target.title}`;
  if (!pipeline) return `${head}\n  stands for no pipeline that is written in this file\n`;
  return `${[head, ...budgetLines(budgetOf(pipeline, reading.target.device))].join('\n')}\n`;
}

function budgetLines({ engines, copies, nvmm }: Budget): string[] {
  return [
    ...engines.flatMap(({ engine, work, load, parts, unknown }) => [
      `  ${engine.toUpperCase()} ${work}: ${load === undefined ? 'not known' : `${Math.round(load * 100)} %`}`,
      ...parts.map(
        (part) =>
          `    ${part.element.name}: ${part.codec}, ${Math.round(part.asks)} of ${Math.round(part.limit)} million pixels/s (${part.source})`,
      ),
      ...unknown.map(({ element, missing }) => `    ${element.name}: ${missing} is not known`),
    ]),
    ...sumLines('copies', copies, 'MB/s'),
    ...sumLines('NVMM in pools', nvmm, 'MB'),
  ];
}

const sumLines = (name: string, sum: Sum, unit: string): string[] => [
  `  ${name}: ${Math.round(sum.total / 1e6)} ${unit}`,
  ...sum.parts.map(({ element, amount }) => `    ${element.name}: ${Math.round(amount / 1e6)} ${unit}`),
  ...sum.unknown.map(({ element, missing }) => `    ${element.name}: ${missing} is not known`),
];
