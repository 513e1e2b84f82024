/** What GStreamer's grammar refuses, in words, and how to mend it where that is plain. */
import type { Level } from './levels.ts';
import type { Refusal } from './lower.ts';
import { endOf, fix, insert, isLink, remove, type SlipFix } from './slips.ts';
import type { LaunchToken } from './tokens.ts';
import type { SyntaxProblem } from './tree.ts';

/** The problem of one refusal. */
export function describe(
  refusal: Refusal,
  text: string,
  tokens: readonly LaunchToken[],
  levels: readonly Level[],
): SyntaxProblem {
  const first = tokens[refusal.first]!;
  const last = tokens[refusal.last]!;
  const span = { start: first.startOffset, end: endOf(last) };
  const written = text.slice(span.start, span.end);
  const problem = (rule: string, message: string, ...fixes: SlipFix[]): SyntaxProblem => ({
    rule,
    span,
    message,
    fixes,
  });
  const before = tokens[refusal.first - 1];
  const after = tokens[refusal.last + 1];
  switch (refusal.kind) {
    case 'leading-link':
      return first.image.length > 1
        ? problem('syntax-caps-first', 'No element stands before these caps; a link joins two elements.')
        : problem(
            'syntax-leading-link',
            `Nothing stands before this "${written}"; a link joins two elements.`,
            fix(`Remove "${written}"`, false, remove(text, span.start, span.end)),
          );
    case 'trailing-link':
      return problem(
        'syntax-trailing-link',
        first.image.length > 1
          ? 'No element stands behind these caps; a link joins two elements.'
          : `Nothing stands behind this "${written}"; a link joins two elements.`,
        fix(`Remove "${written}"`, false, remove(text, span.start, span.end)),
      );
    case 'doubled-link':
      return problem(
        'syntax-doubled-link',
        'Two links follow each other with no element between them.',
        ...oneLink(tokens, refusal.first),
      );
    case 'link-behind-end': {
      const name = before?.kind === 'REF' ? before.image.slice(0, before.image.indexOf('.') + 1) : undefined;
      return problem(
        'syntax-link-behind-reference',
        name === undefined
          ? 'A chain ends with the URI or the reference that it leads to; it cannot be linked onwards.'
          : `A chain that leads to "${before!.image}" ends there; to go on from that element, begin a new chain with "${name}".`,
        ...(name === undefined ? [] : [fix(`Begin a new chain with "${name}"`, false, insert(span.start, `${name} `))]),
      );
    }
    case 'loose-reference':
    case 'loose-pads':
      return problem(
        'syntax-missing-link',
        refusal.kind === 'loose-reference'
          ? `No link touches the reference "${written}"; a "!" has to stand before or behind it.`
          : `The pad "${written}" is named, but no link follows it.`,
        ...missingLink(text, span, before, after, refusal.kind === 'loose-reference'),
      );
    case 'bare-pads': {
      const name = written.slice(1);
      const single = refusal.first === refusal.last;
      return problem(
        'syntax-dot-first',
        `"${written}" is a pad, and no element is beside it to have it. The reference to an element named "${name}" ends with the dot: "${name}."`,
        ...(single ? [fix(`Write "${name}."`, false, { span, text: `${name}.` })] : []),
      );
    }
    case 'pads-before-name':
      return problem('syntax', `Pads of a reference are written behind its name, as in "name${first.image}".`);
    case 'unclosed':
      return { rule: 'syntax-parenthesis', span, ...unclosed(text, tokens, levels) };
    case 'nesting':
      return {
        ...problem('syntax-nesting', "The text nests so deeply, or lists so much, that GStreamer's parser gives up."),
        span: { start: first.startOffset, end: endOf(first) },
      };
    case 'stray':
      return stray(text, tokens, refusal, problem);
  }
}

/** Of links that follow each other one is kept: the one with caps. With caps in two of them nothing can be said. */
function oneLink(tokens: readonly LaunchToken[], index: number): SlipFix[] {
  let first = index;
  while (isLink(tokens[first - 1])) first--;
  let last = index;
  while (isLink(tokens[last + 1])) last++;
  const run = tokens.slice(first, last + 1);
  const filters = run.filter((token) => token.image.length > 1);
  if (filters.length > 1) return [];
  const kept = filters.length > 0 ? run.indexOf(filters[0]!) : 0;
  const edits = [
    { span: { start: run[0]!.startOffset, end: run[kept]!.startOffset }, text: '' },
    { span: { start: endOf(run[kept]!), end: endOf(run.at(-1)!) }, text: '' },
  ].filter(({ span }) => span.end > span.start);
  return [fix('Keep one link', true, ...edits)];
}

function missingLink(
  text: string,
  span: { readonly start: number; readonly end: number },
  before: LaunchToken | undefined,
  after: LaunchToken | undefined,
  either: boolean,
): SlipFix[] {
  const startsItem =
    after !== undefined && (after.kind === 'IDENTIFIER' || after.kind === 'BINREF' || after.image === '(');
  const behind = fix('Put "!" behind it', false, insert(span.end, ' !'));
  const ahead = fix('Put "!" before it', false, insert(span.start, '! '));
  if (!either) return startsItem ? [behind] : [];
  const endsItem = before !== undefined && before.kind !== 'BINREF' && before.image !== '(';
  // On a line of its own with what follows, a reference begins something; at the end of a line it ends something.
  const broken = before !== undefined && text.slice(endOf(before), span.start).includes('\n');
  if (startsItem && (!endsItem || broken)) return [behind];
  return [...(endsItem ? [ahead] : []), ...(startsItem ? [behind] : [])];
}

/** All parentheses that are never closed, told at the first of them. */
function unclosed(
  text: string,
  tokens: readonly LaunchToken[],
  levels: readonly Level[],
): Pick<SyntaxProblem, 'message' | 'fixes'> {
  const open = levels.flatMap((level) => (level.open && !level.close ? [level.open] : []));
  const swallowed = tokens.filter(
    ({ index, kind, image }) =>
      index > open[0]!.index && kind === 'ASSIGNMENT' && image.endsWith(')') && !image.includes('('),
  );
  const first = swallowed[0];
  return {
    message: first
      ? `This parenthesis is never closed: the ")" in "${first.image}" belongs to the value, because no blank stands before it.`
      : 'This parenthesis is never closed.',
    fixes:
      swallowed.length === open.length
        ? [
            {
              title: 'Put a blank before ")"',
              safe: true,
              edits: swallowed.map((token) => insert(token.endOffset, ' ')),
            },
          ]
        : [fix('Close it at the end', false, insert(text.trimEnd().length, ' )'.repeat(open.length)))],
  };
}

function stray(
  text: string,
  tokens: readonly LaunchToken[],
  refusal: Refusal,
  problem: (rule: string, message: string, ...fixes: SlipFix[]) => SyntaxProblem,
): SyntaxProblem {
  const token = tokens[refusal.first]!;
  const before = tokens[refusal.first - 1];
  const start = token.startOffset;
  const end = endOf(tokens[refusal.last]!);
  const written = text.slice(start, end);
  const take = fix(`Remove "${written}"`, false, remove(text, start, end));
  if (token.kind === 'ASSIGNMENT' || token.kind === 'PRESET') {
    if (before?.kind === 'URL')
      return problem('syntax', `A URI takes no properties: "${written}" belongs to no element.`);
    if (before?.image === ')') {
      return problem('syntax', `Properties of a bin stand right behind its "(", not behind the ")".`);
    }
    if (isLink(before)) return problem('syntax', `An element is expected here, and "${written}" is a property.`);
    return problem('syntax', `"${written}" belongs to no element: properties stand behind the element's name.`);
  }
  switch (token.image) {
    case ')':
      return problem('syntax-parenthesis', 'This ")" closes nothing.', take);
    case '{':
    case '}':
    case '[':
    case ']':
      return problem('syntax', `"${token.image}" has no meaning here; bins are written with parentheses.`);
    case ',':
      return problem('syntax', 'A comma stands only between the pads of a reference, and inside caps.', take);
    case '#':
      return problem('syntax', 'GStreamer knows no comments: "#" is refused.');
    case '\\':
      return problem(
        'syntax',
        'A backslash between words is refused: in the text that the parser gets, lines need no continuation.',
        take,
      );
    case '=':
      return problem('syntax', 'A property needs a name before the "=" and a value behind it.');
    default:
      return problem('syntax', `"${written}" has no meaning to GStreamer here.`, take);
  }
}
