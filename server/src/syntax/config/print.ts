/**
 * ConfigTree → text. Key files are put in order: names against the margin, no blanks around `=`, one empty line before a
 * group, no more than one elsewhere. Values and comments stay as they are, to the last blank. Other syntaxes are left alone.
 */
import type { Span } from '../../text/span.ts';
import type { ConfigTree } from './tree.ts';

/** The tree's text in order. Reading what it gives and printing that again changes nothing. */
export function printConfig(tree: ConfigTree): string {
  // What is refused is not understood well enough to be moved about.
  if (tree.syntax !== 'ini' || tree.problems.length > 0) return tree.text;
  const lines: { readonly at: number; readonly text: string; readonly group: boolean }[] = [
    ...tree.comments.map((comment) => ({ at: comment.span.start, text: cut(tree, comment.span), group: false })),
    ...tree.sections.map((section) => ({ at: section.header.start, text: `[${section.name.text}]`, group: true })),
    ...[...tree.loose, ...tree.sections.flatMap((section) => section.keys)].map((key) => ({
      at: key.span.start,
      text: `${key.name.text}=${tree.text.slice(key.value.span.start, key.span.end)}`,
      group: false,
    })),
  ].sort((a, b) => a.at - b.at);

  const printed: string[] = [];
  let end = 0;
  lines.forEach((line, i) => {
    // A comment that touches its group is about it, so the empty line goes above both.
    const first = printed.length === 0;
    if (!first && (opensGroup(lines, i) ? !joins(lines, i) : gap(tree.text, end, line.at))) printed.push('');
    printed.push(line.text);
    end = line.at;
  });
  return printed.length === 0 ? '' : `${printed.join(newline(tree.text))}${newline(tree.text)}`;

  function joins(all: typeof lines, i: number): boolean {
    const before = all[i - 1];
    return before !== undefined && !before.group && isComment(before.text) && !gap(tree.text, before.at, all[i]!.at);
  }

  /** Whether the line is a group, or the first of the comments right above one. */
  function opensGroup(all: typeof lines, i: number): boolean {
    let at = i;
    while (at < all.length && isComment(all[at]!.text) && !all[at]!.group) {
      if (at + 1 >= all.length || gap(tree.text, all[at]!.at, all[at + 1]!.at)) return false;
      at++;
      if (at - i > MOST_COMMENTS) return false;
    }
    return all[at]?.group === true;
  }
}

/** Longer comments above a group are not looked through line by line. */
const MOST_COMMENTS = 40;

const isComment = (text: string): boolean => text.startsWith('#') || text.startsWith('\0');

const cut = (tree: ConfigTree, span: Span): string => tree.text.slice(span.start, span.end);

const newline = (text: string): string => (/\r\n/.test(text) ? '\r\n' : '\n');

/** Whether an empty line stands between the line that holds `from` and the one that holds `to`. */
function gap(text: string, from: number, to: number): boolean {
  const end = text.indexOf('\n', from);
  return end >= 0 && end < to && text.slice(end + 1, to).includes('\n');
}
