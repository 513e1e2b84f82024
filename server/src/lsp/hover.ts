/** Hover: the rule behind a finding, and what the feature knows of the word under the cursor. */
import { type Hover, MarkupKind } from 'vscode-languageserver/node';
import { pipelineText } from '../features/hover/pipeline.ts';
import { hover as featureHover } from '../features/hover.ts';
import { nameAt } from '../features/names.ts';
import type { Rule } from '../model/finding.ts';
import { rules } from '../rules/index.ts';
import { type Span, touches } from '../text/span.ts';
import { pathOf } from '../workspace/paths.ts';
import { toRange } from './convert.ts';
import type { AskedAt, Inside } from './handler.ts';
import { labelOf, nameOf } from './navigation.ts';

export function hover(asked: AskedAt): Hover | null {
  const { session, analysis, lines, offset, inside } = asked;
  const findings = analysis.findings.filter(({ span }) => touches(span, offset));
  const told = [...new Set(findings.map(({ rule }) => rule))].flatMap((id) => {
    const rule = byId().get(id);
    return rule ? [ruleText(rule, session.outside.rulesPage)] : [];
  });
  const known = inside ? wordHover(inside) : commandHover(asked);
  const parts = [...told, ...(known ? [known.markdown] : []), ...acrossFiles(asked)];
  if (parts.length === 0) return null;
  const span = known?.span ?? findings[0]?.span;
  return {
    contents: { kind: MarkupKind.Markdown, value: parts.join('\n\n---\n\n') },
    ...(span ? { range: toRange(lines, span) } : {}),
  };
}

function wordHover({ reading, offset }: Inside): Known | undefined {
  const known = featureHover(reading, offset);
  return known && { ...known, span: reading.excerpt.map.toDocument(known.span) };
}

interface Known {
  readonly span: Span;
  readonly markdown: string;
}

/** On the command in front of a pipeline, or the quote that it begins with, the pipeline as a whole. */
function commandHover({ analysis, offset }: AskedAt): Known | undefined {
  const { text } = analysis.document;
  for (const reading of analysis.readings) {
    const { span, map } = reading.excerpt;
    const front = text.slice(span.start, map.toDocument({ start: 0, end: 0 }).start).trimEnd();
    const own = { start: span.start, end: span.start + front.length };
    if (front === '' || !touches(own, offset)) continue;
    const markdown = pipelineText(reading);
    if (markdown !== '') return { span: own, markdown };
  }
  return undefined;
}

/** What other files say of the place: where an id is given, what a class is called. */
function acrossFiles(asked: AskedAt): string[] {
  const { inside, analysis } = asked;
  if (!inside) return [];
  const label = labelOf(asked);
  if (label) return [`Class ${label.number} is ${code(label.text)} in ${code(label.file)}.`];
  if (nameAt(inside.reading, inside.offset)?.kind !== 'inference') return [];
  const named = nameOf(asked, true);
  const others = new Map<string, boolean>();
  for (const { uri, gives } of named?.places ?? []) {
    if (uri !== analysis.document.uri) others.set(uri, others.get(uri) === true || gives);
  }
  const list = [...others].map(([uri, gives]) => {
    const path = pathOf(uri);
    return `- ${gives ? 'given' : 'used'} in [${code(path.slice(path.lastIndexOf('/') + 1))}](${uri})`;
  });
  return list.length === 0 ? [] : [`In other files, id ${named!.name.name} is\n${list.join('\n')}`];
}

/** Words of others, as they are. */
const code = (text: string): string => `\`${text.replaceAll('`', "'")}\``;

function ruleText(rule: Rule, page: string | undefined): string {
  const more = page === undefined ? '' : ` [Example](${page}#${rule.id})`;
  return `**${rule.title}** (\`${rule.id}\`)\n\n${rule.why}${more}`;
}

let indexed: ReadonlyMap<string, Rule> | undefined;

function byId(): ReadonlyMap<string, Rule> {
  indexed ??= new Map(rules.map((rule) => [rule.id, rule]));
  return indexed;
}
