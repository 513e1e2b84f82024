/** Writes the comment that waves a finding off, in the comment syntax of the place. The other half of suppressions.ts. */

import type { Edit } from '../text/edit.ts';
import type { Excerpt } from '../text/excerpt.ts';
import { lineStart } from '../text/line-index.ts';
import { covers } from '../text/span.ts';
import type { Analysis, Placed } from './document.ts';

/**
 * The edit that has the finding ignored: the rule's id on a line of its own above the construct, or behind the ids of a
 * comment that is there already. Undefined where no comment can stand (JSON, an XML attribute, a continued line).
 */
export function suppress({ document, readings }: Analysis, finding: Placed): Edit | undefined {
  const { text } = document;
  const excerpt = readings
    .map((reading) => reading.excerpt)
    .filter(({ span }) => covers(span, finding.span))
    .sort((a, b) => a.span.end - a.span.start - (b.span.end - b.span.start))[0];
  if (!excerpt) return undefined;
  const comment = commentSyntax(excerpt, document.languageId, text);
  if (!comment) return undefined;
  // A configuration is one excerpt from end to end: there the comment belongs to the line of the finding.
  const at = lineStart(text, excerpt.language === 'config' ? finding.span.start : excerpt.span.start);
  const above = text.slice(lineStart(text, at - 1), Math.max(0, at - 1)).replace(/\r$/, '');
  if (at > 0) {
    const marked = /gst-lint:[ \t]*ignore[ \t]+[a-z0-9-]+(?:[ \t,]+[a-z0-9-]+)*/.exec(above);
    if (marked && above.slice(0, marked.index).trim() === comment.open.trim()) {
      const end = lineStart(text, at - 1) + marked.index + marked[0].length;
      return { span: { start: end, end }, text: ` ${finding.rule}` };
    }
    // Behind a continuation the new line would end the command, or become a part of a string.
    if (/[\\`^]$/.test(above)) return undefined;
  }
  const indent = /^[ \t]*/.exec(text.slice(at, at + 200))![0];
  const lineEnd = text.includes('\r\n') ? '\r\n' : '\n';
  return {
    span: { start: at, end: at },
    text: `${indent}${comment.open}gst-lint: ignore ${finding.rule}${comment.close}${lineEnd}`,
  };
}

interface CommentSyntax {
  readonly open: string;
  readonly close: string;
}

const HASH: CommentSyntax = { open: '# ', close: '' };
const SLASHES: CommentSyntax = { open: '// ', close: '' };

/** By host: the one that found the excerpt, which for a fence or a `run:` is the inner one where hosts say so. */
const byHost: Readonly<Record<string, CommentSyntax>> = {
  launch: HASH,
  config: HASH,
  shell: HASH,
  python: HASH,
  dockerfile: HASH,
  makefile: HASH,
  systemd: HASH,
  yaml: HASH,
  powershell: HASH,
  c: SLASHES,
  cpp: SLASHES,
  rust: SLASHES,
  javascript: SLASHES,
  typescript: SLASHES,
  go: SLASHES,
  java: SLASHES,
  csharp: SLASHES,
  batch: { open: 'rem ', close: '' },
};

const byFence: Readonly<Record<string, CommentSyntax>> = {
  c: SLASHES,
  cpp: SLASHES,
  'c++': SLASHES,
  rust: SLASHES,
  rs: SLASHES,
  js: SLASHES,
  javascript: SLASHES,
  ts: SLASHES,
  typescript: SLASHES,
  go: SLASHES,
  java: SLASHES,
  cs: SLASHES,
  csharp: SLASHES,
};

function commentSyntax(excerpt: Excerpt, languageId: string, text: string): CommentSyntax | undefined {
  if (excerpt.certainty === 'comment') return undefined;
  if (languageId === 'markdown' || excerpt.host === 'markdown') {
    const fence = text.lastIndexOf('```', excerpt.span.start);
    if (fence < 0) return undefined;
    const info = /^`{3,}[ \t]*([^\s`{]*)/.exec(text.slice(fence, fence + 60))?.[1]?.toLowerCase() ?? '';
    return info === 'json' || info === 'xml' ? undefined : (byFence[info] ?? HASH);
  }
  return byHost[excerpt.host];
}
