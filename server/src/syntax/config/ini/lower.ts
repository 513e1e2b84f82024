/**
 * Key-file text → ConfigTree, judged as GLib's GKeyFile judges it (flags NONE, `gkeyfile.c` of GLib 2.74).
 * It tells apart what GLib accepts; what a value means is `values.ts`.
 */
import type { IToken } from 'chevrotain';
import type { Span } from '../../../text/span.ts';
import type { Word } from '../../launch/tree.ts';
import type { CommentNode, ConfigProblem, ConfigTree, KeyNode, SectionNode } from '../tree.ts';
import { parseKeyFile } from './parser.ts';
import { encodingProblem, groupNameProblem, keyNameProblem, outsideProblem, strayProblem } from './problems.ts';

/** The tree of a key file. Never throws; time and memory are linear in the text. */
export function readKeyFile(text: string): ConfigTree {
  const sections: OpenSection[] = [];
  const loose: KeyNode[] = [];
  const comments: CommentNode[] = [];
  const problems: ConfigProblem[] = [];
  let first: string | undefined;
  let last: OpenSection | undefined;

  for (const lines of parseKeyFile(text)) {
    if (lines.header) {
      const header = groupHeader(text, lines.header);
      if (!isGroupName(header.name.text)) problems.push(groupNameProblem(header));
      first ??= header.name.text;
      last = { ...header, end: header.header.end, keys: [] };
      sections.push(last);
    }
    for (const token of lines.comments) comments.push(comment(text, token));

    // A header that GLib refuses still opens its group here, so that the keys below are not lost to the reader.
    const strays = lines.strays.values();
    let stray = strays.next();
    const takeStray = (token: IToken) => {
      const { problem, header } = strayProblem(text, lineOf(text, token));
      problems.push(problem);
      if (header) {
        last = { ...header, end: header.header.end, keys: [] };
        sections.push(last);
      }
    };
    for (const token of lines.keys) {
      while (!stray.done && stray.value.startOffset < token.startOffset) {
        takeStray(stray.value);
        stray = strays.next();
      }
      const key = keyNode(text, token);
      if (last) {
        last.keys.push(key);
        last.end = key.span.end;
      } else {
        loose.push(key);
        if (loose.length === 1) problems.push(outsideProblem(key));
      }
      if (first === undefined) continue;
      if (!isKeyName(key.name.text)) problems.push(keyNameProblem(key));
      else if (key.name.text === 'Encoding' && last?.name.text === first && !isUtf8(key.value.text)) {
        problems.push(encodingProblem(key));
      }
    }
    for (; !stray.done; stray = strays.next()) takeStray(stray.value);
  }

  return {
    kind: 'config',
    syntax: 'ini',
    text,
    sections: sections.map(({ name, header, end, keys }) => ({
      name,
      header,
      span: { start: header.start, end },
      keys,
    })),
    loose,
    comments,
    problems: problems.sort((a, b) => a.span.start - b.span.start),
  };
}

/** What GLib makes of the tree: groups of one name merged, translations dropped; undefined where it refuses the file. */
export function asGLibReads(tree: ConfigTree): Map<string, readonly KeyNode[]> | undefined {
  if (tree.problems.length > 0) return undefined;
  const groups = new Map<string, KeyNode[]>();
  for (const section of tree.sections) {
    const keys = groups.get(section.name.text) ?? [];
    for (const key of section.keys) if (!key.dropped) keys.push(key);
    groups.set(section.name.text, keys);
  }
  return groups;
}

interface OpenSection extends Pick<SectionNode, 'name' | 'header'> {
  end: number;
  readonly keys: KeyNode[];
}

/** The part of a line that GLib looks at: without blanks in front, without the CR before a line feed. */
function lineOf(text: string, token: IToken): Span {
  let start = token.startOffset;
  let end = token.startOffset + token.image.length;
  if (text[end] === '\n' && text[end - 1] === '\r') end--;
  while (start < end && isBlank(text.charCodeAt(start))) start++;
  return { start, end };
}

function groupHeader(text: string, token: IToken): { name: Word; header: Span } {
  const line = lineOf(text, token);
  // GLib looks for the last bracket of the line, also behind a NUL, and then reads up to the NUL.
  const close = text.lastIndexOf(']', line.end - 1);
  const name = { start: line.start + 1, end: cutAtNul(text, line.start + 1, close) };
  return {
    name: { text: text.slice(name.start, name.end), span: name },
    header: { start: line.start, end: Math.min(close, name.end) + 1 },
  };
}

function keyNode(text: string, token: IToken): KeyNode {
  const line = lineOf(text, token);
  const equals = text.indexOf('=', line.start);
  let nameEnd = equals;
  while (nameEnd > line.start && isBlank(text.charCodeAt(nameEnd - 1))) nameEnd--;
  let start = equals + 1;
  while (start < line.end && isBlank(text.charCodeAt(start))) start++;
  const end = cutAtNul(text, start, line.end);
  const name = text.slice(line.start, nameEnd);
  return {
    name: { text: name, span: { start: line.start, end: nameEnd } },
    span: { start: line.start, end: line.end },
    value: { text: text.slice(start, end), span: { start, end } },
    dropped: isTranslation(name),
  };
}

function comment(text: string, token: IToken): CommentNode {
  const span = lineOf(text, token);
  return { span, text: text.slice(span.start + 1, span.end).trim() };
}

function cutAtNul(text: string, start: number, end: number): number {
  const nul = text.slice(start, end).indexOf('\0');
  return nul < 0 ? end : start + nul;
}

/** `g_ascii_isspace` without the line feed, which ends a line. */
const isBlank = (code: number): boolean => code === 0x20 || code === 0x09 || code === 0x0c || code === 0x0d;

const isGroupName = (name: string): boolean => /^[^[\]\x00-\x1f\x7f]+$/.test(name);

/** A key's name may end in `[locale]`; before that stands anything but brackets, and no blank at its end. */
const isKeyName = (name: string): boolean => /^[^[\]]*[^[\] ](?:\[[\p{L}\p{N}\-_.@]*\])?$/u.test(name);

/** Whether GLib takes the key for a translation that nobody asked for. `C` is in every list of languages. */
function isTranslation(name: string): boolean {
  const open = name.lastIndexOf('[');
  return open >= 0 && name.length - open > 2 && name.slice(open + 1, -1).toLowerCase() !== 'c';
}

/** `g_ascii_strncasecmp` over the value's own length. */
const isUtf8 = (value: string): boolean => /^utf-8$/i.test(value);
