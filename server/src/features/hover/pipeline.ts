/** A pipeline as a whole in Markdown: its ends, and what it asks of its machine, element by element. */
import { type Budget, budgetOf, type LoadPart, type Sum, type Unknown } from '../../model/budget.ts';
import { pipelineOf, type Reading } from '../../model/read.ts';
import { pipelineName } from '../symbols.ts';
import { bytesWords } from './caps-words.ts';
import { paragraphs } from './paragraphs.ts';

/** Empty for a configuration that stands for no pipeline. */
export function pipelineText(reading: Reading): string {
  const pipeline = pipelineOf(reading);
  if (!pipeline || pipeline.elements.length === 0) return '';
  const { title, assumed } = reading.target;
  const count = pipeline.elements.length;
  return paragraphs(
    `**${pipelineName(pipeline)}** · ${count} ${count === 1 ? 'element' : 'elements'}`,
    `On ${title}${assumed ? ', since no target is chosen' : ''}:`,
    budgetLines(budgetOf(pipeline, reading.target.device)).join('\n'),
  );
}

function budgetLines({ engines, copies, nvmm }: Budget): string[] {
  return [
    ...engines.map(({ engine, work, load, parts, unknown }) => {
      const share = load === undefined ? 'not known' : percent(load);
      return item(`${engine.toUpperCase()} ${work}: ${share}`, [...parts.map(partWords), ...missing(unknown)]);
    }),
    sumLine('Copies between system memory and NVMM', copies, '/s'),
    sumLine('NVMM in pools', nvmm, ''),
  ];
}

const item = (head: string, parts: readonly string[]): string =>
  [`- ${head}`, ...parts.map((part) => `  - ${part}`)].join('\n');

const partWords = ({ element, codec, asks, limit, share }: LoadPart): string =>
  `${element.name}: ${percent(share)} — ${codec}, ${Math.round(asks)} of ${Math.round(limit)} million pixels a second`;

const missing = (unknown: readonly Unknown[]): string[] =>
  unknown.map(({ element, missing: what }) => `${element.name}: ${what} is not known`);

function sumLine(head: string, { total, parts, unknown }: Sum, per: string): string {
  if (parts.length === 0 && unknown.length === 0) return `- ${head}: none`;
  const each = parts.map(({ element, amount }) => `${element.name}: ${bytesWords(amount)}${per}`);
  return item(`${head}: ${unknown.length > 0 ? '≥ ' : ''}${bytesWords(total)}${per}`, [...each, ...missing(unknown)]);
}

const percent = (share: number): string => `${Math.round(share * 100)} %`;
