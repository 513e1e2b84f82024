/** Hover: the rule behind a finding, and what the feature knows of the word under the cursor. */
import { type Hover, MarkupKind } from 'vscode-languageserver/node';
import { hover as featureHover } from '../features/hover.ts';
import type { Rule } from '../model/finding.ts';
import { rules } from '../rules/index.ts';
import { touches } from '../text/span.ts';
import { toRange } from './convert.ts';
import type { AskedAt } from './handler.ts';

export function hover({ session, analysis, lines, offset, inside }: AskedAt): Hover | null {
  const findings = analysis.findings.filter(({ span }) => touches(span, offset));
  const told = [...new Set(findings.map(({ rule }) => rule))].flatMap((id) => {
    const rule = byId().get(id);
    return rule ? [ruleText(rule, session.outside.rulesPage)] : [];
  });
  const known = inside && featureHover(inside.reading, inside.offset);
  if (told.length === 0 && !known) return null;
  const span = known && inside ? inside.reading.excerpt.map.toDocument(known.span) : findings[0]?.span;
  return {
    contents: { kind: MarkupKind.Markdown, value: [...told, ...(known ? [known.markdown] : [])].join('\n\n---\n\n') },
    ...(span ? { range: toRange(lines, span) } : {}),
  };
}

function ruleText(rule: Rule, page: string | undefined): string {
  const more = page === undefined ? '' : ` [Example](${page}#${rule.id})`;
  return `**${rule.title}** (\`${rule.id}\`)\n\n${rule.why}${more}`;
}

let indexed: ReadonlyMap<string, Rule> | undefined;

function byId(): ReadonlyMap<string, Rule> {
  indexed ??= new Map(rules.map((rule) => [rule.id, rule]));
  return indexed;
}
