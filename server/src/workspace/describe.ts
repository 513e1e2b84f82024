/** How excerpts were read, in plain text: for a person who wonders about a finding, or mends the program. */
import { launchText } from '../model/deepstream-app.ts';
import type { Pipeline } from '../model/pipeline.ts';
import { pipelineOf, type Reading } from '../model/read.ts';
import type { Chain, Item } from '../syntax/launch/tree.ts';
import type { LineIndex } from '../text/line-index.ts';
import type { Span } from '../text/span.ts';

/** Where the excerpt lies, its text, and its elements and links, or its sections and keys. */
export function describeModel(reading: Reading, lines: Pick<LineIndex, 'positionAt'>): string {
  return `${[...head(reading, lines), ...modelLines(reading)].join('\n')}\n`;
}

/** Where the excerpt lies, and the pipeline that it stands for; of a deepstream-app configuration also as a command. */
export function describePipeline(reading: Reading, lines: Pick<LineIndex, 'positionAt'>): string {
  const pipeline = pipelineOf(reading);
  const command = reading.kind === 'config' ? launchText(reading.config, reading.target) : undefined;
  return `${[
    ...head(reading, lines).filter((line) => !line.startsWith('  text')),
    ...(pipeline ? pipelineLines(pipeline) : ['  stands for no pipeline that is written in this file']),
    ...(command === undefined ? [] : ['', command]),
  ].join('\n')}\n`;
}

/** Where the excerpt lies, and its tree: every node with its span in the excerpt. */
export function describeTree(reading: Reading, lines: Pick<LineIndex, 'positionAt'>): string {
  if (reading.kind === 'config') return describeModel(reading, lines);
  const { text } = reading.excerpt;
  return `${[
    ...head(reading, lines),
    ...reading.tree.chains.flatMap((chain) => chainLines(chain, text, '  ')),
    ...reading.tree.problems.map(({ rule, span, message }) => `  problem ${at(span)} ${rule}: ${message}`),
  ].join('\n')}\n`;
}

function head({ excerpt, target }: Reading, lines: Pick<LineIndex, 'positionAt'>): string[] {
  const from = lines.positionAt(excerpt.span.start).line + 1;
  const to = lines.positionAt(excerpt.span.end).line + 1;
  const holes = excerpt.holes.map(({ source }) => source).join(' ');
  return [
    `${from === to ? `Line ${from}` : `Lines ${from}–${to}`}: ${excerpt.language} in ${excerpt.host} (${excerpt.context}, ${excerpt.certainty}${excerpt.fragment ? ', fragment' : ''})`,
    `  for   ${target.title}${target.assumed ? ' (assumed)' : ''}`,
    `  text  ${JSON.stringify(excerpt.text)}`,
    ...(holes === '' ? [] : [`  known only when it runs: ${holes}`]),
  ];
}

function modelLines(reading: Reading): string[] {
  return reading.kind === 'launch' ? pipelineLines(reading.pipeline) : configLines(reading);
}

function pipelineLines({ elements, links, loose, dropped }: Pipeline): string[] {
  return [
    ...elements.map(({ factory, name, spec, settings }) => {
      const set = settings.map((setting) => `${setting.written}=${setting.value ?? '…'}`).join(' ');
      return `  element ${name}: ${factory}${spec ? ` [${spec.origin.layer}]` : ' [not in the tables]'} ${set}`.trimEnd();
    }),
    ...dropped.map(({ factory, name }) => `  dropped ${name}: ${factory}`),
    ...links.map(({ from, to, agreed, delayed }) => {
      const ends = `${from.element.name}.${from.pad ?? '?'} → ${to.element.name}.${to.pad ?? '?'}`;
      return `  link ${ends}: ${agreed.verdict}, memory ${agreed.memory}${delayed ? ', made when the pad appears' : ''}`;
    }),
    ...loose.map(({ span, element }) => `  loose ${at(span)} ${element?.text ?? ''}`),
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

function chainLines(chain: Chain, text: string, indent: string): string[] {
  const deeper = `${indent}  `;
  const linkBehind = (index: number | undefined): string[] =>
    chain.links
      .filter((link) => link.before === index)
      .map((link) => `${deeper}link ${at(link.span)} ${JSON.stringify(text.slice(link.span.start, link.span.end))}`);
  return [
    `${indent}chain ${at(chain.span)}`,
    ...linkBehind(undefined),
    ...chain.items.flatMap((item, index) => [...itemLines(item, text, deeper), ...linkBehind(index)]),
  ];
}

function itemLines(item: Item, text: string, indent: string): string[] {
  const place = at(item.span);
  switch (item.kind) {
    case 'element':
      return [`${indent}element ${place} ${item.factory.text}`, ...settingLines(item.settings, indent)];
    case 'bin':
      return [
        `${indent}bin ${place} ${item.factory?.text ?? ''}${item.closed ? '' : ' (not closed)'}`.trimEnd(),
        ...settingLines(item.settings, indent),
        // A tree of ten thousand nested bins is no use to a reader, and deeper ones would end the recursion.
        ...(indent.length > 100 ? [`${indent}  …`] : item.chains.flatMap((c) => chainLines(c, text, `${indent}  `))),
      ];
    case 'reference':
      return [`${indent}reference ${place} ${item.element?.text ?? ''}.${item.pads.map((pad) => pad.text).join(',')}`];
    case 'uri':
      return [`${indent}uri ${place} ${item.uri.text}`];
    case 'hole':
      return [`${indent}hole ${place}`];
  }
}

function settingLines(settings: Extract<Item, { kind: 'element' }>['settings'], indent: string): string[] {
  return settings.map((setting) =>
    setting.kind === 'preset'
      ? `${indent}  preset ${at(setting.span)} ${JSON.stringify(setting.value.text)}`
      : `${indent}  property ${at(setting.span)} ${setting.name.text} = ${JSON.stringify(setting.value.text)}`,
  );
}

const at = (span: Span): string => `${span.start}-${span.end}`;
