/**
 * Caps text → caps and a tree with spans. Takes and refuses what gst_caps_from_string of GStreamer 1.22 does, and says
 * why. Holes are not judged: what is known only at run time leaves its field, or the whole, open.
 */
import type { CstNode, IRecognitionException, IToken } from 'chevrotain';
import type { Caps, Structure, Value } from '../../caps/caps.ts';
import { HOLE } from '../../text/excerpt.ts';
import { type Span, span } from '../../text/span.ts';
import { readFeatures } from './features.ts';
import { type Lowered, lowerValue } from './lower-value.ts';
import { CapsParser } from './parser.ts';
import { makeLexer } from './tokens.ts';
import type { CapsProblem, CapsTree, CapsWord, FieldNode, ParsedCaps, StructureNode } from './tree.ts';

/** Reads a caps text. Never throws; time and memory are linear in the text. */
export function parseCaps(text: string): ParsedCaps {
  const tree: CapsTree = { kind: 'caps', span: span(0, text.length), structures: [] };
  if (text === 'ANY') return result('any', tree);
  if (text === 'EMPTY' || text === 'NONE') return result([], tree);
  const reading: Reading = { problems: [], openFields: [], open: false };
  const deep = tooDeep(text);
  if (deep !== undefined) {
    reading.problems.push(problem('caps-syntax', span(deep, deep + 1), 'Brackets are nested too deeply here.'));
    return finish(text, undefined, tree, reading);
  }
  const cst = parse(text, reading);
  const { structures, nodes } = lowerStructures(cst, text, reading);
  return finish(text, structures, { ...tree, structures: nodes }, reading);
}

/** The caps of a text without its tree; undefined where GStreamer refuses. Kept by text: pad templates recur by the thousand. */
export function capsOf(text: string): Caps | undefined {
  let known = kept.get(text);
  if (!known) {
    known = { caps: parseCaps(text).caps };
    if (kept.size >= MOST_KEPT) kept.clear();
    kept.set(text, known);
  }
  return known.caps;
}

/** What is gathered while a text is read. */
export interface Reading {
  readonly problems: CapsProblem[];
  readonly openFields: string[];
  open: boolean;
}

export const problem = (rule: string, at: Span, message: string, refused = true): CapsProblem => ({
  span: at,
  message,
  rule,
  refused,
});

/** The alternatives of a `caps` node of the CST, with their tree. */
export function lowerStructures(
  cst: CstNode,
  text: string,
  reading: Reading,
): { structures: Structure[]; nodes: StructureNode[] } {
  const structures: Structure[] = [];
  const nodes: StructureNode[] = [];
  for (const child of nodesOf(cst, 'structure')) {
    const lowered = lowerStructure(child, text, reading);
    if (!lowered) continue;
    structures.push(lowered.structure);
    nodes.push(lowered.node);
  }
  return { structures, nodes };
}

export const nodesOf = (cst: CstNode, name: string): CstNode[] =>
  (cst.children[name] ?? []).filter((c) => 'children' in c);

export const tokensOf = (cst: CstNode, name: string): IToken[] =>
  (cst.children[name] ?? []).filter((c): c is IToken => 'image' in c && c.isInsertedInRecovery !== true);

export const spanOf = (token: IToken): Span => span(token.startOffset, token.startOffset + token.image.length);

/** Name and cast words: quotes and the backslashes in them are undone; octal numbers are not. */
export function wordOf(token: IToken): CapsWord {
  const quoted = token.image.startsWith('"');
  const text = quoted ? token.image.slice(1, -1).replace(/\\([\s\S])/g, '$1') : token.image;
  return { text, span: spanOf(token) };
}

const MOST_KEPT = 4096;
const kept = new Map<string, { caps: Caps | undefined }>();
const DEEPEST = 100;
const MOST_ERRORS = 5;
const lexer = makeLexer(true);
const parser = new CapsParser(true);

function parse(text: string, reading: Reading): CstNode {
  const tokens = lexer.tokenize(text).tokens;
  parser.input = tokens;
  const cst = parser.caps();
  // Behind the first few the text is only guessed at.
  for (const error of parser.errors.slice(0, MOST_ERRORS)) reading.problems.push(syntaxProblem(error, text));
  return cst ?? { name: 'caps', children: {} };
}

function result(caps: Caps, tree: CapsTree): ParsedCaps {
  return { caps, open: false, openFields: [], problems: [], tree };
}

function finish(text: string, structures: Caps | undefined, tree: CapsTree, reading: Reading): ParsedCaps {
  const refused = structures === undefined || reading.problems.some((p) => p.refused);
  // A hole may hold whatever makes the text right, so nothing is refused that has one.
  if (reading.open || (refused && text.includes(HOLE))) {
    return { caps: 'any', open: true, openFields: [], problems: [], tree };
  }
  const problems = [...reading.problems].sort((a, b) => a.span.start - b.span.start);
  return { caps: refused ? undefined : structures, open: false, openFields: reading.openFields, problems, tree };
}

function lowerStructure(
  cst: CstNode,
  text: string,
  reading: Reading,
): { structure: Structure; node: StructureNode } | undefined {
  const name = tokensOf(cst, 'Word')[0] ?? tokensOf(cst, 'Quoted')[0];
  if (!name) return undefined;
  const media = wordOf(name);
  if (media.text.includes(HOLE)) reading.open = true;
  else judgeMedia(media, reading);
  const written = tokensOf(cst, 'Features')[0];
  const features = written ? readFeatures(written.image, written.startOffset, reading) : undefined;
  const values = new Map<string, Value>();
  const fields: FieldNode[] = [];
  const slots = nodesOf(cst, 'slot');
  let missing = 0;
  for (const [i, slot] of slots.entries()) {
    const field = nodesOf(slot, 'field')[0];
    if (field) {
      const node = lowerField(field, text, values, reading);
      if (node) fields.push(node);
    } else if (i < slots.length - 1 && missing++ < MOST_ERRORS) {
      const comma = tokensOf(slot, 'Comma')[0];
      if (comma) reading.problems.push(problem('caps-syntax', spanOf(comma), 'There is no field behind this comma.'));
    }
  }
  const last = fields.at(-1)?.span ?? (written ? spanOf(written) : media.span);
  return {
    structure: { media: media.text, features: features?.features ?? [], fields: values },
    node: {
      kind: 'structure',
      span: span(media.span.start, Math.max(last.end, media.span.end)),
      media,
      features: features?.words ?? [],
      featuresSpan: written ? spanOf(written) : undefined,
      fields,
    },
  };
}

function judgeMedia(media: CapsWord, reading: Reading): void {
  if (!/^[A-Za-z][A-Za-z0-9/\-_.:+]*$/.test(media.text)) {
    reading.problems.push(
      problem(
        'caps-media',
        media.span,
        `"${media.text}" cannot be a media type: one begins with a letter and has no blanks or signs, like video/x-raw.`,
      ),
    );
  } else if (/^(?:video|audio)\/x-raw-/.test(media.text)) {
    const now = media.text.slice(0, 11);
    reading.problems.push(
      problem(
        'caps-media',
        media.span,
        `${media.text} is a media type of GStreamer 0.10, which no element of GStreamer 1 has. Write ${now} with a format field.`,
        false,
      ),
    );
  }
}

function lowerField(cst: CstNode, text: string, values: Map<string, Value>, reading: Reading): FieldNode | undefined {
  const word = tokensOf(cst, 'Word')[0];
  if (!word) return undefined;
  const name = wordOf(word);
  if (name.text.includes(HOLE)) reading.open = true;
  const valueCst = nodesOf(cst, 'value')[0];
  const lowered: Lowered | undefined = valueCst && lowerValue(valueCst, undefined, text, reading);
  const node = lowered?.node;
  const end = node?.span.end ?? tokensOf(cst, 'Equals')[0]?.startOffset ?? name.span.end;
  const hole = node !== undefined && text.slice(node.span.start, node.span.end).includes(HOLE);
  if (hole) {
    if (!reading.openFields.includes(name.text)) reading.openFields.push(name.text);
    values.delete(name.text);
  } else if (lowered?.value) {
    values.set(name.text, lowered.value);
  }
  return { kind: 'field', span: span(name.span.start, end), name, type: node?.type, value: node, hole };
}

/** What the author is told of a text that the grammar does not take, by the place where it ended. */
function syntaxProblem(error: IRecognitionException, text: string): CapsProblem {
  const { token } = error;
  const atEnd = token.image === '' || Number.isNaN(token.startOffset) || token.startOffset < 0;
  const at = atEnd ? span(text.length, text.length) : spanOf(token);
  const found = atEnd
    ? 'the caps end here'
    : `here stands ${token.image === '"' ? 'a quote that is not closed' : `"${token.image}"`}`;
  if (
    !atEnd &&
    /^[A-Za-z][\w-]*\s*=/.test(text.slice(at.start, at.start + 80)) &&
    !/[,;]/.test(text.slice(0, at.start).trimEnd().at(-1) ?? '')
  ) {
    return problem('caps-syntax', at, `A comma is missing before "${token.image}".`);
  }
  const rule = error.context.ruleStack.at(-1);
  return problem('caps-syntax', at, `${EXPECTED[rule ?? ''] ?? EXPECTED.caps}, but ${found}.`);
}

const EXPECTED: { readonly [rule: string]: string } = {
  caps: 'The caps should go on with "," and a field, or with ";" and another media type',
  structure: 'A media type like video/x-raw should stand here',
  slot: 'A field like width=640 should stand here',
  field: 'A field needs "=" and a value behind its name',
  value: 'A value should stand here (text with other signs than letters, digits and _-+/:. needs double quotes)',
  cast: 'A type in parentheses, like (int), should stand here',
  list: 'The members of a list stand between "{" and "}" with commas between them',
  array: 'The members of an array stand between "<" and ">" with commas between them',
  members: 'Members should be separated by commas',
  range: 'A range has two ends with a comma between them, like [ 1, 30 ]',
  nested: 'A nested structure ends with "]"',
};

/** Offset of the first bracket that lies too deep to be read; GStreamer itself would run out of stack somewhere beyond. */
function tooDeep(text: string): number | undefined {
  let depth = 0;
  for (let i = 0; i < text.length; i++) {
    const c = text[i];
    if (c === '[' || c === '{' || c === '<') {
      if (++depth > DEEPEST) return i;
    } else if (c === ']' || c === '}' || c === '>') {
      depth--;
    }
  }
  return undefined;
}
