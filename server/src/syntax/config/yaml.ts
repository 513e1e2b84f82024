/**
 * YAML text → the same ConfigTree that key files give: mappings on the outermost level are sections, what stands in them
 * are keys. Deeper structure is kept as text and marked, not understood. A line `%YAML:1.0`, as OpenCV and NVIDIA write it
 * at the top, is no YAML but legal here.
 */
import { isAlias, isMap, isScalar, isSeq, type Node, type Pair, parseDocument } from 'yaml';
import type { Span } from '../../text/span.ts';
import type { Word } from '../launch/tree.ts';
import type { CommentNode, ConfigProblem, ConfigTree, ConfigValue, KeyNode, SectionNode } from './tree.ts';

/** The tree of a YAML configuration. Never throws. */
export function readYaml(text: string): ConfigTree {
  const sections: SectionNode[] = [];
  const loose: KeyNode[] = [];
  const problems: ConfigProblem[] = [];
  const plain = withoutDirective(text);
  if (isTooDeep(plain)) {
    return { kind: 'config', syntax: 'yaml', text, sections, loose, comments: comments(text), problems: [deep(text)] };
  }
  try {
    const document = parseDocument(plain, {
      strict: false,
      uniqueKeys: false,
      logLevel: 'silent',
      prettyErrors: false,
    });
    for (const error of document.errors) problems.push(problem(text, error.message, error.pos));
    if (isMap(document.contents)) {
      for (const pair of document.contents.items) {
        const name = word(pair.key);
        if (!name) continue;
        if (isMap(pair.value)) sections.push(section(text, name, pair.value.items));
        else loose.push(keyNode(text, name, pair.value as Node | null));
      }
    }
  } catch {
    // What the library throws at is no YAML that anything could read.
    problems.push(deep(text));
  }
  return { kind: 'config', syntax: 'yaml', text, sections, loose, comments: comments(text), problems };
}

/**
 * Whether brackets, dashes or indentation could nest deeper than any configuration does. The library recurses, and a stack
 * that is used up may end the process rather than throw.
 */
function isTooDeep(text: string): boolean {
  let open = 0;
  for (let i = 0; i < text.length; i++) {
    const at = text.charCodeAt(i);
    // `[` and `{`; those inside of quotes are counted too, which does no harm.
    if ((at === 0x5b || at === 0x7b) && ++open > DEEPEST) return true;
    else if ((at === 0x5d || at === 0x7d) && open > 0) open--;
    else if (at === 0x0a && isLineTooDeep(text, i + 1)) return true;
  }
  return isLineTooDeep(text, 0);
}

function isLineTooDeep(text: string, start: number): boolean {
  for (let i = start; i < text.length; i++) {
    const at = text[i];
    if (at !== ' ' && at !== '\t' && at !== '-' && at !== '?' && at !== ':')
      return at !== '\n' && at !== '#' && i - start > DEEPEST;
  }
  return text.length - start > DEEPEST;
}

/** Levels, and columns of indentation. */
const DEEPEST = 200;

const deep = (text: string): ConfigProblem =>
  problem(text, 'the structure is nested too deeply to be read', [0, Math.min(1, text.length)]);

/** The text with OpenCV's directive made a comment of the same length. */
const withoutDirective = (text: string): string => text.replace(/^%YAML:/m, '#YAML:');

function section(text: string, name: Word, items: readonly Pair[]): SectionNode {
  const keys = items.flatMap((pair) => {
    const key = word(pair.key);
    return key ? [keyNode(text, key, pair.value as Node | null)] : [];
  });
  const end = keys.at(-1)?.span.end ?? name.span.end;
  return { name, header: name.span, span: { start: name.span.start, end: Math.max(end, name.span.end) }, keys };
}

function keyNode(text: string, name: Word, node: Node | null): KeyNode {
  const value = configValue(text, name, node);
  return {
    name,
    span: { start: name.span.start, end: Math.max(name.span.end, value.span.end) },
    value,
    dropped: false,
  };
}

function configValue(text: string, name: Word, node: Node | null): ConfigValue {
  const at = node ? spanOf(node) : undefined;
  if (!node || !at) {
    const colon = text.indexOf(':', name.span.end);
    const after = colon < 0 ? name.span.end : colon + 1;
    return { text: '', span: { start: after, end: after } };
  }
  const written = text.slice(at.start, at.end);
  if (isScalar(node)) {
    const quoted = node.type === 'QUOTE_DOUBLE' || node.type === 'QUOTE_SINGLE';
    const block = node.type === 'BLOCK_LITERAL' || node.type === 'BLOCK_FOLDED';
    return { text: quoted || block ? String(node.value) : written.trim(), span: at, quoted };
  }
  if (isSeq(node)) {
    const items = node.items.map((item) => (isScalar(item) ? word(item) : undefined));
    if (items.every((item) => item !== undefined)) return { text: written, span: at, items };
  }
  return { text: written, span: at, nested: true };
}

function word(node: unknown): Word | undefined {
  if (!isScalar(node) || isAlias(node)) return undefined;
  const span = spanOf(node);
  return { text: String(node.value ?? ''), span };
}

/** Where the node stands, without the blanks and comments behind it. */
function spanOf(node: Node): Span {
  const [start, end] = node.range ?? [0, 0];
  return { start, end };
}

function problem(text: string, message: string, [from, to]: readonly [number, number]): ConfigProblem {
  const start = Math.min(from, text.length);
  return {
    rule: 'syntax-config-yaml',
    span: { start, end: Math.max(start, Math.min(to, text.length)) },
    message: `This is no valid YAML, and the program refuses the file: ${message.split('\n', 1)[0]}`,
    fixes: [],
  };
}

/** `#` at the start of a line or behind a blank. One inside quotes is taken along; only whole-line ones matter here. */
function comments(text: string): CommentNode[] {
  const found: CommentNode[] = [];
  for (const match of text.matchAll(/^[ \t]*(#[^\n\r]*)/gm)) {
    const written = match[1]!;
    const start = match.index + match[0].length - written.length;
    found.push({ span: { start, end: start + written.length }, text: written.slice(1).trim() });
  }
  return found;
}
